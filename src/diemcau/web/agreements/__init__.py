"""Pages of agreements, commitments and the events they were made at."""

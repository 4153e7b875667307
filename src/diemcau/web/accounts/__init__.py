"""Pages of accounts: one's own password, and who signs in with which role."""

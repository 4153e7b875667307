"""People who sign in, and what their role may do."""

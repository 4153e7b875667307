"""Pages of the door: signing in, second factors, sessions, recovery, what roles must have."""

"""One's access tokens."""

"""A scripted attack on a running server: what is tried, how often, and what the server did."""

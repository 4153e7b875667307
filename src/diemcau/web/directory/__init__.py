"""Pages of the directory: bodies by day, partners, files out and in."""

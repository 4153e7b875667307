"""Pages of long work in the background."""

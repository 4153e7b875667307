"""Documents: the list, one document with its text, taking files in."""

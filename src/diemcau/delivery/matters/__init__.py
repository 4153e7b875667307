"""One matter said again over conferences: proposed by likeness, tied, told as one line."""

"""Files as they came, their text, what was read in them, and the statements people decide on."""

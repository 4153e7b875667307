"""Review: the text left, its statements right, a person's decisions."""

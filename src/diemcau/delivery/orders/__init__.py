"""Numbered documents and their orders: clauses, take-over by a notice, what is clear."""

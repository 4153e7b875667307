"""PDF: the lines of its pages, joined to the paragraphs and tables they were broken from."""

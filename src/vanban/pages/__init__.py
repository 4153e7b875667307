"""What of a page is its text, and what the page says about itself."""

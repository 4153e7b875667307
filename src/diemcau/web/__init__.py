"""Pages: parse the request, call one action or query, render. No business rule lives here."""

"""REST: parse the request, call one action or query, answer; no business rule lives here."""

"""A person decides: statements read by machine become items of the ledger, or do not."""

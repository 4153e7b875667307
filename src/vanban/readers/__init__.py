"""One reader per kind of record, all over the same `Scan` of a document."""

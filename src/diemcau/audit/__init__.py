"""The append-only log of actions; its only writer is `record_action`."""

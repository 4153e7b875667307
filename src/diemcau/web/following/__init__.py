"""Following one task: its page, what people do there, reports, obstacles, confirmations."""

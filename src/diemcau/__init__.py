"""Điểm Cầu, the platform: from what was said to what was delivered, with evidence."""

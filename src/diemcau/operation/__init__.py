"""Keeping an installation in order: backups, checks, measurements, logs. No rows of its own."""

"""Giving tasks to bodies and what they answer; instruments, take-overs, typed tasks."""

"""The gate: what was stopped for its marks of secrecy, what is held apart, what is on paper."""

"""The gate: what a file must pass before anything of it is stored, and what was stopped there."""

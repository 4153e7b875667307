"""Pages of files of tasks: out, in, what would change, progress, report, undoing."""

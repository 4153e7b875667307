"""The shipped directory, and how a name in a text finds, on its day, the row it means."""

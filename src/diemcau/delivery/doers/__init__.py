"""Who does a task: as written, asked, answered, passed on, inherited; what they owe."""

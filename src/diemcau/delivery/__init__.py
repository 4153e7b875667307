"""The ledger: tasks, their assignments, deadlines and sources; threads of matters said again."""

"""Bodies, offices, people and partners over time: who was there, and who answers today."""

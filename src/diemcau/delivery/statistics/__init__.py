"""Counting tasks: the official cells, six fields, the funnel, a report's own figures."""

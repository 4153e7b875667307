"""Pages of figures over tasks: four cells, six fields, the funnel, checks of reported figures."""

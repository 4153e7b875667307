"""What a figure is: reached, aimed at, expected, or what another is measured against."""

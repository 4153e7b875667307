"""Pages of urging: notices, how one hears of them, rules, the reporting calendar."""

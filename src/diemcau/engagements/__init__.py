"""Events: visits, meetings, conferences, promotion activities, and the reports of them."""

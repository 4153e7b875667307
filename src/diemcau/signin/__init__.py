"""Who is at the door: passwords, second factors, outside providers, sessions, limits, recovery."""

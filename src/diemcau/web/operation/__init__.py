"""Health, measurements, the number of a request, and the page for when the service is away."""

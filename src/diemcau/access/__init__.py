"""Who holds which role over which bodies, and the actions that grant, lend, deny and take back."""

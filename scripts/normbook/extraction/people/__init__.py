"""People named with an office."""

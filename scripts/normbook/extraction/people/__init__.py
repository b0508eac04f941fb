"""People whom a text names with an office."""

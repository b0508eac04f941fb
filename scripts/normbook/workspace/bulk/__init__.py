"""Cleans many documents in one run."""

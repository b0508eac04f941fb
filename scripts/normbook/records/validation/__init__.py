"""Validation of records by their schemas, with reasons."""

"""Repairs of a record's text that are beyond doubt."""

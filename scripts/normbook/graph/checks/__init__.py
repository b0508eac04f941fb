"""Checks that need more than one record or a source text, and so cannot be part of a schema."""

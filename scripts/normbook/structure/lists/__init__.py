"""Enumerations: markers, items, lists in blocks and inside paragraphs."""

"""Comparison of texts: how similar they are, and which sentences correspond."""

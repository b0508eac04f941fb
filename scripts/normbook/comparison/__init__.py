"""Texts side by side: how similar they are, and which sentences answer each other."""

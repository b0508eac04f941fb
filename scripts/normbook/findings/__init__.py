"""Findings: what is wrong in a file, where, and how to fix it."""

"""Findings: problems with a place and a remedy."""

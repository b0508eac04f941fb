"""Drafts of records, extracted from sources."""

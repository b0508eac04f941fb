"""Cleaning: from received text to cleaned text, with a ledger of every edit."""

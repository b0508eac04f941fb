"""Received text -> cleaned text and the ledger between them."""

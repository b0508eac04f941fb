"""Releases: contracts, archives."""

"""Normbook: received policy texts, cleaned without loss, mapped into evidenced records, published as a site."""

__version__ = "0.1.0"

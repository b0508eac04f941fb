"""Reads the published records in Python programs. Needs only the standard library, and no other part of this package."""

from normbook.reader.book import Book, open_book
from normbook.reader.places import BookError
from normbook.reader.record import Link, Outside, Quotation, Record

__all__ = ["Book", "BookError", "Link", "Outside", "Quotation", "Record", "open_book"]

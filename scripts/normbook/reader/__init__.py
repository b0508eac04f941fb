"""The published records for Python programs: needs nothing but the standard library, and nothing of the rest of this package."""

from normbook.reader.book import Book, open_book
from normbook.reader.places import BookError
from normbook.reader.record import Link, Outside, Quotation, Record

__all__ = ["Book", "BookError", "Link", "Outside", "Quotation", "Record", "open_book"]

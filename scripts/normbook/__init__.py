"""Normbook: received policy texts, cleaned without loss, mapped into evidenced records, published as a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from normbook.reader import Book

__all__ = ["__version__", "open"]
__version__ = "0.3.1"


def open(place: str | os.PathLike[str]) -> Book:
    """The published records that lie in a folder, in a zip or at an http(s) address. See normbook.reader."""
    from normbook.reader import open_book

    return open_book(place)

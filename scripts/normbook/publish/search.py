"""What the search of the site finds of a page."""

from __future__ import annotations

from html import escape

from normbook.publish.page import Page

LONGEST = 1_200  # code points of a record's words that go into the index


def entry(page: Page) -> dict[str, str]:
    """The page's entry in the generator's search index: the reader's browser prints it as HTML, so all of it is escaped here."""
    return {"location": page.path, "title": escape(page.title), "text": escape(page.search or page.description)[:LONGEST]}

"""The rule for the mark between pages: a form feed, as text taken from a PDF file has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normbook.cleaning.rule import rule
from normbook.page.page_breaks import is_interrupted
from normbook.text.ledger import Edit

BREAK = re.compile(r"\n*\f[\n\f]*")


@rule(
    "page-break",
    layer="wrap",
    summary="The mark between pages is removed; a sentence that goes on over the page keeps one line end, at which it is joined.",
    wrong_when="Wrong when a paragraph ends with its page and the next begins in lower case; a paragraph that goes on with a new sentence is parted.",
    needs="\f",
    order=5,
)
def page_breaks(text: str) -> Iterator[Edit]:
    r"""Edits that turn the mark into a blank line, or remove it in mid-sentence with the blank lines around it.

    >>> [(edit.raw, edit.new) for edit in page_breaks("The lights of every\n\fharbour burn.\n\fShips")]
    [('\x0c', ''), ('\x0c', '\n')]
    """
    begin = 0  # where the line above starts: behind a line end, or behind the mark before
    for match in BREAK.finditer(text):
        raw = match[0]
        begin = max(begin, text.rfind("\n", begin, match.start()) + 1)
        above = text[begin : match.start()]
        begin = match.end()
        below = text[match.end() : match.end() + 200].partition("\n")[0]
        new = "" if not above else "\n" if is_interrupted(above, below) else "\n\n"
        kept = 0
        while kept < min(len(raw), len(new)) and raw[kept] == new[kept]:
            kept += 1
        yield Edit(match.start() + kept, match.end(), raw[kept:], new[kept:])

"""Arabic letters in the forms of fonts (at the start, in the middle or at the end of a word), as text taken from old PDF files has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from normbook.cleaning.rule import rule
from normbook.text.characters import alphabet
from normbook.text.ledger import Edit

FORMS = frozenset(map(chr, [*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFD3E), *range(0xFD50, 0xFDF3), *range(0xFE80, 0xFEFD)]))
RUN = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf2\ufe80-\ufefc]")


@rule(
    "presentation-form",
    layer="character",
    summary="Arabic letters in the forms that fonts give them by their place in a word become the letters themselves.",
    wrong_when="Wrong when a text is about these forms. A text taken in the order of the eye has its words reversed, which is not changed here.",
    needs=FORMS,
    order=36,
)
def presentation_forms(text: str) -> Iterator[Edit]:
    r"""Edits that replace such forms.

    >>> [edit.new == "\u0627" for edit in presentation_forms("\ufe8d")]
    [True]
    """
    if alphabet(text).isdisjoint(FORMS):
        return
    for match in RUN.finditer(text):
        new = unicodedata.normalize("NFKC", match[0])
        if new != match[0] and " " not in new:
            yield Edit(match.start(), match.end(), match[0], new)

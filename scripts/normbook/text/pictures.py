"""Captions of pictures, and the words that say whose a picture is."""

from __future__ import annotations

import re

from normbook.languages.language import Words, pattern
from normbook.text.cues import CREDIT_AT_HEAD, PHOTO_CREDIT, PICTURE_WORDS

CREDITED = re.compile(
    r"(?=\S+(?: \S+){4})[^©]{24,200} © ?[^\W\d][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){0,2}(?: ?/ ?[\w’' .-]{2,40})?$"
)  # a picture told, and whose it is
DEFINED = pattern(r"<page.defined-picture-words>s?: <page.picture-articles>\b")
SIDES = re.compile(r"[(\[（【](?P<one>[^()\[\]（）/]{2,31})/(?P<two>[^()\[\]（）]{1,61})[)\]）】]\.?\s*$")
AGENCY = pattern(r"\b<page.agencies>\b")
TAKEN = Words("page.taken-marks")
LEAST_OF_CAPTION = 6  # words before a credit of two names in one word each


def is_caption(row: str, low: str) -> bool:
    """True for a line that ends in or opens with the credit of a picture.

    >>> [is_caption(row, row.casefold()) for row in ("At the door. (Lars Edde/Coastwire)", "The board is open to all (yes/no).", "Image: a likeness.")]
    [True, False, False]
    """
    if not (row[-1] in ")]）】." or "/" in row[-45:] or any(mark in row for mark in TAKEN) or any(map(low.__contains__, PICTURE_WORDS))):
        return False
    if not PHOTO_CREDIT.search(row):
        return CREDIT_AT_HEAD.match(row) is not None and not (row[-1] == "." and DEFINED.match(row))
    return _is_credit(row)


def _is_credit(row: str) -> bool:
    """False for two things set against each other in brackets ("(Albany/Tolk)", "(open/closed)."), which name no picture and no agency."""
    if row[-1] == "/":
        return False
    sides = SIDES.search(row)
    if not sides or any(word in row.casefold() for word in PICTURE_WORDS) or AGENCY.search(sides[0]):
        return True
    before, shout = row[: sides.start()].count(" "), sides["two"].isupper() and len(sides["two"]) > 2
    if sides[0].rstrip()[-1] == ".":
        return shout and before >= LEAST_OF_CAPTION
    return " " in sides["one"] or " " in sides["two"] or (shout and before >= LEAST_OF_CAPTION) or not before

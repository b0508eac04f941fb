"""Captions of pictures, and the words that say whose a picture is."""

from __future__ import annotations

import re

from normbook.page.patterns import CREDIT_AT_HEAD, PHOTO_CREDIT, PICTURE_WORDS

CREDITED = re.compile(
    r"(?=\S+(?: \S+){4})[^©]{24,200} © ?[^\W\d][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){0,2}(?: ?/ ?[\w’' .-]{2,40})?$"
)  # a picture told, and whose it is
DEFINED = re.compile(
    r"(?:Photo|Image|Picture|Video|Caption|Credit|Foto|Bild)s?: (?:the|a|an|this|any|le|la|el|der|die|das)\b"
)  # of a term, in lower case
SIDES = re.compile(r"[(\[（【](?P<one>[^()\[\]（）/]{2,31})/(?P<two>[^()\[\]（）]{1,61})[)\]）】]\.?\s*$")
AGENCY = re.compile(
    r"\b(?:AP|AFP|EPA|DPA|dpa|APA|ANSA|EFE|TASS|PTI|UPI|ANP|TT|NTB|Reuters|REUTERS|Getty|GETTY|Xinhua|XINHUA|Shutterstock|iStock|Unsplash|Pixabay|Flickr)\b"
)
LEAST_OF_CAPTION = 6  # words before a credit of two names in one word each


def is_caption(row: str, low: str) -> bool:
    """True for a line that ends in or opens with the credit of a picture.

    >>> [is_caption(row, row.casefold()) for row in ("At the door. (Lars Edde/Coastwire)", "The board is open to all (yes/no).", "Image: a likeness.")]
    [True, False, False]
    """
    if not (row[-1] in ")]）】." or "/" in row[-45:] or "摄" in row or any(map(low.__contains__, PICTURE_WORDS))):
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

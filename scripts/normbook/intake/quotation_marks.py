"""The quotation marks that a browser shows around a quotation of a web page (`<q>`), whose source holds none (HTML, section 4.5.7)."""

from __future__ import annotations

import re
from typing import Final

# CLDR's marks by language: the outer pair and the inner pair; those of English where a language is not listed
ENGLISH: Final = "\u201c\u201d\u2018\u2019"
MARKS: Final = {
    "ar": "\u201d\u201c\u2019\u2018",
    "de": "\u201e\u201c\u201a\u2018",
    "el": "\xab\xbb\u201c\u201d",
    "fa": "\xab\xbb\u2039\u203a",
    "fr": "\xab\xbb\xab\xbb",
    "it": "\xab\xbb\u201c\u201d",
    "ja": "\u300c\u300d\u300e\u300f",
    "nb": "\xab\xbb\u2018\u2019",
    "nl": "\u2018\u2019\u2018\u2019",
    "no": "\xab\xbb\u2018\u2019",
    "pl": "\u201e\u201d\xab\xbb",
    "pt-pt": "\xab\xbb\u201c\u201d",
    "ru": "\xab\xbb\u201e\u201c",
    "sv": "\u201d\u201d\u2019\u2019",
    "uk": "\xab\xbb\u201e\u201c",
    "zh-hant": "\u300c\u300d\u300e\u300f",
    "zh-hk": "\u300c\u300d\u300e\u300f",
    "zh-tw": "\u300c\u300d\u300e\u300f",
}
# what a page that writes its own marks has before a quotation and at its beginning; without the single mark that is an apostrophe too
BEFORE: Final = frozenset('"\u201c\u201e\u2018\u201a\xab\u2039\u300a\u300c\u300e')
INSIDE: Final = BEFORE | frozenset("\u201d\xbb\u203a")
NONE: Final = re.compile(r"(?i)(?:^|;)\s*quotes\s*:\s*none\b")


def pair_of(language: str, depth: int, style: str) -> str:
    """The opening and the closing mark of a quotation inside `depth` others, for a language tag such as `zh-TW`; empty if its style wants none."""
    if NONE.search(style):
        return ""
    tag = language.strip().lower().replace("_", "-")
    marks = MARKS.get(tag) or MARKS.get("-".join(tag.split("-")[:2])) or MARKS.get(tag.partition("-")[0], ENGLISH)
    return marks[2:] if depth % 2 else marks[:2]

"""Rules for characters that a copy lost: question marks and replacement characters in their place, entities left as they were."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from normbook.text.characters import matches_at
from normbook.text.edits import Edit, Flag
from normbook.text.rule import rule

APOSTROPHE = re.compile("(?<=[A-Za-z])[?\ufffd](?=(?:s|t|re|ve|ll|d|m)(?![A-Za-z=]))")
SUSPECT = re.compile(
    r"(?<=[\s(])\?(?=[A-Za-z])|(?<=[A-Za-z,.])\?(?=[a-z]{3,})|(?<!\?)\?{2,}+(?=[A-Za-z])|(?<=[A-Za-z,.] )\?(?= [A-Za-z])|(?<=[a-z] )\?{3,}(?= [a-z])"
)
SPACED = re.compile(r"\w [;:!](?=\s)|« ")  # a text that sets a space before its marks, as French does
ENTITY = re.compile(r"&(?:#(?:\d{2,5}|[xX][0-9a-fA-F]{2,4})|[A-Za-z]{2,8}\d{0,2});")
ADDRESS = "/=&"  # in a token that holds one of these a question mark belongs to an address
LONGEST_TOKEN = 80


@rule(
    "lost-apostrophe",
    layer="encoding",
    summary=(
        "A question mark in the place of an apostrophe inside a word (State?s, isn?t) becomes an apostrophe; other lost marks are flagged."
    ),
    wrong_when=(
        "Wrong when a question ends without a space before a word that is spelt like an ending (Why?d). In addresses "
        "nothing is touched. The apostrophe is the curly one where the text has curly ones and no straight."
    ),
    needs="?\ufffd",
    order=60,
)
def lost_apostrophes(text: str) -> Iterator[Edit | Flag]:
    """Edits that set apostrophes, and flags at other lost marks.

    >>> [edit.new for edit in lost_apostrophes("the State?s role")]
    ["'"]
    """
    if "?" not in text and "\ufffd" not in text:
        return
    curly = "’" in text and "'" not in text
    for match in matches_at(APOSTROPHE, text, "?\ufffd"):
        if not _in_address(text, match.start()):
            yield Edit(match.start(), match.end(), match[0], "’" if curly else "'")
    spaced = " ? " in text and SPACED.search(text) is not None
    for match in matches_at(SUSPECT, text, "?"):
        if spaced and text[match.start() - 1] == " " and text[match.end() : match.end() + 1] == " ":
            continue
        if not _in_address(text, match.start()):
            yield Flag("N614", match.start(), match.end(), "a question mark seems to stand for a lost character; it is kept")


def _in_address(text: str, at: int) -> bool:
    """True if the token around a place is an address."""
    start = max(text.rfind(" ", max(0, at - LONGEST_TOKEN), at), text.rfind("\n", max(0, at - LONGEST_TOKEN), at)) + 1
    end = at + 1
    while end < min(len(text), at + LONGEST_TOKEN) and not text[end].isspace():
        end += 1
    token = text[start:end]
    return any(mark in token for mark in ADDRESS)


@rule(
    "entity",
    layer="encoding",
    summary="Character references of HTML that a copy left standing (&amp; &nbsp; &#8217;) become their characters.",
    wrong_when="Wrong when a text speaks about markup; so a text that holds tags is left.",
    needs="&",
    order=70,
)
def entities(text: str) -> Iterator[Edit]:
    """Edits that resolve character references.

    >>> [edit.new for edit in entities("Science &amp; Technology")]
    ['&']
    """
    if "&" not in text or "</" in text:
        return
    for match in ENTITY.finditer(text):
        name = match[0][1:]
        if name[0] != "#" and name not in html5:
            continue
        new = html.unescape(match[0])
        if len(new) == 1 and (new.isprintable() or new in "\xa0\u2003\u2002\u2009") and new not in "<>":
            yield Edit(match.start(), match.end(), match[0], new)

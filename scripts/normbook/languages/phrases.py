r"""The notation in which the files of languages write phrases, and the regular expressions that these become.

A phrase stands for its own words. Besides:

    {a,b}      one of these: `press {release,statement}`; with an empty one, something or nothing: `comment{,s}`
    *          the rest of a word, or nothing: `enquir*`
    #  #3      a number, a number of at most three digits
    …60 …2-60  at most sixty characters of anything, from two to sixty
    |          a word begins or ends here
    :          a colon, narrow or wide, perhaps behind a blank
    <name>     a part that the code defines (`<digit>`), or another list of phrases (`<stance.denials>`)
    \          before one of these marks: the mark itself
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

MARK = re.compile(
    r"\\(?P<escaped>.)|…(?P<gap>\d+(?:-\d+)?)|#(?P<digits>\d?)|<(?P<slot>[\w.:-]+)>|(?P<mark>[{},*|:])|(?P<text>[^\\…#<>{},*|:]+)"
)
PLAIN = re.compile(r"[^\\…#<>{},*|:]+")
MARKS = {"*": r"\w*", "|": r"\b", ":": r"\s?[:：]"}


class PhraseError(ValueError):
    """A phrase that is not written in the notation, or a list of phrases that is empty."""


def expression(phrase: str, slot: Callable[[str], str]) -> str:
    r"""The regular expression of a phrase; `slot` gives that of a named part. Raises PhraseError.

    >>> expression("press release{,s}: …2-60", {}.__getitem__)
    'press release(?:s)?\\s?[:\uff1a] .{2,60}'
    """
    if PLAIN.fullmatch(phrase):
        return literal(phrase)
    choices: list[list[str]] = [[""]]  # of each open brace the alternatives so far; the outermost has one
    end = 0
    for match in MARK.finditer(phrase):
        if match.start() != end:
            break
        end = match.end()
        mark, part = match["mark"], ""
        if mark == "{":
            choices.append([""])
        elif mark == "}" and len(choices) > 1:
            part = _choice(choices.pop())
        elif mark == "}":
            break
        elif mark == "," and len(choices) > 1:
            choices[-1].append("")
        elif mark:
            part = MARKS.get(mark, mark)
        elif match["gap"]:
            low, _, high = match["gap"].rpartition("-")
            part = f".{{{low or 0},{high}}}"
        elif match["digits"] is not None:
            part = rf"\d{{1,{match['digits']}}}" if match["digits"] else r"\d+"
        else:
            part = slot(match["slot"]) if match["slot"] else literal(match["escaped"] or match["text"])
        choices[-1][-1] += part
    if end != len(phrase) or len(choices) > 1:
        raise PhraseError(
            f"{phrase!r}: expected the notation of languages/phrases.py, found {phrase[end:] or 'a brace that is not closed'!r}"
        )
    return choices[0][0]


def _choice(alternatives: list[str]) -> str:
    """One of some expressions; where one is empty, another is looked for first."""
    some = [each for each in alternatives if each]
    return f"(?:{'|'.join(some)}){'?' if len(some) < len(alternatives) else ''}"


def literal(words: str) -> str:
    """Words as they are; blanks and hyphens stay as they can be read.

    >>> literal("by-law no. 1")
    'by-law no\\\\. 1'
    """
    return re.escape(words).replace("\\ ", " ").replace("\\-", "-")


def alternation(phrases: Iterable[str], slot: Callable[[str], str], name: str = "", ordered: bool = False) -> str:
    """The expression of any of these phrases: the longest first, or, where their order says which is tried first, as they come.

    Raises PhraseError for an empty group, which would match everywhere.

    >>> alternation(["press", "press room"], {}.__getitem__)
    '(?:press room|press)'
    """
    found = [*dict.fromkeys(phrases)]
    if not found:
        raise PhraseError(f"{name}: expected words in at least one language, found none; an empty choice would match everywhere")
    if not ordered:
        found.sort(key=len, reverse=True)
    return f"(?:{'|'.join(expression(phrase, slot) for phrase in found)})"

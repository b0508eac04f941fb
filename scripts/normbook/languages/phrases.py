r"""The notation in which the files of languages write phrases, and the regular expressions that these become.

A phrase stands for its own words. Besides:

    {a,b}      one of these: `press {release,statement}`; with an empty one, something or nothing: `comment{,s}`
    *          the rest of a word, or nothing: `enquir*`
    #  #3      a number, a number of at most three digits
    …60 …2-60  at most sixty characters of anything, from two to sixty
    |          a word begins or ends here
    :          a colon, narrow or wide, perhaps behind a blank
    deny~      the forms of a regular verb; `deny~~` all but the first: denies, denied, denying
    <name>     a part that the code defines (`<digit>`), or another list of phrases (`<stance.denials>`)
    \          before one of these marks: the mark itself
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

MARK = re.compile(
    r"\\(?P<escaped>.)|…(?P<gap>\d+(?:-\d+)?)|#(?P<digits>\d?)|<(?P<slot>[\w.:-]+)>|(?P<mark>~~|[{},*|:~])|(?P<text>[^\\…#<>{},*|:~]+)"
)
PLAIN = re.compile(r"[^\\…#<>{},*|:~]+")
LAST_WORD = re.compile(r"[a-z]+\Z")
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
        elif mark in ("~", "~~"):
            verb = LAST_WORD.search(choices[-1][-1])
            if not verb:
                break
            choices[-1][-1] = choices[-1][-1][: verb.start()]
            part = verb_forms(verb[0], mark == "~")
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


def verb_forms(verb: str, bare: bool) -> str:
    """The expression of the forms of a regular verb, with or without its first form.

    >>> verb_forms("deny", True), verb_forms("accuse", False), verb_forms("push", False)
    ('den(?:y|ies|ied|ying)', 'accus(?:es|ed|ing)', 'push(?:e?s|h?ed|h?ing)')
    """
    stem, last = verb[:-1], verb[-1]
    if last in "ey":
        ends = ("es", "ed", "ing") if last == "e" else ("ies", "ied", "ying")
        return f"{stem}(?:{'|'.join([last] * bare + [*ends])})"
    return f"{verb}(?:e?s|{last}?ed|{last}?ing){'?' * bare}"


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


def choice(found: Sequence[tuple[str, str]], name: str, ordered: bool = False) -> str:
    """The expression of any of some phrases, each given with its own: the longest first, or, where their order says which is tried first, as they come.

    Raises PhraseError for an empty group, which would match everywhere.

    >>> choice([("press", "press"), ("press room", "press room")], "places")
    '(?:press room|press)'
    """
    if not found:
        raise PhraseError(f"{name}: expected words in at least one language, found none; an empty choice would match everywhere")
    rows = found if ordered else sorted(found, key=lambda row: len(row[0]), reverse=True)
    return f"(?:{'|'.join(written for _, written in rows)})"


def first_words(phrase: str, ends: str) -> frozenset[str]:
    """Every first word that a phrase can have, in lower case; `ends` are the characters that end a word. What varies ends one too.

    >>> sorted(first_words("{web,}site{s,} by <name>", " ")), sorted(first_words("subscribe…60", " "))
    (['site', 'sites', 'website', 'websites'], ['subscribe'])
    """
    marks = list(MARK.finditer(phrase))
    at = 0

    def branches() -> list[list[re.Match[str] | list[Any]]]:
        """The alternatives from here to the end of the brace, each with its marks and its inner braces."""
        nonlocal at
        found: list[list[re.Match[str] | list[Any]]] = [[]]
        while at < len(marks):
            match = marks[at]
            at += 1
            if match["mark"] == "}":
                break
            if match["mark"] == "{":
                found[-1].append(branches())
            elif match["mark"] == ",":
                found.append([])
            else:
                found[-1].append(match)
        return found

    return frozenset(word.casefold() for word, _ in _openings(branches(), ends))


def _openings(branches: list[list[Any]], ends: str) -> set[tuple[str, bool]]:
    """What alternatives can open with, and whether a word ends there."""
    found: set[tuple[str, bool]] = set()
    for parts in branches:
        words = {("", False)}
        for part in parts:
            words = {each for word in words for each in ({word} if word[1] else _longer(word[0], part, ends))}
        found |= words
    return found


def _longer(word: str, part: Any, ends: str) -> set[tuple[str, bool]]:
    """A word with what comes next in its phrase."""
    if isinstance(part, list):
        return {(word + inner, ended) for inner, ended in _openings(part, ends)}
    if part["mark"] == "|":
        return {(word, False)}
    words = part["text"] or part["escaped"] or ""
    end = next((k for k, character in enumerate(words) if character in ends), len(words))
    return {(word + words[:end], not words or end < len(words))}

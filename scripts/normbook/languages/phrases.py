r"""The notation of phrases in the language files, and its translation to regular expressions.

A phrase matches its own words. These marks have a meaning:

    {a,b}      one of these: `press {release,statement}`; an empty alternative makes it optional: `comment{,s}`
    *          the rest of a word, or nothing: `enquir*`
    #  #3      a number; a number of at most three digits
    …60 …2-60  any characters: at most sixty; from two to sixty
    |          a word boundary
    :          a colon, half-width or full-width, perhaps after a space
    deny~      all forms of a regular verb; `deny~~` all but the first: denies, denied, denying
    <name>     a part that the code defines (`<digit>`) or another list of phrases (`<stance.denials>`)
    \          the next mark itself
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

MARK = re.compile(
    r"\\(?P<escaped>.)|…(?P<gap>\d+(?:-\d+)?)|#(?P<digits>\d?)|<(?P<slot>[\w.:-]+)>|(?P<mark>~~|[{},*|:~])|(?P<text>[^\\…#<>{},*|:~]+)"
)
PLAIN = re.compile(r"[^\\…#<>{},*|:~]+")
SINGLE = re.compile(r"\(\?:[\w -]+\)")
LAST_WORD = re.compile(r"[a-z]+\Z")
MARKS = {"*": r"\w*", "|": r"\b", ":": r"\s?[:：]"}


class PhraseError(ValueError):
    """A phrase does not follow the notation, or a list of phrases is empty."""


def expression(phrase: str, slot: Callable[[str], str]) -> str:
    r"""The regular expression of a phrase; `slot` returns that of a named part. Raises PhraseError.

    >>> expression("press release{,s}: …2-60", {}.__getitem__)
    'press release(?:s)?\\s?[:\uff1a] .{2,60}'
    """
    if PLAIN.fullmatch(phrase):
        return literal(phrase)
    choices: list[list[str]] = [[""]]  # the alternatives so far of each open brace; the outermost level has one
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
    """An expression for the forms of a regular verb, with or without its base form.

    >>> verb_forms("deny", True), verb_forms("accuse", False), verb_forms("push", False)
    ('den(?:y|ies|ied|ying)', 'accus(?:es|ed|ing)', 'push(?:e?s|h?ed|h?ing)')
    """
    stem, last = verb[:-1], verb[-1]
    if last in "ey":
        ends = ("es", "ed", "ing") if last == "e" else ("ies", "ied", "ying")
        return f"{stem}(?:{'|'.join([last] * bare + [*ends])})"
    return f"{verb}(?:e?s|{last}?ed|{last}?ing){'?' * bare}"


def _choice(alternatives: list[str]) -> str:
    """An expression for one of several; if one of them is empty, the others are tried first."""
    some = [alternative for alternative in alternatives if alternative]
    return f"(?:{'|'.join(some)}){'?' if len(some) < len(alternatives) else ''}"


def literal(words: str) -> str:
    """An expression for the words themselves; spaces and hyphens stay unescaped to keep patterns readable.

    >>> literal("by-law no. 1")
    'by-law no\\\\. 1'
    """
    return re.escape(words).replace("\\ ", " ").replace("\\-", "-")


def choice(alternatives: Sequence[tuple[str, str]], name: str, ordered: bool = False) -> str:
    """An expression for any of several (phrase, expression) pairs: the longest phrase first, or in the given order if `ordered`.

    Raises PhraseError for an empty list, whose expression would match everywhere.

    >>> choice([("press", "press"), ("press room", "press room")], "places")
    '(?:press room|press)'
    """
    if not alternatives:
        raise PhraseError(f"{name}: expected words in at least one language, found none; an empty choice would match everywhere")
    in_order = alternatives if ordered else sorted(alternatives, key=lambda pair: len(pair[0]), reverse=True)
    return f"(?:{'|'.join(_by_first_letter([written for _, written in in_order]))})"


LEAST_GROUPED = 6  # alternatives; fewer are tried faster as they are
# an alternative that starts with one of several letters in brackets; one that starts with a letter, which nothing behind it makes optional
LETTERS_FIRST = re.compile(r"\(\?:((?:[^\W\d_][^\\()\[\]|?*+{}.^$]*\|)+[^\W\d_][^\\()\[\]|?*+{}.^$]*)\)(?![?*+{])")
LETTER_FIRST = re.compile(r"[^\W_](?![?*+{])")
INSIDE = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]")  # an escaped character, or a set of characters


def _by_first_letter(forms: Sequence[str]) -> list[str]:
    """The same alternatives, with those that start with the same letter as one: where another letter is, all of these are skipped at once.

    Those that can start alike, in small or capital letters, keep their order, so the same one is found as in the plain list.

    >>> _by_first_letter(["march", "april", "june", "july", "mar", "jun"])
    ['m(?:arch|ar)', 'april', 'j(?:une|uly|un)']
    """
    if len(forms) < LEAST_GROUPED:
        return list(forms)
    found: list[str] = []
    alike: dict[str, list[str]] = {}
    for form in forms:
        if (first := _first_letter(form)) is None:
            found += _joined(alike)
            alike = {}
            found.append(form)
        else:
            alike.setdefault(first, []).append(form)
    return found + _joined(alike)


def _joined(alike: dict[str, list[str]]) -> list[str]:
    """The alternatives by their first letters: those behind one another with exactly the same letter are one."""
    found: list[str] = []
    for forms in alike.values():
        for letter, some in groupby(forms, key=lambda form: form[0] if LETTER_FIRST.match(form) else form):
            rests = [form[1:] for form in some]
            if len(letter) > 1 or len(rests) == 1:
                found += [letter[0] + rest for rest in rests]
            else:
                found.append(f"{letter}(?:{'|'.join(_by_first_letter(rests))})")
    return found


def _first_letter(form: str) -> str | None:
    """What the first letter of an alternative is, alike for small and capital letters; None if it is not known or the form is no single alternative."""
    if "|" in form and not _is_single(form):
        return None
    if LETTER_FIRST.match(form):
        return _folded(form[0])
    match = LETTERS_FIRST.match(form)
    letters = {_folded(part[0]) for part in match[1].split("|")} if match else set()
    return letters.pop() if len(letters) == 1 else None


def _folded(letter: str) -> str:
    return "i" if letter == "\u0131" else letter.casefold()[0]


def _is_single(form: str) -> bool:
    """True if all bars of a form are inside brackets."""
    depth = 0
    for character in INSIDE.sub("", form):
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            return False
    return True


def bare(form: str) -> str:
    r"""A group of `choice` without its brackets, if it is of a single word: nothing behind it may bear on the whole group.

    >>> bare("(?:and)"), bare("(?:and|or)"), bare("(?:(?:press|media) room)")
    ('and', '(?:and|or)', '(?:(?:press|media) room)')
    """
    return form[3:-1] if SINGLE.fullmatch(form) else form


def literals(phrase: str) -> tuple[str, ...]:
    """The runs of letters and spaces of a phrase that stand for themselves, those of all alternatives.

    >>> literals("{E,e}n {primer,segundo} lugar")
    ('E', 'e', 'n ', 'primer', 'segundo', ' lugar')
    """
    return tuple(match["text"] for match in MARK.finditer(phrase) if match["text"] and match["text"].strip())


def first_words(phrase: str, ends: str) -> frozenset[str]:
    """Every first word that a phrase can start with, in lower case. `ends` are the characters that end a word; a variable part ends it too.

    >>> sorted(first_words("{web,}site{s,} by <name>", " ")), sorted(first_words("subscribe…60", " "))
    (['site', 'sites', 'website', 'websites'], ['subscribe'])
    """
    marks = list(MARK.finditer(phrase))
    at = 0

    def branches() -> list[list[re.Match[str] | list[Any]]]:
        """The alternatives from here to the closing brace; each is a list of marks and of nested braces."""
        nonlocal at
        alternatives: list[list[re.Match[str] | list[Any]]] = [[]]
        while at < len(marks):
            match = marks[at]
            at += 1
            if match["mark"] == "}":
                break
            if match["mark"] == "{":
                alternatives[-1].append(branches())
            elif match["mark"] == ",":
                alternatives.append([])
            else:
                alternatives[-1].append(match)
        return alternatives

    return frozenset(word.casefold() for word, _ in _openings(branches(), ends))


def _openings(branches: list[list[Any]], ends: str) -> set[tuple[str, bool]]:
    """The beginnings that the alternatives can have, and whether the word is complete."""
    beginnings: set[tuple[str, bool]] = set()
    for parts in branches:
        words = {("", False)}
        for part in parts:
            words = {longer for word in words for longer in ({word} if word[1] else _longer(word[0], part, ends))}
        beginnings |= words
    return beginnings


def _longer(word: str, part: Any, ends: str) -> set[tuple[str, bool]]:
    """A beginning extended by the next part of its phrase."""
    if isinstance(part, list):
        return {(word + inner, ended) for inner, ended in _openings(part, ends)}
    if part["mark"] == "|":
        return {(word, False)}
    words = part["text"] or part["escaped"] or ""
    end = next((k for k, character in enumerate(words) if character in ends), len(words))
    return {(word + words[:end], not words or end < len(words))}

"""Alternatives that are tried by their first letters match the same words as in a plain list."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from normbook.languages.language import vocabulary
from normbook.languages.phrases import choice, expression

LETTERS = "abAiI\u0130\u0131sS\u017fk\u212aßσς. "
PHRASES = st.lists(st.text(LETTERS + "{},*", min_size=1, max_size=5), min_size=1, max_size=14, unique=True)


def written(phrase: str) -> str | None:
    """The expression of a phrase, None if it is none."""
    try:
        return expression(phrase, str)
    except ValueError:
        return None


def spans(form: str, text: str, flags: int) -> list[tuple[int, int]]:
    """What a form finds, alone and before an end that makes it try further alternatives."""
    return [match.span() for tail in ("", "(?=[ s]|$)") for match in re.compile(form + tail, flags).finditer(text)]


@given(PHRASES, st.text(LETTERS, max_size=12))
def test_alternatives_by_first_letters_match_like_a_plain_list(phrases: list[str], text: str) -> None:
    pairs = [(phrase, form) for phrase in phrases if phrase.strip() and (form := written(phrase))]
    if not pairs:
        return
    in_order = sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)
    plain = f"(?:{'|'.join(form for _, form in in_order)})"
    for flags in (0, re.IGNORECASE):
        assert spans(choice(pairs, "made"), text, flags) == spans(plain, text, flags)


def test_months_are_found_by_their_first_letters() -> None:
    form = re.compile(vocabulary().alternation("months.wide"))
    assert form.pattern.count("|") and all(form.fullmatch(word) for word in vocabulary().row("months.wide"))

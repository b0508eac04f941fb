"""Words for a terminal: nothing in them moves the cursor, hides or turns round what stands beside it."""

from __future__ import annotations

import textwrap


def visible(text: str) -> str:
    r"""The text with every character that does not show written as its number; line feeds stay.

    >>> visible("a\x1b[31mb\u202ec")
    'a\\u001b[31mb\\u202ec'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c == "\n" or c.isprintable() or c == "\u3000" else _number(c) for c in text)


def _number(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def filled(text: str, width: int, lead: str = "", below: str | None = None) -> list[str]:
    """The lines of a paragraph within a width, the first behind `lead`, the others behind `below` (as many spaces if not given)."""
    below = " " * len(lead) if below is None else below
    rows: list[str] = []
    for line in visible(text).split("\n"):
        rows += textwrap.wrap(
            line,
            max(width, len(lead) + 20),
            initial_indent=below if rows else lead,
            subsequent_indent=below,
            break_on_hyphens=False,
            break_long_words=False,
        ) or [(below if rows else lead).rstrip()]
    return rows

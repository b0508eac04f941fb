"""Text for a terminal, without characters that move the cursor, or hide or reverse other text."""

from __future__ import annotations


def visible(text: str) -> str:
    r"""The text with invisible characters escaped, except line feeds.

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
    """The lines of a paragraph, wrapped to a width; the first begins with `lead`, the others with `below` (by default as many spaces)."""
    import textwrap  # late: it compiles patterns, and most commands fill nothing

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

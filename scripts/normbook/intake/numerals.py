"""The numbers of list items, as browsers and word processors show them."""

from __future__ import annotations

ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True))
LETTERS = 26


def numeral(number: int, style: str) -> str:
    """A number in a style of HTML: `1`, `a`, `A`, `i` or `I`; in digits where the style has no sign for it.

    >>> [numeral(28, style) for style in "1aAiI"], numeral(0, "i")
    (['28', 'ab', 'AB', 'xxviii', 'XXVIII'], '0')
    """
    if style in ("a", "A") and number > 0:
        letters = ""
        left = number
        while left > 0 and len(letters) < 8:
            left, digit = divmod(left - 1, LETTERS)
            letters = chr(ord(style) + digit) + letters
        return letters
    if style in ("i", "I") and 0 < number < 4000:
        letters, left = "", number
        for value, sign in ROMAN:
            times, left = divmod(left, value)
            letters += sign * times
        return letters.upper() if style == "I" else letters
    return str(number)

"""Days told by their distance: "two days ago" in six languages."""

from __future__ import annotations

import re

# "two days ago" and the like, with the words without which none of them stands in a text
AGO = re.compile(
    r"(?i)\b(?P<n>two|three|four|five|six|[2-6]) days ago\b|\bil y a (?P<n1>deux|trois|quatre|cinq|[2-6]) jours\b|\bhace (?P<n2>dos|tres|cuatro|cinco|[2-6]) días\b|"
    r"\bvor (?P<n3>zwei|drei|vier|fünf|[2-6]) Tagen\b|\b(?P<n4>два|три|четыре|пять|[2-6]) дн(?:я|ей) назад\b|(?<![\d两二三四五十])(?P<n5>[两二三四五2-6])天(?:之)?前"
)
AGO_WORDS = ("days ago", " jours", " días", " Tagen", " назад", "天前", "天之前")
AGO_NUMBERS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "два": 2, "три": 3, "четыре": 4, "пять": 5, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}  # fmt: skip


def days_before(match: re.Match[str]) -> int:
    """How many days before the day of the text a match of AGO tells.

    >>> [days_before(match) for match in AGO.finditer("three days ago, hace dos días, 5天前")]
    [3, 2, 5]
    """
    word = next(word for word in match.groups() if word).lower()
    return AGO_NUMBERS.get(word) or int(word)

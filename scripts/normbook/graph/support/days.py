"""Whether quoted words carry a date: as they state it, or by a weekday or a distance that is counted again from a named day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from normbook.extraction.dates.calendar import Day, calendar, days_in, resolve
from normbook.graph.support.lexicon import find
from normbook.graph.support.turned import is_unreal
from normbook.languages.calendar_words import WEEKDAY_WORDS
from normbook.languages.language import pattern, vocabulary

ISO = pattern(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)(?:, <grammar.indefinite-articles:en> (?P<weekday>\w+))?")
MONTH_YEAR = pattern(
    r"\b(?P<m>[^\W\d_]{3,12})\.?,? (?:<dates.of:es> )?(?P<y>\d{4})(?!\d)|"
    r"(?P<y2>\d{4}) ?<dates.year-marks> ?(?P<m2>\d{1,2}) ?<dates.month-marks>|(?<!\d)(?P<y3>\d{4})-(?P<m3>\d{2})(?!\d)"
)
YEAR_MARK = pattern(r"<dates.year-marks>")
PLURAL = re.compile(r"\s+[a-z]+s\b")
QUOTED = re.compile(r"[“\"「]([^”\"」]{1,80})[”\"」]")
DISTANCES = (  # days or weeks before or after
    (
        r"\b(?P<n>\d{1,3}|<numbers.cardinals:en>|<distance.one:en>) (?:(?P<w><distance.weeks:en>)|<distance.days:en>)"
        r" (?:(?P<b><distance.before:en>)|<distance.after:en>)\b"
    ),
    (
        r"(?P<n2>\d{1,3}|<numbers.cardinals:zh>|<numbers.pairs:zh>)(?:(?P<w2><distance.weeks:zh>)|<distance.days:zh>)"
        r"(?:(?P<b2><distance.before:zh>)|<distance.after:zh>)"
    ),
)
DISTANCE = pattern(f"(?i){'|'.join(DISTANCES)}")


def _number(words: str) -> int:
    """A small number in figures or in words; the article is one: "a week later"."""
    if words.isdigit():
        return int(words)
    known = vocabulary()
    return known.numbered("numbers.cardinals").get(words.lower()) or known.numbered("numbers.pairs").get(words, 1)


def stated_days(words: str) -> Iterator[str]:
    """The full days that words state, as ISO dates.

    >>> list(stated_days("on the 3rd of May 2017 and 2018年9月3日"))
    ['2017-05-03', '2018-09-03']
    """
    found = list(days_in(words))
    ends = [0, *(day.end for day in found)]
    return (day.stated.isoformat() for day, before in zip(found, ends, strict=False) if day.stated and not _is_turned(words, day, before))


def _is_turned(words: str, day: Day, earliest: int) -> bool:
    """True if a day is only where something did not happen, or a bound: "not on 3 May", "by 3 May", 5月3日之前, "put off from 3 May to"."""
    before, behind = words[max(0, day.start - 40) : day.start].rstrip(), words[day.end : day.end + 8].lstrip()
    hits = find(before, "dates.not-on", "dates.bounds", "modality.not-negating")
    if hits and hits[-1].end == len(before) and hits[-1].key != "modality.not-negating":
        return True
    after = find(behind, "dates.bounds-behind", "dates.not-bounds-behind", "dates.moved")
    if after and after[0].start == 0 and after[0].key != "dates.not-bounds-behind":
        return True
    return is_unreal(words, day.start, day.end, earliest)


def _counts(words: str, match: re.Match[str]) -> bool:
    """True if a figure counts things instead of naming a year: "2020 engines", 2020列火车."""
    before, behind = words[: match.start()].rstrip(), words[match.end() :]
    if behind[:1] >= "\u2e80" and behind[0].isalpha():
        return not YEAR_MARK.match(behind)
    hits = find(before[-24:], "dates.before-years")
    return bool(PLURAL.match(behind)) and not (hits and hits[-1].end == len(before[-24:]))


def _stated_months(words: str) -> Iterator[str]:
    for match in MONTH_YEAR.finditer(words):
        year, month = next((match[y], match[m]) for y, m in (("y", "m"), ("y2", "m2"), ("y3", "m3")) if match[y])
        number = int(month) if month.isdigit() else calendar().month_of(month)
        if number:
            yield f"{year}-{number:02}"


def _distances(words: str) -> Iterator[tuple[str, int]]:
    """The expressions of distance with the days that they count, negative for a day before."""
    for match in DISTANCE.finditer(words):
        name = "" if match["n"] else "2"
        days = _number(match[f"n{name}"]) * (7 if match[f"w{name}"] else 1)
        yield match[0], -days if match[f"b{name}"] else days


def carries(value: str, words: str, derivation: str = "", known: Sequence[str] = ()) -> bool:
    """True if words carry a date: a day, month or year as they state it, or one that the derivation leads to, counted again.

    A derivation names the expression in quotation marks and the day that it is counted from; where days of the source are known, that
    day must be one of them.

    >>> carries("2022-05-09", "met on Monday", "“Monday”, resolved backwards from the publication date 2022-05-11, a Wednesday")
    True
    >>> carries("2022-05-02", "met on Monday", "“Monday”, resolved backwards from the publication date 2022-05-11, a Wednesday")
    False
    """
    if len(value) == 10 and value in stated_days(words):
        return True
    if len(value) == 7 and (value in _stated_months(words) or any(day.startswith(value) for day in stated_days(words))):
        return True
    if len(value) == 4 and any(not _counts(words, match) for match in re.finditer(rf"(?<!\d){value}(?!\d)", words)):
        return True
    return len(value) == 10 and bool(derivation) and value in _derived(words, derivation, known)


def anchors(derivation: str) -> Iterator[str]:
    """The days that a derivation counts from; one that is called by another weekday than its own is none."""
    for match in ISO.finditer(derivation):
        try:
            day = date.fromisoformat(match[1])
        except ValueError:
            continue
        name = (match["weekday"] or "").lower()
        if name not in WEEKDAY_WORDS or WEEKDAY_WORDS[name] == day.isoweekday():
            yield match[1]
    yield from (day.stated.isoformat() for day in days_in(ISO.sub(" ", derivation)) if day.stated)


def _derived(words: str, derivation: str, known: Sequence[str]) -> Iterator[str]:
    named = [each.casefold() for each in QUOTED.findall(derivation)]
    for anchor in anchors(derivation):
        if known and anchor not in known:
            continue
        base = date.fromisoformat(anchor)
        for day in days_in(words):
            if _is_named(day.words, named) and (found := _resolved(day, base)):
                yield found.isoformat()
        for expression, days in _distances(words):
            if _is_named(expression, named):
                yield (base + timedelta(days=days)).isoformat()


def _resolved(day: Day, base: date) -> date | None:
    return resolve(day, base) if day.how != "full" else None


def _is_named(expression: str, named: Sequence[str]) -> bool:
    """True if the derivation names this expression, or names none."""
    words = expression.casefold().strip()
    return not named or any(words in each or each in words for each in named)

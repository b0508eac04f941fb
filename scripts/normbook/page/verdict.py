"""Which lines of a copied page are dropped: what the rules say unless the model objects, and what the model is sure of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from normbook.page.features import CLOSERS, OF_PAGES, PROSE, RUN_NAMES, STOPS, WIDE, WORD, Features, end_of, read_features
from normbook.page.model import probabilities, reasons

MODEL = "furniture-by-model"  # the rule, and the role, of a line that the model alone drops
VETO = 0.5  # below this probability a line that a rule would drop stays
VETOED = frozenset("menu breadcrumb share subscription comments read-also publication-line copyright contact".split())
LONG, SURE_OF_LONG, SURE_OF_SENTENCE, SURE = 120, 0.97, 0.95, 0.85  # code points; probabilities above which the model alone drops a line
SURE_WITHIN = 0.93  # for a line between the first prose and the last
SURE_OF_MATTER_LIKE = 0.99  # for what tables, lists and notes look like
MATTER_LIKE = frozenset(("a list mark", "the mark of a note", "columns", "below a colon", "a broken sentence"))
IN_PROSE = frozenset(names[-1] for names in RUN_NAMES.values())
REACH = 40  # lines above and below among which a line must stand whose own words tell a page
LONGEST_TITLE = 160  # width of a line
LEAST_OF_TITLE, LIKE_TITLE = 3, 0.75  # words of a line that may be the title; share of words by which another line is like it


class Verdict(NamedTuple):
    """A line of the page: its number, the rule that drops it, how likely it is the page's own, and what speaks most for that."""

    number: int
    role: str
    probability: float
    reasons: tuple[str, ...]


def judge(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], strict: bool = False) -> dict[int, str]:
    """The roles of the lines that are dropped, by their numbers; `roles` are those that the rules give, `kinds` what the cues say of each line.

    1. A rule's drop of a menu and the like stays undone where the model holds the line for matter (VETO).
    2. The model alone drops a line only beside lines whose own words tell a page, and never one like the title.
    3. `strict` keeps to what the model is surest of.
    """
    if not roles and OF_PAGES.isdisjoint(kinds):
        return {}
    features = read_features(lines, kinds)
    return decide(lines, kinds, roles, features, probabilities(features), strict)


def decide(
    lines: Sequence[str],
    kinds: Sequence[str | None],
    roles: Mapping[int, str],
    features: Features,
    likely: Sequence[float],
    strict: bool = False,
) -> dict[int, str]:
    """The same from features and probabilities that are known."""
    found = dict(roles)
    for number, probability in zip(features.numbers, likely, strict=True):
        if probability < VETO and found.get(number) in VETOED:
            del found[number]
    numbers = features.numbers
    if OF_PAGES.isdisjoint(kinds):
        return found
    cues = [0, *accumulate([kinds[number] in OF_PAGES for number in numbers])]
    prose = [k for k, places in enumerate(features.places) if not IN_PROSE.isdisjoint(places)]
    first, last = (prose[0], prose[-1]) if prose else (len(numbers), -1)
    title: frozenset[str] | None = None
    for k, (number, probability) in enumerate(zip(numbers, likely, strict=True)):
        if number in found or probability <= SURE:
            continue
        if probability <= max(_least(lines[number].strip(), features, k, strict), SURE_WITHIN if first < k < last else 0):
            continue
        if cues[min(k + REACH + 1, len(numbers))] == cues[max(k - REACH, 0)]:
            continue
        if title is None:
            title = title_words(lines, kinds, roles, features, likely)
        if title and _is_like(lines[number], title):
            continue
        found[number] = MODEL
    return found


def _least(text: str, features: Features, k: int, strict: bool) -> float:
    """The probability above which the model alone drops a line of this form."""
    if not MATTER_LIKE.isdisjoint(features.shapes[k]) or not MATTER_LIKE.isdisjoint(features.places[k]):
        return SURE_OF_MATTER_LIKE
    if strict or len(text) > LONG:
        return SURE_OF_LONG
    return SURE_OF_SENTENCE if text.rstrip(CLOSERS + " ")[-1:] in STOPS else SURE


def title_words(
    lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], features: Features, likely: Sequence[float]
) -> frozenset[str]:
    """The words of what is likely the title: of the lines above the first prose that may be one, that which the model holds least for the page's."""
    best, least = frozenset[str](), 2.0
    for k, number in enumerate(features.numbers):
        if kinds[number] is None:
            text = lines[number].strip()
            width = len(text) if text.isascii() else len(text) + sum([c >= WIDE for c in text])
            if width > LONGEST_TITLE or (width >= PROSE and end_of(text) == "ends like a sentence"):
                break
            if number not in roles and likely[k] < least and len(words := _words(text)) >= LEAST_OF_TITLE:
                best, least = words, likely[k]
    return best


def _words(text: str) -> frozenset[str]:
    found = WORD.findall(text.lower())
    return frozenset([part for word in found for part in (word if word[0] >= WIDE else (word,))])


def _is_like(text: str, title: frozenset[str]) -> bool:
    mine = _words(text)
    return bool(mine) and len(mine & title) >= LIKE_TITLE * len(mine | title)


def explain(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str]) -> list[Verdict]:
    """What `judge` drops, with how likely each line is the page's own and why, in the order of the lines."""
    if not roles and OF_PAGES.isdisjoint(kinds):
        return []
    features = read_features(lines, kinds)
    likely = probabilities(features)
    found = decide(lines, kinds, roles, features, likely)
    dropped = [k for k, number in enumerate(features.numbers) if number in found]
    why = reasons(features, dropped)
    return [Verdict(features.numbers[k], found[features.numbers[k]], likely[k], why[k]) for k in dropped]

"""Which lines of a copied page are dropped: what the rules say unless the model objects, and what the model is sure of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from normbook.page.features import CLOSERS, OF_PAGES, PROSE, RUN_NAMES, STOPS, WIDE, WORD, Features, end_of, read_features
from normbook.page.model import probabilities, reasons
from normbook.text.lines import CREDIT, is_byline

MODEL = "furniture-by-model"  # the rule, and the role, of a line that the model alone drops
# probabilities below which a line stays that a rule would drop: for where it stands, for its own words, for a day in it
VETO_BY_PLACE, VETO_BY_CUE, VETO_OF_DATE = 0.05, 0.05, 0.005
VETO_OF_MANY, VETO_OF_LIST = 0.3, 0.97  # for where it stands, if few lines tell a page by their own words, or hardly any
LEAST_CUES, CUES_FOR_OTHERS = 2, 2  # lines that tell a page; other lines that each of them speaks for
VETOED = frozenset("menu breadcrumb share subscription comments read-also publication-line copyright contact".split())
LONG, SURE_OF_LONG, SURE_OF_SENTENCE, SURE = 120, 0.97, 0.98, 0.85  # code points; probabilities above which the model alone drops a line
SURE_WITHIN = 0.93  # for a line between the first prose and the last
SURE_OF_MATTER_LIKE = 0.99  # for what prose, tables, lists and notes look like
IN_PROSE = frozenset(names[-1] for names in RUN_NAMES.values())
MATTER_LIKE = IN_PROSE.union(("a list mark", "the mark of a note", "columns", "below a colon", "a broken sentence"))
NAVIGATION = frozenset({"menu", "breadcrumb"})
BELOW = OF_PAGES - {"share"}  # a signature may stand below the buttons under a text
LONGEST_TITLE = 160  # width of a line
LEAST_OF_TITLE, LIKE_TITLE = 3, 0.75  # words of a line that may be the title; share of words by which another line is like it


class Verdict(NamedTuple):
    """A line of the page: its number, the rule that drops it, how likely it is the page's own, and what speaks most for that."""

    number: int
    role: str
    probability: float
    reasons: tuple[str, ...]


def judge(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], strict: bool = True) -> dict[int, str]:
    """The roles of the lines that are dropped, by their numbers; `roles` are those that the rules give, `kinds` what the cues say of each line.

    1. A rule's drop of a menu and the like stays undone where the model holds the line for matter (VETO_BY_PLACE, VETO_BY_CUE).
    2. The model alone drops a line only near lines whose own words tell a page, and never a byline or one like the title.
    3. `strict` keeps to what the model is surest of; without it a short line needs less.
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
    strict: bool = True,
) -> dict[int, str]:
    """The same from features and probabilities that are known."""
    found = _unvetoed(kinds, roles, features, likely)
    if not OF_PAGES.isdisjoint(kinds):
        found.update(dict.fromkeys(_sure(lines, kinds, roles, found, features, likely, strict), MODEL))
    return found


def _unvetoed(kinds: Sequence[str | None], roles: Mapping[int, str], features: Features, likely: Sequence[float]) -> dict[int, str]:
    """The rules' drops but those to which the model objects, the more readily the fewer lines tell a page by their own words."""
    cues = sum([kinds[number] in OF_PAGES for number in features.numbers])
    by_place = sum([role in VETOED and not kinds[number] for number, role in roles.items()])
    found = dict(roles)
    for number, probability in zip(features.numbers, likely, strict=True):
        role = roles.get(number)
        if role not in VETOED:
            continue
        if role == "publication-line":
            least = VETO_OF_DATE
        elif kinds[number]:
            least = VETO_BY_CUE
        elif cues * CUES_FOR_OTHERS >= by_place:
            least = VETO_BY_PLACE
        else:
            least = VETO_OF_LIST if role == "menu" and cues < LEAST_CUES else VETO_OF_MANY
        if probability < least:
            del found[number]
    return found


def _sure(
    lines: Sequence[str],
    kinds: Sequence[str | None],
    roles: Mapping[int, str],
    found: Mapping[int, str],
    features: Features,
    likely: Sequence[float],
    strict: bool,
) -> list[int]:
    """The lines that the model alone drops; none where most of the prose would be among them, for then there is no text beside the page."""
    numbers = features.numbers
    sentences = [k for k, places in enumerate(features.places) if not IN_PROSE.isdisjoint(places)]
    prose = [k for k in sentences if likely[k] <= SURE_OF_MATTER_LIKE]
    if not prose:
        return []
    supported = _supported(prose, [kinds[number] or "" if number in found else "" for number in numbers])
    title: frozenset[str] | None = None
    sure: list[int] = []
    for k, (number, probability) in enumerate(zip(numbers, likely, strict=True)):
        if number in roles or probability <= SURE:
            continue
        within = SURE_WITHIN if prose[0] < k < prose[-1] else 0
        if not supported[k] or probability <= max(_least(lines[number].strip(), features, k, strict), within):
            continue
        if title is None:
            title = title_words(lines, kinds, found, features, likely)
        text = lines[number].strip()
        if (not title or not _is_like(text, title)) and not is_byline(text) and not CREDIT.match(text):
            sure.append(number)
    among = frozenset(sure)
    sure = [
        number
        for k, number in enumerate(numbers)
        if number in among and not (prose[0] < k < prose[-1] and _may_head(lines[number], {numbers[k - 1], numbers[k + 1]} & among))
    ]
    gone = {*found, *sure}
    return sure if sum(numbers[k] not in gone for k in sentences) * 2 > len(sentences) else []


def _may_head(text: str, beside: Collection[int]) -> bool:
    """True for a line in the midst of a text with the words of a heading and none beside it that goes too: each text of a digest has one."""
    return not beside and len(_words(text)) > LEAST_OF_TITLE


def _supported(prose: Sequence[int], kinds: Sequence[str]) -> list[bool]:
    """For each line whether its run of lines between prose holds lines that tell a page, so that it cannot belong to the text beside the run.

    1. Above the first prose a menu or path stands below it: what stands between the last menu and the text may be its head.
    2. Below the last prose such a line stands above it: what stands between the text and the first button may be a signature or a list.
    3. Between two lines of prose such lines stand on both sides: what stands at an edge may be a heading.

    `kinds` are the cues of the lines that are dropped, "" for none.
    """
    count = len(kinds)
    found = [False] * count
    for start, end in pairwise([-1, *prose, count]):
        known = NAVIGATION if start < 0 else OF_PAGES if end < count else BELOW
        run = [k for k in range(start + 1, end) if kinds[k] in known]
        if run:
            first = start + 1 if start < 0 else run[0]
            last = end if end == count and start >= 0 else run[-1]
            found[first:last] = [True] * (last - first)
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

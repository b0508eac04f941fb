"""Which lines of a copied page are dropped: those the rules drop unless the model objects, and those the model is sure of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from normbook.page.features import CLOSERS, OF_PAGES, PROSE, RUN_NAMES, STOPS, WIDE, WORD, Features, end_of, read_features
from normbook.page.model import probabilities, reasons
from normbook.text.lines import CREDIT, is_byline

MODEL = "furniture-by-model"  # rule and role of a line that only the model drops
# a line that a rule drops stays if its probability is lower: dropped by position, by its own cue, for a date in it
VETO_BY_PLACE, VETO_BY_CUE, VETO_OF_DATE = 0.05, 0.05, 0.005
VETO_OF_MANY, VETO_OF_LIST = 0.3, 0.97  # dropped by position, if few lines have a cue; the same with hardly any
LEAST_CUES, CUES_FOR_OTHERS = 2, 2  # lines with a cue; lines without one that each of them vouches for
VETOED = frozenset("menu breadcrumb share subscription comments read-also publication-line copyright contact".split())
LONG, SURE_OF_LONG, SURE_OF_SENTENCE, SURE = (
    120,
    0.97,
    0.98,
    0.85,
)  # code points; probabilities above which the model drops a line by itself
SURE_WITHIN = 0.93  # for a line between the first prose and the last
SURE_OF_MATTER_LIKE = 0.99  # for lines that look like prose, tables, lists or notes
IN_PROSE = frozenset(names[-1] for names in RUN_NAMES.values())
MATTER_LIKE = IN_PROSE.union(("a list mark", "the mark of a note", "columns", "below a colon", "a broken sentence"))
NAVIGATION = frozenset({"menu", "breadcrumb"})
BELOW = OF_PAGES - {"share"}  # a signature may follow share buttons
LONGEST_TITLE = 160  # width of a line
LEAST_OF_TITLE, LIKE_TITLE = 3, 0.75  # words of a possible title; share of common words that makes another line similar to it


class Verdict(NamedTuple):
    """A dropped line: its number, the rule that drops it, the probability that it is furniture, and the strongest reasons."""

    number: int
    role: str
    probability: float
    reasons: tuple[str, ...]


def judge(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], strict: bool = True) -> dict[int, str]:
    """Line number -> role of the lines to drop; `roles` are those by the rules, `kinds` the kinds of furniture by cues.

    1. A line that a rule drops as navigation or the like stays if the model takes it for text (VETO_BY_PLACE, VETO_BY_CUE).
    2. The model drops a line by itself only near lines with a cue, and never a byline or a line similar to the title.
    3. `strict` demands the highest probability of every line; without it a short line needs less.
    """
    return weigh(lines, kinds, roles, strict).found


class Judgement(NamedTuple):
    """The roles of the lines to drop, and the features and probabilities that decided; None if the model was not asked."""

    found: dict[int, str]
    features: Features | None = None
    likely: Sequence[float] = ()


def weigh(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], strict: bool = True) -> Judgement:
    """What `judge` returns, with the features and probabilities."""
    if OF_PAGES.isdisjoint(kinds) and VETOED.isdisjoint(roles.values()):
        return Judgement(dict(roles))  # there is nothing that the model may object to or add to
    features = read_features(lines, kinds)
    likely = probabilities(features)
    return Judgement(decide(lines, kinds, roles, features, likely, strict), features, likely)


def decide(
    lines: Sequence[str],
    kinds: Sequence[str | None],
    roles: Mapping[int, str],
    features: Features,
    likely: Sequence[float],
    strict: bool = True,
) -> dict[int, str]:
    """Like `judge`, from features and probabilities that are already computed."""
    found = _unvetoed(kinds, roles, features, likely)
    if not OF_PAGES.isdisjoint(kinds):
        found.update(dict.fromkeys(_sure(lines, kinds, roles, found, features, likely, strict), MODEL))
    return found


def _unvetoed(kinds: Sequence[str | None], roles: Mapping[int, str], features: Features, likely: Sequence[float]) -> dict[int, str]:
    """The roles by the rules, without those to which the model objects; it objects more readily the fewer lines have a cue."""
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
    """The numbers of the lines that only the model drops; none if that would drop most of the prose, leaving hardly any text."""
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
    """True for a line inside the body that is long enough for a heading and whose neighbours stay: it may head one item of a digest."""
    return not beside and len(_words(text)) > LEAST_OF_TITLE


def _supported(prose: Sequence[int], kinds: Sequence[str]) -> list[bool]:
    """For each line, whether lines with a cue separate it from the prose next to its run, so that it cannot belong to that prose.

    1. Above the first prose, a menu or path is below it; lines between the last menu and the text may be its headline.
    2. Below the last prose, a line with a cue is above it; lines between the text and the first button may be a signature or a list.
    3. Between two lines of prose, lines with a cue are on both sides; a line at the edge of the run may be a heading.

    `kinds` are the kinds of the lines that are dropped, "" for a line that stays.
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
    """The probability above which the model drops a line of this form by itself."""
    if not MATTER_LIKE.isdisjoint(features.shapes[k]) or not MATTER_LIKE.isdisjoint(features.places[k]):
        return SURE_OF_MATTER_LIKE
    if strict or len(text) > LONG:
        return SURE_OF_LONG
    return SURE_OF_SENTENCE if text.rstrip(CLOSERS + " ")[-1:] in STOPS else SURE


def title_words(
    lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], features: Features, likely: Sequence[float]
) -> frozenset[str]:
    """The words of the likely title: the candidate above the first prose with the lowest probability of being furniture."""
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


def explain(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], judged: Judgement | None = None) -> list[Verdict]:
    """The lines that `judge` drops, in order, with their probabilities and reasons; `judged` is what `weigh` returned for them, if it was asked."""
    if not roles and OF_PAGES.isdisjoint(kinds):
        return []
    if judged and judged.features:
        found, features, likely = judged.found, judged.features, judged.likely
    else:
        features = read_features(lines, kinds)
        likely = probabilities(features)
        found = decide(lines, kinds, roles, features, likely)
    dropped = [k for k, number in enumerate(features.numbers) if number in found]
    why = reasons(features, dropped)
    return [Verdict(features.numbers[k], found[features.numbers[k]], likely[k], why[k]) for k in dropped]

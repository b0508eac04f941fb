"""Which lines of a copied page are dropped: those the rules drop unless the model objects, and those the model is sure of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from normbook.languages.language import pattern
from normbook.page.context import OF_LISTS, cells_of, look_again, separated
from normbook.page.context import reasons as reasons_of_context
from normbook.page.features import ADDRESS, OF_PAGES, PROSE, PROSE_RUNS, WIDE, WORD, Features, end_of, read_features
from normbook.page.model import reasons, scores_of
from normbook.text.lines import CREDIT, is_byline

DIGIT = pattern(r"\d")
MODEL = "furniture-by-model"  # rule and role of a line that only the model drops
VETOED = frozenset("menu breadcrumb share subscription comments read-also publication-line copyright contact".split())
FEW, FEW_FOR_MODEL = (
    5,
    8,
)  # lines with a cue: with fewer a text is hardly a page; the model does not drop lines that no cue separates from the text
CUES_FOR_OTHERS = 1  # lines dropped by position, or dates, that each line with a cue vouches for
SURE_CUES_FOR_OTHERS = 12  # the same, for a cue that no heading of a text has: of other stories, copyright and the like
LONG_TEXT = 40  # lines of a text of which a few words of a page say little
EDGE = 12  # lines at the head or the foot of a text among which the date of its publication may be
MOST_DATES = 3  # dates of publication that a page without other lines of its own may have
LEAST_COLUMNS, LEAST_ROWS = 2, 3  # tabs of a line, and such lines one after the other, that may be a table
SURELY_OF_PAGE, SURELY_TEXT = 0.992, 0.95  # probabilities above which a line separates others from the text; above which prose is none


class Bounds(NamedTuple):
    """The probabilities below which a line stays: of lines that a rule drops, and of lines that the model drops by itself."""

    date: float  # dropped by a rule for the date in it
    address: float  # dropped by a rule as a line with a date or source, for the address in it
    date_amid: float  # the same, where no line has a cue and the date is neither near the head nor near the foot
    listed_date: float  # the same, where dates are many and cues are few: they may head the parts of a text
    by_cue: float  # dropped by a rule for its own words
    by_cue_of_long: float  # the same, where few of many lines have a cue
    by_place: float
    by_place_of_long: float  # the same, where few of many lines have a cue
    by_place_alone: float  # the same, where hardly any line has a cue
    table: float  # dropped by a rule, but perhaps the row of a table
    behind_cue: float  # separated from the text by lines with a cue
    behind_cue_listed: float  # the same, if it looks like a part of a table, list or note
    behind_line: float  # separated from the text by lines that the model is surest of
    behind_line_listed: float
    free: float  # not separated from the text
    free_listed: float
    free_among_few: float  # not separated from the text by lines with a cue, where few lines have one
    prose: float  # prose, and whatever ends like a sentence
    prose_apart: float  # the same, separated from the text


STRICT = Bounds(
    date=0.003, address=0.9, date_amid=0.75, listed_date=0.99, by_cue=0.01, by_cue_of_long=0.9, by_place=0.03, by_place_of_long=0.9,
    by_place_alone=0.97, table=0.99, behind_cue=0.6, behind_cue_listed=0.88, behind_line=0.88, behind_line_listed=0.9,
    free=0.985, free_listed=0.98, free_among_few=0.995, prose=0.999, prose_apart=0.9985,
)  # fmt: skip
THOROUGH = Bounds(
    date=0.003, address=0.9, date_amid=0.75, listed_date=0.97, by_cue=0.01, by_cue_of_long=0.9, by_place=0.03, by_place_of_long=0.9,
    by_place_alone=0.97, table=0.95, behind_cue=0.3, behind_cue_listed=0.5, behind_line=0.5, behind_line_listed=0.73,
    free=0.6, free_listed=0.92, free_among_few=0.995, prose=0.97, prose_apart=0.97,
)  # fmt: skip
MARKS_BELOW = 2  # lines below a title among which its date may be
NEXT_PROSE, NEAR_ARTICLE = 6, 20  # lines between two paragraphs of an article; lines above it in which its title is looked for
PROBABLY_TEXT = 0.3  # probability below which prose belongs to the article
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

    1. A line that a rule drops as navigation or the like stays if the model takes it for text.
    2. The model drops a line by itself in a page only, most readily behind lines with a cue, and never a byline or a line similar to the title.
    3. `strict` is for texts of which nothing may be lost; without it more goes, and five times as much text with it.
    """
    return weigh(lines, kinds, roles, strict).found


class Judgement(NamedTuple):
    """The roles of the lines to drop, and what decided: features, scores, cells and probabilities; no features if the model was not asked."""

    found: dict[int, str]
    features: Features | None = None
    likely: Sequence[float] = ()
    cells: Sequence[Sequence[int]] = ()


def weigh(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], strict: bool = True) -> Judgement:
    """What `judge` returns, with what decided."""
    if OF_PAGES.isdisjoint(kinds) and VETOED.isdisjoint(roles.values()):
        return Judgement(dict(roles))  # there is nothing that the model may object to or add to
    return _judgement(lines, kinds, roles, strict)


def _judgement(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], strict: bool = True) -> Judgement:
    features = read_features(lines, kinds)
    scores = scores_of(features)
    cells = cells_of(lines, kinds, roles, features, scores)
    likely = look_again(cells, scores)
    return Judgement(decide(lines, kinds, roles, features, likely, strict), features, likely, cells)


def decide(
    lines: Sequence[str],
    kinds: Sequence[str | None],
    roles: Mapping[int, str],
    features: Features,
    likely: Sequence[float],
    strict: bool = True,
) -> dict[int, str]:
    """Like `judge`, from features and probabilities that are already computed."""
    cues = sum([kinds[number] in OF_PAGES for number in features.numbers])
    bounds = STRICT if strict or cues < FEW_FOR_MODEL else THOROUGH  # what is hardly a page is no text to be thorough with
    found = _unvetoed(lines, kinds, roles, features, likely, cues, bounds)
    if cues:
        found.update(dict.fromkeys(_sure(lines, kinds, roles, found, features, likely, cues, bounds), MODEL))
    return found


def _unvetoed(
    lines: Sequence[str],
    kinds: Sequence[str | None],
    roles: Mapping[int, str],
    features: Features,
    likely: Sequence[float],
    cues: int,
    bounds: Bounds,
) -> dict[int, str]:
    """The roles by the rules, without those to which the model objects; it objects more readily the fewer lines have a cue."""
    found = dict(roles)
    by_place = sum([role in VETOED and not kinds[number] for number, role in roles.items()])
    surely = sum([kinds[number] in OF_PAGES and kinds[number] != "menu" for number in features.numbers])
    hardly = cues < FEW and (cues - surely) * CUES_FOR_OTHERS + surely * SURE_CUES_FOR_OTHERS < by_place
    dates = sum([role == kinds[number] == "publication-line" and DIGIT.search(lines[number]) is not None for number, role in roles.items()])
    dated = dates > MOST_DATES and dates > cues * CUES_FOR_OTHERS
    tables = _tables(lines, features.numbers)
    edge = len(likely) - EDGE
    of_long = cues < FEW and len(likely) > LONG_TEXT
    for k, (number, probability) in enumerate(zip(features.numbers, likely, strict=True)):
        role = roles.get(number)
        if role not in VETOED:
            continue
        if number in tables:
            least = bounds.table
        elif role == "publication-line":
            amid = not cues and EDGE <= k < edge
            least = bounds.listed_date if dated and DIGIT.search(lines[number]) else bounds.date_amid if amid else bounds.date
            if ADDRESS.search(lines[number]):
                least = max(least, bounds.address)
        elif kinds[number]:
            least = bounds.by_cue_of_long if of_long else bounds.by_cue
        else:
            least = bounds.by_place_alone if hardly or not cues else bounds.by_place_of_long if of_long else bounds.by_place
        if probability < least:
            del found[number]
    return found


def _tables(lines: Sequence[str], numbers: Sequence[int]) -> frozenset[int]:
    """The numbers of the lines that may be rows of a table: neighbours with as many tabs."""
    tabs = [lines[number].strip().count("\t") for number in numbers]
    if not any(tabs):
        return frozenset()
    found: list[int] = []
    start = 0
    for k in range(1, len(tabs) + 1):
        if k == len(tabs) or tabs[k] != tabs[start]:
            if tabs[start] >= LEAST_COLUMNS and k - start >= LEAST_ROWS:
                found += numbers[start:k]
            start = k
    return frozenset(found)


def _sure(
    lines: Sequence[str],
    kinds: Sequence[str | None],
    roles: Mapping[int, str],
    found: Mapping[int, str],
    features: Features,
    likely: Sequence[float],
    cues: int,
    bounds: Bounds,
) -> list[int]:
    """The numbers of the lines that only the model drops; none if that would drop most of the prose, leaving hardly any text."""
    numbers = features.numbers
    sentences = [k for k, places in enumerate(features.places) if places[1] in PROSE_RUNS]
    prose = [k for k in sentences if likely[k] <= SURELY_TEXT]
    if not prose:
        return []
    candidates = [k for k, number in enumerate(numbers) if likely[k] > bounds.behind_cue and number not in roles]
    if not candidates:
        return []
    cued = [kinds[number] or "" if number in found else "" for number in numbers]
    gone_surely = [k for k, number in enumerate(numbers) if number in found and likely[k] > SURELY_OF_PAGE]
    least = _least(features, likely, candidates, prose, cued, gone_surely, cues, bounds)
    titles = title_words(lines, kinds, found, features, likely)
    sure: list[int] = []
    for k in candidates:
        text = lines[numbers[k]].strip()
        if likely[k] > least[k] and not _is_like(text, titles) and not is_byline(text) and not CREDIT.match(text):
            sure.append(numbers[k])
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


def _least(
    features: Features,
    likely: Sequence[float],
    candidates: Sequence[int],
    prose: Sequence[int],
    cued: Sequence[str],
    sure: Sequence[int],
    cues: int,
    bounds: Bounds,
) -> dict[int, float]:
    """For each candidate, the probability above which the model drops it by itself.

    `cued` has the kinds of the lines that are dropped and have a cue; `sure` are those of which the model is surest among the dropped.
    """
    forms = {k: _form(features, k) for k in candidates}
    surely = dict.fromkeys(sure, "menu") | {k: "menu" for k, form in forms.items() if not form and likely[k] > SURELY_OF_PAGE}
    behind_cue, behind_line = separated(prose, cued), separated(prose, [surely.get(k, "") for k in range(len(likely))])
    few = (bounds.free_among_few, bounds.free_among_few)
    others = (few, few) if cues < FEW_FOR_MODEL else ((bounds.behind_line, bounds.behind_line_listed), (bounds.free, bounds.free_listed))
    steps = ((bounds.behind_cue, bounds.behind_cue_listed), *others)
    return {
        k: (bounds.prose_apart if behind_cue[k] or behind_line[k] else bounds.prose)
        if form == 2
        else steps[0 if behind_cue[k] else 1 if behind_line[k] else 2][form]
        for k, form in forms.items()
    }


def _form(features: Features, k: int) -> int:
    """2 for prose and whatever ends like a sentence, 1 for what looks like a part of a table, list or note, else 0."""
    shape, places = features.shapes[k], features.places[k]
    if places[1] in PROSE_RUNS or shape[2] == "ends like a sentence":
        return 2
    return int(not OF_LISTS.isdisjoint(shape) or not OF_LISTS.isdisjoint(places))


def title_words(
    lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], features: Features, likely: Sequence[float]
) -> list[frozenset[str]]:
    """The words of each line that may be the title.

    It is the candidate above the first prose with the lowest probability of being furniture, or one above the article
    that a date, a byline or the first of some share buttons follows, or the likeliest near the article.
    """
    best, least = frozenset[str](), 2.0
    for k, number in enumerate(features.numbers):
        if kinds[number] is None:
            text = lines[number].strip()
            width = _width(text)
            if width > LONGEST_TITLE or (width >= PROSE and end_of(text) == "ends like a sentence"):
                break
            if number not in roles and likely[k] < least and len(words := _words(text)) >= LEAST_OF_TITLE:
                best, least = words, likely[k]
    numbers = features.numbers
    article = _article(features, likely)
    near = [
        (likely[k], words)
        for k in range(max(article - NEAR_ARTICLE, 0), article)
        if kinds[numbers[k]] is None and numbers[k] not in roles and len(words := _title(lines[numbers[k]].strip())) > LEAST_OF_TITLE
    ]
    nearest = min(near, key=itemgetter(0))[1] if near else frozenset[str]()
    return [words for words in (best, nearest, *marked_titles(lines, kinds, features.numbers, article)) if words]


def _article(features: Features, likely: Sequence[float]) -> int:
    """The index of the first line of prose that probably belongs to the article and has more of it close below."""
    prose = [k for k, places in enumerate(features.places) if places[1] in PROSE_RUNS and likely[k] < PROBABLY_TEXT]
    return next((one for one, two in pairwise(prose) if two - one <= NEXT_PROSE), prose[0] if prose else 0)


def _title(text: str) -> frozenset[str]:
    """The words of a line that may be a title; none if it is too long or too short for one, or a byline."""
    words = _words(text) if _width(text) <= LONGEST_TITLE and not is_byline(text) else frozenset[str]()
    return words if len(words) >= LEAST_OF_TITLE else frozenset()


def marked_titles(lines: Sequence[str], kinds: Sequence[str | None], numbers: Sequence[int], article: int) -> Iterator[frozenset[str]]:
    """The words of each line above the article that a date, a byline or the first of some share buttons follows."""
    marks = [k for k in range(1, article + 1) if _is_mark(lines, kinds, numbers, k)]
    for k in sorted({k - step for k in marks for step in range(1, MARKS_BELOW + 1) if k >= step}):
        if kinds[numbers[k]] is None:
            yield _title(lines[numbers[k]].strip())


def _is_mark(lines: Sequence[str], kinds: Sequence[str | None], numbers: Sequence[int], k: int) -> bool:
    """True for a line that stands below titles: a date, a byline, the first of some share buttons."""
    kind = kinds[numbers[k]]
    return (
        kind == "publication-line"
        or (kind == "share" and kinds[numbers[k - 1]] != "share")
        or (kind is None and is_byline(lines[numbers[k]].strip()))
    )


def _width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum([c >= WIDE for c in text])


def _words(text: str) -> frozenset[str]:
    found = WORD.findall(text.lower())
    return frozenset([part for word in found for part in (word if word[0] >= WIDE else (word,))])


def _is_like(text: str, titles: Sequence[frozenset[str]]) -> bool:
    """True for a line that has most words in common with one of the titles."""
    mine = _words(text)
    return bool(mine) and any(len(mine & title) >= LIKE_TITLE * len(mine | title) for title in titles)


def explain(lines: Sequence[str], kinds: Sequence[str | None], roles: Mapping[int, str], judged: Judgement | None = None) -> list[Verdict]:
    """The lines that `judge` drops, in order, with their probabilities and reasons; `judged` is what `weigh` returned for them, if it was asked."""
    if not roles and OF_PAGES.isdisjoint(kinds):
        return []
    if not judged or not judged.features:
        judged = _judgement(lines, kinds, roles)
    found, features, likely, cells = judged
    assert features is not None  # `_judgement` read them
    dropped = [k for k, number in enumerate(features.numbers) if number in found]
    why = reasons(features, dropped, {k: reasons_of_context(cells, k) for k in dropped})
    return [Verdict(features.numbers[k], found[features.numbers[k]], likely[k], why[k]) for k in dropped]

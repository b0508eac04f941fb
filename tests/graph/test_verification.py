"""True quotations are accepted, altered ones never, in English and in Chinese, and the answer names the place and the records that quote it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from normbook.cleaning.clean import read
from normbook.cleaning.readings import Readings
from normbook.graph.evidence import is_furniture
from normbook.graph.verification import READINGS, REASONS, Verdict, bearing, cautions, text_of, uses, verify
from normbook.text.anchors import Anchor, anchor
from normbook.workspace.load import Project

DOCUMENTS = Path(__file__).parents[1] / "cases" / "documents"
CHINESE = ("frozen/chinese-consular", "open/chinese-news", "open/g-zh-fayan", "open/e-zh-wenda", "open/r-zh-huijian", "frozen/bilingual-qa")
MANY = 1_000
HAN = re.compile("[\u4e00-\u9fff]")
WORDS = {
    "not": "",
    "no": "all",
    "must": "may",
    "should": "shall",
    "and": "or",
    "all": "some",
    "States": "states",
    "data": "date",
    "the": "a",
}
PUNCTUATION = {",": ";", ".": "!", "“": '"', "”": '"', "’": "'", "-": "–", "，": "、", "。": "！", "、": "，", "：": "；"}


@pytest.fixture(scope="module")
def held(project: Project) -> dict[str, Readings]:
    """The readings of the book's own sources, and of Chinese texts, with which the book holds some."""
    chinese = {name.rpartition("/")[2]: read((DOCUMENTS / f"{name}.txt").read_bytes(), ()) for name in CHINESE}
    assert all(len(HAN.findall(each.cleaned.text)) > 100 for each in chinese.values())
    return {**project.readings, **chinese}


def drawn(held: Mapping[str, Readings], seed: int) -> Iterator[tuple[str, str, Anchor]]:
    """Passages of whole words of all sources and all readings, each with the context that makes it unique: source, reading, words."""
    chance = random.Random(seed)
    while True:
        source = chance.choice(sorted(held))
        reading = chance.choice(READINGS)
        text = text_of(held[source], reading)
        ends = [match.end() for match in re.finditer(r"\b|(?<=[\u4e00-\u9fff])", text)]
        at = chance.randrange(len(ends) - 1)
        start, end = ends[at], ends[min(len(ends) - 1, at + chance.randint(3, 40))]
        if len(text[start:end].strip()) >= 4:
            yield source, reading, anchor(text, start, end)


def altered(words: str, chance: random.Random) -> Iterator[str]:
    """The words with one thing changed inside, each in its own way: a letter, two letters, a digit, a word, the case, a mark, a negation, a space, a gap."""
    inner = range(1, len(words) - 1)
    letters = [at for at in inner if words[at].isalpha()]
    if letters:
        at = chance.choice(letters)
        other = "\u4e0d" if HAN.match(words[at]) else "q"
        yield words[:at] + (other if words[at] != other else "x") + words[at + 1 :]
        yield words[:at] + words[at + 1 :]
        yield words[:at] + words[at] * 2 + words[at + 1 :]
        yield words[:at] + words[at].swapcase() + words[at + 1 :]
        yield words[:at] + "\u4e0d" + words[at:] if HAN.match(words[at]) else words[:at] + " not " + words[at:]
    digits = [at for at in inner if words[at] in "0123456789"]
    if digits:
        at = chance.choice(digits)
        yield words[:at] + str((int(words[at]) + 1) % 10) + words[at + 1 :]
    negations = [at for at in inner if words[at] in "\u4e0d\u65e0\u672a"]
    yield from (words[:at] + words[at + 1 :] for at in negations)
    yield words[: len(words) // 3] + words[2 * len(words) // 3 :]  # cut in the middle, without a sign of it
    tokens = words.split(" ")
    if len(tokens) > 3:
        at = chance.randrange(1, len(tokens) - 1)
        yield " ".join((*tokens[:at], *tokens[at + 1 :]))
        yield " ".join((*tokens[:at], tokens[at + 1], tokens[at], *tokens[at + 2 :]))
        yield " ".join((*tokens[:at], "", *tokens[at:]))
        yield from (" ".join((*tokens[:k], WORDS[token], *tokens[k + 1 :])) for k, token in enumerate(tokens) if token in WORDS)
    yield from (words[:at] + PUNCTUATION[words[at]] + words[at + 1 :] for at in inner if words[at] in PUNCTUATION)
    yield words[: len(words) // 2] + "…" + words[len(words) // 2 + 1 :]


def is_true(words: str, held: Mapping[str, Readings]) -> bool:
    return any(words in text_of(each, reading) for each in held.values() for reading in READINGS)


def test_a_thousand_true_quotations_are_accepted(held: Mapping[str, Readings]) -> None:
    seen, chinese, others = 0, 0, 0
    readings = set()
    for source, _, asked in drawn(held, 17):
        counts = [text_of(held[source], each).count("".join(asked)) for each in READINGS]
        if next(filter(None, counts)) > 1:  # unique in the reading that it was drawn from, not in the one that counts
            others += 1
            continue
        verdict = verify(asked, held, source)
        if verdict.reason == "not-contiguous":
            others += 1
            assert "".join(asked) not in held[source].received.text
            continue
        (place,) = verdict.places
        assert text_of(held[source], place.reading)[place.start : place.end] == asked.exact
        seen += 1
        chinese += bool(HAN.search(asked.exact))
        readings.add(place.reading)
        if seen == MANY:
            break
    assert chinese > 200 and readings == set(READINGS) and others < MANY / 30


def test_every_recorded_quotation_is_accepted_with_its_record(project: Project) -> None:
    found = uses(project.records, project.readings)
    count = 0
    for source, each in found.items():
        for use in each:
            asked = Anchor(use.quotation.prefix, use.quotation.exact, use.quotation.suffix)
            verdict = verify(asked, project.readings, source)
            assert verdict.places, (use.record.id, verdict)
            named = bearing(verdict.places[0], each)
            assert ("same", use) in named and named[0][0] == "same"
            count += 1
    assert count > 300


def test_of_a_thousand_altered_quotations_none_is_accepted(held: Mapping[str, Readings]) -> None:
    chance = random.Random(18)
    refused: list[Verdict] = []
    true_by_chance = chinese = 0
    for _, _, asked in drawn(held, 18):
        for words in altered(asked.exact, chance):
            if is_true(words, held):  # the alteration hit upon other words of a source: a true quotation
                true_by_chance += words != asked.exact
                continue
            verdict = verify(Anchor("", words, ""), held)
            assert not verdict.places and verdict.reason == "not-found", (asked.exact, words)
            refused.append(verdict)
            chinese += bool(HAN.search(words))
        if len(refused) >= MANY:
            break
    assert true_by_chance < MANY / 50 and chinese > 200
    assert sum(bool(each.nearest) for each in refused) > MANY * 0.8
    assert all(near.asked != near.found for each in refused for near in each.nearest[:1])


def test_a_refusal_names_the_difference(project: Project) -> None:
    verdict = verify(Anchor("", "and must not abuse IT to conduct large-scale spying", ""), project.readings)
    assert verdict.reason == "not-found" and verdict.nearest[0].source == "seed-004"
    assert "must not IT abuse to conduct" in verdict.nearest[0].words
    hidden = verify(Anchor("", "and must not abuse IT to conduct large-scale spying", ""), project.readings, hidden=["seed-004"])
    assert not hidden.places and "seed-004" not in {each.source for each in hidden.nearest}


def test_each_reason(project: Project) -> None:
    text = project.readings["seed-004"].cleaned.text
    asked = {
        "empty": (Anchor("", " \n", ""), ""), "unknown-source": (Anchor("", "data", ""), "seed-400"), "not-found": (Anchor("", "no such words are here", ""), ""),
        "several": (Anchor("", "data", ""), "seed-004"), "context": (Anchor("some other ", "must not IT abuse", ""), "seed-004"),
        "cut-word": (Anchor("", "ust not IT abuse", ""), "seed-004"), "proposed": (Anchor("", "must not abuse IT", ""), "seed-004"),
    }  # fmt: skip
    assert text.count("data") > 1
    for reason, (words, source) in asked.items():
        verdict = verify(words, project.readings, source)
        assert (verdict.places, verdict.reason) == ((), reason) and verdict.hint
    assert asked.keys() | {"not-contiguous"} == REASONS.keys()


def test_words_between_which_cleaning_took_a_line_out_are_not_one_passage() -> None:
    readings = read((DOCUMENTS / "frozen" / "gov-navigation.txt").read_bytes(), ())
    text = readings.cleaned.text
    edit, at = next(
        (edit, start)
        for edit, start, end in readings.cleaned.ledger.placed()
        if start == end and 20 < start < len(text) - 20 and is_furniture(edit.rules)
    )
    words = text.rindex(" ", 0, at - 8) + 1, text.index(" ", at + 8)
    verdict = verify(Anchor(text[: words[0]], text[slice(*words)], ""), {"page": readings})
    assert (verdict.places, verdict.reason) == ((), "not-contiguous")
    removed = Anchor(readings.received.text[: edit.start], edit.raw.strip("\n"), "")
    removed = Anchor(
        "", removed.exact, readings.received.text[readings.received.text.index(removed.exact, edit.start) + len(removed.exact) :]
    )
    (place,) = verify(removed, {"page": readings}).places
    assert place.reading == "received" and "as received" in cautions(removed, place, "", readings)[0]


def test_a_denial_around_accepted_words_is_a_caution() -> None:
    readings = read(b"The minister denied that the council had closed the harbour to all ships of the league.\n", ())
    asked = Anchor("", "the council had closed the harbour to all ships", "")
    (place,) = verify(asked, {"page": readings}).places
    assert any("denies" in each for each in cautions(asked, place, "", readings))
    assert cautions(asked, place, "denied", readings) == []

"""The five seeds: what cleaning does to them, and that nothing is lost."""

from __future__ import annotations

import hashlib

import pytest

from normbook.cleaning.all_rules import edit_class
from normbook.extraction.dates.calendar import days_in, resolve
from normbook.extraction.dates.document import find_dates
from normbook.text.decoding import encode
from normbook.workspace.load import Project

SEEDS = [f"seed-00{n}" for n in range(5)]


@pytest.mark.parametrize("id", SEEDS)
def test_the_received_bytes_come_back_by_sha256(project: Project, id: str) -> None:
    readings = project.readings[id]
    content = encode(readings.cleaned.ledger.revert(readings.cleaned.text), readings.received.encoding)
    assert hashlib.sha256(content).hexdigest() == readings.received.sha256 == project.records[id].fields["seed"]["sha256"]


@pytest.mark.parametrize("id", SEEDS)
def test_the_corrected_reading_turns_back_into_the_cleaned_one(project: Project, id: str) -> None:
    readings = project.readings[id]
    assert not readings.misfits
    assert readings.corrections.revert(readings.corrected) == readings.cleaned.text
    whole = readings.cleaned.ledger.compose(readings.corrections)
    assert whole.apply(readings.received.text) == readings.corrected


@pytest.mark.parametrize(
    ("id", "dropped"),
    [
        ("seed-000", [" date 2024-11-20 "]),
        ("seed-001", ["Home\xa0>\xa0News & Events\n", "\n\n<Suggest To A Friend>"]),
        ("seed-002", ["Published: 11:47", "(PHOTO / FOREIGN MINISTRY, CHINA)", "ALSO READ: US Senate"]),
        ("seed-003", [" date 2020-09-12 "]),
        ("seed-004", []),
    ],
)
def test_just_the_page_furniture_is_dropped(project: Project, id: str, dropped: list[str]) -> None:
    edits = [edit for edit in project.readings[id].cleaned.ledger.edits if edit_class(edit.rules) == "boilerplate"]
    assert len(edits) == len(dropped)
    for edit, words in zip(edits, dropped, strict=True):
        assert words in edit.raw and not edit.new


def test_twelve_of_thirteen_capitals_after_a_break_are_lowered_and_the_name_is_flagged(project: Project) -> None:
    cleaned = project.readings["seed-004"].cleaned
    joined = [edit for edit in cleaned.ledger.edits if "wrapped-line" in edit.rules and edit.raw.startswith("\n")]
    assert sum(edit.raw[1:2].isupper() and edit.new[1:2].islower() for edit in joined) == 12
    assert "8 September 2020 Symposium on following" in cleaned.text
    assert any(flag.code == "N611" and "Symposium" in flag.message for flag in cleaned.flags)
    assert "healthy digital economic growth." in cleaned.text


@pytest.mark.parametrize(
    ("id", "published", "place", "dateline", "event", "basis"),
    [
        ("seed-000", "2024-11-20", "BEIJING", "2024-11-20", "2024-11-20", "derived"),
        ("seed-001", None, None, None, "2020-09-11", "stated"),
        ("seed-002", "2024-03-01", "BEIJING", None, "2024-02-29", "derived"),
        ("seed-003", None, "MOSCOW", "2020-09-12", "2020-09-11", "derived"),
        ("seed-004", None, None, None, "2020-09-08", "stated"),
    ],
)
def test_dates_are_told_apart_and_derived(
    project: Project, id: str, published: str | None, place: str | None, dateline: str | None, event: str, basis: str
) -> None:
    readings = project.readings[id]
    found = find_dates(readings.received.text, readings.segmented.lines, readings.cleaned.text)
    assert (found.published.value if found.published else None) == published
    assert (found.dateline.place if found.dateline else None) == place
    assert (found.dateline.date.value if found.dateline and found.dateline.date else None) == dateline
    assert found.event is not None
    assert (found.event.value, found.event.basis) == (event, basis)
    assert found.event.derivation


def test_a_weekday_without_an_anchor_stays_open() -> None:
    assert find_dates("", (), "The minister said on Thursday that talks go on.").event is None


def test_a_weekday_is_the_same_day_or_before(project: Project) -> None:
    from datetime import date

    for words, anchor, day in (
        ("on Wednesday", date(2024, 11, 20), date(2024, 11, 20)),
        ("on Friday", date(2020, 9, 12), date(2020, 9, 11)),
    ):
        (found,) = days_in(f"The minister spoke {words}.")
        assert resolve(found, anchor) == day


def test_the_lists_of_004_and_000_are_found_whole(project: Project) -> None:
    four = project.readings["seed-004"].segmented.lists
    assert [(each.declared, len(each.points)) for _, each in four] == [(None, 8), (3, 3)]
    text = project.readings["seed-004"].cleaned.text
    assert text[four[0][1].points[1].start :].startswith("to condemn the use of informatics")
    assert text[: four[1][1].points[1].end].endswith("production is also hindered.")
    zero = project.readings["seed-000"].segmented.lists
    words = project.readings["seed-000"].cleaned.text
    assert [words[point.start : point.end] for point in zero[0][1].points] == [
        "openness",
        "inclusiveness",
        "security",
        "cooperation",
        "non-discrimination",
    ]


@pytest.mark.parametrize("id", SEEDS)
def test_segments_lie_in_the_text_and_sentences_do_not_overlap(project: Project, id: str) -> None:
    readings = project.readings[id]
    segments = readings.segmented.segments
    assert len({segment.eid for segment in segments}) == len(segments)
    last = 0
    for segment in segments:
        assert 0 <= segment.start < segment.end <= len(readings.cleaned.text)
        if segment.kind == "sent":
            assert segment.start >= last
            last = segment.end
    for start in range(0, len(readings.cleaned.text), 7):
        for end in (start + 1, start + 90):
            assert readings.sentences_at(start, end) == tuple(each for each in readings.sentences if each[0] < end and start < each[1])


def test_the_repeated_sentence_of_002_is_marked(project: Project) -> None:
    from normbook.comparison.alignment import repeated

    readings = project.readings["seed-002"]
    found = list(repeated(readings.cleaned.text, readings.segmented.segments))
    assert [(segment.eid, first) for segment, first in found] == [("para_7__sent_1", "para_3__sent_1")]


def test_same_event_reports_are_told_from_others(project: Project) -> None:
    from normbook.comparison.alignment import similarity

    texts = {id: project.readings[id].cleaned.text for id in SEEDS}
    assert similarity(texts["seed-001"], texts["seed-003"]) > 0.5
    others = [similarity(texts[a], texts[b]) for a in SEEDS for b in SEEDS if a < b and (a, b) != ("seed-001", "seed-003")]
    assert max(others) < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that the firm, founded on 1 May 1999, had complied with the law.",
        "The minister said he will visit the capital on Monday with a delegation.",
        "The group meets on Fridays, the minister said in the hall.",
    ],
)
def test_a_date_that_is_not_of_the_saying_is_no_event(text: str) -> None:
    from datetime import date

    assert find_dates("", (), text, date(2024, 3, 1)).event is None

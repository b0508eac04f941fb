"""What the book answers to programs: each answer has speaker, stance and state of review, and each wrong question a reason."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

from normbook.cli.questions import book_of
from normbook.records.model import Quotation
from normbook.records.types import PUBLISHED
from normbook.site.answers import AnswerError, Book
from normbook.workspace.load import Project


@pytest.fixture(scope="module")
def book(project: Project) -> Book:
    return book_of(project)


def told(value: dict[str, Any]) -> dict[str, Any]:
    """An answer as a program reads it."""
    made: dict[str, Any] = json.loads(json.dumps(value))
    return made


KINDS = ("true", "spaces", "signs", "letter", "invented")
SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", '"': "“", "'": "’", ",": ";", ".": "!", "-": "–", "，": "、", "。": "！"})


def question(kind: str, text: str, chance: random.Random) -> str:
    """Whole words of a text, which it has once, or the same changed in one way; words that no text has if they are invented."""
    if kind == "invented":
        return " ".join("".join(chance.choices("aeioubdfglmnprst", k=6)) for _ in range(chance.randint(3, 8)))
    ends = [match.end() for match in re.finditer(r"\b|(?<=[\u4e00-\u9fff])", text)]
    while True:
        first = chance.randrange(len(ends) - 40)
        words = text[ends[first] : ends[first + chance.randint(12, 40)]].strip()
        at = [place for place in range(1, len(words) - 1) if words[place].isalpha()]
        if len(words) > 20 and text.count(words) == 1 and at:
            break
    if kind == "letter":
        place = chance.choice(at)
        return words[:place] + chance.choice("qxz\u4e0d".replace(words[place], "")) + words[place + 1 :]
    return {"true": words, "spaces": words.replace(" ", "  "), "signs": words.translate(SIGNS)}[kind]


def test_a_thousand_quotations_of_the_seeds_are_all_answered_right(book: Book) -> None:
    """A passage of a cleaned or received text is accepted with its place; nothing that was changed by a space, a sign or a letter is, and nothing invented."""
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    texts = {id: (each.received.text, each.cleaned.text) for id, each in book.context.readings.items()}
    apart = 0
    for number in range(1_000):
        kind, source = KINDS[number % len(KINDS)], chance.choice(sorted(texts))
        asked = question(kind, chance.choice(texts[source]), chance)
        answer = book.verify_quote(asked, source)
        is_right = any(asked in text for text in texts[source])  # what was to be changed may have had nothing to change
        is_apart = is_right and answer.get("reason") == "not-contiguous"  # cleaning removed something between the words, or put it there
        apart += is_apart
        assert answer["accepted"] == (is_right and not is_apart), (seed, kind, source, asked, answer)
        if answer["accepted"]:
            (place,) = answer["places"]
            assert place["source"] == source and {"speaker", "stance", "review", "attribution"} <= place.keys(), (seed, asked)
    assert apart < 20, seed


def test_a_search_finds_records_by_words_names_and_ids_in_both_languages(book: Book) -> None:
    found = told(book.search("mass surveillance"))
    assert found["all_words"] and "gids-3" in {each["id"] for each in found["records"]}
    (row,) = (each for each in found["records"] if each["id"] == "gids-3")
    assert row["speaker"] == {"id": "wang-yi", "title": "Wang Yi"} and row["stance"] == "proposed" and row["review"] == "needs-review"
    found = book.search("Surveillance")
    assert found["sentences"] and all(each["source"].startswith("seed-") and "surveillance" in each["words"] for each in found["sentences"])
    assert book.search("gids-3")["records"][0]["id"] == "gids-3"
    chinese = book.search("\u6570\u636e\u5b89\u5168", "initiative")
    assert chinese["count"] > 2 and {each["type"] for each in chinese["records"]} == {"initiative"} and not chinese["sentences"]
    partly = book.search("surveillance zzzzz")
    assert partly["count"] and not partly["all_words"]
    assert book.search("zzzzz") == {"query": "zzzzz", "all_words": False, "count": 0, "records": [], "sentences": []}
    assert len(book.search("data", limit=3)["records"]) == 3 < book.search("data")["count"]


def test_every_record_is_answered_with_its_review_and_page(book: Book, project: Project) -> None:
    for id, record in project.records.items():
        answer = told(book.record(id))
        assert answer["id"] == id and answer["review"] == record.fields["status"]["review"] and answer["page"].endswith(f"/{id}.html")


def test_every_quotation_is_answered_in_its_sentence(book: Book, project: Project) -> None:
    count = 0
    for id, record in project.records.items():
        quoted = [each for each in record.evidence if isinstance(each.what, Quotation)]
        if not quoted:
            continue
        rows = told(book.quotation(id))["quotations"]
        assert len(rows) == len(quoted)
        for row in rows:
            text = (
                project.readings[row["source"]].cleaned.text
                if row["reading"] == "cleaned"
                else project.readings[row["source"]].received.text
            )
            assert text[row["start"] : row["end"]] == row["exact"]
            assert row["speaker"]["id"] and row["stance"] and row["source_review"]
            if row["reading"] == "cleaned":
                assert row["exact"] in row["sentence"]
                before, after = row["sentence_before"], row["sentence_after"]
                assert before != row["sentence"] != after and text.find(before) <= text.find(row["sentence"])
            count += 1
    assert count > 300
    second = book.quotation("gids-3", 2)["quotations"]
    assert [each["number"] for each in second] == [2]


def test_an_accepted_quotation_says_who_speaks_and_how_far_it_was_reviewed(book: Book) -> None:
    (place,) = told(book.verify_quote("must not IT abuse"))["places"]
    assert place["speaker"] == {"id": "wang-yi", "title": "Wang Yi"}
    assert (place["stance"], place["speech"], place["review"], place["source"], place["reading"]) == (
        "proposed",
        "indirect",
        "needs-review",
        "seed-004",
        "cleaned",
    )
    assert place["machine_translation"] and "gids-3" in {each["record"] for each in place["recorded"]}
    corrected = book.verify_quote("must not abuse IT")
    assert not corrected["accepted"] and corrected["reason"] == "proposed" and "the editors propose" in corrected["message"]


def test_words_that_no_record_quotes_have_no_speaker(book: Book, project: Project) -> None:
    found = [
        (id, match[0])
        for id, readings in project.readings.items()
        for match in re.finditer(r"(?<!\S)\S+ \S+ \S+(?!\S)", readings.cleaned.text)
        if readings.cleaned.text.count(match[0]) == 1
        and not any(use.place.start < match.end() and match.start() < use.place.end for use in book._uses[id])
    ]
    source, words = found[0]
    answer = told(book.verify_quote(words, source))
    assert answer["accepted"]
    place = answer["places"][0]
    assert place["recorded"] == [] and place["speaker"] is place["stance"] is place["review"] is None
    assert place["attribution"].startswith("no record quotes these words") and place["source_review"]


def test_a_refused_quotation_has_a_reason_and_the_nearest_words(book: Book) -> None:
    refused = told(book.verify_quote("must not IT misuse to conduct large-scale surveillance"))
    assert not refused["accepted"] and refused["reason"] == "not-found" and "abuse" in refused["nearest"][0]["words"]
    assert refused["message"] and refused["hint"]
    assert book.verify_quote("data", "seed-9")["sources"] == [f"seed-00{number}" for number in range(5)]


def test_two_initiatives_and_two_principles_are_compared_with_evidence(book: Book) -> None:
    whole = told(book.compare("gids", "china-c5-data-security"))
    assert whole["assessed"] == len(whole["correspondences"]) > 3 and whole["possible"] > whole["assessed"]
    assert all(each["evidence"] and each["justification"] and each["review"] for each in whole["correspondences"])
    row = whole["correspondences"][0]
    pair = book.compare(row["subject"], row["object"])
    assert [each["id"] for each in pair["correspondences"]] == [row["id"]]
    back = book.compare(row["object"], row["subject"])["correspondences"][0]
    turned = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}.get(row["relation"], row["relation"])
    assert back["relation_seen_from_one"] == turned


def test_the_sources_are_listed_with_what_may_be_shown(book: Book, project: Project) -> None:
    answer = told(book.sources())
    assert answer["count"] == len(project.readings) == 5
    assert sum(each["quotations"] for each in answer["sources"]) > 300
    for each in answer["sources"]:
        assert each["held"] and each["sha256"] == project.readings[each["id"]].received.sha256 and each["review"] and each["full_text"]


@pytest.mark.parametrize(
    ("tool", "asked", "said"),
    [
        ("search", (" ",), "the query is empty"), ("search", ("data", "principles"), f"use one of {', '.join(PUBLISHED)}"), ("search", ("data", "", 0), "from 1 to 50"),
        ("record", ("gdis-3",), "did you mean 'gids-3'?"), ("record", ("\u6570\u636e",), "call `search`"), ("quotation", ("gids-3", 99), "quotations 1 to"),
        ("quotation", ("surveillance",), "has no quotation"), ("compare", ("gids", "gids-3"), "two principles or two initiatives"),
        ("compare", ("gids", "gids"), "two principles or two initiatives"), ("compare", ("gids", "no-such-one"), "no record 'no-such-one'"),
    ],
)  # fmt: skip
def test_a_question_without_an_answer_says_why(book: Book, tool: str, asked: tuple[Any, ...], said: str) -> None:
    with pytest.raises(AnswerError, match=r".") as error:
        getattr(book, tool)(*asked)
    assert said in str(error.value)

"""From the seeds alone: with data/ emptied, extraction proposes what the committed records hold, with the same evidence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from normbook.graph.checks.support import support
from normbook.graph.context import CheckContext
from normbook.graph.graph import link
from normbook.records.drafting.drafts import Draft
from normbook.records.drafting.extract import extract
from normbook.records.model import Record
from normbook.records.yaml.reader import load
from normbook.workspace.load import Project
from normbook.workspace.pipeline import document, draft, missing_drafts
from normbook.workspace.repo import Repo
from normbook.workspace.seeds import load_seeds

PRINCIPLES = [*(f"gcbdfci-{n}" for n in range(1, 6)), *(f"gids-{n}" for n in range(1, 9)), *(f"gids-speech-{n}" for n in range(1, 4))]
ANCHOR = ("source", "prefix", "exact", "suffix", "speaker", "stance", "reading")
# what people filled in or wrote anew, by type: everything else of a draft stands in the committed record as proposed
FILLED = {
    "principle": {"title", "kind", "modality", "addressees", "themes", "plain", "lost_in_translation", "formal_text_adds", "texts", "limbs", "locator", "stub", "note", "judgements", "status", "part_of", "evidence"},
    "source": {"title", "publisher", "agency", "published", "updated", "original_language", "translation", "genre", "url", "same_report", "speakers", "rights", "summary", "note", "identifiers", "judgements", "status", "evidence"},
    "event": {"title", "kind", "names", "date", "place", "participants", "disagreements", "summary", "note", "identifiers", "status", "evidence"},
    "actor": {"title", "names", "offices", "identifiers", "summary", "status", "note"},
    "initiative": {"names", "standing", "proponents", "announced", "legal_nature", "addressees", "points", "dates", "supporters", "texts", "related", "themes", "identifiers", "judgements", "summary", "note", "status", "evidence"},
    "statement": {"title", "office", "event", "about", "speech", "status", "note", "evidence", "stance"},
}  # fmt: skip


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory, repo: Repo) -> dict[tuple[str, str], Draft]:
    """The drafts of a project whose data/ is empty."""
    root = tmp_path_factory.mktemp("empty")
    for part in ("seeds", "schema"):
        shutil.copytree(repo.root / part, root / part)
    problems: list[Any] = []
    found = draft(Repo(root), problems)
    assert not problems
    return {(each.type, each.id): each for each in found.records}


def anchors(value: Any) -> set[tuple[Any, ...]]:
    if isinstance(value, dict):
        own = {tuple(value.get(key, "") for key in ANCHOR)} if "exact" in value and "source" in value else set()
        return own.union(*(anchors(inner) for inner in value.values())) if value else own
    return set().union(*(anchors(item) for item in value)) if isinstance(value, list) else set()


def test_all_sixteen_principles_are_drafted_in_order(drafts: dict[tuple[str, str], Draft]) -> None:
    assert sorted(id for type, id in drafts if type == "principle") == sorted(PRINCIPLES)
    for id in PRINCIPLES:
        assert drafts["principle", id].fields["ordinal"] == int(id.rpartition("-")[2])


@pytest.mark.parametrize("id", PRINCIPLES)
def test_a_drafted_principle_has_the_evidence_of_the_committed_one(drafts: dict[tuple[str, str], Draft], project: Project, id: str) -> None:
    proposed, committed = drafts["principle", id].fields, project.records[id].fields
    for key in ("initiative", "ordinal", "wording"):
        assert proposed[key] == committed[key]
    own = [entry for entry in committed["evidence"] if "/wording" in entry["for"]]
    worded, *whole = proposed["evidence"]
    assert len(own) == 1 and [each["for"][0] for each in whole] == ["/initiative"]
    if id.startswith("gids-speech"):  # the words that accuse others are statements: only a person parts them from the proposals
        assert worded["exact"].startswith(own[0]["exact"]) and worded["prefix"] == own[0]["prefix"]
    else:
        assert anchors(worded) == anchors(own)
    assert set(worded["for"]) <= {pointer for entry in committed["evidence"] for pointer in entry["for"]}


def test_five_sources_are_drafted_with_their_dates(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    ids = [id for type, id in drafts if type == "source"]
    assert ids == [f"seed-00{n}" for n in range(5)]
    for id in ids:
        proposed, committed = drafts["source", id].fields, project.records[id].fields
        assert proposed["seed"] == committed["seed"]
        assert proposed["received_title"] == committed["received_title"]
        assert proposed.get("reports") == committed["reports"]
        assert proposed.get("dateline") == committed.get("dateline")
        if "published" in proposed:
            assert proposed["published"]["value"] == committed["published"]["value"]


def test_events_are_drafted_with_the_derivation_of_their_dates(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    events = {id: each.fields["date"] for (type, id), each in drafts.items() if type == "event"}
    assert sorted(events) == ["press-briefing-2024-02-29", "press-briefing-2024-11-20", "press-conference-2020-09-11", "seminar-2020-09-08"]
    for id, date in events.items():
        assert date["value"] == project.records[id].fields["date"]["value"]
        assert date["derivation"]
        assert anchors(date) <= anchors(project.records[id].fields["date"])


def test_speakers_and_initiatives_are_drafted_under_the_committed_ids(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    people = {id for type, id in drafts if type == "actor"}
    assert people == {id for id, record in project.records.items() if record.type == "actor" and record.fields["kind"] == "person"}
    for id in people:
        names = [each for each in drafts["actor", id].fields["names"] if " " in each["text"]]  # surnames alone are not in the records
        assert anchors(names) <= anchors(project.records[id].fields["names"])
    assert {id for type, id in drafts if type == "initiative"} == {"gids", "gcbdfci"}
    for id in ("gids", "gcbdfci"):
        # who says a name, and how, is for a person to read
        proposed, committed = (
            {(each[0], each[2]) for each in anchors(fields["names"])}
            for fields in (drafts["initiative", id].fields, project.records[id].fields)
        )
        assert proposed <= committed


def test_direct_quotes_are_drafted_as_statements_under_the_committed_ids(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    statements = {id: each.fields for (type, id), each in drafts.items() if type == "statement"}
    assert len(statements) == 5
    for id, fields in statements.items():
        assert fields["speaker"] == project.records[id].fields["speaker"]
        exact = {anchor[2] for anchor in anchors(fields)}
        assert exact <= {anchor[2] for anchor in anchors(project.records[id].fields)}


def test_what_people_filled_in_is_just_what_is_listed(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    for (type, id), each in drafts.items():
        committed = project.records[id].fields
        changed = {key for key in {*committed, *each.fields} if committed.get(key) != each.fields.get(key)}
        assert changed <= FILLED[type], (id, changed - FILLED[type])


def test_missing_keys_are_named_and_nothing_is_invented(drafts: dict[tuple[str, str], Draft]) -> None:
    assert "rights" in drafts["source", "seed-000"].missing
    assert "kind" in drafts["principle", "gids-1"].missing
    assert "published" not in drafts["source", "seed-001"].fields
    assert "points" not in drafts["initiative", "gids"].fields


def test_counts_are_reported_against_what_the_text_declares(repo: Repo) -> None:
    assert draft(repo, []).lists == (("seed-000", "list_1", None, 5), ("seed-004", "list_1", None, 8), ("seed-004", "list_2", 3, 3))


def test_a_file_that_a_person_has_written_is_never_proposed_again(repo: Repo) -> None:
    found = missing_drafts(repo, draft(repo, []))
    assert found == {}


def test_extract_writes_what_is_missing_and_touches_nothing_else(copy: Repo, run: Callable[..., tuple[int, str, str]]) -> None:
    gone, kept = copy.folder("principle") / "gids-2.yaml", copy.folder("principle") / "gids-1.yaml"
    gone.unlink()
    kept.write_text("# mine\n" + kept.read_text("utf-8"), "utf-8")
    before = kept.read_bytes()
    status, out, _ = run("--root", str(copy.root), "extract")
    assert status == 0 and "would write data/principles/gids-2.yaml" in out and not gone.exists()
    status, out, _ = run("--root", str(copy.root), "extract", "--write")
    assert status == 0 and gone.exists() and kept.read_bytes() == before
    text = gone.read_text("utf-8")
    assert "to be filled in by a person: kind" in text
    assert load(text, "x").value["status"]["review"] == "machine-candidate"


HARBOUR = """Port ministers back the Open Harbour Data Initiative

LISBON, May 12, 2021 (Port News) -- Harbour Minister Ana Reyl on Wednesday put forward the Open Harbour Data Initiative at a meeting of the ports of the coast.

"We call on all ports to publish their tide data without a fee and to share it with every ship that asks for it," Reyl said at the meeting.

The main principles of the initiative are as follows: First, ports should publish tide data every day. Second, pilots must not sell the data of ships to others. Third, the parties should settle disputes by talks.

"The charts of the bay are open to everyone who wants to read them," said Tomas Verre, spokesperson of the Port Council, on Thursday.
"""
RIVER = """River Council adopts the Clean River Data Initiative

OSLO, June 3 (River Wire) -- The River Council's Secretary General Mira Holt told a press conference on June 3, 2022 that the council had adopted the Clean River Data Initiative.

"Upstream stations shall report every spill to the stations below them within one hour," Holt said.

Holt said the initiative rests on four principles: openness, fairness, accuracy and speed.
"""


@pytest.mark.parametrize("invented", [False, True])
def test_the_words_of_a_draft_support_its_values(repo: Repo, project: Project, invented: bool) -> None:
    """The check of the support judges drafts as it judges records: no finding on the seeds, nor on texts that nobody tuned it for."""
    files = {"000_harbour.txt": HARBOUR.encode(), "001_river.txt": RIVER.encode()} if invented else load_seeds(repo, [])
    documents = [document(name, content) for name, content in sorted(files.items())]
    made = extract(documents, {})
    records = {each.id: Record(each.type, each.id, each.id, each.fields) for each in made.records}
    context = CheckContext(link(records, project.schemas), project.schemas, {each.id: each.readings for each in documents}, {}, None)
    assert [(each.code, each.path, each.message) for each in support(context)] == []
    quoted = [each for record in records.values() if record.type in ("principle", "statement") for each in record.evidence]
    assert len(quoted) > 5 and sum(bool(each.frames) for each in quoted) > 2 and sum(bool(each.speech) for each in quoted) > 2
    principles = [record.fields for record in records.values() if record.type == "principle"]
    assert principles and all(("kind" in each) == bool(each.get("judgements")) for each in principles)


def test_a_draft_tells_a_proposal_from_an_assertion_and_a_surname_from_a_name() -> None:
    made = {each.id: each.fields for each in extract([document("000_harbour.txt", HARBOUR.encode())], {}).records}
    assert made["ana-reyl-2021-05-12-1"]["stance"] == "proposed"
    assert [(each["text"], each["kind"]) for each in made["ana-reyl"]["names"]] == [("Ana Reyl", "short"), ("Reyl", "short")]
    assert [each.get("modality") for id, each in made.items() if id.startswith("ohdi-")] == ["should", "must-not", "should"]

"""From the seeds alone: with data/ emptied, extraction proposes what the committed records hold, with the same evidence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from normbook.records.drafting.drafts import Draft
from normbook.records.yaml.reader import load
from normbook.workspace.load import Project
from normbook.workspace.pipeline import draft, missing_drafts
from normbook.workspace.repo import Repo

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
    assert len(proposed["evidence"]) == len(own) == 1
    if id.startswith("gids-speech"):  # the words that accuse others are statements: only a person parts them from the proposals
        assert proposed["evidence"][0]["exact"].startswith(own[0]["exact"]) and proposed["evidence"][0]["prefix"] == own[0]["prefix"]
    else:
        assert anchors(proposed["evidence"]) == anchors(own)
    assert set(proposed["evidence"][0]["for"]) <= {pointer for entry in committed["evidence"] for pointer in entry["for"]}


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
        assert anchors(drafts["actor", id].fields["names"]) <= anchors(project.records[id].fields["names"])
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

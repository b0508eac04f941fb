"""From the seeds alone: with data/ emptied, extraction proposes what the committed records hold, with the same evidence."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normbook.cleaning.clean import read
from normbook.graph.checks.support import support
from normbook.graph.context import CheckContext
from normbook.graph.graph import link
from normbook.graph.support.modality import modalities
from normbook.records.drafting.drafts import Document, Draft
from normbook.records.drafting.extract import extract
from normbook.records.drafting.statements import quoted_words
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


def anchors(value: Any, stances: bool = True) -> set[tuple[Any, ...]]:
    """The quotations in a value, with their stances or without."""
    if isinstance(value, dict):
        keys = [key for key in ANCHOR if stances or key != "stance"]
        own = {tuple(value.get(key, "") for key in keys)} if "exact" in value and "source" in value else set()
        return own.union(*(anchors(inner, stances) for inner in value.values())) if value else own
    return set().union(*(anchors(item, stances) for item in value)) if isinstance(value, list) else set()


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
        assert anchors(worded, False) == anchors(own, False)  # the stance is for a person to read
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


REPORTS = ("seed-000", "seed-001", "seed-002", "seed-003")  # news of what people said; the fourth document is bulletins


def drafted_as(record: Record, drafts: dict[tuple[str, str], Draft]) -> list[Draft]:
    """The drafts that quote the words of a statement, or a part of them, from the same source."""
    quoted = [(source, words.strip(" ,.")) for source, words in quoted_words(record.fields) if source in REPORTS and len(words.split()) > 4]
    return [
        each
        for (type, _), each in drafts.items()
        if type == "statement" and any(_shares(each.fields["evidence"][0], source, words) for source, words in quoted)
    ]


def _shares(entry: dict[str, Any], source: str, words: str) -> bool:
    exact = entry["exact"].strip(" ,.")
    return bool(entry["source"] == source and (words in exact or exact in words))


def test_what_people_said_is_drafted_in_direct_and_indirect_speech(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    """Of the statements that the records take from the news, nearly all; each by its own speaker, and what is denied as denied."""
    statements = [record for record in project.records.values() if record.type == "statement"]
    resting = [each for each in statements if any(source in REPORTS for source, _ in quoted_words(each.fields))]
    found = {record.id: drafted_as(record, drafts) for record in resting}
    assert len(resting) > 20 and sum(map(bool, found.values())) >= 0.9 * len(resting)
    for record in resting:
        assert {each.fields["speaker"] for each in found[record.id]} <= {record.fields["speaker"], record.fields.get("holder")}
    assert {each.fields["stance"] for each in found["mao-ning-2024-02-29-4"]} == {"denied"}
    told = [each.fields for each in found["teodoro-locsin-2020-09-09-1"]]
    assert [(each["speaker"], each.get("holder"), each["stance"]) for each in told] == [
        ("teodoro-locsin", None, "asserted"),  # where the ministry's text itself reports it
        ("wang-yi", "teodoro-locsin", "attributed"),
    ]


def test_a_drafted_statement_has_the_office_and_the_event_with_their_words(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    for (type, _), each in drafts.items():
        if type == "statement" and each.fields["speaker"] == "mao-ning":
            assert each.fields["office"] == project.records["mao-ning-2024-02-29-1"].fields["office"]
            assert each.fields["event"] == "press-briefing-2024-02-29"
            assert [entry["for"] for entry in each.fields["evidence"][1:]] == [["/office"], ["/event"]]


def test_what_people_filled_in_is_just_what_is_listed(drafts: dict[tuple[str, str], Draft], project: Project) -> None:
    for (type, id), each in drafts.items():
        if type == "statement":  # people number them otherwise
            continue
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


def test_what_a_person_has_written_is_never_proposed_again(repo: Repo, project: Project) -> None:
    """What is left are clauses that no statement quotes."""
    proposed = draft(repo, [])
    statements = [record for record in project.records.values() if record.type == "statement"]
    left = [each for each in proposed.records if repo.folder(each.type) / f"{each.id}.yaml" in missing_drafts(repo, proposed)]
    for each in left:
        assert each.type == "statement" and each.id not in project.records
        assert not [record.id for record in statements if each in drafted_as(record, {("statement", each.id): each})]


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
    made = extract(documents, {}, modalities=modalities)
    records = {each.id: Record(each.type, each.id, each.id, each.fields) for each in made.records}
    context = CheckContext(link(records, project.schemas), project.schemas, {each.id: each.readings for each in documents}, {}, None)
    assert [(each.code, each.path, each.message) for each in support(context)] == []
    quoted = [each for record in records.values() if record.type in ("principle", "statement") for each in record.evidence]
    assert len(quoted) > 5 and sum(bool(each.frames) for each in quoted) > 2 and sum(bool(each.speech) for each in quoted) > 2
    principles = [record.fields for record in records.values() if record.type == "principle"]
    assert principles and all(("kind" in each) == bool(each.get("judgements")) for each in principles)


def test_a_draft_tells_a_proposal_from_an_assertion_and_a_surname_from_a_name() -> None:
    made = {each.id: each.fields for each in extract([document("000_harbour.txt", HARBOUR.encode())], {}, modalities=modalities).records}
    assert made["ana-reyl-2021-05-12-1"]["stance"] == "proposed"
    assert [(each["text"], each["kind"]) for each in made["ana-reyl"]["names"]] == [("Ana Reyl", "short"), ("Reyl", "short")]
    assert [each.get("modality") for id, each in made.items() if id.startswith("ohdi-")] == ["should", "must-not", "should"]


DAYS = """OSLO, 3 June 2022 (River Wire) -- The River Council's Secretary General Mira Holt told a press conference on June 3, 2022 that the council had adopted the Clean River Data Initiative.

"Upstream stations shall report every spill to the stations below them within one hour," Holt said at the press conference.

On May 30, Holt said that stations must report their spills by June 30.

Holt said on 7 May 2021 that the charts of the river are open to everyone.

Holt denied on Wednesday that the Council had closed the river to foreign ships.

On September 5, Holt said that the fees of the stations will be lowered again.

The initiative rests on three principles: first, no station should hide a spill; second, stations are encouraged to share their charts; third, the council may ask for more.
"""


def test_a_statement_has_the_day_that_its_own_sentence_names() -> None:
    """A day without a year is read by the dateline, if it lies shortly before it; another one is left open, and the event is not claimed."""
    made = {each.id: each.fields for each in extract([document("000_days.txt", DAYS.encode())], {}, modalities=modalities).records}
    days = {id: (each.get("date") or {}).get("value") for id, each in made.items() if id.startswith("mira-holt-")}
    assert days == {
        "mira-holt-2022-05-30-1": "2022-05-30", "mira-holt-2021-05-07-1": "2021-05-07", "mira-holt-2022-06-01-1": "2022-06-01", "mira-holt-undated-1": None,
        "mira-holt-2022-06-03-1": None,
    }  # fmt: skip
    assert [id for id, each in made.items() if each.get("event")] == ["mira-holt-2022-06-03-1"]
    assert [each.get("modality") for id, each in made.items() if id.startswith("crdi-")] == ["should-not", "encouraged", "may"]


def test_words_that_a_statement_cites_for_its_office_or_event_leave_others_to_be_drafted() -> None:
    """Only what somebody said counts as recorded; a clause that names the same office and event is another one."""
    recorded = quoted_words(
        {
            "evidence": [
                {
                    "for": ["/speaker", "/stance"],
                    "source": "seed-000",
                    "exact": "We call on all ports to publish their tide data without a fee",
                },
                {"for": ["/office"], "source": "seed-000", "exact": "spokesperson of the Port Council"},
                {"for": ["/event"], "source": "seed-000", "exact": "The charts"},
            ]
        }
    )
    assert recorded == (("seed-000", "We call on all ports to publish their tide data without a fee"),)
    made = extract([document("000_harbour.txt", HARBOUR.encode())], {}, recorded={"ana-reyl-2021-05-12-1": recorded})
    assert [each.fields["speaker"] for each in made.records if each.type == "statement"] == ["tomas-verre"]


CHINESE = "外交部发言人毛宁主持例行记者会\n\n毛宁：中方提出《全球数据安全倡议》。\n\n上一篇：今日要闻\n下一篇：相关新闻\n"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "  encoding: gb18030\n  furniture: thorough\n  without:\n    - lost-parenthesis\n",
            ("gb18030", ("lost-parenthesis",), "text", True),
        ),
        ("  encoding: gb18030\n", ("gb18030",)),
        ("  encoding: no-such-encoding\n", ()),  # the check reports it
        ("  without: 7\n", ()),
    ],
)
def test_a_seed_is_read_as_its_source_says(
    tmp_path: Path, repo: Repo, monkeypatch: pytest.MonkeyPatch, profile: str, expected: tuple[Any, ...]
) -> None:
    shutil.copytree(repo.schema, tmp_path / "schema")
    own, content = Repo(tmp_path), CHINESE.encode("gb18030")
    for folder in (own.seeds, own.folder("source")):
        folder.mkdir(parents=True)
    (own.seeds / "9_briefing.txt").write_bytes(content)
    own.sums.write_text(f"{hashlib.sha256(content).hexdigest()}  9_briefing.txt\n", "utf-8")
    (own.folder("source") / "seed-9.yaml").write_text(f"id: seed-9\nseed:\n  file: 9_briefing.txt\nprofile:\n{profile}", "utf-8")
    (own.folder("source") / "broken.yaml").write_text("a: [\n", "utf-8")
    seen: list[Document] = []
    monkeypatch.setattr("normbook.records.drafting.extract.extract", lambda documents, *_, **__: seen.extend(documents))
    draft(own, [])
    (found,) = seen
    assert found.readings.cleaned == read(content, (), *expected).cleaned
    assert ("倡议" in found.readings.received.text) == ("gb18030" in expected)

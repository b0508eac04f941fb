"""The checks, on the project itself and on copies of it that are broken in one way each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.findings.finding import format_problem, is_error
from normbook.graph.claims import claims
from normbook.graph.support.verdicts import KINDS, shape
from normbook.records.model import Quotation
from normbook.workspace.load import Project, load_project
from normbook.workspace.pipeline import check
from normbook.workspace.repo import Repo

P = "data/principles/gids-3.yaml"
S = "data/statements/mao-ning-2024-02-29-4.yaml"
# file, what is replaced, by what, the beginning of the expected finding, words of its remedy
BROKEN = [
    (P, "initiative: gids\n", "initiative: gidss\n", "error[N303]: no record 'gidss'", "did you mean 'gids'?"),
    (P, "initiative: gids\n", "initiative: wang-yi\n", "error[N304]: expected an initiative, but 'wang-yi' is an actor", "name an initiative"),
    (P, "id: gids-3\n", "id: gids-33\n", "error[N301]: the id 'gids-33' differs from the file name", "write `id: gids-3`"),
    (P, "exact: to take action to deter", "exact: to take some action to deter", "error[N401]: the quoted text does not occur in seed-004", "copy the text exactly"),
    (P, "exact: to take action to deter", "exact: To take action to deter", "error[N401]: the quoted text does not occur in seed-004", "copy the text exactly"),
    (P, "exact: to take action to deter and avoid", "exact: to take action … and avoid", "error[N401]: the quoted text does not occur in seed-004; a quotation cannot contain an ellipsis", "one contiguous passage"),
    (P, "to deter and avoid personal information breaches and", "to avoid and deter personal information breaches and", "error[N401]: the quoted text does not occur in seed-004", "copy the text exactly"),
    (P, "to deter and avoid personal information breaches and", "to deter  and avoid personal information breaches and", "error[N401]: the quoted text does not occur in seed-004", "copy the text exactly"),
    (P, "prefix: \"The third is \"", "prefix: \"The third was \"", "error[N401]: the quoted text occurs in seed-004, but not with this prefix", "copy prefix and suffix"),
    (P, "      - /modality\n", "      - /modalty\n", "error[N406]: /modalty is not a claim of this record", "did you mean '/modality'?"),
    (P, "      - /modality\n", "", "error[N407]: no evidence supports /modality", "add evidence with `for: [/modality]`"),
    ("data/principles/gids-4.yaml", "ordinal: 4", "ordinal: 3", "error[N311]: duplicate ordinal 3, also used by 'gids-3'", "its own number"),
    (S, "stance: denied\nspeech", "stance: asserted\nspeech", "error[N504]: the statement's stance is asserted, but its evidence has denied", "the same stance"),
    (S, "answers: united-states-accusation-2024", "answers: united-states-accusation-2025", "error[N303]: no record 'united-states-accusation-2025'", "such as 'united-states-accusation-2024'"),
    ("data/initiatives/gids.yaml", "  declared: null", "  declared: 9", "error[N310]: expected 9 points as declared, found 8 recorded", "correct the number"),
    ("data/corrections/seed-004.yaml", "exact: shop\n", "exact: shopp\n", "error[N421]: correction 'seed-004-2117'", "copy prefix, exact and suffix"),
    ("data/corrections/seed-004.yaml", "id: seed-004-2117\n", "id: seed-004-2051\n", "error[N424]: duplicate id 'seed-004-2051'", "choose another id"),
    ("data/corrections/seed-004.yaml", "id: seed-004-2117\n", "id: store\n", "error[N425]: the id 'store' does not start with seed-004-", "write `id: seed-004-store`"),
    ("data/sources/seed-000.yaml", "  file: 000_9432af518b097332.txt", "  file: 000_none.txt", "error[N704]: no valid seed '000_none.txt' in seeds/", "SHA256SUMS"),
    ("data/sources/seed-000.yaml", "sha256: c1ad", "sha256: c1ae", "error[N705]: SHA-256 mismatch for seeds/000_9432af518b097332.txt", "write `sha256: c1ad"),
    ("data/correspondences/gids-speech-1-gcbdfci-4.yaml", "object: gcbdfci-4", "object: gids-speech-1", "error[N322]: a principle cannot correspond to itself", "another principle"),
    ("data/redirects.yaml", "redirects: []", "redirects:\n  - from: gids\n    to: [gids-1]", "error[N341]: 'gids' still exists", "remove the redirect"),
    ("data/redirects.yaml", "redirects: []", "redirects:\n  - from: old\n    to: [older]\n  - from: older\n    to: [gids]", "error[N342]: 'older' is redirected itself", "name the final target"),
]  # fmt: skip


def findings(repo: Repo) -> list[str]:
    return [format_problem(problem) for problem in check(load_project(repo))]


def test_the_project_itself_is_sound(project: Project) -> None:
    """Whether an editor is named is not for the tests to say: the owner fills in data/book.yaml."""
    assert [format_problem(problem) for problem in check(project) if problem.code != "N360"] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected", "remedy"),
    BROKEN,
    ids=[f"{row[3][6:10]} {Path(row[0]).stem} {row[2].strip()[:24]}" for row in BROKEN],
)
def test_one_thing_broken_is_found_at_its_place_with_a_remedy(
    copy: Repo, file: str, old: str, new: str, expected: str, remedy: str
) -> None:
    path = copy.root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [each for each in findings(copy) if expected in each]
    assert found, findings(copy)
    assert found[0].startswith(f"{file}:"), found[0]
    assert remedy in found[0]


def test_all_findings_come_in_one_run_and_in_order(copy: Repo) -> None:
    for file, old, new, *_ in BROKEN[3], BROKEN[14], BROKEN[20]:
        path = copy.root / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    codes = [problem.code for problem in check(load_project(copy))]
    assert {"N310", "N322", "N401"} <= set(codes)
    places = [(problem.path, problem.line) for problem in check(load_project(copy))]
    assert places == sorted(places)


def test_a_speaker_without_a_record_is_one_finding(copy: Repo) -> None:
    path = copy.root / S
    path.write_text(path.read_text("utf-8").replace("speaker: mao-ning\n", "speaker: mao-nin\n", 1), "utf-8")
    assert [problem.code for problem in check(load_project(copy)) if is_error(problem)] == ["N303"]


def test_a_record_that_cannot_be_read_does_not_make_others_look_wrong(copy: Repo) -> None:
    path = copy.root / "data/initiatives/gids.yaml"
    path.write_text(path.read_text("utf-8").replace("standing: announced", "standing: anounced"), "utf-8")
    found = check(load_project(copy))
    assert [(problem.path, problem.code) for problem in found if is_error(problem)] == [("data/initiatives/gids.yaml", "N203")]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/events/press-conference-2020-09-11.yaml", "  value: 2020-09-11", "  value: 11 September 2020"),
        ("data/events/press-conference-2020-09-11.yaml", "  value: 2020-09-11", "value: 2020-09-11"),
        ("data/events/press-conference-2020-09-11.yaml", "  value: 2020-09-11", "\tvalue: 2020-09-11"),
        ("data/actors/wang-yi.yaml", "exact: Wang Yi\n", 'exact: ""\n'),
    ],
)
def test_a_fault_in_one_record_is_the_only_finding(copy: Repo, file: str, old: str, new: str) -> None:
    """Quotations of other records that rest on its day or its names are judged when it can be read again."""
    path = copy.root / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    told = [each for each in findings(copy) if "N360" not in each]
    assert len(told) == 1 and told[0].startswith(file)


@pytest.mark.parametrize(
    ("source", "quoted", "code"),
    [
        ("seed-002", 'including China.\n\n"These are discriminatory', "N403"),
        ("seed-002", "including China.\n\nALSO READ: US Senate approves", "N403"),
        ("seed-001", "society.\n\n<Suggest", "N403"),
        ("seed-004", "data protection and\nPersonally identifiable", "N403"),
        ("seed-004", "identifiable information.\n\nThe Chinese", None),
        ("seed-004", "personally identifiable information", "N404"),
        ("seed-002", "make similar commitments", "N402"),
        ("seed-004", "data protection", "N402"),
        ("seed-004", "and\u00a0personally", "N401"),
    ],
)
def test_quotations_across_dropped_words_or_found_twice_are_refused(copy: Repo, source: str, quoted: str, code: str | None) -> None:
    path = copy.root / "data/statements/mao-ning-2024-02-29-6.yaml"
    text = path.read_text("utf-8")
    import json

    text = text.replace(
        "exact: the United States overstretches the concept of national security", f"exact: {json.dumps(quoted)}", 1
    ).replace("source: seed-002", f"source: {source}", 1)
    frame = "    frame:\n      - exact: Mao told a daily press briefing that the United States\n"  # it occurs in one source
    path.write_text(text.replace(frame, "", 1), "utf-8")
    found = [problem.code for problem in check(load_project(copy)) if problem.path.endswith("-6.yaml") and problem.code.startswith("N40")]
    assert found == ([code] if code else [])


def test_a_quotation_that_cuts_an_edit_in_two_is_refused(project: Project) -> None:
    from normbook.graph.evidence import Refusal, resolve
    from normbook.records.model import Quotation

    readings = project.readings["seed-004"]
    place = readings.cleaned.text.index("data protection and personally")
    assert readings.cleaned.text[place : place + 19] == "data protection and"
    cut = Quotation("seed-004", " personally identifiable", "data protection and", "", "wang-yi", "asserted", "supports", "cleaned")
    inside = Quotation("seed-004", "personally identifiable", "", "", "wang-yi", "asserted", "supports", "cleaned")
    assert not isinstance(resolve(cut, readings), Refusal)
    found = resolve(inside, readings)
    assert isinstance(found, Refusal) and found.code == "N404"


def test_words_that_cleaning_drops_are_quoted_from_the_received_reading_alone(project: Project) -> None:
    from normbook.graph.evidence import Refusal, Resolved, resolve
    from normbook.records.model import Quotation

    readings = project.readings["seed-002"]
    dropped = Quotation("seed-002", "11:47, March 1, 2024", "", "", "unnamed", "reported", "supports", "received")
    place = resolve(dropped, readings)
    assert (
        isinstance(place, Resolved)
        and readings.received.text[place.raw_start : place.raw_end] == "11:47, March 1, 2024"
        and place.start == -1
    )
    kept = Quotation("seed-002", "By Xinhua", "", "", "unnamed", "reported", "supports", "received")
    refused = resolve(kept, readings)
    assert isinstance(refused, Refusal) and refused.code == "N405"


DENIAL = "China purchases American personal and sensitive data for malicious activities"


@pytest.mark.parametrize(
    ("exact", "stance", "code"),
    [
        (DENIAL, "denied", None),
        (DENIAL, "attributed", None),
        (DENIAL, "asserted", "N501"),
        (DENIAL, "reported", "N501"),
        ("purchases American personal and sensitive data", "asserted", "N501"),
        (f"China firmly rejects the US false accusation that {DENIAL}", "asserted", None),
        ("urges the United States to work with others to formulate universal data security rules", "asserted", None),
        ("purchasing American's personal and sensitive data for malicious activities", "asserted", "N501"),
        ('prevents the transfer of data to so-called "countries of concern" including China', "asserted", None),
        ("ask any company or individual to collect or provide data", "asserted", "N503"),
        ("We have never asked and will never ask any company or individual to collect or provide data", "asserted", None),
    ],
)
def test_a_denied_clause_is_never_an_assertion_and_a_clause_beside_it_passes(copy: Repo, exact: str, stance: str, code: str | None) -> None:
    path = copy.root / "data/statements/mao-ning-2024-02-29-6.yaml"
    text = path.read_text("utf-8").replace("stance: asserted", f"stance: {stance}")
    import json

    path.write_text(
        text.replace("exact: the United States overstretches the concept of national security", f"exact: {json.dumps(exact)}", 1), "utf-8"
    )
    found = {
        problem.code
        for problem in check(load_project(copy))
        if problem.path.endswith("-6.yaml") and problem.code in ("N501", "N502", "N503", "N401", "N402")
    }
    assert found == ({code} if code else set())


def test_claims_are_counted_and_none_is_without_evidence(run: Callable[..., tuple[int, str, str]], repo: Repo, project: Project) -> None:
    status, out, _ = run("--root", str(repo.root), "check", "--count")
    counted = {line.rpartition(": ")[0]: int(line.rpartition(": ")[2]) for line in out.splitlines() if line.startswith("claims")}
    assert status == 0
    assert counted["claims without evidence"] == 0
    assert counted["claims supported by quoted words"] > 300 and counted["claims from an outside source that was read"] > 0
    assert sum(counted.values()) == sum(len(claims(record, project.schemas).evidence) for record in project.records.values())


def test_values_from_the_seeds_can_be_read_off_their_words(project: Project) -> None:
    """At least 85 in 100 values that rest on received words, and are not the editors' judgement, are supported by the words; the rest is inferred."""
    supports = Counter(
        found.support_of(pointer)
        for record in project.records.values()
        for found in [claims(record, project.schemas)]
        for pointer, pieces in found.evidence.items()
        if shape(pointer) in KINDS and any(isinstance(piece.what, Quotation) for piece in pieces)
    )
    assert supports["words"] / (supports["words"] + supports["inferred"] + supports["nothing"]) >= 0.85, supports


def test_a_number_is_told_of_points_that_are_not_recorded(project: Project, copy: Repo) -> None:
    """Measures that only an outside text counts; but one that is recorded asks for the others."""
    assert project.records["osce-cbms"].fields["points"]["declared"] == 16
    (copy.folder("principle") / "clean-network-5.yaml").unlink()
    assert [problem.code for problem in check(load_project(copy)) if is_error(problem)] == ["N310"]

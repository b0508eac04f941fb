"""A record at the shell: words in context, who says them and how, links both ways, nothing that a terminal acts upon."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable

import pytest

from normbook.cli.main import main
from normbook.graph.graph import link
from normbook.records.model import Quotation
from normbook.site.prose.record import RecordView, as_lines, as_object
from normbook.site.prose.terminal import visible
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo

Run = Callable[..., tuple[int, str, str]]


def rows(project: Project, id: str, width: int = 100) -> list[str]:
    return list(as_lines(RecordView(project.records[id], link(project.records, project.schemas), project.readings, project.schemas), width))


def test_a_principle_with_its_evidence_and_links(run: Run, repo: Repo) -> None:
    status, out, err = run("--root", str(repo.root), "show", "gids-7")
    assert (status, err) == (0, "")
    assert out.startswith("principle gids-7: No backdoors\n  published, needs-review, certainty medium\n  data/principles/gids-7.yaml\n\n")
    assert (
        "  initiative: gids\n  ordinal: 7\n  locator: point 7 of the initiative's main contents\n  kind: commitment\n  wording\n    expression: speech-summary\n"
        in out
    )
    quoted = "     proposed by Wang Yi: Seventh, **IT products and service providers should not create backdoors\n"
    assert f"  1. for ordinal, locator, wording, modality, addressees\n{quoted}" in out
    place = re.search(r"at data/derived/seed-004/cleaned\.txt:(\d+)\n", out)
    assert place
    line = (repo.derived / "seed-004" / "cleaned.txt").read_text("utf-8").split("\n")[int(place[1]) - 1]
    assert "IT products and service providers" in line
    assert "  initiative: gids (Global Initiative on Data Security)\n" in out
    assert "  compared in: gids-7-un-gge-norms-10 (No backdoors / Reporting of vulnerabilities)\n" in out.partition("named by\n")[2]


@pytest.mark.parametrize("width", [60, 79, 100, 200])
def test_every_record_is_shown_within_the_width_with_all_its_evidence(width: int, project: Project) -> None:
    graph = link(project.records, project.schemas)
    for record in project.records.values():
        shown = list(as_lines(RecordView(record, graph, project.readings, project.schemas), width))
        text = " ".join(" ".join(shown).split())
        for each in record.evidence:
            if isinstance(each.what, Quotation):
                assert f"**{' '.join(each.what.exact.split())}**" in text
        assert not any(len(row) > width and " " in re.sub(r"^[^:]*: ", "", row).strip() for row in shown), "only one long word is longer"
        for edge in graph.outgoing(record.id):
            assert edge.target in text


def test_no_quotation_and_no_statement_stands_without_its_stance(project: Project) -> None:
    for record in project.records.values():
        shown = rows(project, record.id, 10_000)
        assert all(re.search(r"^ +(asserted|proposed|denied|attributed|reported) by [^:]+: .*\*\*", row) for row in shown if "**" in row)
        for row in shown:
            for named in re.findall(r"^  [a-z ]+: (\S+) \(", row):
                if named in project.records and project.records[named].type == "statement":
                    assert f", {project.records[named].fields['stance']} by " in row
        if record.type == "statement":
            assert f", {record.fields['stance']} by " in shown[0]


def test_as_json_the_words_stand_where_it_says(run: Run, repo: Repo, project: Project) -> None:
    for id in ("gids-7", "united-states-accusation-2024", "seed-002"):
        found = json.loads(run("--root", str(repo.root), "show", id, "--json")[1])
        assert found["fields"] == json.loads(json.dumps(dict(project.records[id].fields)))
        for each in found["evidence"]:
            if "start" in each:
                text = project.readings[each["source"]].cleaned.text
                assert text[each["start"] : each["end"]] == each["exact"]
                assert text[: each["start"]].endswith(each["before"]) and text[each["end"] :].startswith(each["after"])
    denial = json.loads(run("--root", str(repo.root), "show", "united-states-accusation-2024", "--json")[1])["named_by"][0]
    assert (denial["id"], denial["stance"], denial["speaker"]) == ("mao-ning-2024-02-29-4", "denied", "mao-ning")


def test_an_id_that_is_none_and_one_that_moved(copy: Repo, run: Run) -> None:
    status, out, err = run("--root", str(copy.root), "show", "gids7")
    assert (status, out) == (1, "") and "error[N303]: no record 'gids7'\n  = did you mean 'gids-7'?" in err
    copy.redirects.write_text(
        "redirects:\n  - from: old\n    to:\n      - gids-7\n  - from: split\n    to:\n      - gids-1\n      - gids-2\n", "utf-8"
    )
    status, out, _ = run("--root", str(copy.root), "show", "old")
    assert status == 0 and out.startswith("old was replaced by gids-7\n\nprinciple gids-7: No backdoors\n")
    out = run("--root", str(copy.root), "show", "split")[1]
    assert out.startswith("split was replaced by gids-1, gids-2\n\nprinciple gids-1: ") and "\n\nprinciple gids-2: " in out


def test_a_record_whose_file_is_at_fault_tells_why(copy: Repo, run: Run) -> None:
    path = copy.folder("principle") / "gids-7.yaml"
    path.write_text(path.read_text("utf-8").replace("ordinal: 7", "ordinal: ["), "utf-8")
    status, out, err = run("--root", str(copy.root), "show", "gids-7")
    assert (status, out) == (1, "") and "data/principles/gids-7.yaml:" in err and "error[N101]" in err


def test_words_that_do_not_stand_are_shown_as_such(copy: Repo, run: Run) -> None:
    path = copy.folder("principle") / "gids-7.yaml"
    path.write_text(path.read_text("utf-8").replace("exact: IT products", "exact: All products"), "utf-8")
    out = run("--root", str(copy.root), "show", "gids-7")[1]
    assert "proposed by Wang Yi: Seventh, **All products" in out and "not found: the quoted text does not occur in seed-004" in out


def test_hostile_words_do_not_reach_the_terminal(copy: Repo, run: Run) -> None:
    path = copy.folder("principle") / "gids-7.yaml"
    text = (
        path.read_text("utf-8")
        .replace("title: No backdoors", 'title: "No \\e[31mback\\u202Edoors"')
        .replace("plain: '", "plain: 'x\u202e\u200b ")
    )
    path.write_text(text, "utf-8")
    out = run("--root", str(copy.root), "show", "gids-7")[1]
    assert "\x1b" not in out and "\u202e" not in out and "\\u001b[31mback\\u202edoors" in out and "plain: x\\u202e\\u200b " in out
    assert visible("a\u2066b\x07\x9b") == "a\\u2066b\\u0007\\u009b"


class Narrow:
    """A standard output that knows ASCII alone."""

    encoding = "ascii"

    def __init__(self) -> None:
        self.said = ""

    def write(self, text: str) -> int:
        self.said += text.encode("ascii").decode("ascii")
        return len(text)

    def isatty(self) -> bool:
        return False

    def flush(self) -> None:
        return


def test_an_output_that_knows_ascii_alone_gets_numbers_for_the_rest(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = Narrow()
    monkeypatch.setattr(sys, "stdout", narrow)
    assert main(["--root", str(repo.root), "show", "term-clean"]) == 0
    assert "text: \\u6e05\\u6d01\n" in narrow.said


def test_the_object_of_a_record_whose_sources_are_gone(project: Project) -> None:
    shown = as_object(RecordView(project.records["gids-7"], link(project.records, project.schemas), {}, project.schemas))
    assert shown["evidence"][0]["problem"] == "the source seed-004 cannot be read"
    assert shown["evidence"][0]["stance"] == "proposed"


def test_a_source_lists_its_corrections_and_what_was_left(run: Run, repo: Repo, project: Project) -> None:
    out = run("--root", str(repo.root), "show", "seed-004")[1]
    fixes = project.corrections["seed-004"].fields["corrections"]
    assert f"proposed corrections ({len(fixes)})" in out and fixes
    for each in fixes:
        assert f"  {each['id']}: " in out
    shown = json.loads(run("--root", str(repo.root), "show", "seed-003", "--json")[1])
    (only,) = shown if isinstance(shown, list) else [shown]
    assert only["corrections"] == [] and len(only["decided_otherwise"]) == len(project.corrections["seed-003"].fields["decided_otherwise"])
    assert "proposed corrections" not in run("--root", str(repo.root), "show", "gids-7")[1]

"""Findings in each format: well formed whatever the records hold, and carried out by nobody."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import junitparser
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from normbook.cli.formats import FORMATS
from normbook.cli.github import MAX_ANNOTATIONS, MAX_SUMMARY_BYTES, annotated, summary
from normbook.cli.report import CheckResult, Comparison, to_json
from normbook.findings.finding import Problem, format_problem, identity, sort_problems
from normbook.workspace.repo import Repo
from tests.cli.github_commands import Command, commands
from tests.conftest import ROOT
from tests.shared import examples

Run = Callable[..., tuple[int, str, str]]
SITE = "https://site.invalid/book/"
FORMAT = jsonschema.Draft202012Validator.FORMAT_CHECKER
SARIF = jsonschema.Draft202012Validator(json.loads((Path(__file__).parent / "sarif.schema.json").read_text("utf-8")), format_checker=FORMAT)
FINDINGS = jsonschema.Draft202012Validator(json.loads((ROOT / "schema" / "findings.schema.json").read_text("utf-8")), format_checker=FORMAT)
HOSTILE = [
    "::set-output name=a::b", "\n::set-output name=a::b", "\r::error::x", "##[set-output name=a]b", "a ##[error]b", "##vso[task.setvariable variable=a]b",
    "\x1b[31mred\x1b]8;;https://a.invalid\x07", "\u202eabc\u2066", "a\u2028::add-mask::b", "\x85::warning::x", "%0A::error::x", "::TOKEN::", "\ud800", "\udc80", "\x00\x0b\x0c",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</code></td></table><script>", "[a](javascript:alert(1))", "![a](https://a.invalid/b)", "`|` | a",
    "]]>", "&amp;", "{0}", "@someone", "\n\n# head\n\n<b>", "￾", "文\u3000字", "a,b:c=d", "::", "  ::error::x", "]]", "'\"",
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Po"])),
    st.text("::#[]%0Aerrorset-output= \n\r\t"),
)
PROBLEMS = st.lists(
    st.builds(
        Problem, path=TEXT.filter(bool), line=st.integers(0, 10**6), column=st.integers(0, 10**6), code=st.from_regex("N[1-8][0-9]{2}", fullmatch=True),
        message=TEXT.filter(bool), hint=TEXT, pointer=TEXT, level=st.sampled_from(["error", "warning"]), source_line=TEXT,
    ),
    max_size=30,
)  # fmt: skip
FOUND = st.builds(
    lambda problems, since, patch: CheckResult(sort_problems(problems), SITE, since, patch, "T0KEN"), PROBLEMS, st.none() | st.builds(Comparison, TEXT, st.integers(0, 9), st.integers(0, 9)), TEXT
)  # fmt: skip


def unseen(text: str) -> set[str]:
    """The characters that act on a terminal or on the order of what is read, line ends of ours apart."""
    return {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}


@settings(max_examples=examples(40), deadline=None)
@given(FOUND)
def test_text_shows_every_finding_in_rows_that_no_one_carries_out(found: CheckResult) -> None:
    text = FORMATS["text"](found)
    assert not unseen(text) and not list(commands(text))
    assert sum(bool(re.search(r": (error|warning)\[N\d{3}\]: ", row)) for row in text.splitlines()) >= len(found.problems)
    rows = [row for problem in found.problems for row in format_problem(problem).split("\n")]
    assert all(not row.lstrip().startswith("::") for row in rows) and text.startswith("\n".join(rows))


@settings(max_examples=examples(40), deadline=None)
@given(FOUND)
def test_json_is_what_its_schema_says_and_holds_the_words_as_they_are(found: CheckResult) -> None:
    text = FORMATS["json"](found)
    value = json.loads(text)
    FINDINGS.validate(value)
    assert text.isascii() and not unseen(text) and not list(commands(text))
    assert value["counts"] == {"errors": found.count("error"), "warnings": found.count("warning")}
    for problem, each in zip(found.problems, value["findings"], strict=True):
        assert each["message"] == re.sub("[\ud800-\udfff]", "\ufffd", problem.message)
        assert (each["code"], each.get("line", 0), each["page"]) == (
            problem.code,
            problem.line,
            f"{SITE}findings/{problem.code.lower()}.html",
        )


@settings(max_examples=examples(40), deadline=None)
@given(FOUND)
def test_sarif_is_valid_and_places_every_finding(found: CheckResult) -> None:
    text = FORMATS["sarif"](found)
    value = json.loads(text)
    SARIF.validate(value)
    assert text.isascii() and not list(commands(text))
    run = value["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(found.problems) and len(set(rules)) == len(rules)
    for problem, result in zip(found.problems, run["results"], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == problem.code and not unseen(result["message"]["text"])
        assert not re.search(r"(?<!\\)\]\(", result["message"]["text"])
    marks = [result["partialFingerprints"]["normbook/v1"] for result in run["results"]]
    assert len(set(marks)) == len(marks)


@settings(max_examples=examples(40), deadline=None)
@given(FOUND)
def test_junit_is_read_by_others_and_fails_what_has_errors(found: CheckResult) -> None:
    text = FORMATS["junit"](found)
    etree.fromstring(text.encode("utf-8"), etree.XMLParser(resolve_entities=False))
    suites = junitparser.JUnitXml.fromstring(text.encode("utf-8"))
    cases = [case for suite in suites for case in suite]
    files = {problem.path for problem in found.problems}
    failing = {problem.path for problem in found.problems if problem.level == "error"}
    assert len(cases) == (len(files) or 1) and sum(not case.is_passed for case in cases) == len(failing) == suites.failures
    assert not list(commands(text))


@settings(max_examples=examples(40), deadline=None)
@given(FOUND)
def test_github_carries_out_the_annotations_and_nothing_else(found: CheckResult) -> None:
    text = FORMATS["github"](found)
    assert not unseen(text)
    carried = list(commands(text))
    annotations = [each for each in carried if each.name in ("error", "warning")]
    fence = [Command("group", {}, "All findings as text"), Command("stop-commands", {}, "T0KEN"), Command("endgroup", {}, "")]
    assert carried == [*annotations, *(fence if found.problems else [])]
    counts = Counter(each.name for each in annotations)
    assert all(counts[level] == min(MAX_ANNOTATIONS, found.count(level)) for level in ("error", "warning"))
    assert all(set(each.properties) <= {"file", "line", "col", "title"} for each in annotations)
    listed = text.partition("::stop-commands::T0KEN\n")[2]
    assert all(format_problem(problem) in listed for problem in found.problems)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        assert {name for name, _ in attrs} <= {"href", "colspan"}


@settings(max_examples=examples(40), deadline=None)
@given(FOUND)
def test_the_summary_holds_no_tag_and_no_link_of_a_record(found: CheckResult) -> None:
    text = summary(found, "https://host.invalid/a/b/blob/c")
    seen = Tags()
    seen.feed(markdown.markdown(text, extensions=["tables", "fenced_code"]))
    assert set(seen.tags) <= {"h2", "p", "table", "tr", "th", "td", "a", "code", "pre"} and not unseen(text)
    assert all(each.startswith(("https://host.invalid/a/b/blob/c/", SITE)) for each in seen.addresses)
    body = text.partition("\n")[2]
    assert "\n\n" not in re.sub(r"\A\n[^\n]*\n", "", body).replace("\n\n<table", "").replace("\n\n<pre", "").replace(
        "\n\nThe derived", ""
    ).strip("\n")
    assert seen.tags["table"] == len({problem.path for problem in found.problems})


def test_the_ten_annotations_go_to_the_ten_worst_files_first_one_each() -> None:
    problems = [Problem(f"f{file:02}.yaml", line, 1, "N203", "m") for file in range(14) for line in range(1, 2 + file)]
    chosen = annotated(problems, "error")
    assert [(each.path, each.line) for each in chosen] == [(f"f{file:02}.yaml", 1) for file in range(13, 3, -1)]
    few = [Problem("a", line, 1, "N203", "m") for line in range(1, 9)] + [Problem("b", line, 1, "N203", "m") for line in range(1, 4)]
    assert Counter(each.path for each in annotated(few, "error")) == {"a": 7, "b": 3} and annotated(few, "warning") == []
    assert [(each.path, each.line) for each in annotated(few, "error")][:4] == [("a", 1), ("b", 1), ("a", 2), ("b", 2)]


def test_a_summary_stays_below_what_github_takes_and_says_that_it_was_cut() -> None:
    problems = [Problem(f"data/{file}.yaml", line, 1, "N203", "<&" * 400, "'" * 900) for file in range(200) for line in range(120)]
    text = summary(CheckResult(problems, SITE), "https://host.invalid")
    assert 300_000 < len(text.encode()) <= MAX_SUMMARY_BYTES
    assert text.endswith("The rest does not fit here; the log of this step has all findings.\n") and "and 20 more" in text
    assert text.count("<table>") == text.count("</table>") > 0
    assert len(summary(CheckResult(problems, SITE), "https://host.invalid", 100).encode()) <= 100


def test_a_fingerprint_stays_when_lines_move_and_changes_with_the_words() -> None:
    one = Problem("a.yaml", 3, 1, "N102", "duplicate key 'x'; it is first used on line 2", pointer="/x")
    moved = Problem("a.yaml", 30, 5, "N102", "duplicate key 'x'; it is first used on line 20", pointer="/x", source_line="x: 1")
    other = Problem("a.yaml", 3, 1, "N102", "duplicate key 'y'; it is first used on line 2", pointer="/x")

    def mark(problem: Problem) -> str:
        return str(
            json.loads(FORMATS["sarif"](CheckResult([problem], SITE)))["runs"][0]["results"][0]["partialFingerprints"]["normbook/v1"]
        )

    assert mark(one) == mark(moved) != mark(other) and identity(one) == identity(moved)


def test_nothing_found_is_well_formed_too() -> None:
    assert FORMATS["text"](CheckResult([])) == FORMATS["github"](CheckResult([])) == ""
    assert json.loads(FORMATS["json"](CheckResult([])))["findings"] == []
    assert json.loads(FORMATS["sarif"](CheckResult([])))["runs"][0]["results"] == []
    assert [case.name for suite in junitparser.JUnitXml.fromstring(FORMATS["junit"](CheckResult([])).encode()) for case in suite] == [
        "no findings"
    ]
    assert (
        FORMATS["text"](CheckResult([], since=Comparison("main", 2, 3)))
        == "0 new errors, 0 new warnings since 'main'; 2 fixed; 3 existing findings not counted\n"
    )


def test_json_of_a_pair_of_surrogates_and_of_a_half() -> None:
    assert json.loads(to_json(["😀", "\ud800", "##[a]", "\x7f"])) == ["😀", "\ufffd", "##[a]", "\x7f"]
    assert "##[" not in to_json("##[a]") and "\x7f" not in to_json("\x7f")


@pytest.fixture
def broken(copy: Repo) -> Repo:
    path = copy.folder("principle") / "gids-7.yaml"
    path.write_text(path.read_text("utf-8").replace("modality: should-not", 'modality: "should\\n::error::not ##[error]"'), "utf-8")
    return copy


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_tells_the_same_finding_with_the_same_status(
    run: Run, broken: Repo, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    status, out, err = run("--root", str(broken.root), "check", "--format", format)
    assert status == 1
    told = err if format == "text" else out
    assert "N203" in told and not unseen(told)
    assert [each.name for each in commands(told)] == (["error", "group", "stop-commands", "endgroup"] if format == "github" else [])
    if format == "json":
        assert [each["path"] for each in json.loads(out)["findings"]] == ["data/principles/gids-7.yaml"] and err == ""
    if format == "sarif":
        uri = json.loads(out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == "data/principles/gids-7.yaml" and json.loads(out)["runs"][0]["tool"]["driver"]["informationUri"].startswith(
            "https://"
        )


@pytest.mark.parametrize("format", FORMATS)
def test_a_sound_project_passes_in_each_format(run: Run, repo: Repo, format: str) -> None:
    status, out, err = run("--root", str(repo.root), "check", "--count", "--format", format)
    assert status == 0 and "passed" in (out if format == "text" else err)
    if format in ("json", "sarif"):
        json.loads(out)


def test_a_build_tells_its_findings_in_a_format_too(run: Run, broken: Repo) -> None:
    status, out, err = run("--root", str(broken.root), "build", "--format", "json")
    assert status == 1 and json.loads(out)["counts"] == {"errors": 1, "warnings": 0} and "not built" in err


def test_the_summary_is_added_to_what_stands_there(run: Run, broken: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "summary.md"
    kept.write_text("# before\n", "utf-8")
    for name, value in (("STEP_SUMMARY", str(kept)), ("SERVER_URL", "https://host.invalid"), ("REPOSITORY", "a/b"), ("SHA", "c0ffee")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    run("--root", str(broken.root), "check", "--format", "json")
    assert kept.read_text("utf-8") == "# before\n"
    assert run("--root", str(broken.root), "check", "--format", "github")[0] == 1
    text = kept.read_text("utf-8")
    assert text.startswith("# before\n## normbook check\n\n<p><code>1 error, 0 warnings</code></p>\n")
    lines = (broken.folder("principle") / "gids-7.yaml").read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("modality:"))
    assert f'href="https://host.invalid/a/b/blob/c0ffee/data/principles/gids-7.yaml#L{number}"' in text and "findings/n203.html" in text


def test_a_mkdocs_file_that_cannot_be_read_takes_the_addresses_away_and_nothing_else(run: Run, broken: Repo) -> None:
    for content in ("site_url: [", "site_url: 3", "- a", "site_url: javascript:alert(1)\nsite_name: a\nrepo_url: b\nsite_description: c"):
        broken.mkdocs.write_text(content, "utf-8")
        status, out, _ = run("--root", str(broken.root), "check", "--format", "sarif")
        assert status == 1 and "informationUri" not in json.loads(out)["runs"][0]["tool"]["driver"]

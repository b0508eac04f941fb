"""What a change does to the book, in words; nothing of a record reaches the comment but as words."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown as to_html

from normbook.graph.diff import Change, changes
from normbook.graph.text_diff import CorrectionChange, LineChange
from normbook.records.model import Record
from normbook.site.prose.changes import count, describe_changes
from normbook.site.prose.text import Cited, Sentence, code_span, markdown, plain
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo

Run = Callable[..., tuple[int, str, str]]
Edit = Callable[[dict[str, Any]], Any]


def git(repo: Repo, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(repo.root), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def kept(copy: Repo) -> Repo:
    """A copy of the project whose state is a commit."""
    git(copy, "init", "-q")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "one")
    return copy


def edit(repo: Repo, path: str, old: str, new: str) -> None:
    file = repo.data / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def after(project: Project, edits: Mapping[str, Edit], gone: tuple[str, ...] = ()) -> dict[str, Record]:
    """The project's records, some of them edited."""
    records = dict(project.records)
    for id, change in edits.items():
        fields = json.loads(json.dumps(records[id].fields))
        change(fields)
        records[id] = replace(records[id], fields=fields)
    return {id: record for id, record in records.items() if id not in gone}


def of(project: Project, edits: Mapping[str, Edit], gone: tuple[str, ...] = (), **more: Any) -> tuple[Change, ...]:
    return changes(project.records, after(project, edits, gone), project.schemas, **more)


def words(found: tuple[Change, ...]) -> str:
    return plain(describe_changes(found))


def test_nothing_changed_says_so(kept: Repo, run: Run) -> None:
    assert run("--root", str(kept.root), "diff", "HEAD") == (0, "No published claim is altered, added or removed.\n", "")


def test_a_claim_that_is_altered(project: Project) -> None:
    found = of(project, {"gids-7": lambda fields: fields.update(modality="must-not")})
    assert words(found) == (
        "1 published claim altered, 0 added, 0 removed.\n\nPrinciple “gids-7” (“No backdoors”) is altered\n"
        "- claim modality: from “should-not” to “must-not”\n"
    )


def test_an_item_put_before_others_is_one_addition(project: Project) -> None:
    found = of(project, {"gids-7": lambda fields: fields["addressees"].insert(0, "states")})
    assert [(one.pointer, one.old, one.new) for each in found for one in each.claims] == [("/addressees/0", None, "states")]


def test_who_says_it_and_how_stand_first(project: Project) -> None:
    id = next(id for id, each in project.records.items() if each.type == "statement" and each.fields["stance"] == "denied")
    edits: dict[str, Edit] = {
        id: lambda fields: (fields.update(stance="asserted"), fields["evidence"][0].update(stance="asserted")),
        "gids-1": lambda fields: fields.update(modality="must"),
        "gids-7": lambda fields: fields["evidence"][0].update(speaker="lin-jian"),
    }
    told = words(of(project, edits))
    head, _, rest = told.partition("\n\nPrinciple “gids-1”")
    assert "Look here first: changes of speaker or stance" in head and rest
    assert f"statement “{id}”" in head and "the stance: from “denied” to “asserted”" in head
    assert "proposed by “wang-yi” previously, are now proposed by “lin-jian”" in head
    assert "quotation “IT products" in rest and "altered: speaker: from “wang-yi” to “lin-jian”" in rest


def test_a_claim_that_loses_its_last_quotation_is_counted(project: Project) -> None:
    outside = {"for": ["/initiative", "/ordinal", "/locator", "/wording", "/modality", "/addressees"], "url": "https://a.example", "seen": "2026-11-22", "paraphrase": "It says so."}  # fmt: skip
    found = of(project, {"gids-7": lambda fields: fields.update(evidence=[outside])})
    assert count(found) == "0 published claims altered, 0 added, 0 removed; 6 claims lost their last quotation."
    assert "no quotation supports the claim modality any more" in words(found)


def test_records_that_come_go_move_and_are_withdrawn(project: Project) -> None:
    gone = of(project, {}, ("gids-8",))
    assert gone[0].what == "removed" and count(gone).startswith("0 published claims altered, 0 added, 6 removed")
    new = dict(project.records)
    new["gids-8b"] = replace(new.pop("gids-8"), id="gids-8b", path="data/principles/gids-8b.yaml")
    moved = changes(project.records, new, project.schemas, {"gids-8": ("gids-8b",)})
    assert [(each.what, each.moved_to, each.claims) for each in moved] == [("moved", ("gids-8b",), ())]
    assert "Principle “gids-8” (“No exploitation of user dependence”) moved to “gids-8b”" in words(moved)
    status = {"publication": "withdrawn", "withdrawn": {"on": "2026-11-22", "reason": "taken back"}}
    withdrawn = of(project, {"gids-8": lambda fields: fields["status"].update(status)})
    assert withdrawn[0].what == "withdrawn" and "is withdrawn: “taken back”" in words(withdrawn)


def test_drafts_make_no_claims_and_are_told_apart(project: Project) -> None:
    draft: Edit = lambda fields: fields["status"].update(publication="draft")  # noqa: E731
    back = of(project, {"gids-8": draft})
    assert back[0].what == "unpublished" and "6 removed" in count(back)
    old = after(project, {"gids-8": draft})
    both = changes(old, after(project, {"gids-8": lambda fields: (draft(fields), fields.update(modality="must"))}), project.schemas)
    assert count(both) == "No published claim is altered, added or removed."
    assert "Drafts (not published)\n- principle “gids-8”" in words(both) and "modality" not in words(both)
    assert changes(old, project.records, project.schemas)[0].what == "published"


def test_status_themes_and_own_words_are_no_claims(project: Project) -> None:
    def change(fields: dict[str, Any]) -> None:
        fields["status"].update(review="reviewed", reviewed={"by": "A. Reader", "on": "2026-11-22"})
        fields["themes"].append("openness")
        fields["plain"] = "Other words."

    told = words(of(project, {"gids-7": change}))
    assert told.startswith("No published claim") and "- status review: from “needs-review” to “reviewed”" in told
    assert "- themes added: “openness”" in told and "- not a claim: plain: from “As received: providers" in told


def test_the_order_of_keys_and_the_same_record_are_no_change(project: Project) -> None:
    turned = {id: replace(each, fields=dict(reversed(each.fields.items()))) for id, each in project.records.items()}
    assert changes(project.records, turned, project.schemas) == ()


def test_a_correction_is_told_with_the_lines_that_read_otherwise(kept: Repo, run: Run) -> None:
    edit(kept, "corrections/seed-004.yaml", "replacement: '[will not require]'", "replacement: '[will not ask]'")
    status, out, _ = run("--root", str(kept.root), "diff", "HEAD")
    assert status == 0
    assert "altered: in “seed-004” “won’t need” is read as “[will not ask]”, because" in out
    assert "replacement: from “[will not require]” to “[will not ask]”" in out
    assert "the corrected reading of “seed-004” differs in 1 line\n  - line 1: from “Wang Yi: China [will not require]" in out


def test_the_comment_for_a_pull_request(kept: Repo, run: Run) -> None:
    edit(kept, "principles/gids-7.yaml", "title: No backdoors", "title: 'No `backdoors` @everyone <b> [x](http://y)'")
    edit(kept, "principles/gids-7.yaml", "modality: should-not", "modality: must-not")
    status, out, _ = run("--root", str(kept.root), "diff", "HEAD", "--markdown")
    assert status == 0
    assert "### Principle `gids-7` (``No `backdoors` @everyone <b> [x](http://y)``) is altered\n" in out
    assert "- claim modality: from `should-not` to `must-not`\n" in out
    found = json.loads(run("--root", str(kept.root), "diff", "HEAD", "--json")[1])
    assert found["changes"][0]["claims"] == [{"pointer": "/modality", "old": "should-not", "new": "must-not"}]


def test_a_record_that_cannot_be_read_is_a_finding_and_no_removal(kept: Repo, run: Run) -> None:
    edit(kept, "principles/gids-7.yaml", "ordinal: 7", "ordinal: [")
    status, out, err = run("--root", str(kept.root), "diff", "HEAD")
    assert status == 1 and "error[N101]" in err and "gids-7" not in out


def test_a_revision_that_is_none_is_told(kept: Repo, run: Run) -> None:
    status, out, err = run("--root", str(kept.root), "diff", "--", "--output=x")
    assert (status, out) == (1, "") and "error[N713]" in err


HOSTILE = st.text(alphabet=st.sampled_from(list("`*_<>[]()!#@&|\\~-\n\r\t \u202e\x1babc/:.'\"")), max_size=30)


@given(HOSTILE)
def test_a_code_span_shows_the_words_and_nothing_else(text: str) -> None:
    span = code_span(text)
    assert "\n" not in span and "\x1b" not in span and "\u202e" not in span
    runs = {len(run) for run in re.findall("`+", span[1:-1].strip("`"))}
    assert len(re.match("`+", span)[0]) not in runs  # type: ignore[index]


@given(HOSTILE, HOSTILE)
def test_no_words_of_a_record_become_markup(one: str, two: str) -> None:
    found = (Change("principle", one, two, "", "altered", True, ("b", one), reason=two),)
    fixes = (CorrectionChange(one, two, None, {"id": two, "exact": one, "replacement": two, "reason": one}),)
    texts = (LineChange(one, "cleaned", 1, (one, two), (two,)),)
    made = to_html(markdown(describe_changes(found, fixes, texts)))
    outside = re.sub(r"<code>.*?</code>", "", made, flags=re.DOTALL)
    assert set(re.findall(r"<(\w+)", outside)) <= {"p", "ul", "li", "h3"}
    assert "@" not in html.unescape(outside) and "](" not in outside


def test_cited_words_and_ours_are_kept_apart() -> None:
    told = [Sentence(1, ["first"]), Sentence(0, ["head ", Cited("*a*")]), Sentence(2, [Cited("b\nc")])]
    assert markdown(told) == "first\n\n### Head `*a*`\n\n  - `b c`\n"
    assert plain(told) == "first\n\nHead “*a*”\n  - “b / c”\n"

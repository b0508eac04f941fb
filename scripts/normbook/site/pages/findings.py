"""Pages of findings: one per code, with the error, the output of the command and the fix, from the cases that the tests run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from normbook.findings.finding import visible
from normbook.site.page import Page

LONGEST = 700  # code points of a file that are shown


class Shown(NamedTuple):
    """A change in a case: the file, its text (empty if removed), and a description if the text does not show the change."""

    file: str
    text: str
    done: str


def path_of(code: str) -> str:
    """The path of a finding's page, relative to the site's root."""
    return f"findings/{code.lower()}.html"


def finding_pages(catalogue: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
    """The index of findings, and a page for each."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for entry in catalogue:
        groups.setdefault(entry["code"][:2], []).append(entry)
    sections = tuple((group.lower(), f"finding-group.{group.lower()}") for group in groups)
    yield Page("findings/index.html", "findings", "findings.html", "page.findings", "page-about.findings", {"groups": groups, "path_of": path_of}, sections)  # fmt: skip
    for number, entry in enumerate(catalogue):
        beside = [catalogue[at]["code"] if 0 <= at < len(catalogue) else "" for at in (number - 1, number + 1)]
        yield _page(entry, *beside)


def _page(entry: Mapping[str, Any], before: str, after: str) -> Page:
    code = entry["code"]
    model = {
        "entry": entry,
        "wrong": [(case["label"], _shown(case), _lines(case["expect"])) for case in entry["cases"]],
        "right": [*_mended(entry["cases"][0]), *((case["label"], _shown(case), ()) for case in entry["sound"])],
        "before": before,
        "after": after,
        "path_of": path_of,
    }
    sections = (("wrong", "finding.wrong"), ("right", "finding.right"))
    return Page(
        path_of(code), "findings", "finding.html", f"{code}: {entry['title']}", "page-about.finding", model, sections, elsewhere=code
    )


def _lines(text: str) -> list[str]:
    return [visible(line) for line in text.splitlines()]


def _mended(case: Mapping[str, Any]) -> Iterator[tuple[str, list[Shown], tuple[str, ...]]]:
    """The places that a case changes, as they were before."""
    if was := [Shown(each["file"], _block(each["old"]), "") for each in case["change"] if "old" in each]:
        yield "as it was before", was, ()


def _shown(case: Mapping[str, Any]) -> list[Shown]:
    rows = [_change(each) for each in case["change"]]
    if "run" in case:
        rows.append(Shown("", _block(" ".join(["$ normbook", *case["run"]])), ""))
    if "stdin" in case:
        rows.append(Shown("", _block(case["stdin"]), "on standard input"))
    if "escaped" in case:
        rows.append(Shown("", case["escaped"], "the text, its characters escaped"))
    return rows


def _change(each: Mapping[str, Any]) -> Shown:
    file = each["file"]
    if "old" in each:
        return Shown(file, _block(each["new"]), "" if each["new"].strip() else "the lines are removed")
    if "content" in each:
        return Shown(file, _block(each["content"]), "" if each["content"] else "the file is empty")
    if "repeat" in each:
        return Shown(file, _block(each["repeat"]["text"]), f"repeated {each['repeat']['times']} times")
    for key, words in (("base64", "the bytes, in base64"), ("rename", "the file is renamed to"), ("link", "the file is a link to")):
        if key in each:
            return Shown(file, _block(each[key]), words)
    done = {"fifo": "the file is a pipe", "folder": "the file is a folder", "remove": "the file is removed"}
    return Shown(file, "", next(words for key, words in done.items() if key in each))


def _block(text: str) -> str:
    """The text to show, cut if it is too long."""
    shown = "\n".join(visible(line) for line in text.strip("\n").split("\n"))
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + " …"

"""docs/architecture.md agrees with the code, and every document names files, commands and modules that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_docs import commands
from tests.test_walls import ALONE, ORDER, PACKAGE

TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")])
HISTORY = ("CHANGELOG.md",)  # it names what was there
MADE = {  # what a command or a recipe makes
    "cleaning/rules/doubled_marks.py", "graph/checks/titles.py", "site/exports/glossary_list.py",
}  # fmt: skip
FOLDERS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
TOP = {"scripts", "tests", "tools", "docs", "benchmarks", "schema", "site_src", "seeds", "releases"}


def section(title: str) -> str:
    """The part of the page below a heading."""
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def paths(text: str) -> set[str]:
    """What stands in a text between backticks and is the path of a file or folder of the project."""
    found = set()
    for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", re.sub(r"(?ms)^```.*?^```$", "", text)):
        first, _, rest = name.partition("/")
        if "/xx." in name:  # of any language
            continue
        if (rest and first in TOP | FOLDERS - {"site"}) or (first == "site" and name.endswith((".py", "labels.toml"))):
            found.add(name)
    return found


def exists(path: str) -> bool:
    return any((base / path).exists() for base in (ROOT, PACKAGE))


def test_the_packages_are_told_in_the_order_in_which_they_may_import() -> None:
    assert re.findall(r"(?m)^\| `(\w+)` \| \S", section("The packages")) == ORDER
    assert f"\n    {' < '.join(ORDER)}\n" in section("The packages")


def test_every_package_is_told() -> None:
    assert {*ORDER, ALONE} == FOLDERS
    assert f"`{ALONE}`" in section("The packages")


def test_the_page_is_one_page_with_forty_words() -> None:
    words = re.findall(r"(?m)^\| ([^|]+) \| [^|]+ \|$", section("Glossary"))[1:]
    assert words[0].startswith("--") is False or words.pop(0)
    assert len(words) == len(set(words)) >= 40
    assert len(TEXT.split()) < 1_500


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_names_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    if document.name not in HISTORY:
        assert {path for path in paths(text) if not exists(path)} - MADE == set()
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"
    for command in re.findall(r"(?:`|\$ |bin/)normbook ([a-z]+)\b", text):
        assert command in commands(), f"{document.name}: normbook {command}"


def test_a_name_that_is_gone_would_be_seen() -> None:
    assert paths("`text/zones.py`, `site/index.html`, `text`, a/b, `docs/tour.md`") == {"text/zones.py", "docs/tour.md"}
    assert not exists("text/zones.py") and exists("docs/tour.md") and exists("text/ledger.py")

"""What the documents show is what happens."""

from __future__ import annotations

import re

from normbook.cli.main import _parser
from tests.conftest import ROOT

LONGEST_DECISION = 30  # lines


def commands() -> set[str]:
    """The names of all commands."""
    return set(next(iter(action.choices for action in _parser()._actions if action.dest == "command")))


def test_every_command_that_the_readme_names_exists_and_every_command_is_named() -> None:
    assert set(re.findall(r"\.venv/bin/normbook ([a-z]+)\b", (ROOT / "README.md").read_text("utf-8"))) == commands()


def test_every_target_of_the_makefile_explains_itself() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    explained = set(re.findall(r"(?m)^([a-z0-9-]+):.*## ", text))
    assert set(phony[1].split()) == explained


def test_lock_files_name_packages_versions_and_hashes_alone() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-engines.lock", "requirements-intake.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text and "://" not in text
        pins = re.findall(r"(?m)^([\w.-]+(?:\[[\w,-]+\])?)==", text)
        assert len(pins) == len(re.findall(r"(?m)^[^\s#]", text))


def test_decisions_are_numbered_once_short_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    paths = sorted(folder.glob("0*.md"))
    listed = re.findall(r"\]\((0\d+-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(listed) == [path.name for path in paths]
    for number, path in enumerate(paths, 1):
        text = path.read_text("utf-8")
        assert path.name.startswith(f"{number:04}-") and text.startswith(f"# {number}. "), path.name
        assert len(text.splitlines()) <= LONGEST_DECISION, path.name


def merge_marks(text: str) -> list[str]:
    """The lines that git writes where two changes contradict each other."""
    return re.findall(r"(?m)^(?:<{7}|>{7}) .*$", text)


def test_no_file_keeps_the_marks_of_a_merge() -> None:
    assert merge_marks("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n") == ["<<<<<<< HEAD", ">>>>>>> main"]
    folders = [
        ROOT / name for name in (".github", "benchmarks", "data", "docs", "findings", "schema", "scripts", "site_src", "tests", "tools")
    ]
    paths = [
        path
        for path in [*ROOT.glob("*.*"), *(each for folder in folders for each in folder.rglob("*.*"))]
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert len(paths) > 1_000
    assert not [path for path in paths if merge_marks(path.read_bytes().decode("utf-8", "replace"))]

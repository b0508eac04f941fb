"""The committed derived texts: what they should contain, and which of them are stale."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from normbook.cleaning.readings import Readings
from normbook.findings.finding import Problem
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import DERIVED, read_plain

HINT = "run `normbook derive` and commit the files it writes"


def derived_paths(repo: Repo, ids: Iterable[str]) -> dict[Path, tuple[str, str]]:
    """The source and the reading of each committed text, by path."""
    return {repo.derived / id / f"{name}.txt": (id, name) for id in sorted(ids) for name in ("cleaned", "corrected")}


def text_of(readings: Readings, name: str) -> str:
    """The cleaned or the corrected text."""
    return readings.cleaned.text if name == "cleaned" else readings.corrected


def derived_texts(repo: Repo, readings: Mapping[str, Readings]) -> dict[Path, str]:
    """The cleaned and the corrected text of each source, by path."""
    return {path: text_of(readings[id], name) for path, (id, name) in derived_paths(repo, readings).items()}


def encoded(text: str) -> bytes:
    """A derived text as bytes; bytes of the seed that could not be decoded are restored."""
    return text.encode("utf-8", "surrogateescape")


def stale_texts(repo: Repo, expected: Mapping[Path, str], same: Callable[[Path, bytes], bool], unread: Collection[str]) -> list[Problem]:
    """Findings about committed texts that are missing, stale, or belong to no source.

    `same` says whether the bytes at a path are up to date. Sources in `unread` have findings of their own that explain why they have no text.
    """
    found: list[Problem] = []
    for path in expected:
        shown = repo.relative(path)
        if not path.is_symlink() and not path.exists():
            found.append(Problem(shown, 0, 0, "N801", "the derived text is missing", HINT))
        elif (old := read_plain(path, shown, DERIVED, found)) is not None and not same(path, old):
            found.append(_stale(shown, old, expected[path]))
    there = sorted(repo.derived.rglob("*.txt")) if repo.derived.is_dir() else []
    extra = [path for path in there if path not in expected and path.parent.name not in unread]
    return [
        *found,
        *(Problem(repo.relative(path), 0, 0, "N803", "this derived text belongs to no source", "remove the file") for path in extra),
    ]


def _stale(shown: str, old: bytes, text: str) -> Problem:
    new = encoded(text)
    line = next((n for n, (a, b) in enumerate(zip(old.split(b"\n"), new.split(b"\n"), strict=False), 1) if a != b), 1)
    new_line = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
    return Problem(
        shown,
        line,
        1,
        "N802",
        "the derived text is stale: the rules or corrections now produce a different one",
        HINT,
        source_line=new_line,
    )

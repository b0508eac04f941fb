"""A checkout as the content of its files: what is there before a command and after it, and what a kill between the two may leave."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from normbook.workspace.files import TEMPORARY
from normbook.workspace.repo import Repo

Tree = dict[str, bytes]


def _below(root: Path) -> Iterator[Path]:
    """Every path below a folder but those that git keeps for itself."""
    for path in root.iterdir():
        if path.name != ".git":
            yield path
            if path.is_dir():
                yield from _below(path)


def tree(root: Path, left: bool = False) -> Tree:
    """The content of every file below a folder by its path, what a killed writer may leave beside them, temporary files and folders, only if it is asked for."""
    found = {}
    for path in sorted(_below(root)):
        name = path.relative_to(root).as_posix()
        if path.is_file() and (left or not any(map(TEMPORARY.fullmatch, path.relative_to(root).parts))):
            found[name] = path.read_bytes()
    return found


def reset(repo: Repo, before: Tree) -> None:
    """The checkout as it was before the command; what is as it was is not touched."""
    found = tree(repo.root, left=True)
    for name in found.keys() - before.keys():
        (repo.root / name).unlink()
    for folder in sorted((path for path in _below(repo.root) if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()  # if it is empty
    for name, content in before.items():
        if found.get(name) != content:
            (repo.root / name).parent.mkdir(parents=True, exist_ok=True)
            (repo.root / name).write_bytes(content)


def is_scratch(name: str) -> bool:
    """True for what every run makes again where it does not find it whole: it is the site and the archive of a release that are looked at."""
    return name.startswith("build/") and not name.endswith(".zip")


def torn(found: Tree, states: Sequence[Tree]) -> list[str]:
    """The files that are as in none of the whole states, and those that are gone though every state has them."""
    wrong = [name for name, content in found.items() if not any(state.get(name) == content for state in states) and not is_scratch(name)]
    everywhere = set.intersection(*(set(state) for state in states))
    return wrong + [name for name in sorted(everywhere - found.keys()) if not is_scratch(name)]

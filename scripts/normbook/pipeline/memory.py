"""What the last build knew, so that the next does only what changed. It can be deleted at any time: the build is then whole."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from normbook.graph.graph import Brief, Edge
from normbook.paths import Repo
from normbook.pipeline.files import write
from normbook.pipeline.fingerprint import package_state
from normbook.publish.shelf import History
from normbook.records.model import Record
from normbook.records.schema import TYPES
from normbook.text.readings import Readings

BASE, LATER = "memory.pickle", "memory-later.pickle"


class Entry(NamedTuple):
    """One record file as the last build saw it."""

    stamp: tuple[int, int]
    brief: Brief
    links: tuple[Edge, ...]
    claims: tuple[int, int, int]


@dataclass
class Memory:
    """Entries by id, what each page (or maker of pages) read of the graph, and the readings and corrections of the sources."""

    key: str
    entries: dict[str, Entry] = field(default_factory=dict)
    reads: dict[str, frozenset[str]] = field(default_factory=dict)
    readings: dict[str, Readings] = field(default_factory=dict)
    corrections: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    history: History = field(default_factory=History)

    def count_claims(self) -> dict[str, int]:
        """How many claims are borne by quotation, by outside evidence alone, and by none."""
        total: Counter[str] = Counter()
        for entry in self.entries.values():
            total.update(dict(zip(("quotation", "outside", "none"), entry.claims, strict=True)))
        return {kind: total[kind] for kind in ("quotation", "outside", "none")}


def environment_key(repo: Repo, epoch: int, policy: bool = False, archived: Mapping[str, Path] = MappingProxyType({})) -> str:
    """A digest of everything a build depends on beside the records: the package, its libraries, schemas, seeds, corrections, pages, templates, settings."""
    digest = hashlib.sha256(f"{package_state()} {epoch} {policy} {repo.root} {repo.release} {[(name, _stamp(path)) for name, path in archived.items()]}".encode())  # fmt: skip
    folders = [
        repo.schema,
        repo.seeds,
        repo.folder("correction"),
        repo.data / "suggestions",
        repo.derived,
        repo.pages.parent,
        repo.releases,
    ]
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix not in (".pyc", ".part") and path.is_file():
                digest.update(f"{path} {_stamp(path)}".encode())
    for path in (repo.mkdocs, repo.redirects, repo.version):
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def stamps(repo: Repo) -> dict[str, tuple[str, str, tuple[int, int]]]:
    """Each record file by id: its type, its path, and its time and size. An id that two types hold appears once; a full build tells of it."""
    found = {}
    for type in TYPES:
        folder = repo.folder(type)
        if type == "correction" or not folder.is_dir():
            continue
        with os.scandir(folder) as files:
            for file in files:
                if file.name.endswith(".yaml") and not file.name.startswith("."):
                    stat = file.stat()
                    found[file.name.removesuffix(".yaml")] = (type, file.path, (stat.st_mtime_ns, stat.st_size))
    return found


def recall(repo: Repo, key: str) -> Memory | None:
    """The memory of the last build, or None if there is none that fits."""
    kept, later = _read(repo.build / BASE), _read(repo.build / LATER)
    if not isinstance(kept, Memory) or kept.key != key:
        return None
    if isinstance(later, Memory) and later.key == key:
        kept.entries.update(later.entries)
        kept.reads.update(later.reads)
    return kept


def _read(path: Path) -> object:
    gc.disable()  # a hundred thousand small values come at once: collecting between them doubles the time
    try:
        return pickle.loads(path.read_bytes())  # noqa: S301 - our own file, in a folder that git ignores
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        return None
    finally:
        gc.enable()


def remember(repo: Repo, memory: Memory) -> None:
    """Keeps the memory of a whole build for the next."""
    (repo.build / LATER).unlink(missing_ok=True)
    write(repo.build / BASE, pickle.dumps(memory, protocol=pickle.HIGHEST_PROTOCOL), durable=False)


def remember_changed(repo: Repo, memory: Memory, ids: Iterable[str], pages: Iterable[str]) -> None:
    """Keeps, beside the memory of the whole build, what has changed since: a small file instead of the large one."""
    later = _read(repo.build / LATER)
    if not isinstance(later, Memory) or later.key != memory.key:
        later = Memory(memory.key)
    later.entries.update({id: memory.entries[id] for id in ids})
    later.reads.update({page: memory.reads[page] for page in pages})
    write(repo.build / LATER, pickle.dumps(later, protocol=pickle.HIGHEST_PROTOCOL), durable=False)


def forget(repo: Repo) -> None:
    """Makes the next build whole."""
    (repo.build / BASE).unlink(missing_ok=True)


class Lazy(Mapping[str, Record]):
    """Records that are loaded when they are asked for; those at hand already are not."""

    def __init__(self, paths: Mapping[str, object], load: Callable[[str], Record], at_hand: dict[str, Record]) -> None:
        self.paths, self.load, self.at_hand = paths, load, at_hand

    def __getitem__(self, id: str) -> Record:
        if id not in self.at_hand:
            if id not in self.paths:
                raise KeyError(id)
            self.at_hand[id] = self.load(id)
        return self.at_hand[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

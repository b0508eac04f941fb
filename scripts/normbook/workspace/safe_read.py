"""Reads only plain files of a checkout. Links, pipes, devices and files that are too large are reported and never opened.

A pull request can contain any of these: a link could publish private files of the machine, and a pipe could block the check for ever.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from normbook.findings.finding import Level, Problem, unreadable
from normbook.records.names import display as quoted
from normbook.records.names import name_fault, suggested_id
from normbook.records.types import FOLDERS
from normbook.records.yaml.encoding import read_utf8
from normbook.workspace.repo import Repo

MIB = 1 << 20
RECORD, SCHEMA, SEED, DERIVED = 1 * MIB, 1 * MIB, 8 * MIB, 32 * MIB  # size limits, in bytes
OPENING = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
KINDS = {
    stat.S_IFIFO: "a pipe (FIFO)", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device", stat.S_IFDIR: "a folder",
}  # fmt: skip
NOT_RECORDS = frozenset({"derived", "suggestions"})  # folders of data/ that are not for a record type


class File(NamedTuple):
    """A plain file: its name, its full path, and its status when it was listed."""

    name: str
    path: str
    state: os.stat_result


def refusal(path: str, state: os.stat_result, name: str, limit: int) -> Problem | None:
    """Why a file is not read; None for a plain file of at most `limit` bytes."""
    kind = stat.S_IFMT(state.st_mode)
    if kind == stat.S_IFLNK:
        leads = quoted(str(Path(path).readlink()))
        return Problem(
            name,
            0,
            0,
            "N111",
            f"expected a file, found a symbolic link to {leads}",
            "replace it by the file itself: links are not followed",
        )
    if kind != stat.S_IFREG:
        what = KINDS.get(kind, "a special file")
        return Problem(name, 0, 0, "N112", f"expected a plain file, found {what}", "remove it, or replace it by a plain file")
    if state.st_size > limit:
        size = f"expected at most {limit:,} bytes, found {state.st_size:,}"
        return Problem(name, 0, 0, "N113", f"the file is too large: {size}", "split it, or move long texts into a seed")
    return None


def read_plain(path: str | Path, name: str, limit: int, problems: list[Problem]) -> bytes | None:
    """The bytes of a plain file, or None with the reason added to `problems`. Never blocks, follows no link, reads at most `limit` bytes.

    The file is checked again once it is open, in case it was replaced in between.
    """
    path = os.fspath(path)
    try:
        if refused := refusal(path, os.lstat(path), name, limit):
            problems.append(refused)
            return None
        handle = os.open(path, OPENING)
        try:
            state = os.fstat(handle)
            if refused := refusal(path, state, name, limit):
                problems.append(refused)
                return None
            content = os.read(handle, state.st_size + 1)  # room for the whole limit would cost more than reading
            while len(content) <= limit and (more := os.read(handle, limit + 1 - len(content))):
                content += more
        finally:
            os.close(handle)
    except OSError as error:
        problems.append(unreadable(name, error.strerror))
        return None
    if len(content) > limit:
        problems.append(Problem(name, 0, 0, "N113", f"the file grew beyond {limit:,} bytes while it was read", "run the check again"))
        return None
    return content


def read_text(path: str | Path, name: str, problems: list[Problem], limit: int = RECORD) -> str | None:
    """The text of a plain file that must be UTF-8, or None with the reason added to `problems`."""
    content = read_plain(path, name, limit, problems)
    if content is None:
        return None
    text = read_utf8(content, name)
    if isinstance(text, Problem):
        problems.append(text)
        return None
    return text


def list_files(repo: Repo, folder: Path, problems: list[Problem]) -> list[tuple[os.DirEntry[str], os.stat_result]]:
    """The entries of a folder, sorted by name; empty if the folder is missing. Something that is not a folder is reported."""
    name = repo.relative(folder)
    try:
        state = os.lstat(folder)
        if not stat.S_ISDIR(state.st_mode):
            found = refusal(os.fspath(folder), state, name, 0) if stat.S_ISLNK(state.st_mode) else None
            problems.append(
                found
                or Problem(
                    name,
                    0,
                    0,
                    "N112",
                    f"expected a folder, found {KINDS.get(stat.S_IFMT(state.st_mode), 'a file')}",
                    "replace it by a folder",
                )
            )
            return []
        with os.scandir(folder) as found_files:
            return [(file, file.stat(follow_symlinks=False)) for file in sorted(found_files, key=lambda each: each.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(unreadable(name, error.strerror, "folder"))
        return []


def list_records(repo: Repo, folder: Path, problems: list[Problem]) -> Iterator[File]:
    """The record files of a folder, sorted by name; everything else in it is reported, because it is not read."""
    below = repo.relative(folder)
    lower: dict[str, str] = {}
    for file, state in list_files(repo, folder, problems):
        shown = f"{below}/{_visible(file.name)}"
        if not file.name.endswith(".yaml") or file.name.startswith("."):
            problems += _stray(file.name, shown, stat.S_ISDIR(state.st_mode))
            continue
        if refused := refusal(file.path, state, shown, RECORD):
            problems.append(refused)
            continue
        if fault := name_fault(file.name.removesuffix(".yaml")):
            code, message, hint = fault
            problems.append(Problem(shown, 0, 0, code, f"the file's name: {message}", hint.replace("write '", "rename it to '")))
        if (other := lower.setdefault(file.name.casefold(), file.name)) != file.name:
            hint = "rename one of them: on file systems that ignore case, one overwrites the other"
            problems.append(Problem(shown, 0, 0, "N128", f"the name differs from {other} only in case", hint))
        if file.name.isprintable():
            yield File(file.name, file.path, state)


def _stray(name: str, shown: str, is_folder: bool) -> Iterator[Problem]:
    if is_folder:
        yield Problem(shown, 0, 0, "N114", "this folder is not read", "move its records up, into the folder of their type")
        return
    hidden = name.startswith(".")
    like = name.strip("~").lower().endswith((".yaml", ".yml", ".json"))
    if hidden and not like:
        return  # left by editors and operating systems
    stem = suggested_id(name.strip(".~").rpartition(".")[0]) or "name"
    hint = f"rename it to {stem}.yaml if it is a record" if like else "move it elsewhere: the folder is for records"
    level: Level = "error" if like and not name.endswith("~") else "warning"
    yield Problem(shown, 0, 0, "N114", "the file is not read: its name is not that of a record", hint, level=level)


def list_strays(repo: Repo, problems: list[Problem]) -> None:
    """Reports files and folders directly in data/ that are not read."""
    known = {*FOLDERS.values(), *NOT_RECORDS, repo.redirects.name, repo.exceptions.name, repo.book.name}
    for file, state in list_files(repo, repo.data, problems):
        if file.name not in known and not file.name.startswith("."):
            kind = "folder" if stat.S_ISDIR(state.st_mode) else "file"
            hint = f"records belong in one of the folders {', '.join(sorted(FOLDERS.values()))}"
            problems.append(Problem(f"data/{_visible(file.name)}", 0, 0, "N114", f"this {kind} is not read", hint))


def _visible(name: str) -> str:
    """A file name for findings, with undecodable bytes and invisible characters escaped."""
    return name if name.isprintable() else "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)

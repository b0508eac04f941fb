"""The book: its records by type and id, read when they are first asked for."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from normbook.reader.fields import Lists
from normbook.reader.places import BookError, Read, find
from normbook.reader.record import Link, Record, Records
from normbook.reader.tables import FOLDERS, READS


def open_book(place: str | os.PathLike[str]) -> Book:
    """The book that lies in a folder, in a zip or at an http(s) address: the folder data/ of a site, or the site itself.

    Raises BookError where there is none, or where its version is not one that this reader knows.
    """
    read, manifest = find(place)
    version = str(manifest.get("version", ""))
    if not (version + ".").startswith(READS + "."):
        raise BookError(f"{os.fspath(place)}: the records are of version {version or 'unknown'}, this reader knows {READS}: install the normbook that goes with them")  # fmt: skip
    return Book(read, manifest, version)


class Book(Lists):
    """The records as they were published. Nothing is read before it is asked for, and nothing twice."""

    def __init__(self, read: Read, manifest: Mapping[str, Any], version: str) -> None:
        self.version = version
        self._read = read
        self._files: dict[str, Mapping[str, Any]] = {row["path"]: row for row in manifest["files"]}
        for type, folder in FOLDERS.items():
            setattr(self, folder, Records(type, f"data/{folder}.jsonl", self.lines))

    @cached_property
    def records(self) -> Mapping[str, Record[Any]]:
        """Every record, by id."""
        every: list[Records[Any]] = [getattr(self, folder) for folder in FOLDERS.values()]
        return {id: record for each in every for id, record in each.items()}

    @cached_property
    def _incoming(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for record in self.records.values():
            for link in record.links:
                found.setdefault(link.object, []).append(link)
        return found

    def links(self, id: str) -> list[Link]:
        """The links of a record from both ends: those that it makes, then those that name it. Raises KeyError for an unknown id."""
        if id not in self.records:
            close = get_close_matches(id, self.records, 1)
            raise KeyError(f"no record {id!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
        return [*self.records[id].links, *self._incoming.get(id, ())]

    def text(self, source: str) -> str:
        """The cleaned text of a source. Raises KeyError where it is not published whole."""
        path = f"data/texts/{source}.json"
        if path not in self._files:
            raise KeyError(f"the text of {source!r} is not published whole")
        return str(self._json(path, self._content(path))["text"])

    def lines(self, path: str) -> list[dict[str, Any]]:
        """The objects of a JSON Lines file; none where the book has no such file. Raises BookError for one that is missing or damaged."""
        if path not in self._files:
            return []
        found = [self._json(path, line) for line in self._content(path).split(b"\n") if line]
        if not all("id" in each for each in found):
            raise BookError(f"{path} is damaged: a line has no id; fetch it again")
        return found

    def verify(self) -> int:
        """How many files were compared with their SHA-256 in the manifest. Raises BookError, naming each that is missing or another."""
        wrong = []
        for path, row in self._files.items():
            try:
                content = self._read(path)
            except FileNotFoundError:
                wrong.append(f"{path} is missing")
                continue
            if hashlib.sha256(content).hexdigest() != row["sha256"]:
                wrong.append(f"{path} is not what the manifest says ({len(content)} bytes, {row['bytes']} are listed)")
        if wrong:
            raise BookError("; ".join(wrong) + "; fetch the files again")
        return len(self._files)

    def _content(self, path: str) -> bytes:
        try:
            return self._read(path)
        except FileNotFoundError as error:
            raise BookError(f"{path} is missing, though the manifest lists it; fetch it again") from error

    def _json(self, path: str, content: bytes) -> dict[str, Any]:
        try:
            found = json.loads(content)
        except ValueError as error:
            raise BookError(f"{path} is damaged: {error}; fetch it again") from error
        if not isinstance(found, dict):
            raise BookError(f"{path} is damaged: this is no object: {content[:40]!r}; fetch it again")
        return found

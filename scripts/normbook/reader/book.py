"""The book: its records by type and id, read on first use."""

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
    """The book in a folder, a zip file or at an http(s) address: a site, or the data/ folder of a site.

    Raises BookError if there is none, or if this reader does not support its version.
    """
    read, manifest = find(place)
    version = str(manifest.get("version", ""))
    if not (version + ".").startswith(READS + "."):
        raise BookError(f"{os.fspath(place)}: expected records of version {READS}, found {version or 'no version'}: install the matching version of normbook")  # fmt: skip
    return Book(read, manifest, version)


class Book(Lists):
    """The records as they were published. Each file is read on first use, and only once."""

    def __init__(self, read: Read, manifest: Mapping[str, Any], version: str) -> None:
        self.version = version
        self._read = read
        self._files: dict[str, Mapping[str, Any]] = {entry["path"]: entry for entry in manifest["files"]}
        for type, folder in FOLDERS.items():
            setattr(self, folder, Records(type, f"data/{folder}.jsonl", self.lines))

    @cached_property
    def records(self) -> Mapping[str, Record[Any]]:
        """Every record, by id."""
        collections: list[Records[Any]] = [getattr(self, folder) for folder in FOLDERS.values()]
        return {id: record for collection in collections for id, record in collection.items()}

    @cached_property
    def _incoming(self) -> dict[str, list[Link]]:
        links: dict[str, list[Link]] = {}
        for record in self.records.values():
            for link in record.links:
                links.setdefault(link.object, []).append(link)
        return links

    def links(self, id: str) -> list[Link]:
        """The links from a record, then the links to it. Raises KeyError for an unknown id."""
        if id not in self.records:
            close = get_close_matches(id, self.records, 1)
            raise KeyError(f"no record {id!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
        return [*self.records[id].links, *self._incoming.get(id, ())]

    def text(self, source: str) -> str:
        """The cleaned text of a source. Raises KeyError if it is not published in full."""
        path = f"data/texts/{source}.json"
        if path not in self._files:
            raise KeyError(f"the text of {source!r} is not published in full")
        return str(self._json(path, self._content(path))["text"])

    def lines(self, path: str) -> list[dict[str, Any]]:
        """The objects in a JSON Lines file, an empty list if the manifest does not list the file. Raises BookError if it is missing or damaged."""
        if path not in self._files:
            return []
        objects = [self._json(path, line) for line in self._content(path).split(b"\n") if line]
        if not all("id" in entry for entry in objects):
            raise BookError(f"{path} is damaged: a line has no id; download it again")
        return objects

    def verify(self) -> int:
        """Compares all files with their SHA-256 in the manifest, and returns their number. Raises BookError with each missing or changed file."""
        errors = []
        for path, entry in self._files.items():
            try:
                content = self._read(path)
            except FileNotFoundError:
                errors.append(f"{path} is missing")
                continue
            if hashlib.sha256(content).hexdigest() != entry["sha256"]:
                errors.append(f"SHA-256 mismatch for {path} (expected {entry['bytes']} bytes, found {len(content)})")
        if errors:
            raise BookError("; ".join(errors) + "; download the files again")
        return len(self._files)

    def _content(self, path: str) -> bytes:
        try:
            return self._read(path)
        except FileNotFoundError as error:
            raise BookError(f"{path} is listed in the manifest, but missing; download it again") from error

    def _json(self, path: str, content: bytes) -> dict[str, Any]:
        try:
            value = json.loads(content)
        except ValueError as error:
            raise BookError(f"{path} is damaged: {error}; download it again") from error
        if not isinstance(value, dict):
            raise BookError(f"{path} is damaged: expected a JSON object, found {content[:40]!r}; download it again")
        return value

"""Where a book lies: a folder, a zip, or an address. Each gives the bytes of a file below it."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

Read = Callable[[str], bytes]
MANIFEST = "manifest.json"
PATIENCE = 60  # seconds for one file from an address


class BookError(ValueError):
    """The book cannot be read; the message says which file, why, and what to do."""


def find(place: str | os.PathLike[str]) -> tuple[Read, dict[str, Any]]:
    """What reads the files of a book by their paths from the site's root, and its manifest. Raises BookError."""
    shown = os.fspath(place)
    tried = []
    for base, read in _places(shown):
        try:
            manifest = json.loads(read(base + MANIFEST))
        except FileNotFoundError:
            tried.append(base + MANIFEST)
            continue
        except ValueError as error:
            raise BookError(f"{shown}: {base}{MANIFEST} is no JSON: {error}") from error
        if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), list):
            raise BookError(f"{shown}: {base}{MANIFEST} is no manifest of a book")
        return _below(base, read), manifest
    raise BookError(f"{shown} holds no book: no {' and no '.join(tried)}; name the folder data/ of a site, a zip of it, or its address")


def _below(base: str, read: Read) -> Read:
    """What reads files by their paths from the site's root, where the manifest stands in `base`: in data/, or in a copy of that folder alone."""
    root = base.removesuffix("data/")
    return (lambda path: read(root + path)) if root != base else (lambda path: read(base + path.removeprefix("data/")))


def _places(place: str) -> Iterator[tuple[str, Read]]:
    """The folders in which the manifest may stand, each with what reads files by their path from the same start."""
    if urlsplit(place).scheme in ("http", "https"):
        address = place.removesuffix(MANIFEST).rstrip("/") + "/"
        read = _from_address(address.removesuffix("data/"))
        yield "data/", read
        return
    path = Path(place)
    if not path.exists():
        raise BookError(f"{place} does not exist")
    if path.is_dir():
        yield "data/", _from_folder(path.absolute().parent if path.absolute().name == "data" else path)
        yield "", _from_folder(path)
        return
    if not zipfile.is_zipfile(path):
        raise BookError(f"{place} is neither a folder nor a zip")
    with zipfile.ZipFile(path) as packed:
        bases = sorted((name.removesuffix(MANIFEST) for name in packed.namelist() if name.rpartition("/")[2] == MANIFEST), key=len)
    for base in bases or ["data/"]:
        yield base, _from_zip(path)


def _from_folder(root: Path) -> Read:
    return lambda path: (root / path).read_bytes()


def _from_zip(path: Path) -> Read:
    def read(name: str) -> bytes:
        try:
            with zipfile.ZipFile(path) as packed:
                return packed.read(name)
        except KeyError as error:
            raise FileNotFoundError(name) from error
        except zipfile.BadZipFile as error:
            raise BookError(f"{path}: {name} is damaged: {error}") from error

    return read


def _from_address(root: str) -> Read:
    def read(path: str) -> bytes:
        try:
            with urllib.request.urlopen(root + quote(path), timeout=PATIENCE) as answer:  # noqa: S310 - http and https alone come here
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                raise FileNotFoundError(root + path) from error
            raise BookError(f"{root}{path}: the server answered {error.code} {error.reason}") from error
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise BookError(f"{root}{path} cannot be fetched: {getattr(error, 'reason', error)}") from error

    return read

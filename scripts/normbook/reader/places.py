"""Reads the files of a book from a folder, a zip file or an address."""

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
TIMEOUT = 60  # seconds to wait for a server


class BookError(ValueError):
    """The book cannot be read; the message says which file, why, and what to do."""


def find(place: str | os.PathLike[str]) -> tuple[Read, dict[str, Any]]:
    """A function that reads a file of the book by its path from the site root, and the manifest. Raises BookError."""
    location = os.fspath(place)
    missing = []
    for base, read in _candidates(location):
        try:
            manifest = json.loads(read(base + MANIFEST))
        except FileNotFoundError:
            missing.append(base + MANIFEST)
            continue
        except ValueError as error:
            raise BookError(f"{location}: {base}{MANIFEST} is not valid JSON: {error}") from error
        if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), list):
            raise BookError(f"{location}: {base}{MANIFEST} is not the manifest of a book")
        return _from_site_root(base, read), manifest
    raise BookError(
        f"no book found in {location}: no {' and no '.join(missing)}; use the data/ folder of a site, a zip file of it, or its address"
    )


def _from_site_root(base: str, read: Read) -> Read:
    """A function that reads a file by its path from the site root. The manifest is in `base`: the site's data/, or a copy of only that folder."""
    root = base.removesuffix("data/")
    return (lambda path: read(root + path)) if root != base else (lambda path: read(base + path.removeprefix("data/")))


def _candidates(place: str) -> Iterator[tuple[str, Read]]:
    """The folders that may have the manifest, each with a function that reads a file by its path from the same starting point."""
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
        raise BookError(f"expected a folder or a zip file, found {place}")
    with zipfile.ZipFile(path) as archive:
        bases = sorted((name.removesuffix(MANIFEST) for name in archive.namelist() if name.rpartition("/")[2] == MANIFEST), key=len)
    for base in bases or ["data/"]:
        yield base, _from_zip(path)


def _from_folder(root: Path) -> Read:
    return lambda path: (root / path).read_bytes()


def _from_zip(path: Path) -> Read:
    def read(name: str) -> bytes:
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.read(name)
        except KeyError as error:
            raise FileNotFoundError(name) from error
        except zipfile.BadZipFile as error:
            raise BookError(f"{path}: {name} is damaged: {error}") from error

    return read


def _from_address(root: str) -> Read:
    def read(path: str) -> bytes:
        try:
            with urllib.request.urlopen(root + quote(path), timeout=TIMEOUT) as response:  # noqa: S310 - the URL is always http or https
                content: bytes = response.read()
                return content
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                raise FileNotFoundError(root + path) from error
            raise BookError(f"{root}{path}: the server responded with {error.code} {error.reason}") from error
        except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
            raise BookError(f"{root}{path} cannot be downloaded: {getattr(error, 'reason', error)}") from error

    return read

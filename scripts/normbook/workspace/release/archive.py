"""The archive of a release's site: packed reproducibly, verified by a digest of its content, unpacked into the current site."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from normbook.records.contract.contract import Contract
from normbook.site.pages.versions import LEFT_OUT, frozen
from normbook.workspace.errors import BuildError
from normbook.workspace.files import write, write_by
from normbook.workspace.hosting import with_policy
from normbook.workspace.repo import Repo
from normbook.workspace.site_files import read_interfaces, read_site

LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Packed(NamedTuple):
    """The content of an archive: number of files, total bytes, and the SHA-256 of its lines `<sha256>  <path>`, sorted by path."""

    files: int
    bytes: int
    sha256: str


def archive_of(repo: Repo, version: str) -> Path:
    """The path of the archive of a release."""
    return repo.archives / f"normbook-{version}.zip"


def pack(repo: Repo, day: str) -> Packed:
    """Packs the site of a release. The archive is written atomically."""
    path = archive_of(repo, repo.release)
    write_by(path, lambda to: _pack(repo, day, to))
    return measure(path)


def _pack(repo: Repo, day: str, to: BinaryIO) -> int:
    interfaces = {each.prefix: each.say for each in read_interfaces(repo)}
    current = read_site(Repo(repo.root))["url"]
    files = {path.relative_to(repo.site).as_posix(): path for path in repo.site.rglob("*") if path.is_file()}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files.keys() - LEFT_OUT):
            content = files[name].read_bytes()
            if name.endswith(".html"):
                say = interfaces.get(f"{name.partition('/')[0]}/", interfaces[""])
                content = frozen(content.decode(), name, repo.release, day, current, say).encode()
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            packed.writestr(entry, content)
    return len(files)


def measure(path: Path) -> Packed:
    """Measures an archive. Raises BuildError if it is not an archive, is damaged, or has a path outside its folder."""
    lines, size = [], 0
    for name, content in contents(path):
        lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        size += len(content)
    return Packed(len(lines), size, hashlib.sha256("".join(sorted(lines, key=lambda line: line[66:])).encode()).hexdigest())


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive. Raises BuildError as `measure` does."""
    try:
        with zipfile.ZipFile(path) as packed:
            for entry in packed.infolist():
                pure = PurePosixPath(entry.filename)
                if pure.is_absolute() or ".." in pure.parts or "\\" in entry.filename or entry.is_dir():
                    raise BuildError(f"{path.name} holds the path {entry.filename!r}: it is not the archive of a release")
                yield entry.filename, packed.read(entry)
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise BuildError(f"{path} cannot be read: {error}; download it again") from error


def archives(repo: Repo, released: Mapping[str, Contract]) -> dict[str, Path]:
    """The archives in build/releases, by version. Raises BuildError for one that is not what was released."""
    found = {}
    for version, contract in released.items():
        path = archive_of(repo, version)
        if path.is_file():
            if (digest := measure(path).sha256) != contract.site:
                raise BuildError(f"{path.name} is not what was released: expected the digest {contract.site}, found {digest}")
            found[version] = path
    return found


def names(found: Mapping[str, Path]) -> frozenset[str]:
    """The paths in the site that belong to archives."""
    return frozenset(f"releases/{version}/{name}" for version, path in found.items() for name in zipfile.ZipFile(path).namelist())


def unpack(repo: Repo, found: Mapping[str, Path], policy: bool) -> int:
    """Unpacks the frozen sites into the site; returns how many files were written. `policy` puts the Content Security Policy into every page."""
    written = 0
    for version, path in found.items():
        for name, content in contents(path):
            made = with_policy(content.decode()).encode() if policy and name.endswith(".html") else content
            written += write(repo.site / "releases" / version / name, made, durable=False)
    return written

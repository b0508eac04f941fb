"""The paths of a checkout. No other module knows the names of folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import normbook.site
from normbook.records.types import FOLDERS


@dataclass(frozen=True)
class Repo:
    """A checkout of the project; all paths are absolute. With `release`, builds go to a folder of their own."""

    root: Path
    release: str = ""

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    @property
    def sums(self) -> Path:
        return self.seeds / "SHA256SUMS"

    @property
    def schema(self) -> Path:
        return self.root / "schema"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def redirects(self) -> Path:
        return self.data / "redirects.yaml"

    @property
    def exceptions(self) -> Path:
        return self.data / "exceptions.yaml"

    @property
    def book(self) -> Path:
        return self.data / "book.yaml"

    @property
    def version(self) -> Path:
        return self.releases / "VERSION"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def archives(self) -> Path:
        return self.root / "build" / "releases"

    @property
    def derived(self) -> Path:
        return self.data / "derived"

    @property
    def pages(self) -> Path:
        return self.root / "site_src" / "pages"

    @property
    def templates(self) -> Path:
        return self.root / "site_src" / "templates"

    @property
    def assets(self) -> Path:
        return self.root / "site_src" / "assets"

    @property
    def overrides(self) -> Path:
        return self.root / "site_src" / "overrides"

    @property
    def findings(self) -> Path:
        return self.root / "site_src" / "findings"

    @property
    def labels(self) -> Path:
        return Path(normbook.site.__file__).with_name("labels.toml")

    @property
    def descriptions(self) -> Path:
        return Path(normbook.site.__file__).with_name("descriptions.toml")

    @property
    def mkdocs(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def build(self) -> Path:
        return self.archives / self.release / "build" if self.release else self.root / "build"

    @property
    def site(self) -> Path:
        return self.archives / self.release / "site" if self.release else self.root / "site"

    def folder(self, type: str) -> Path:
        """The folder of a record type."""
        return self.data / FOLDERS[type]

    def relative(self, path: Path) -> str:
        """A path relative to the root, as shown in findings."""
        return path.relative_to(self.root).as_posix()


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that contains mkdocs.yml and schema/, or None."""
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "schema").is_dir():
            return folder
    return None

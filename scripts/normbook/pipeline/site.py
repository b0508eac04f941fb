"""Pages into the frame, and the frame from the site generator."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from normbook import __version__
from normbook.paths import Repo
from normbook.pipeline.files import write
from normbook.publish.frame import cut
from normbook.publish.page import Frame

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


# of the theme's markup: what is there, what is put in its place, whether every page must have it
REPAIRS = (
    ('id="__drawer" autocomplete="off"', 'id="__drawer" aria-label="Navigation"', True),
    ('id="__search" autocomplete="off"', 'id="__search" aria-label="Search"', True),
    (' autocorrect="off"', "", True),
    (' tabindex=""', "", False),
    ('data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"', True),
)


class BuildError(RuntimeError):
    """The site cannot be built; the message says why and what to do."""


def read_site(repo: Repo) -> dict[str, str]:
    """What mkdocs.yml says of the site: its name, addresses, and the version of this package."""

    class Loader(yaml.SafeLoader):
        """Reads the file without following what its tags mean to the generator."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    settings = yaml.load(repo.mkdocs.read_text("utf-8"), Loader=Loader)  # noqa: S506 - a SafeLoader
    missing = [key for key in ("site_name", "site_url", "repo_url") if not settings.get(key)]
    if missing:
        raise BuildError(f"mkdocs.yml lacks {', '.join(missing)}: add the key")
    return {
        "name": settings["site_name"],
        "url": settings["site_url"].rstrip("/") + "/",
        "repo_url": settings["repo_url"].rstrip("/"),
        "version": __version__,
    }


def source_date(repo: Repo) -> int:
    """The second that a build is dated by: SOURCE_DATE_EPOCH, else the time of the last commit, else 1980."""
    if (given := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return int(given)
    asked = subprocess.run(["git", "-C", str(repo.root), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip().isdigit() else 315532800


def build_frames(repo: Repo, epoch: int) -> tuple[Path, dict[str, Frame]]:
    """The folder that the site generator built, and the frames cut from it; built again only when something it is made of has changed."""
    key = _frame_key(repo, epoch)
    folder = repo.build / "frame"
    if not (folder / ".key").is_file() or (folder / ".key").read_text("utf-8") != key:
        _generate(repo, folder, epoch)
        write(folder / ".key", key)
    framed = [path for path, _ in _framed(repo)]
    return folder, {name: cut((folder / name).read_text("utf-8"), name) for name in framed}


def _framed(repo: Repo) -> Iterable[tuple[str, Path]]:
    """The pages that say `frame: true`, as paths of the site."""
    for path in sorted(repo.pages.rglob("*.md")):
        match = FRONT_MATTER.match(path.read_text("utf-8"))
        if match and "frame: true" in match[1]:
            yield path.relative_to(repo.pages).with_suffix(".html").as_posix(), path


def _frame_key(repo: Repo, epoch: int) -> str:
    digest = hashlib.sha256(f"{epoch} {_version('mkdocs')} {_version('mkdocs-material')}".encode())
    for folder in (repo.pages, repo.assets, repo.overrides):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(repo.root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(repo.mkdocs.read_bytes())
    return digest.hexdigest()


def _version(package: str) -> str:
    from importlib.metadata import version

    return version(package)


def _generate(repo: Repo, folder: Path, epoch: int) -> None:
    """One run of the generator over the hand-written pages, with tokens where a record's words go."""
    docs = repo.build / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(repo.pages, docs)
    shutil.copytree(repo.assets, docs / "assets", dirs_exist_ok=True)
    for _, path in _framed(repo):
        text = path.read_text("utf-8")
        (docs / path.relative_to(repo.pages)).write_text(FRONT_MATTER.sub("---\n\\1\ntitle: '@@nb:topic@@'\n---\n", text, count=1), "utf-8")
    settings = {
        "INHERIT": "../mkdocs.yml",
        "docs_dir": "docs",
        "site_dir": str(folder),
        "theme": {"custom_dir": "../site_src/overrides"},
        "extra": {"frames": True},
    }
    (repo.build / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(repo.build / "mkdocs.yml")]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1", "TZ": "UTC"}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=repo.root, check=False)  # noqa: S603
    if ran.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise BuildError(f"the site generator refused the hand-written pages (site_src/pages):\n{(ran.stderr or ran.stdout).strip()}")
    _repair(folder)


def _repair(folder: Path) -> None:
    """The theme's markup mended where it is not valid or not accessible. Raises BuildError if the theme has changed there."""
    for path in sorted(folder.rglob("*.html")):
        text = path.read_text("utf-8")
        for old, new, needed in REPAIRS:
            if needed and old not in text:
                raise BuildError(f"the theme no longer has {old!r} in {path.name}: see REPAIRS in scripts/normbook/pipeline/site.py")
            text = text.replace(old, new)
        path.write_text(text, "utf-8")


def copy_static(folder: Path, site: Path, frames: Mapping[str, Frame]) -> set[str]:
    """The paths of what the generator built and no record page replaces, copied to the site."""
    kept = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name in frames or name in (".key", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json") or name.endswith(".map"):
            continue
        target = site / name
        if not (target.is_file() and target.stat().st_size == path.stat().st_size and target.read_bytes() == path.read_bytes()):
            write(target, path.read_bytes(), durable=False)
        kept.add(name)
    return kept


def search_index(folder: Path, frames: Mapping[str, Frame], found: Iterable[Mapping[str, str]]) -> str:
    """The generator's search index with the records' entries in place of the framed pages' own."""
    index: dict[str, Any] = json.loads((folder / "search" / "search_index.json").read_text("utf-8"))
    own = [doc for doc in index["docs"] if doc["location"].partition("#")[0] not in frames]
    index["docs"] = [*own, *found]
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def sitemap(folder: Path, url: str, paths: Iterable[str]) -> tuple[str, bytes]:
    """The sitemap of all pages, and the same compressed; the generator's own pages keep their entries."""
    text = (folder / "sitemap.xml").read_text("utf-8")
    known = set(re.findall(r"<loc>([^<]*)</loc>", text))
    day = re.search(r"<lastmod>[^<]*</lastmod>", text)
    entries = [
        f"    <url>\n         <loc>{url}{path}</loc>\n         {day[0] if day else ''}\n    </url>\n"
        for path in sorted(paths)
        if url + path not in known
    ]
    whole = text.replace("</urlset>", "".join(entries) + "</urlset>")
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as file:
        file.write(whole.encode("utf-8"))
    return whole, packed.getvalue()

"""Reads the settings and languages of the site; copies the files that the site generator made."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import sqlite3
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from normbook.site.i18n import ENGLISH, Interface
from normbook.site.labels import LabelError, Labels, read_labels
from normbook.site.page import Frame
from normbook.site.search import shortened
from normbook.workspace.cache import Cache, packed
from normbook.workspace.errors import BuildError
from normbook.workspace.files import write
from normbook.workspace.frames import FRONT_MATTER, settings_of
from normbook.workspace.hosting import with_policy
from normbook.workspace.release.contracts import data_version
from normbook.workspace.repo import Repo
from normbook.workspace.theme_style import used_parts, without_parts


def read_site(repo: Repo) -> dict[str, str]:
    """The site's name, addresses and description from mkdocs.yml, and the version of the data."""
    settings = settings_of(repo)
    missing = [key for key in ("site_name", "site_url", "repo_url", "site_description") if not settings.get(key)]
    if missing:
        raise BuildError(f"missing key in mkdocs.yml: {', '.join(missing)}")
    return {
        "name": settings["site_name"],
        "url": settings["site_url"].rstrip("/") + "/" + (f"releases/{repo.release}/" if repo.release else ""),
        "repo_url": settings["repo_url"].rstrip("/"),
        "edit": "/".join(str(settings.get("edit_uri") or "edit/main").split("/")[:2]),  # the editor of the host, and the branch
        "description": settings["site_description"],
        "version": repo.release or str(data_version(repo)),
        "release": repo.release,
    }


def read_interfaces(repo: Repo, cache: Cache | None = None) -> tuple[Interface, ...]:
    """The languages of the site, English first, with their labels. Raises BuildError, naming the entry, if labels.toml is invalid.

    With a cache, a file of labels that has not changed is not parsed again.
    """
    text = repo.labels.read_text("utf-8")
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    kept = json.loads(known) if cache and (known := cache.meta("labels")) else ["", {}, {}]
    try:
        labels = Labels(*kept[1:]) if kept[0] == key else read_labels(text)
    except LabelError as error:
        shown = repo.relative(repo.labels) if repo.labels.is_relative_to(repo.root) else repo.labels
        raise BuildError(f"{shown}: {error}") from error
    if cache and kept[0] != key:
        with suppress(sqlite3.Error):  # the labels are read again in the next build
            cache.put_meta("labels", packed([key, *labels]))
    english = labels.words[ENGLISH]
    found = [
        Interface(
            code, language["folder"], language["name"], labels.words[code], english, language["theme"], language["open_graph"],
            tuple(name for _, name in sorted(locale.months["format"]["abbreviated"].items())), locale.plural_form,
            long_months=tuple(name for _, name in sorted(locale.months["format"]["wide"].items())),
        )
        for code, language in labels.languages.items()
        for locale in (Locale.parse(code, sep="-"),)
    ]  # fmt: skip
    return tuple(replace(each, others=tuple(other for other in found if other is not each)) for each in found)


def read_descriptions(repo: Repo) -> dict[str, dict[str, str]]:
    """What the fields of records mean in the other languages of the site: by language, the description of the schema -> its translation."""
    found: dict[str, dict[str, str]] = tomllib.loads(repo.descriptions.read_text("utf-8"))
    return found


def read_compiled(repo: Repo) -> dict[str, str]:
    """The digests of the schemas and scripts from which the files of the form were made, by path; empty if there are none."""
    path = repo.assets / "propose" / "vendor" / "sums.json"
    return _inputs(path)


def _inputs(sums: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(sums.read_text("utf-8"))["inputs"] if sums.is_file() else {}
    return found


def read_findings(repo: Repo) -> list[dict[str, Any]]:
    """The catalogue of findings, sorted by code. Raises BuildError, naming the file, for an invalid entry."""
    found = []
    for path in sorted(repo.findings.glob("N*.yaml")):
        entry = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
        if not isinstance(entry, dict) or not {"code", "level", "title", "why", "cases", "sound"} <= entry.keys():
            raise BuildError(f"{repo.relative(path)} is not a valid entry of the catalogue of findings: compare it with another")
        found.append(entry)
    return found


COMMENT = re.compile(r"/\*.*?\*/\s*|^\s+", re.DOTALL | re.MULTILINE)
COMMENT_LINE = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*(?:\n|\Z)|^[ \t]*//[^\n]*(?:\n|\Z)|^\s+", re.MULTILINE | re.DOTALL)
GIVEN = ("assets/theme/", "assets/propose/vendor/")  # scripts of other people
SMALL = "assets/propose/vendor/small/"  # our scripts of the form, made small by `make forms`
UNUSED = ("search/", "assets/javascripts/")  # the generator's own search and the theme's own script, which no page loads


def copy_static(folder: Path, site: Path, frames: Mapping[str, Frame], policy: bool, without: str = UNUSED[0]) -> set[str]:
    """Copies the generator's files that no page of ours replaces to the site, but for those below a folder; returns their paths.

    Scripts are published as they were made small, unless they have changed since: then without indentation and comments.
    """
    copied = set()
    used = used_parts(path.read_text("utf-8") for path in folder.rglob("*.html"))
    inputs = _inputs(folder / "assets" / "propose" / "vendor" / "sums.json")
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if (
            name in frames
            or name in ("sitemap.xml", "sitemap.xml.gz")
            or name.startswith((*UNUSED, without, SMALL))
            or name.endswith(".map")
        ):
            continue
        content = path.read_bytes()
        if name.startswith("assets/stylesheets/"):
            content = without_parts(content.decode(), used).encode()
        elif name.startswith("assets/") and name.endswith(".css"):
            content = COMMENT.sub("", content.decode()).encode()
        elif name.startswith("assets/") and name.endswith(".js") and not name.startswith(GIVEN):
            small = folder / SMALL / name.removeprefix("assets/")
            fits = inputs.get(f"site_src/{name}") == hashlib.sha256(content).hexdigest() and small.is_file()
            content = small.read_bytes() if fits else slim(content.decode()).encode()
        write(site / name, with_policy(content.decode()) if policy and name.endswith(".html") else content, durable=False)
        copied.add(name)
    return copied


def slim(script: str) -> str:
    """A script of ours without indentation and without the comments that have lines of their own: a tenth of what the form loads.

    Wrong for a text in backticks that goes over several lines: our scripts have none.

    >>> slim("/* What it does. */\\n(() => {\\n  // why\\n  run(); // stays\\n})();\\n")
    '(() => {\\nrun(); // stays\\n})();\\n'
    """
    return COMMENT_LINE.sub("", script)


def prose_entries(repo: Repo, interfaces: Sequence[Interface]) -> Iterator[dict[str, Any]]:
    """The search entries of the hand-written pages about the book, in every language that has them: their titles and first words."""
    for interface, path in ((each, path) for each in interfaces for path in sorted((repo.pages / each.prefix / "about").rglob("*.md"))):
        name = path.relative_to(repo.pages).with_suffix(".html").as_posix()
        text = FRONT_MATTER.sub("", path.read_text("utf-8"))
        title = next((line.lstrip("# ").partition(" {")[0] for line in text.split("\n") if line.startswith("# ")), path.stem)
        words = " ".join(re.sub(r"[#*`|>\[\]]|\([^)]*\.(?:md|html)[^)]*\)|\{[^}]*\}", " ", text.partition("\n")[2]).split())
        entry = {
            "path": name,
            "type": "page",
            "title": title,
            "id": path.stem,
            "lang": "" if interface.is_english else interface.code,
            "text": shortened(words),
        }
        yield {key: value for key, value in entry.items() if value}


def sitemap(folder: Path, url: str, paths: Iterable[str], dated: bool = True) -> tuple[str, bytes]:
    """The sitemap of all pages, plain and compressed. The generator's entries are kept, without their days unless `dated`."""
    text = (folder / "sitemap.xml").read_text("utf-8")
    if not dated:
        text = re.sub(r"\s*<lastmod>[^<]*</lastmod>", "", text)
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

"""Page frames from the site generator: one run per language over the hand-written pages, with its markup repaired and its inline scripts moved to files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from normbook.records.types import PUBLISHED, SPECS
from normbook.site.chrome import cut
from normbook.site.i18n import Interface
from normbook.site.page import Frame
from normbook.workspace.build_date import day_of
from normbook.workspace.errors import BuildError
from normbook.workspace.files import replace_folder, write
from normbook.workspace.libraries import versions_of
from normbook.workspace.repo import Repo

NOT_FOUND = ("title", "why", "search", "records", "home", "report")  # the labels of the page for an address that does not exist
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
GENERATOR = "NORMBOOK_GENERATOR"  # names the command that builds the frames; mkdocs unless it is set
# repairs of the theme's markup: old text, new text (%s is the word for navigation), whether every page must contain it
REPAIRS = (
    ('id="__drawer" autocomplete="off"', 'id="__drawer" aria-label="%s"', True),
    ('id="__search" autocomplete="off"', 'id="__search" aria-label="%s"', True),
    (' tabindex=""', "", False),
    ('<label class="md-nav__title" for="__nav_', '<label class="md-nav__title" tabindex="0" for="__nav_', False),
)
OPENER = re.compile(r'<label class="md-header__button md-icon" for="__drawer">(.*?)</label>', re.DOTALL)
LINK = re.compile(r"(\]\()(?=[^):#]+\.md)")  # to another hand-written page
BASE = re.compile(r'href="([^"]*)assets/normbook\.css"')  # the 404 page is served at any address, so its links are absolute
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# the theme's inline scripts by digest: only these are moved to files, so a strict policy still blocks any other
TRUSTED: Mapping[str, str] = {
    "sha256-exqRXrW/0laiImCrTE8a70vxyyY10FJVIppytLf/dbY=": "scope",
    "sha256-FnzPjIa2+7LhDSWlbaMBEIPh+9rL3lPN6J/MWljUoE0=": "scope-zensical",
    "sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4=": "palette",
    "sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8=": "target",
}


def build_frames(repo: Repo, interfaces: Sequence[Interface], epoch: int, unchanged: bool = False) -> tuple[Path, dict[str, Frame]]:
    """The folder that the site generator built, and the frames of all languages by path. Rebuilt only if something has changed.

    `unchanged` says that nothing has changed since the last build, so that only the presence of the frames is looked at.
    """
    folder = repo.build / "frame"
    known = (folder / ".key").read_text("utf-8") if (folder / ".key").is_file() else ""
    key = known if unchanged and known else key_of(repo, epoch)
    if known != key:
        with replace_folder(folder) as new:  # not in place: if this process is killed, the generator lives on and keeps writing
            for interface in interfaces:
                _generate(repo, interface, interfaces, new / interface.code, epoch)
            write(new / ".key", key, durable=False)
    found = {}
    for interface in interfaces:
        for name in framed(repo, interface, interfaces):
            text = (folder / interface.code / interface.prefix / name).read_text("utf-8")
            frame = cut(text, interface.prefix + name)
            found[interface.prefix + name] = (
                replace(frame, prose=f'<div lang="en">{frame.prose}</div>') if _is_borrowing(repo, interface) else frame
            )
    return folder / interfaces[0].code, found


def framed(repo: Repo, interface: Interface, interfaces: Sequence[Interface]) -> Iterator[str]:
    """The pages of a language with `frame: true` in their front matter, as paths relative to its folder.

    A language without a folder uses the English pages. Raises BuildError if a folder exists but lacks a page.
    """
    pages = repo.pages / interface.prefix
    others = [each.prefix.rstrip("/") for each in interfaces if not each.is_english]
    for path in sorted(repo.pages.rglob("*.md")):
        name = path.relative_to(repo.pages)
        match = FRONT_MATTER.match(path.read_text("utf-8"))
        if match and "frame: true" in match[1] and name.parts[0] not in others:
            if not (pages / name).is_file() and not _is_borrowing(repo, interface):
                raise BuildError(
                    f"site_src/pages/{interface.prefix}{name.as_posix()} is missing: write it after the model of site_src/pages/{name.as_posix()}"
                )
            yield name.with_suffix(".html").as_posix()
    yield from (f"{SPECS[type].folder}/index.html" for type in _unwritten(repo))


def _unwritten(repo: Repo) -> list[str]:
    """The types whose index has no hand-written introduction; their frames get only a heading."""
    return [type for type in PUBLISHED if not (repo.pages / SPECS[type].folder / "index.md").is_file()]


def _is_borrowing(repo: Repo, interface: Interface) -> bool:
    return not (repo.pages / interface.prefix).is_dir()


def key_of(repo: Repo, epoch: int) -> str:
    """A digest of everything that frames depend on: the hand-written pages, settings, labels, the generator and its requirements."""
    generator = os.environ.get(GENERATOR, "mkdocs")
    libraries = sorted(versions_of(generator, "material").items())
    digest = hashlib.sha256(f"{epoch} {generator} {libraries}".encode())
    for folder in (repo.pages, repo.assets, repo.overrides):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(path.relative_to(repo.root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(repo.mkdocs.read_bytes() + Path(__file__).read_bytes() + repo.labels.read_bytes())
    digest.update(repr([(SPECS[type].folder, type) for type in PUBLISHED]).encode())
    return digest.hexdigest()


def _generate(repo: Repo, interface: Interface, interfaces: Sequence[Interface], folder: Path, epoch: int) -> None:
    """Runs the generator over the hand-written pages, with tokens where the content of a page goes. Its input is a temporary folder next to `folder`."""
    work = folder.with_name(f"from-{interface.code}")
    docs = work / "docs"
    others = [each.prefix.rstrip("/") for each in interfaces if not each.is_english and each is not interface]
    shutil.copytree(repo.pages, docs, ignore=shutil.ignore_patterns(*others))
    shutil.copytree(repo.assets, docs / "assets", dirs_exist_ok=True)
    headings = {
        SPECS[type].folder: f"---\nframe: true\n---\n# {interface.say(f'type-list.{type}')} {{#title}}\n" for type in _unwritten(repo)
    }
    for name in framed(repo, interface, interfaces):
        path = docs / interface.prefix / Path(name).with_suffix(".md")
        if path.parent.name in headings:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(headings[path.parent.name], "utf-8")
        elif not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            borrowed = docs / Path(name).with_suffix(".md")
            back = Path(os.path.relpath(borrowed.parent, path.parent)).as_posix()  # its links lead on to the English pages
            path.write_text(LINK.sub(rf"\1{back}/", borrowed.read_text("utf-8")), "utf-8")
        path.write_text(FRONT_MATTER.sub("---\n\\1\ntitle: '@@nb:topic@@'\n---\n", path.read_text("utf-8"), count=1), "utf-8")
    settings = work / "mkdocs.yml"
    settings.write_text(yaml.safe_dump(_settings(repo, interface, interfaces, work, folder, epoch), allow_unicode=True), "utf-8")
    generator = os.environ.get(GENERATOR, "mkdocs")
    strict = ["--strict"] if generator != "zensical" else []
    command = [sys.executable, "-m", generator, "build", *strict, "--config-file", str(settings)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1", "TZ": "UTC"}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=repo.root, check=False)  # noqa: S603
    if ran.returncode:
        raise BuildError(f"the site generator failed on the hand-written pages (site_src/pages):\n{(ran.stderr or ran.stdout).strip()}")
    for path in sorted(folder.rglob("*.html")):
        path.write_text(
            _move_scripts(_repair(path.read_text("utf-8"), path.name, interface.say("page.navigation")), path, folder, interface), "utf-8"
        )
    shutil.rmtree(work)


def _settings(repo: Repo, interface: Interface, interfaces: Sequence[Interface], work: Path, folder: Path, epoch: int) -> dict[str, Any]:
    """The generator's settings for a language: those of mkdocs.yml with overrides."""
    given = settings_of(repo)
    result: dict[str, Any] = {
        "INHERIT": os.path.relpath(repo.mkdocs, work), "docs_dir": "docs", "site_dir": str(folder),
        "theme": {"custom_dir": os.path.relpath(repo.overrides, work), "palette": _translated(given["theme"]["palette"], interface)},
        "copyright": interface.say("header.rights"),
        "markdown_extensions": [_titled(each, interface) for each in given["markdown_extensions"]],
        "nav": _nav(_completed(given["nav"]), set(framed(repo, interface, interfaces)), interface),
        "extra": {
            "frames": True, "prefix": interface.prefix, "day": day_of(epoch), "search": interface.say("header.search"),
            "others": [
                {"code": each.code, "name": str(interface.tongue_name(each)), "prefix": each.prefix} for each in interfaces if each is not interface
            ],
            "not_found": [
                {"code": each.code, "prefix": each.prefix, **{key: each.say(f"not-found.{key}") for key in NOT_FOUND}} for each in interfaces
            ],
        },
    }  # fmt: skip
    if os.environ.get(GENERATOR) == "zensical":
        result["theme"]["variant"] = "classic"  # what it calls the Material theme
    if not interface.is_english:
        result["theme"]["language"] = interface.theme
        result["extra"]["homepage"] = f"{interface.prefix}index.html"
        result["exclude_docs"] = ""
        result["validation"] = {"omitted_files": "ignore"}
    return result


def settings_of(repo: Repo) -> dict[str, Any]:
    """The settings in mkdocs.yml, with None for values with tags of the generator. Raises BuildError if it is no mapping in YAML."""

    class Loader(yaml.SafeLoader):
        """Reads YAML without interpreting unknown tags."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        settings = yaml.load(repo.mkdocs.read_text("utf-8"), Loader=Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise BuildError(f"{repo.mkdocs.name}{place}: expected YAML in UTF-8: {getattr(error, 'problem', error)}") from error
    if not isinstance(settings, dict):
        raise BuildError(f"{repo.mkdocs.name}: expected keys and values, found {type(settings).__name__}")
    return settings


def _translated(palette: Sequence[Mapping[str, Any]], interface: Interface) -> list[dict[str, Any]]:
    return [{**each, "toggle": {**each["toggle"], "name": interface.say(f"palette.{each['toggle']['name']}")}} for each in palette]


def _titled(extension: str | Mapping[str, Any], interface: Interface) -> str | dict[str, Any]:
    """An extension of Markdown; the one that lists the sections of a page gets the title of such lists on pages of records."""
    if isinstance(extension, str) or "toc" not in extension:
        return extension if isinstance(extension, str) else dict(extension)
    return {"toc": {**extension["toc"], "title": str(interface.say("page.contents"))}}


def _completed(nav: Sequence[Any]) -> list[Any]:
    """The navigation with the index of every type; those that mkdocs.yml does not name are added to the end of the group `browse`."""
    named = set(_targets(nav))
    wanting = [{f"type-list.{type}": target} for type in PUBLISHED if (target := f"{SPECS[type].folder}/index.md") not in named]
    return [{"browse": [*entry["browse"], *wanting]} if isinstance(entry, Mapping) and "browse" in entry else entry for entry in nav]


def _targets(nav: Sequence[Any]) -> Iterator[str]:
    for entry in nav:
        for target in entry.values() if isinstance(entry, Mapping) else (entry,):
            yield from _targets(target) if isinstance(target, list) else (target,)


def _nav(entries: Sequence[Any], own: set[str], interface: Interface) -> list[Any]:
    """The navigation in a language, with the English page for each page that it lacks."""
    result: list[Any] = []
    for entry in entries:
        if isinstance(entry, str):
            result.append(entry if interface.is_english else {interface.say("nav.about") + interface.say("nav.in-english"): entry})
            continue
        for key, target in entry.items():
            title = interface.say(key if "." in key else f"nav.{key}")
            if isinstance(target, list):
                result.append({title: _nav(target, own, interface)})
            else:
                has_own = interface.is_english or Path(target).with_suffix(".html").as_posix() in own
                shown = title if has_own else title + interface.say("nav.in-english")
                result.append({shown: (interface.prefix if has_own else "") + target})
    return result


def _repair(text: str, name: str, navigation: str) -> str:
    """A page with the theme's invalid or inaccessible markup repaired. Raises BuildError if the theme has changed."""
    for old, new, needed in REPAIRS:
        if needed and old not in text:
            raise BuildError(
                f"expected {old!r} in {name}, but the theme has changed: update REPAIRS in scripts/normbook/workspace/frames.py"
            )
        text = text.replace(old, new.replace("%s", navigation))
    button = f'<button type="button" class="md-header__button md-icon nb-drawer nb-script" aria-label="{navigation}" aria-expanded="false">\\1</button><noscript>\\g<0></noscript>'
    text, found = OPENER.subn(button, text)
    if found != 1:
        raise BuildError(
            f"expected one button that opens the drawer in {name}, found {found}: update OPENER in scripts/normbook/workspace/frames.py"
        )
    return text


def digest_of(script: str) -> str:
    """The digest of an inline script, written as in a Content Security Policy.

    >>> digest_of("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _move_scripts(text: str, page: Path, folder: Path, interface: Interface) -> str:
    """The page with its exact language tag and with the theme's inline scripts moved to files. Raises BuildError for a script that is not in TRUSTED."""

    def moved(match: re.Match[str]) -> str:
        known = TRUSTED.get(digest_of(match[1]))
        if known is None:
            raise BuildError(
                f"{page.name} contains an inline script that is not in TRUSTED ({digest_of(match[1])}): {match[1][:60]}…\n"
                "review it; if it is part of the theme, add it to TRUSTED in scripts/normbook/workspace/frames.py"
            )
        write(folder / "assets" / "theme" / f"{known}.js", match[1] + "\n", durable=False)
        base = found[1] if page.name == "404.html" and (found := BASE.search(text)) else "../" * (len(page.relative_to(folder).parts) - 1)
        return f'<script src="{base}assets/theme/{known}.js"></script>'

    return INLINE.sub(moved, text.replace(f'<html lang="{interface.theme}"', f'<html lang="{interface.code}"', 1))

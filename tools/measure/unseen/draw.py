"""Draws the documents of the recipe from clones, each as the text that a person would have copied or downloaded."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tools.furniture_corpus import Clone, copied_lines, parse

RECIPE = Path(__file__).with_name("recipe.toml")
FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
TITLE = re.compile(r"^title:\s*(.+(?:\n\s+.+)*)", re.MULTILINE)
PAGE = re.compile(r"\.(?:html?|asp)$")

Recipe = Mapping[str, Any]


class Drawn(NamedTuple):
    """A document of one cell; its text is what the normaliser receives."""

    id: str
    genre: str
    place: str  # repository and path
    text: str

    @property
    def sum(self) -> str:
        """The first digits of the checksum of its text, by which its gold knows it."""
        return digest(self.text)


def digest(words: str) -> str:
    """Eight hexadecimal digits of the sha256 of words."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def read_recipe(path: Path = RECIPE) -> Recipe:
    """The recipe as it is written."""
    return tomllib.loads(path.read_text("utf-8"))


def draw(recipe: Recipe, clones: Path) -> Iterator[Drawn]:
    """The documents of all rounds, cell by cell."""
    for cell in recipe["cell"]:
        yield from _of_cell(recipe, cell, clones)


def _of_cell(recipe: Recipe, cell: Mapping[str, Any], clones: Path) -> Iterator[Drawn]:
    places = sorted(_places(cell, clones), key=lambda each: each[:2])
    random.Random(f"{recipe['seed']}/{cell['name']}").shuffle(places)
    number = cell.get("first", 1) - 1  # the round in which the cell joined
    for repository, path, content in places:
        text = cut(recipe, cell, "\n".join(_lines(cell, path, content)))
        if len(text) >= recipe["least"] and re.search(cell.get("holds", ""), text):
            number += 1
            yield Drawn(f"{cell['name']}-{number}", cell["genre"], f"{repository} {path}", text)
        if number == cell.get("last", recipe["rounds"]):
            return


def _places(cell: Mapping[str, Any], clones: Path) -> Iterator[tuple[str, str, Any]]:
    """The repository, path and content (or a way to read it) of all that a cell may draw."""
    for source in cell["source"]:
        folder = clones / source["repository"].replace("/", "+")
        inner = [each for each in (folder / "repo" / ".git", folder / "repo") if (each / "objects").exists()]
        clone = Clone(inner[0] if inner else folder, source["commit"])
        names = [name for name in clone.names() if re.search(source["paths"], name)]
        if "but" in cell:
            names = [name for name in names if not re.search(cell["but"], name)]
        if "named_in" in cell:
            listed = json.loads(clone.read([cell["named_in"]])[cell["named_in"]])
            names = [name for name in names if listed.get(name.rpartition("/")[2]) == cell["named_as"]]
        if "records" in cell:
            for name in names:
                for number, record in enumerate(_records(cell, name, clone.read([name])[name])):
                    yield source["repository"], f"{name}#{number:05}", record[cell["records"]]
        else:
            yield from ((source["repository"], name, _reader(clone, name)) for name in names)


def _records(cell: Mapping[str, Any], name: str, raw: bytes) -> list[Mapping[str, Any]]:
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in raw.splitlines() if line.strip()]
    found = json.loads(raw)
    return list(found[cell["records_in"]] if "records_in" in cell else found)


def _reader(clone: Clone, name: str) -> Any:
    return lambda: clone.read([name])[name]


def _lines(cell: Mapping[str, Any], path: str, content: Any) -> list[str]:
    """The lines of a document: a page as a browser copies it, a Markdown file as it is or as a page, a record by its paragraphs."""
    if isinstance(content, list):
        return [str(line) for line in content]
    if isinstance(content, str):
        return content.split("\n")
    raw: bytes = content()
    if path.endswith(".gz"):
        raw, path = gzip.decompress(raw), path.removesuffix(".gz")
    if PAGE.search(path) or "named_in" in cell:
        return _copied(raw)
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    front = FRONT.match(text)
    body = text[front.end() :] if front else text
    if cell.get("made") != "rendered":
        return body.split("\n")
    title = TITLE.search(front[1]) if front else None
    words = " ".join(title[1].split()).strip("\"'") if title else ""
    return _copied(rendered(f"# {words}\n\n{body}" if words else body).encode())


def rendered(text: str) -> str:
    """Markdown as a page."""
    from markdown_it import MarkdownIt

    return f"<html><head><meta charset='utf-8'></head><body>{MarkdownIt('commonmark', {'html': True}).render(text)}</body></html>"


def _copied(raw: bytes) -> list[str]:
    try:
        return [line.text for line in copied_lines(parse(raw))]
    except (etree.ParserError, ValueError):
        return []


def cut(recipe: Recipe, cell: Mapping[str, Any], text: str) -> str:
    """The first lines of a text, up to the recipe's number of lines and characters, without blank lines at both ends."""
    lines = text.strip("\n").split("\n")[cell.get("skip", 0) :][: recipe["lines"]]
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line) + 1
        if size >= cell.get("characters", recipe["characters"]):
            break
    return "\n".join(kept).strip("\n") + "\n"

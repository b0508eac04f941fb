"""Reads the sources of furniture_sources.toml from clones into documents whose lines are labelled: `python -m tools.furniture_corpus`.

Nothing that is read is kept in the repository. The clones of one folder are named owner+name (or owner+name/repo) and
hold the commits that the recipe names.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from normbook.page.line import own_kind
from normbook.text.lines import is_byline
from tools.furniture_split import is_for_training

RECIPE = Path(__file__).with_name("furniture_sources.toml")
MATTER, FURNITURE, TITLE, UNKNOWN = 0, 1, 2, -1
UNSEEN = frozenset("script style noscript template head title svg iframe option select textarea object audio video canvas map".split())
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
APART = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul".split())  # a copy leaves a blank line around these
CELLS = frozenset(("td", "th"))
BOXES = frozenset("button dialog footer form menu nav".split())  # hold what serves the page, even inside an article
LINKS = frozenset(("a", "button"))
SERVES = re.compile(
    r"(?i)(?:^|[\s_-])(?:comments?|respond|related|shar(?:e|ing)|social|sidebar|widget|newsletter|navbox|breadcrumbs?)(?:$|[\s_-])"
)
NO_WORDS = re.compile(r"[\W_]+")
INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))  # the cleaning drops them before it looks at lines
SHORT, LONG, SHARED = 24, 60, 0.6  # code points; share of four-word runs found in the gold text
DECK = 45  # code points of a line between title and article that may sum it up
PARAGRAPH = 200  # code points of prose outside an article of which some passages are known: it may be a part of it


class PageLine(NamedTuple):
    """A line that a person would copy from a page, and the elements it stands in from the outermost to its own."""

    text: str
    path: tuple[int, ...]
    tag: str
    of_page: bool = False  # in a form, a navigation, comments or the like, or a link from end to end


class Document(NamedTuple):
    """A text by its lines, each labelled as matter, furniture or unknown; `host` decides in which half it is."""

    corpus: str
    host: str
    lines: list[str]
    labels: list[int]


def copied_lines(page: Any) -> list[PageLine]:
    """The lines that a browser puts into a copy of a page: block elements end lines, cells are set apart by tabs, paragraphs by blank lines."""
    body = page.find(".//body")
    copy = Copy()
    copy.walk(page if body is None else body, (), "")
    copy.end_line(blank=False)
    return copy.lines


def is_unseen(element: Any) -> bool:
    """True for an element whose words no copy holds."""
    hidden = element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "").lower()
    return not isinstance(element.tag, str) or element.tag.lower() in UNSEEN or hidden


def serves(element: Any) -> bool:
    """True for an element that its role, class or id names as a part of the page that is no article."""
    if element.tag in ("html", "body", "main", "article"):
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.get("role") == "navigation" or SERVES.search(named) is not None


class Copy:
    """The lines of a page so far, and the parts of the line that is not ended yet with the place of its first word."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self.parts: list[str] = []
        self.place: tuple[tuple[int, ...], str] = ((), "")
        self.of_page = True  # all words of the line so far are in links or boxes

    def end_line(self, blank: bool) -> None:
        """Ends the line; `blank` leaves an empty one behind it."""
        for piece in "".join(self.parts).split("\n"):
            text = "\t".join(" ".join(cell.split()) for cell in piece.translate(INVISIBLE).split("\t")).strip()
            if text:
                self.lines.append(PageLine(text, *self.place, self.of_page))
        self.parts.clear()
        self.place = ((), "")
        self.of_page = True
        if blank and self.lines and self.lines[-1].text:
            self.lines.append(PageLine("", (), ""))

    def write(self, words: str | None, path: tuple[int, ...], tag: str, of_page: bool) -> None:
        """Adds words to the line."""
        if words:
            if words.strip() and not self.place[0]:
                self.place = (path, tag)
            self.of_page = self.of_page and (of_page or bare(words) == "")
            self.parts.append(" ".join(words.split("\n")) if tag != "pre" else words)

    def walk(self, element: Any, path: tuple[int, ...], tag: str, of_page: bool = False) -> None:
        """Adds an element with all that is in it; `tag` names the block that holds it, `of_page` is true in a link or a box."""
        if is_unseen(element):
            return
        name = element.tag.lower()
        path = (*path, id(element))
        block = name in BLOCKS
        if block:
            self.end_line(name in APART)
            tag = name
        elif name == "br":
            self.parts.append("\n")
        elif name in CELLS and self.parts:
            self.parts.append("\t")
        inside = of_page or name in BOXES or name in LINKS or serves(element)
        self.write(element.text, path, tag, inside)
        for child in element:
            self.walk(child, path, tag, inside)
            self.write(child.tail, path, tag, inside)
        if block:
            self.end_line(name in APART)


def parse(content: bytes) -> Any:
    """The tree of a page."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return lxml.html.document_fromstring(content)
    return lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text))


def bare(words: str) -> str:
    """The letters and digits of some words alone, to compare with."""
    return NO_WORDS.sub("", words.casefold())


def runs(words: str) -> set[str]:
    """Every four words of a text that follow each other; of scripts without spaces, every eight characters."""
    found = NO_WORDS.sub(" ", words.casefold()).split()
    if len(found) * 12 < len(words):
        solid = bare(words)
        return {solid[k : k + 8] for k in range(max(len(solid) - 7, 0))}
    return {" ".join(found[k : k + 4]) for k in range(max(len(found) - 3, 0))}


def titles_of(page: Any) -> set[str]:
    """What may be the title of a page, bare."""
    found = {bare(each.text_content()) for each in page.iter("h1")}
    for each in page.iter("title"):
        found |= {bare(part) for part in re.split(r"\s[-–—|:»]\s", each.text_content() or "")} | {bare(each.text_content() or "")}
    return {each for each in found if len(each) > 5}


def labels_by_text(lines: Sequence[PageLine], gold: str, titles: set[str], by_program: bool = False) -> list[int] | None:
    """The labels of a page's lines by the text of its article; None if too little of that text stands on the page.

    What a program kept as the article (`by_program`) proves nothing of a link or of a part that serves the page.
    """
    whole = bare(gold)
    gold_lines = {bare(line) for line in gold.split("\n")} - {""}
    gold_runs = runs(gold)
    sure: list[int | None] = []
    for line in lines:
        words = bare(line.text)
        if not words:
            sure.append(None)
        elif len(words) > SHORT:
            mine = runs(line.text)
            shared = len(mine & gold_runs) / len(mine) if mine else 0.0
            sure.append(MATTER if words in whole or shared > SHARED else UNKNOWN if shared > 0.25 else FURNITURE)
        else:
            sure.append(None)
    inside = [k for k, label in enumerate(sure) if label == MATTER]
    if len(inside) < 3 or sum(len(bare(lines[k].text)) for k in inside) < len(whole) * 0.6:
        return None
    labels = []
    for k, (line, label) in enumerate(zip(lines, sure, strict=True)):
        words = bare(line.text)
        if not words:
            labels.append(UNKNOWN)
        elif words in titles or is_byline(line.text) or (line.tag == "h1"):
            labels.append(UNKNOWN if label != MATTER else MATTER)
        elif label is not None:
            labels.append(label)
        elif words in gold_lines and inside[0] - 3 <= k <= inside[-1] + 6:
            labels.append(MATTER)
        else:
            labels.append(UNKNOWN if words in whole and inside[0] <= k <= inside[-1] else FURNITURE)
    of_page = sum(label == MATTER and line.of_page for line, label in zip(lines, labels, strict=True))
    if not by_program or of_page * 2 > labels.count(MATTER):  # more than half: the name is that of the article itself
        return labels
    return [UNKNOWN if label == MATTER and line.of_page else label for line, label in zip(lines, labels, strict=True)]


def labels_by_passages(lines: Sequence[PageLine], inside: Iterable[str], outside: Iterable[str], titles: set[str]) -> list[int] | None:
    """The labels of a page's lines by some passages of its article and some beside it.

    The smallest element that holds the passages of the article is the article, less its parts that hold the others; what
    lies outside is the page's. None if fewer than two passages are found or nothing smaller than the page holds them.
    """
    words = [bare(line.text) for line in lines]
    places = []
    for passage in inside:
        wanted = bare(passage)
        found = [k for k, line in enumerate(words) if wanted and wanted in line]
        if found:
            places.append(max(found, key=lambda k: len(words[k])))
    if len(set(places)) < 2:
        return None
    common = lines[places[0]].path
    for k in places[1:]:
        path = lines[k].path
        depth = next((d for d in range(min(len(common), len(path))) if common[d] != path[d]), min(len(common), len(path)))
        common = common[:depth]
    if len(common) < 3:
        return None
    beside = {k for passage in outside if (wanted := bare(passage)) for k, line in enumerate(words) if wanted in line and k not in places}
    held = {lines[k].path[d] for k in places for d in range(len(lines[k].path))}
    cut = {next((each for each in lines[k].path[len(common) :] if each not in held), 0) for k in beside} - {0}
    first, last = min(places), max(places)
    labels = []
    for k, line in enumerate(lines):
        prose = len(line.text) > LONG and line.text[-1:] in tuple('.!?。！？”"»')
        if not words[k]:
            labels.append(UNKNOWN)
        elif k in places:
            labels.append(MATTER)
        elif words[k] in titles or line.tag == "h1" or is_byline(line.text):
            labels.append(UNKNOWN)
        elif k in beside or not cut.isdisjoint(line.path):
            labels.append(FURNITURE)
        elif line.path[: len(common)] == common:
            inner = first < k < last and len(words[k]) > 3 and own_kind(line.text, False) is None
            labels.append(MATTER if (prose or inner) and not line.of_page else UNKNOWN)
        elif prose and (k < first or len(line.text) > PARAGRAPH):
            labels.append(UNKNOWN)  # the opening of an article may stand above the rest of it
        else:
            labels.append(FURNITURE)
    return labels


def with_title(lines: Sequence[PageLine], labels: list[int], titles: set[str]) -> list[int]:
    """The labels with the title above the article marked, and those of a deck below it taken back: the cleaning keeps both, the gold texts leave them out."""
    first = labels.index(MATTER)
    named = [k for k in range(first) if lines[k].tag == "h1" or bare(lines[k].text) in titles]
    title = max(named, key=lambda k: (len(bare(lines[k].text)), k), default=first)  # the name of the site is shorter than the title
    deck = range(title + 1, first)
    if title < first:
        labels[title] = TITLE
    return [
        UNKNOWN if k in deck and len(line.text) > DECK and own_kind(line.text, False) is None else label
        for k, (line, label) in enumerate(zip(lines, labels, strict=True))
    ]


class Clone:
    """The files of one repository at one commit."""

    def __init__(self, folder: Path, commit: str) -> None:
        self.folder, self.commit = folder, commit

    def names(self) -> list[str]:
        """The paths of all files."""
        out = subprocess.run(["git", "-C", str(self.folder), "ls-tree", "-rz", "--name-only", self.commit], check=True, capture_output=True)
        return [name.decode() for name in out.stdout.split(b"\0") if name]

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The bytes of some files, by their paths; one that is absent is left out."""
        asked = "".join(f"{self.commit}:{name}\n" for name in names).encode()
        out = subprocess.run(["git", "-C", str(self.folder), "cat-file", "--batch"], check=True, capture_output=True, input=asked).stdout
        found: dict[str, bytes] = {}
        at = 0
        for name in names:
            head = out[at : out.index(b"\n", at)]
            at += len(head) + 1
            if head.endswith(b" missing"):
                continue
            size = int(head.rsplit(b" ", 1)[1])
            found[name] = out[at : at + size]
            at += size + 1
        return found


def host_of(url: str) -> str:
    """The host of an address, without "www."."""
    return (urlsplit(url if "//" in url else f"https://{url}").hostname or "").removeprefix("www.")


def sources(recipe: Path, clones: Path) -> Iterator[tuple[dict[str, Any], Clone]]:
    """The sources that a recipe names, each with its clone in a folder of clones."""
    for source in tomllib.loads(recipe.read_text("utf-8"))["source"]:
        folder = clones / source["repository"].replace("/", "+")
        yield source, Clone(folder / "repo" if (folder / "repo").exists() else folder, source["commit"])


def pages_of_half(clones: Path, training: bool) -> Iterator[tuple[dict[str, Any], str, bytes, Any]]:
    """The pages of one half, for training or for judging: source, host, bytes, and the function that labels their lines."""
    for source, clone in sources(RECIPE, clones):
        if source["kind"] == "pages":
            for host, content, label in READERS[source["reader"]](clone):
                if is_for_training(host) == training:
                    yield source, host, content, label


def page_documents(source: dict[str, Any], clone: Clone) -> Iterator[Document]:
    """The labelled pages of one source."""
    for host, content, label in READERS[source["reader"]](clone):
        try:
            page = parse(content)
        except (etree.ParserError, ValueError):
            continue
        lines = copied_lines(page)
        titles = titles_of(page)
        labels = label(lines, titles)
        if labels:
            yield Document(source["repository"], host, [line.text for line in lines], with_title(lines, labels, titles))


def scrapinghub(clone: Clone) -> Iterator[tuple[str, bytes, Any]]:
    """The pages with the texts of their articles."""
    import gzip

    gold = json.loads(clone.read(["ground-truth.json"])["ground-truth.json"])
    names = {f"html/{key}.html.gz": key for key in gold}
    for name, content in clone.read(list(names)).items():
        item = gold[names[name]]
        yield (
            host_of(item["url"]),
            gzip.decompress(content),
            lambda lines, titles, text=item["articleBody"]: labels_by_text(lines, text, titles),
        )


def readability(clone: Clone) -> Iterator[tuple[str, bytes, Any]]:
    """The test pages with their expected articles; a page without an address of its own goes by the name of its folder."""
    folders = sorted({name.rpartition("/")[0] for name in clone.names() if name.endswith("/expected.html")})
    files = clone.read([f"{folder}/{name}" for folder in folders for name in ("source.html", "expected.html")])
    for folder in folders:
        content = files[f"{folder}/source.html"]
        address = re.search(rb"""(?:rel=["']?canonical["']?[^>]*href=|og:url["']?[^>]*content=)["']?(https?://[^"'\s>]+)""", content)
        host = host_of(address[1].decode("ascii", "replace")) if address else folder.rpartition("/")[2]
        gold = "\n".join(line.text for line in copied_lines(parse(b"<body>" + files[f"{folder}/expected.html"])))
        yield host, content, lambda lines, titles, text=gold: labels_by_text(lines, text, titles, True)


def trafilatura(clone: Clone) -> Iterator[tuple[str, bytes, Any]]:
    """The pages with passages of their articles and passages beside them."""
    gold = json.loads(clone.read(["tests/evaldata.json"])["tests/evaldata.json"])
    names = {name.rpartition("/")[2]: name for name in clone.names()}
    wanted = {names[item["file"]]: (url, item) for url, item in gold.items() if item["file"] in names}
    for name, content in clone.read(list(wanted)).items():
        url, item = wanted[name]
        yield (
            host_of(url),
            content,
            lambda lines, titles, item=item: labels_by_passages(lines, item.get("with", ()), item.get("without", ()), titles),
        )


def newspaper(clone: Clone) -> Iterator[tuple[str, bytes, Any]]:
    """The test pages with their expected texts."""
    stems = sorted(Path(name).stem for name in clone.names() if name.startswith("tests/data/txt/"))
    files = clone.read([f"tests/data/{kind}/{stem}.{kind}" for stem in stems for kind in ("txt", "html")])
    facts = clone.read([f"tests/data/metadata/{stem}.json" for stem in stems])
    for stem in stems:
        if f"tests/data/html/{stem}.html" not in files:
            continue
        url = json.loads(facts.get(f"tests/data/metadata/{stem}.json", b"{}")).get("url") or stem
        gold = files[f"tests/data/txt/{stem}.txt"].decode("utf-8", "replace")
        yield (
            host_of(url) or stem,
            files[f"tests/data/html/{stem}.html"],
            lambda lines, titles, text=gold: labels_by_text(lines, text, titles, True),
        )


READERS = {"scrapinghub": scrapinghub, "readability": readability, "trafilatura": trafilatura, "newspaper": newspaper}


NUMBER_OF_PAGE = re.compile(r"\W*(?:p[aá]g(?:e|ina)?\.?)?\s*\d{1,3}\s*(?:\W|of|de|sur)?\s*(?:\d{1,3})?\W*", re.IGNORECASE)
PRINTED_BY_BROWSER = re.compile(r"^https?:\S+ \d{1,2}/\d{1,2}\W*$", re.MULTILINE)  # the foot of a printed web page
RUNNING = 3  # times that the head or foot of a page stands in a speech
HEADER = re.compile(r"\A(?:[A-Z][\w-]+:.*\n(?:[ \t]+.*\n)*)+\n")
IMAGE = re.compile(r"^\s*!\[[^\]]*\]\([^)]*\)\s*$", re.MULTILINE)


def labels_of_print(lines: Sequence[str]) -> list[int]:
    """The labels of a printed text: its page numbers, and the heads and feet that its pages repeat, are neither matter nor marked as furniture."""
    often = Counter(line.strip() for line in lines)
    return [
        UNKNOWN
        if not line.strip() or NUMBER_OF_PAGE.fullmatch(line) or (often[line.strip()] >= RUNNING and line.strip()[-1] not in ",.:;!")
        else MATTER
        for line in lines
    ]


def plain_documents(source: dict[str, Any], clone: Clone) -> Iterator[Document]:
    """The plain texts of one source: every line of theirs is matter, but for the marks of their pages.

    Headers of fields are no part of a text, nor are images; a web page that a browser printed is no plain text.
    """
    wanted = re.compile(source["paths"])
    names = sorted(name for name in clone.names() if wanted.search(name))
    random.Random(18).shuffle(names)
    for name, content in clone.read(names[: source["most"]]).items():
        text = content.decode("utf-8", "replace")
        if name.endswith(".html"):
            lines = [line.text for line in copied_lines(parse(content))]
        else:
            if source.get("printed") and PRINTED_BY_BROWSER.search(text):
                continue
            text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
            text = IMAGE.sub("", HEADER.sub("", text) if name.endswith(".rst") else text)
            lines = [line.rstrip() for line in text.split("\n")][:1500]
        if sum(map(bool, lines)) > 4:
            labels = labels_of_print(lines) if source.get("printed") else [MATTER if line else UNKNOWN for line in lines]
            yield Document(source["repository"], f"{source['repository']}/{name}", lines, labels)


def main() -> None:
    """Writes one JSON document a line, and prints how many lines each corpus and half has."""
    parser = argparse.ArgumentParser(prog="python -m tools.furniture_corpus")
    parser.add_argument("--clones", type=Path, required=True, help="the folder that holds the clones")
    parser.add_argument("--to", type=Path, required=True, help="the file to write")
    args = parser.parse_args()
    counts: Counter[tuple[str, str, str]] = Counter()
    with args.to.open("w", encoding="utf-8") as out:
        for source, clone in sources(RECIPE, args.clones):
            for document in (page_documents if source["kind"] == "pages" else plain_documents)(source, clone):
                half = "training" if is_for_training(document.host) else "judging"
                out.write(json.dumps({**document._asdict(), "half": half}, ensure_ascii=False) + "\n")
                counts[source["repository"], half, "documents"] += 1
                counts[source["repository"], half, "matter"] += document.labels.count(MATTER)
                counts[source["repository"], half, "furniture"] += document.labels.count(FURNITURE)
    for (repository, half, what), count in sorted(counts.items()):
        print(f"{repository:<45} {half:<10} {what:<10} {count:>7}")


if __name__ == "__main__":
    main()

"""How well the body of a web page is found, beside trafilatura, readability-lxml and jusText: `python -m tools.compare_bodies --clones DIR`.

The pages are those of furniture_sources.toml whose hosts are held out (tools/furniture_split.py): run it when nothing will be changed any more. `--training` takes the other
half. A line of the page, as a browser would copy it, counts as kept if it is a line of a system's result, or stands in it whole. Two lines of our own compare the
body by the tags with that of the copied text.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import justext
import trafilatura
from lxml import etree
from readability import Document as Readable

from normbook.cleaning.clean import clean, read
from tools.furniture_corpus import FURNITURE, MATTER, SHORT, bare, copied_lines, pages_of_half, parse, titles_of, with_title

STOPLISTS = ("English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch", "Polish", "Russian")
AGREEMENT = "agreement of page and copied text"


def normbook(content: bytes) -> str:
    """Our body of a page."""
    return read(content, kind="html").cleaned.text


def copied(content: bytes) -> str:
    """Our body of the text that a browser would copy from the page."""
    return clean("\n".join(line.text for line in copied_lines(parse(content)))).text


def readable(content: bytes) -> str:
    """The lines of what readability-lxml returns."""
    text = re.sub(r"^\s*<\?xml[^>]*>", "", content.decode("utf-8", "replace"))
    return "\n".join(line.text for line in copied_lines(parse(b"<body>" + Readable(text).summary().encode())))


def just_text(content: bytes) -> str:
    """What jusText does not take for boilerplate, with the stop words of nine languages."""
    words = frozenset().union(*map(justext.get_stoplist, STOPLISTS))
    return "\n".join(paragraph.text for paragraph in justext.justext(content, words) if not paragraph.is_boilerplate)


SYSTEMS: dict[str, Callable[[bytes], str]] = {
    "normbook": normbook,
    "normbook, from the copied text": copied,
    "trafilatura": lambda content: trafilatura.extract(content) or "",
    "trafilatura, recall": lambda content: trafilatura.extract(content, favor_recall=True) or "",
    "readability-lxml": readable,
    "jusText": just_text,
}


class Kept:
    """The lines of a result, to ask which lines of a page it holds."""

    def __init__(self, text: str) -> None:
        self.lines, self.whole = {bare(line) for line in text.split("\n")}, bare(text)

    def __contains__(self, words: str) -> bool:
        return words in self.lines or (len(words) > SHORT and words in self.whole)


def pages(clones: Path, training: bool) -> Iterator[tuple[str, bytes, list[str], list[int]]]:
    """The pages of one half with their lines, bare, and the labels of these."""
    for source, _, content, label in pages_of_half(clones, training):
        try:
            page = parse(content)
        except (etree.ParserError, ValueError):
            continue
        lines, titles = copied_lines(page), titles_of(page)
        if labels := label(lines, titles):
            yield source["repository"], content, [bare(line.text) for line in lines], with_title(lines, labels, titles)


class Counts:
    """Lines of text that are kept, furniture that is kept, and lines of text that are lost."""

    def __init__(self) -> None:
        self.kept = self.false = self.lost = 0

    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.kept / max(1, 2 * self.kept + self.false + self.lost)


def judged(lines: Sequence[str], labels: Sequence[int], result: Kept) -> Counts:
    """What a result keeps and loses of a page."""
    counts = Counts()
    for words, label in zip(lines, labels, strict=True):
        if words and label == MATTER:
            counts.kept, counts.lost = counts.kept + (words in result), counts.lost + (words not in result)
        elif words and label == FURNITURE:
            counts.false += words in result
    return counts


def agreement(lines: Sequence[str], one: Kept, other: Kept) -> Counts:
    """What two results have in common of the lines of a page."""
    counts = Counts()
    for words in filter(None, lines):
        counts.kept += words in one and words in other
        counts.false += words in one and words not in other
        counts.lost += words in other and words not in one
    return counts


def main() -> None:
    """Prints a table, one row for each corpus and system."""
    parser = argparse.ArgumentParser(prog="python -m tools.compare_bodies")
    parser.add_argument("--clones", type=Path, required=True, help="the folder that holds the clones")
    parser.add_argument("--training", action="store_true", help="the half on which the models were trained")
    args = parser.parse_args()
    found: dict[tuple[str, str], list[Counts]] = defaultdict(list)
    spent: dict[str, float] = defaultdict(float)
    for corpus, content, lines, labels in pages(args.clones, args.training):
        results = {}
        for name, system in SYSTEMS.items():
            begun = time.process_time()
            try:
                text = system(content)
            except Exception as error:  # a system that fails has found nothing
                print(f"{name} failed on a page of {corpus}: {type(error).__name__}: {error}")
                text = ""
            spent[name] += time.process_time() - begun
            results[name] = Kept(text)
        judgements = {name: judged(lines, labels, result) for name, result in results.items()}
        judgements[AGREEMENT] = agreement(lines, results["normbook"], results["normbook, from the copied text"])
        for name, counts in judgements.items():
            found[corpus, name].append(counts)
            found["all", name].append(counts)
    print("| pages | system | precision | recall | F1 of lines | mean F1 of pages | ms a page |\n|---|---|---|---|---|---|---|")
    for (corpus, name), rows in sorted(found.items()):
        total = Counts()
        for row in rows:
            total.kept, total.false, total.lost = total.kept + row.kept, total.false + row.false, total.lost + row.lost
        precision, recall = total.kept / max(1, total.kept + total.false), total.kept / max(1, total.kept + total.lost)
        mean, took = sum(row.f1() for row in rows) / len(rows), spent[name] * 1_000 / len(found["all", name])
        print(f"| {corpus}: {len(rows)} | {name} | {precision:.3f} | {recall:.3f} | {total.f1():.3f} | {mean:.3f} | {took:.0f} |")


if __name__ == "__main__":
    main()

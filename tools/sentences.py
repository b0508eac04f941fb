"""Draws sentences at random from the built pages, to be read by an editor: `python -m tools.sentences [--seed N] [--number N] [--language CODE]`.

The pages of site/ are read as a visitor reads them: without navigation, scripts, code, figures and quotations of received texts. On Chinese
pages, English parts are left out. Sentences that differ only in numbers, ids and addresses count as one. The same site and seed give the
same sentences.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import html

ROOT = Path(__file__).resolve().parents[1]
UNREAD = "script|style|svg|template|pre|code|nav|blockquote|select|button|q|del|ins|time"
BLOCKS = "p|li|dt|dd|h1|h2|h3|h4|th|td|summary|figcaption|legend|label"
RECEIVED = ("nb-reading", "nb-block", "nb-aligned", "nb-cites", "nb-history", "nb-citeas")
ENDS = {"en": re.compile(r"(?<=[.!?])[\"\u201d\u2019)]*\s+(?=[A-Z\u201c0-9])"), "zh": re.compile(r"(?<=[\u3002\uff01\uff1f])")}
VARIES = re.compile(r"https?://\S+|\b[a-z]+-[a-z0-9-]*\d[\w-]*|\d+")  # addresses, ids and numbers
HAN = re.compile(r"[\u3400-\u9fff]")


def read(page: bytes, language: str) -> Iterator[str]:
    """The text of each block of a page that the editors wrote, innermost blocks only."""
    tree = html.fromstring(page.decode("utf-8"))
    found = tree.xpath("//article | //div[contains(@class, 'md-content')]")
    content = found[0] if found else tree
    for tag in UNREAD.split("|"):
        for part in content.xpath(f".//{tag}"):
            part.drop_tree()
    for name in RECEIVED:
        for part in content.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name}')]"):
            if part.getparent() is not None:
                part.drop_tree()
    for part in content.xpath(".//*[@lang='en']") if language == "zh" else ():
        part.drop_tree()
    inside = " or ".join(f"self::{tag}" for tag in BLOCKS.split("|"))
    for part in content.xpath(f".//*[{inside}][not(.//*[{inside}])]"):
        pieces = [""]
        for chunk in part.itertext():
            if pieces[-1][-1:].isalpha() and chunk[:1].isupper():  # a title and what follows it, on separate lines
                pieces.append("")
            pieces[-1] += chunk
        yield from filter(None, (" ".join(piece.split()) for piece in pieces))


def sentences(text: str, language: str) -> Iterator[str]:
    """The whole sentences of a block in the language, of at least four words or six Chinese characters.

    >>> list(sentences("It is all here. Where? (No.) A label of four words", "en"))
    ['It is all here.']
    >>> list(sentences("\u6bcf\u9879\u9648\u8ff0\u90fd\u6709\u7acb\u573a\u3002See it.", "zh"))
    ['\u6bcf\u9879\u9648\u8ff0\u90fd\u6709\u7acb\u573a\u3002']
    """
    for each in map(str.strip, ENDS[language].split(text)):
        chinese = len(HAN.findall(each))
        whole = each.rstrip(")]\u201d").endswith((".", "!", "?", "\u3002", "\uff01", "\uff1f"))
        if whole and (chinese >= 6 if language == "zh" else not chinese and len(each.split()) >= 4):
            yield each


def gathered(site: Path, language: str) -> dict[str, str]:
    """Every sentence of the built pages of a language, with the first page that has it."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(site.rglob("*.html")):
        where = path.relative_to(site).as_posix()
        if where.startswith("releases/") or where.startswith("zh/") != (language == "zh"):
            continue
        for text in read(path.read_bytes(), language):
            for each in sentences(text, language):
                found.setdefault(VARIES.sub("#", each), (each, where))
    return dict(found.values())


def drawn(found: dict[str, str], number: int, seed: int) -> list[tuple[str, str]]:
    """Some sentences, each with its page, in the order in which they were drawn.

    >>> drawn({"b": "2.html", "a": "1.html"}, 5, 1)
    [('1.html', 'a'), ('2.html', 'b')]
    """
    names = sorted(found)
    return [(found[each], each) for each in random.Random(seed).sample(names, min(number, len(names)))]


def main(arguments: list[str] | None = None) -> int:
    """1 if the site has not been built, else 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--seed", type=int, default=1, help="the seed of the draw (default: 1)")
    parser.add_argument("--number", type=int, default=50, help="sentences per language (default: 50)")
    parser.add_argument("--language", choices=sorted(ENDS), help="only this language (default: both)")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the folder of the built site")
    chosen = parser.parse_args(arguments)
    for language in [chosen.language] if chosen.language else sorted(ENDS):
        found = gathered(chosen.site, language)
        if not found:
            sys.stderr.write(f"no pages in {chosen.site}: run `normbook build` first\n")
            return 1
        sys.stdout.write(f"{language}: {min(chosen.number, len(found))} of {len(found)} sentences, seed {chosen.seed}\n")
        sys.stdout.writelines(f"  {where}: {each}\n" for where, each in drawn(found, chosen.number, chosen.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())

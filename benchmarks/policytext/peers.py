"""Other cleaners behind the protocol of the benchmark: `python -m benchmarks.policytext.peers NAME FILE...` prints one JSON object a file.

Install them where this runs: `pip install ftfy clean-text trafilatura justext lxml_html_clean`. None of them finds facts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

STOPLISTS = ("English", "French", "German", "Italian", "Portuguese", "Russian", "Spanish")


def _import(name: str) -> Any:
    from importlib import import_module

    return import_module(name)


def untouched(text: str) -> str:
    """The received text: what a cleaner that does nothing gets."""
    return text


def by_ftfy(text: str) -> str:
    """`ftfy.fix_text` with its usual settings."""
    return str(_import("ftfy").fix_text(text))


def by_clean_text(text: str) -> str:
    """clean-text, without what changes the words: no lower case, no ASCII, lines kept."""
    return str(_import("cleantext").clean(text, fix_unicode=True, to_ascii=False, lower=False, no_line_breaks=False))


def by_trafilatura(text: str) -> str:
    """The parts of trafilatura that work on plain text: control characters, spaces, and its filter of lines of social media and the like."""
    utils = _import("trafilatura.utils")
    element = _import("lxml.etree").Element
    kept: list[str] = []
    for line in text.splitlines():
        cleaned = utils.line_processing(line)
        row = element("p")
        row.text = cleaned
        kept.append("" if not cleaned or utils.textfilter(row) else str(cleaned))
    return "\n".join(kept) + "\n"


def by_justext(text: str) -> str:
    """JusText with each line as a paragraph of a page, and the stop words of seven languages."""
    justext = _import("justext")
    words = frozenset().union(*map(justext.get_stoplist, STOPLISTS))
    lines = [line for line in text.splitlines() if line.strip()]
    page = "<html><body>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</body></html>"
    paragraphs = justext.justext(page.encode("utf-8"), words)
    return "\n\n".join(str(each.text) for each in paragraphs if not each.is_boilerplate) + "\n"


PEERS: dict[str, Callable[[str], str]] = {
    "nothing": untouched,
    "ftfy": by_ftfy,
    "clean-text": by_clean_text,
    "trafilatura": by_trafilatura,
    "jusText": by_justext,
}


def main() -> None:
    """Prints what a cleaner makes of files."""
    name, *files = sys.argv[1:]
    for path in files:
        text = PEERS[name](Path(path).read_bytes().decode("utf-8", "replace"))
        print(json.dumps({"file": path, "text": text}))


if __name__ == "__main__":
    main()

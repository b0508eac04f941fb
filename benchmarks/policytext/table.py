"""The tables of the page that shows the benchmark, from results.json."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"
PAGE = FOLDER.parents[1] / "site_src" / "pages" / "about" / "benchmark.md"
OUR = "Normbook"
TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- /table -->)", re.DOTALL)
FACTS = ("dates", "speakers", "initiatives")
# the rows of the table of documents: key -> its label
ROWS: Mapping[str, str] = {
    "boilerplate": "Page furniture removed",
    "lines lost": "Lines of text lost",
    "wraps": "Broken lines joined",
    "characters": "Damaged characters repaired",
    "glued": "Missing spaces set",
    "dates": "Dates found",
    "dates precision": "Dates right",
    "speakers": "Speakers found",
    "initiatives": "Initiatives found",
}
KINDS = (
    "background-date",
    "characters",
    "date",
    "dateline",
    "furniture",
    "glued",
    "hyphen",
    "initiative",
    "ligature",
    "list",
    "mojibake",
    "page",
    "published",
    "sentence",
    "speaker",
    "turn",
    "wrap",
)


def tables(results: Mapping[str, Any]) -> str:
    """Two Markdown tables: the cases that hold by kind, and the figures of the documents. "–" means that a tool does not find such facts."""
    tools = sorted(results, key=lambda name: name != OUR)
    return "\n".join([*_cases(results, tools), "", *_documents(results, tools), ""])


def _head(first: str, tools: list[str]) -> list[str]:
    return [f"| {first} | {' | '.join(tools)} |", f"|---|{'---|' * len(tools)}"]


def _cases(results: Mapping[str, Any], tools: list[str]) -> list[str]:
    rows = _head("Kind of fault", tools)
    for kind in KINDS:
        cells = []
        for tool in tools:
            held, asked, total = results[tool]["cases"].get(kind, (0, 0, 0))
            cells.append(f"{held}/{asked}" if asked * 2 >= total else "–")
        rows.append(f"| {kind} | {' | '.join(cells)} |")
    return rows


def _documents(results: Mapping[str, Any], tools: list[str]) -> list[str]:
    rows = _head("Documents, both halves", tools)
    for key, label in ROWS.items():
        rows.append(f"| {label} | {' | '.join(_figure(results[tool]['documents'], key) for tool in tools)} |")
    return rows


def _figure(halves: Mapping[str, Mapping[str, float | None]], key: str) -> str:
    values = [half.get(key) for half in halves.values()]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not values:
        return "–"
    return str(int(sum(known))) if key == "lines lost" else " / ".join(f"{100 * value:.0f}%" for value in known)


def page() -> str:
    """The page of the site with the tables of results.json."""
    table = f"\n{tables(json.loads(RESULTS.read_text('utf-8')))}\n"
    return TABLE.sub(partial_text(table), PAGE.read_text("utf-8"))


def partial_text(table: str) -> Callable[[re.Match[str]], str]:
    """A function that replaces any match with a table, whose backslashes mean nothing."""
    return lambda _: table


def write_page() -> None:
    """Writes the tables into the page of the site."""
    PAGE.write_text(page(), "utf-8")

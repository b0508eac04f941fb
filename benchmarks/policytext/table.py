"""The tables of the page that shows the benchmark, from results.json."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"
PAGES = FOLDER.parents[1] / "site_src" / "pages"
OUR = "Normbook"
TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- /table -->)", re.DOTALL)
FACTS = ("dates", "speakers", "initiatives")
# the rows of the table of documents: key -> its label, by language
ROWS: Mapping[str, Mapping[str, str]] = {
    "boilerplate": {"en": "Page furniture removed", "zh": "页面附件删除率"},
    "lines lost": {"en": "Lines of text lost", "zh": "误删的正文行数"},
    "wraps": {"en": "Broken lines joined", "zh": "断行接合率"},
    "characters": {"en": "Damaged characters mended", "zh": "损坏字符修复率"},
    "glued": {"en": "Missing spaces set", "zh": "缺失空格补足率"},
    "dates": {"en": "Dates found", "zh": "日期找出率"},
    "dates precision": {"en": "Dates right", "zh": "日期正确率"},
    "speakers": {"en": "Speakers found", "zh": "说话者找出率"},
    "initiatives": {"en": "Initiatives found", "zh": "倡议找出率"},
}
KINDS: Mapping[str, str] = {
    "background-date": "背景日期", "characters": "字符", "date": "日期", "dateline": "电头", "furniture": "页面附件", "glued": "粘连词语",
    "hyphen": "连字符", "initiative": "倡议名称", "ligature": "连字", "list": "列表", "mojibake": "乱码", "page": "分页", "published": "发布日期",
    "sentence": "断句", "speaker": "说话者", "turn": "问答", "wrap": "断行",
}  # fmt: skip
HEADS = {"en": ("Kind of fault", "Documents, both halves"), "zh": ("差错类别", "文档（两半合计）")}


def tables(language: str, results: Mapping[str, Any]) -> str:
    """Two Markdown tables: the cases that hold by kind, and the figures of the documents. "–" means that a tool does not find such facts."""
    tools = sorted(results, key=lambda name: name != OUR)
    kinds, figures = HEADS[language]
    return "\n".join([*_cases(language, results, tools, kinds), "", *_documents(language, results, tools, figures), ""])


def _head(first: str, tools: list[str]) -> list[str]:
    return [f"| {first} | {' | '.join(tools)} |", f"|---|{'---|' * len(tools)}"]


def _cases(language: str, results: Mapping[str, Any], tools: list[str], first: str) -> list[str]:
    rows = _head(first, tools)
    for kind, chinese in KINDS.items():
        cells = []
        for tool in tools:
            held, asked, total = results[tool]["cases"].get(kind, (0, 0, 0))
            cells.append(f"{held}/{asked}" if asked * 2 >= total else "–")
        rows.append(f"| {kind if language == 'en' else chinese} | {' | '.join(cells)} |")
    return rows


def _documents(language: str, results: Mapping[str, Any], tools: list[str], first: str) -> list[str]:
    rows = _head(first, tools)
    for key, labels in ROWS.items():
        rows.append(f"| {labels[language]} | {' | '.join(_figure(results[tool]['documents'], key) for tool in tools)} |")
    return rows


def _figure(halves: Mapping[str, Mapping[str, float | None]], key: str) -> str:
    values = [half.get(key) for half in halves.values()]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or not values:
        return "–"
    return str(int(sum(known))) if key == "lines lost" else " / ".join(f"{100 * value:.0f}%" for value in known)


def pages() -> dict[Path, str]:
    """The pages with the tables of results.json."""
    results = json.loads(RESULTS.read_text("utf-8"))
    found = {}
    for language, path in (("en", PAGES / "about" / "benchmark.md"), ("zh", PAGES / "zh" / "about" / "benchmark.md")):
        table = f"\n{tables(language, results)}\n"
        found[path] = TABLE.sub(partial_text(table), path.read_text("utf-8"))
    return found


def partial_text(table: str) -> Callable[[re.Match[str]], str]:
    """A function that replaces any match with a table, whose backslashes mean nothing."""
    return lambda _: table


def write_pages() -> None:
    """Writes the tables into the pages of the site."""
    for path, text in pages().items():
        path.write_text(text, "utf-8")

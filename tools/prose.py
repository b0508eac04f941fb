"""Lints the English and Chinese of the project: `python -m tools.prose [--all]` prints `file:line: what to change` and fails if there is anything to change.

English has three checks: proselint, a list of phrases of our own, and two rules (sentences that are too long, numbers that do not agree
with their nouns). Chinese has two: a list of phrases, and no half-width punctuation next to Chinese characters. tools/prose.toml lists
the files and the phrases. Parts that are marked as waiting are only read with --all. Text that passes may
still be bad English.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from proselint.checks import __register__ as every_check
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = Path(__file__).with_suffix(".toml")
FENCE = re.compile(r" *(```|~~~)")
OPENS = re.compile(r"\A\s*(?:[-*+] (?:\[.\] )?|\d+\. |#+ |> ?)")
CODE = re.compile(r"`[^`]+`|<[^<>]*>|«[^«»]*»|\{\{.*?\}\}|https?://\S+")
LINK = re.compile(r"!?\[(?P<words>[^\]]*)\]\([^)]*\)")
SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"”’)*_]*\s+")
WORD = re.compile(r"[^\W_][\w’'.,/-]*")
DISAGREEING = re.compile(r"(?<![\w.,/-])(?:1 (?!is\b|was\b|has\b|does\b|as\b|this\b|plus\b)[a-z]+[^su\W\d_]s|[01] are|0 is)\b")
HAN = "\u3400-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][,;:!?()]|[,;:!?()][{HAN}]")
PLACEHOLDER = "X"  # for what is not prose: code, an address, what is filled into a message
CALLS = {"Problem", "problem", "whole_file"}  # calls whose texts a reader sees
OPTIONS = {"help", "description", "epilog"}


class Passage(NamedTuple):
    """A piece of prose: the line at which each of its lines is, and its lines."""

    numbers: tuple[int, ...]
    lines: tuple[str, ...]


class Remark(NamedTuple):
    """What an editor would say of a line."""

    path: str
    line: int
    words: str


class Settings(NamedTuple):
    """tools/prose.toml."""

    longest: int
    sources: list[dict[str, Any]]
    phrases: dict[str, str]
    checks: dict[str, bool]
    chinese: dict[str, str]


def settings() -> Settings:
    """What is read and what is objected to."""
    stated = tomllib.loads(SETTINGS.read_text("utf-8"))
    off = dict.fromkeys(stated["proselint"], False)
    checks = dict(sorted((DEFAULT["checks"] | off).items(), key=lambda item: -item[0].count(".")))
    return Settings(stated["longest_sentence"], stated["sources"], stated["phrases"], checks, stated["chinese"])


def markdown(text: str, source: dict[str, Any]) -> Iterator[Passage]:
    """Paragraphs, headings, items of lists, cells of tables and descriptions of a Markdown page; no code."""
    numbers: list[int] = []
    lines: list[str] = []
    fenced = commented = front = False
    blank = True
    for number, line in enumerate(text.split("\n"), 1):
        if number == 1 and line == "---":
            front = True
            continue
        if front:
            front = line != "---"
            if line.startswith(("description:", "title:")):
                yield Passage((number,), (plain(line.partition(":")[2]),))
            continue
        if FENCE.match(line):
            fenced = not fenced
        commented = commented or "<!--" in line
        code = fenced or FENCE.match(line) or commented or (blank and line.startswith("    ") and not OPENS.match(line))
        commented = commented and "-->" not in line
        blank = not line.strip() or (blank and bool(code))
        if numbers and (code or not line.strip() or OPENS.match(line) or line.lstrip().startswith("|")):
            yield Passage(tuple(numbers), tuple(lines))
            numbers, lines = [], []
        if code or not line.strip():
            continue
        if line.lstrip().startswith("|"):
            yield from (Passage((number,), (cell.strip(),)) for cell in plain(line).split("|") if re.search(r"\w", cell))
            continue
        numbers.append(number)
        lines.append(plain(OPENS.sub("", line, count=1)))
    if numbers:
        yield Passage(tuple(numbers), tuple(lines))


def plain(line: str) -> str:
    """A line of Markdown as it is read: links are their words, and what is not prose is a placeholder."""
    return CODE.sub(PLACEHOLDER, LINK.sub(lambda match: match["words"], CODE.sub(PLACEHOLDER, line))).replace("**", "").replace("\\", "")


def yaml_values(text: str, source: dict[str, Any]) -> Iterator[Passage]:
    """The values of some keys of a YAML file."""
    keys = source["keys"]
    waiting = [yaml.compose(text, Loader=yaml.SafeLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(value, yaml.ScalarNode) and key.value in keys:
                    yield Passage((value.start_mark.line + 1,), (plain(" ".join(value.value.split())),))
                waiting.append(value)


def messages(text: str, source: dict[str, Any]) -> Iterator[Passage]:
    """The messages and remedies of findings and errors, and the help of the command line, in a Python file."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            told = name in CALLS or name.endswith("Error")
            parts = [*node.args] if told else []
            parts += [each.value for each in node.keywords if told or each.arg in OPTIONS]
            for part in parts:
                yield from (Passage((where,), (plain(said),)) for where, said in written(part) if " " in said)


def written(node: ast.expr) -> Iterator[tuple[int, str]]:
    """The texts in an expression; a placeholder where something is filled in."""
    if isinstance(node, ast.JoinedStr):
        yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else PLACEHOLDER for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    else:
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                yield from written(part)


def labels(text: str, source: dict[str, Any]) -> Iterator[Passage]:
    """The words of the interface in one language, by default English."""
    ending = f".{source.get('language', 'en')}"
    for number, line in enumerate(text.split("\n"), 1):
        key, _, value = line.partition(" = ")
        if key.endswith(ending) and not line.startswith("#"):
            said = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
            yield from (Passage((number,), (re.sub(r"%\(\w+\)s", PLACEHOLDER, each),)) for each in said)


READERS: dict[str, Callable[[str, dict[str, Any]], Iterator[Passage]]] = {
    "markdown": markdown, "yaml": yaml_values, "python": messages, "labels": labels,
}  # fmt: skip


def files_of(source: dict[str, Any], root: Path = ROOT) -> list[Path]:
    """The files of a source, those left out that it names."""
    left_out = {path for pattern in source.get("not", ()) for folder in root.glob(pattern) for path in (folder, *folder.rglob("*"))}
    return sorted({path for pattern in source["files"] for path in root.glob(pattern) if path.is_file()} - left_out)


def remarks(passage: Passage, known: Settings) -> Iterator[tuple[int, str]]:
    """What is to be changed in a passage: the line, and what to do."""
    text = "\n".join(passage.lines)

    def line(offset: int) -> int:
        return passage.numbers[min(text.count("\n", 0, max(0, offset)), len(passage.numbers) - 1)]

    at = 0
    for part in SENTENCE_END.split(text):
        at = text.index(part, at)
        if (count := len(WORD.findall(part))) > known.longest:
            yield line(at), f"a sentence of {count} words; {known.longest} are enough: «{' '.join(part.split()[:6])} …»"
    for phrase, instead in known.phrases.items():
        words = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for match in re.finditer(rf"(?i)\b{words}\b", text):
            yield line(match.start()), f"«{' '.join(match[0].split())}»: say {instead}"
    for match in DISAGREEING.finditer(text):
        yield line(match.start()), f"«{match[0]}»: the number and the noun or verb do not agree"
    for result in LintFile("passage", text).lint({"max_errors": 1_000, "checks": known.checks}):
        start, end = result.check_result.span
        yield line(start - 1), f"«{text[start - 1 : end - 1].strip()}»: {result.check_result.message} [{result.check_result.check_path}]"


def chinese_remarks(passage: Passage, known: Settings) -> Iterator[tuple[int, str]]:
    """What is to be changed in a Chinese passage: the line, and what to do."""
    for number, line in zip(passage.numbers, passage.lines, strict=True):
        for phrase, instead in known.chinese.items():
            if phrase in line:
                yield number, f"\u00ab{phrase}\u00bb: say {instead}"
        for match in HALF_WIDTH.finditer(line):
            yield number, f"\u00ab{match[0]}\u00bb: Chinese takes full-width punctuation"


def read(known: Settings, everything: bool = False, root: Path = ROOT) -> Iterator[Remark]:
    """All remarks on what is covered, or on everything."""
    registry = CheckRegistry()
    if not registry.checks:
        registry.register_many(every_check)
    for source in known.sources:
        if everything or "waiting" not in source:
            for path in files_of(source, root):
                objections = chinese_remarks if source.get("language", "en").startswith("zh") else remarks
                for passage in READERS[source["kind"]](path.read_text("utf-8"), source):
                    for number, words in objections(passage, known):
                        yield Remark(path.relative_to(root).as_posix(), number, words)


def main(arguments: list[str] | None = None) -> int:
    """0 if nobody would object to anything, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--all", action="store_true", help="read also what is marked as waiting in tools/prose.toml")
    found = list(read(settings(), parser.parse_args(arguments).all))
    sys.stdout.writelines(f"{each.path}:{each.line}: {each.words}\n" for each in found)
    sys.stdout.write(f"{len(found)} {'remark' if len(found) == 1 else 'remarks'}\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

"""Mutations of a record's bytes, YAML and values: MUTATORS, each a plain function of a text and a random generator."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump
from tools.nasty import NASTY, QUOTED, STRUCTURE, VALUES
from tools.typos import typos

Dice = random.Random


def _at(text: str, dice: Dice) -> int:
    return dice.randrange(len(text) + 1)


def _flip(content: bytes, dice: Dice) -> bytes:
    made = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 8))):
        if made:
            made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def _insert(content: bytes, dice: Dice) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + dice.randbytes(dice.choice((1, 2, 4, 30))) + content[at:]


def _delete(content: bytes, dice: Dice) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + content[at + dice.choice((1, 2, 10, 100)) :]


def _truncate(content: bytes, dice: Dice) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def _encode(content: bytes, dice: Dice) -> bytes:
    return content.decode("utf-8", "replace").encode(
        dice.choice(("utf-16", "utf-16-be", "utf-32", "gb18030", "latin-1", "utf-8-sig")), "replace"
    )


def _repeat(content: bytes, dice: Dice) -> bytes:
    start, times = dice.randrange(len(content) + 1), dice.choice((2, 2, 3, 50))
    return content[:start] + content[start : start + dice.choice((1, 20, 400))] * times + content[start:]


BYTES: dict[str, Callable[[bytes, Dice], bytes]] = {
    "flip bits": _flip, "put bytes in": _insert, "leave bytes out": _delete, "cut off": _truncate, "repeat": _repeat, "another encoding": _encode,
}  # fmt: skip


def _swap_lines(text: str, dice: Dice) -> str:
    lines = text.splitlines(keepends=True)
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "".join(lines)


def _line(change: Callable[[str, Dice], str]) -> Callable[[str, Dice], str]:
    """A mutator of one line."""

    def mutate(text: str, dice: Dice) -> str:
        lines = text.splitlines(keepends=True)
        at = dice.randrange(len(lines))
        lines[at] = change(lines[at], dice)
        return "".join(lines)

    return mutate


def _indent(line: str, dice: Dice) -> str:
    return dice.choice(
        (" " + line, "   " + line, line[1:] if line[:1] == " " else "\t" + line, line.lstrip(), "\t" + line, " " * 500 + line)
    )


def _key(line: str, dice: Dice) -> str:
    match = re.match(r"([ -]*)([\w-]+)(:.*)", line, re.DOTALL)
    return match[1] + dice.choice([typo for _, typo in typos(match[2])]) + match[3] if match else line


def _value(line: str, dice: Dice) -> str:
    match = re.match(r"([ -]*(?:[\w-]+:)? ?)(.*)", line.rstrip("\n"), re.DOTALL)
    assert match
    said = match[2]
    new = dice.choice(
        (
            *NASTY,
            *QUOTED,
            dice.choice([typo for _, typo in typos(said[:60])] or [""]),
            said[::-1],
            said.upper(),
            said + said,
            said.split(" ", 1)[-1],
            json.dumps(said),
        )
    )
    return f"{match[1]}{new}\n"


def _inside(line: str, dice: Dice) -> str:
    at = _at(line.rstrip("\n"), dice)
    return line[:at] + dice.choice(NASTY) + line[at:]


def _style(line: str, dice: Dice) -> str:
    head, sign, said = line.rstrip("\n").partition(": ")
    lead = " " * (len(head) - len(head.lstrip(" -")) + 2)
    return (
        head
        + sign
        + dice.choice(
            (
                f"|\n{lead}{said}",
                f">-\n{lead}{said}\n\n{lead}{said}",
                f"[{said}]",
                f"{{{said}: }}",
                f"&a {said}",
                f"!!str {said}",
                f"'{said}'",
                f'"{said}"',
                f"- {said}",
            )
        )
        + "\n"
    )


def _between(text: str, dice: Dice) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(STRUCTURE))
    return "".join(lines)


def _anywhere(text: str, dice: Dice) -> str:
    at = _at(text, dice)
    return text[:at] + dice.choice((*STRUCTURE, *NASTY)) + text[at:]


def _ends(text: str, dice: Dice) -> str:
    return dice.choice(
        (
            text.replace("\n", "\r\n"),
            text.replace("\n", "\r"),
            text.replace("\n", "\x85"),
            text.rstrip("\n"),
            text + "\n" * 50,
            text.replace("\n", "\n\n"),
            text.replace("\n", " \n"),
        )
    )


TEXTS: dict[str, Callable[[str, Dice], str]] = {
    "swap lines": _swap_lines, "repeat a line": _line(lambda line, _: line * 2), "leave a line out": _line(lambda *_: ""), "indent": _line(_indent), "mistype a key": _line(_key),
    "another value": _line(_value), "inside a line": _line(_inside), "another style": _line(_style), "structure between lines": _between, "structure anywhere": _anywhere, "line ends": _ends,
}  # fmt: skip


def _holders(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a value: what holds it, and its key or number."""
    places: list[tuple[Any, Any]] = []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        places += [(value, key), *_holders(inner)]
    return places


def _deep(depth: int, dice: Dice) -> Any:
    made: Any = "x"
    for _ in range(depth):
        made = [made] if dice.random() < 0.5 else {"a": made}
    return made


def _parsed(text: str, dice: Dice) -> str:
    """The record with some of its values dropped, renamed, exchanged or replaced, written anew in one style or another."""
    value = load(text, "").value
    for _ in range(dice.choice((1, 1, 2, 4))):
        places = _holders(value)
        if not places:
            break
        holder, key = dice.choice(places)
        other, name = dice.choice(places)
        act = dice.randrange(8)
        if act == 0:
            del holder[key]
        elif act == 1 and isinstance(holder, dict):
            holder[str(dice.choice(NASTY))] = holder.pop(key)
        elif act == 2:
            holder[key] = json.loads(json.dumps(other[name]))
        elif act == 3:
            holder[key] = [holder[key]] if dice.random() < 0.5 else {"a": holder[key]}
        elif act == 4:
            holder[key] = _deep(dice.choice((5, 39, 41, 300)), dice)
        elif act == 5 and isinstance(holder[key], list):
            holder[key] = holder[key] * dice.choice((2, 40))
        else:
            holder[key] = dice.choice(VALUES)
    return json.dumps(value) if dice.random() < 0.1 else dump(value)


LARGEST = 4 << 20  # bytes of a mutant: four times what a record may have, so that its own weight is not taken for the checker's


def mutate(content: bytes, dice: Dice) -> tuple[str, bytes]:
    """Mutated bytes of a record, and the names of what was done to it: one thing, or now and then several."""
    names = []
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        name = dice.choice((*BYTES, *TEXTS, *TEXTS, *["values"] * 14))
        names.append(name)
        if name in BYTES:
            content = BYTES[name](content, dice)
            continue
        text = content.decode("utf-8", "replace")
        if name in TEXTS and text:
            content = TEXTS[name](text, dice).encode("utf-8", "replace")
        elif name == "values":
            try:
                content = _parsed(text, dice).encode("utf-8", "replace")
            except (ValueError, RecursionError):
                names[-1] = "values (could not be written)"
        if len(content) > LARGEST:
            return ", ".join(names), content[:LARGEST]
    return ", ".join(names), content

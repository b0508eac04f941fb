"""Which lines of a log GitHub's runner, and hosts with commands like its older ones, would carry out: written after the runner's own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

COMMANDS = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "set-output", "set-env", "add-path", "save-state", "echo", "add-matcher", "remove-matcher", "stop-commands", "internal-set-repo-path"}  # fmt: skip


class Command(NamedTuple):
    """A command as the runner understands it."""

    name: str
    properties: dict[str, str]
    text: str


def commands(log: str) -> Iterator[Command]:
    """The commands that a log holds, the fence of stop-commands honoured. Any line end that a terminal knows ends a line."""
    fence = ""
    for line in re.split("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", log):
        found = _new(line, COMMANDS | ({fence} if fence else set())) or _old(line, COMMANDS | ({fence} if fence else set()))
        if found is None:
            continue
        if fence:
            fence = "" if found.name == fence else fence
        elif found.name == "stop-commands":
            fence = found.text
            yield found
        else:
            yield found
    assert not fence, "commands are stopped and not let go on"


def _new(line: str, known: set[str]) -> Command | None:
    """`::name key=value,key=value::text` where only white space stands before it."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, properties = line[2:end].partition(" ")
    if name not in known:
        return None
    pairs = (each.split("=", 1) for each in properties.strip().split(",") if each)
    return Command(name, {pair[0]: _plain(pair[1]) for pair in pairs if len(pair) == 2}, _plain(line[end + 2 :]))


def _old(line: str, known: set[str]) -> Command | None:
    """`##[name …]text` or `##word[…` anywhere in a line; what other hosts call a command counts whatever its name."""
    found = re.search(r"##(\w*)\[([\w.-]*)", line)
    return Command(found[2], {}, "") if found and (found[1] or found[2] in known) else None


def _plain(text: str) -> str:
    for mark, means in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(mark, means)
    return text

"""The cases of findings (site_src/findings): a change to the sample project, and the whole output that the command gives for it.

`python -m tests.findings.catalogue [CODE ...]` writes the expected outputs again: read the difference before you commit it.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from normbook.cleaning import clean
from normbook.cli import documents as texts
from normbook.cli.main import main
from tools.projects import CATALOGUE, commit, read_yaml, sample

CLOSING = re.compile(r"(?m)^\d+ errors?, \d+ warnings?\n")


class Case(NamedTuple):
    """One change to the sample project: what it is called, whether it breaks something, and what the command says of it."""

    code: str
    broken: bool
    label: str
    said: Mapping[str, Any]


def cases() -> Iterator[Case]:
    """Every case of the catalogue."""
    for path in sorted(CATALOGUE.glob("N*.yaml")):
        entry = read(path)
        for broken, key in ((True, "cases"), (False, "sound")):
            for each in entry[key]:
                yield Case(entry["code"], broken, each["label"], each)


def read(path: Path) -> dict[str, Any]:
    """One entry of the catalogue."""
    found: dict[str, Any] = read_yaml(path)
    return found


def change(folder: Path, changes: list[Mapping[str, Any]]) -> None:
    """Does what a case says to the files of the sample."""
    for each in changes:
        path = folder / each["file"]
        if "old" in each:
            text = path.read_bytes().decode("utf-8")
            assert text.count(each["old"]) >= 1, f"{each['file']} does not hold {each['old']!r}"
            path.write_bytes(text.replace(each["old"], each["new"], 1).encode("utf-8", "surrogatepass"))
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if each.get("content") is not None or "base64" in each or "repeat" in each:
            path.write_bytes(_content(each))
        elif "rename" in each:
            path.rename(folder / each["rename"])
        elif "link" in each:
            path.unlink(missing_ok=True)
            path.symlink_to(each["link"])
        elif "fifo" in each:
            os.mkfifo(path)
        elif "folder" in each:
            path.mkdir()
        else:
            assert each["remove"]
            path.unlink()


def _content(each: Mapping[str, Any]) -> bytes:
    if "base64" in each:
        return base64.b64decode(each["base64"])
    if "repeat" in each:
        return str(each["repeat"]["text"] * each["repeat"]["times"]).encode("utf-8")
    return str(each["content"]).encode("utf-8")


def outcome(said: Mapping[str, Any]) -> str:
    """What the command says of a case: the flags of a cleaned text, then all findings; not the closing count."""
    if "escaped" in said:  # a text that no file can hold
        cleaned = clean.clean(said["escaped"].encode("ascii").decode("unicode-escape"))
        return "".join(f"{flag.code} at {flag.start}-{flag.end}: {flag.message}\n" for flag in cleaned.flags)
    arguments = list(said.get("run", ["check"]))
    with tempfile.TemporaryDirectory() as name:
        folder = sample(Path(name) / "sample")
        if said.get("committed"):
            commit(folder)
        change(folder, said["change"])
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "surrogateescape") for _ in "oe")
        stdin, here = sys.stdin, Path.cwd()
        sys.stdin = io.StringIO(said.get("stdin", ""))
        os.chdir(folder)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _patched(said):
                main(["--root", ".", *arguments])
        finally:
            sys.stdin = stdin
            os.chdir(here)
        printed = _printed(out)
    flags = [
        f"{each['code']} at {each['start']}-{each['end']}: {each['message']}\n"
        for line in printed.splitlines()
        if arguments[0] == "clean" and line.startswith("{")
        for each in json.loads(line)["problems"]
    ]
    return "".join(flags) + CLOSING.sub("", _printed(err)).replace(str(folder) + "/", "")


def _printed(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8", "surrogateescape")  # type: ignore[attr-defined,no-any-return]


@contextlib.contextmanager
def _patched(said: Mapping[str, Any]) -> Iterator[None]:
    """Hides libraries and programs that a case says are not installed; lets the rules run as often as it says."""
    here, passes, programs = texts.find_spec, clean.MOST_PASSES, os.environ.get("PATH", "")
    os.environ["PATH"] = "" if said.get("bare") else programs
    texts.find_spec = lambda name: None if name in said.get("hidden", ()) else here(name)
    clean.MOST_PASSES = said.get("passes", passes)
    try:
        yield
    finally:
        texts.find_spec, clean.MOST_PASSES, os.environ["PATH"] = here, passes, programs


def accept(*codes: str) -> None:
    """Writes the expected outputs as they are now into the catalogue, for some codes or for all."""
    for path in sorted(CATALOGUE / f"{code}.yaml" for code in codes) or sorted(CATALOGUE.glob("N*.yaml")):
        entry = read(path)
        for each in entry["cases"]:
            each["expect"] = outcome(each)
            if entry["code"] not in each["expect"]:
                print(f"{path.name}: the case {each['label']!r} does not give {entry['code']}:\n{each['expect']}")
        for each in entry["sound"]:
            if f"[{entry['code']}]" in (said := outcome(each)) or f"{entry['code']} at " in said:
                print(f"{path.name}: the sound case {each['label']!r} gives {entry['code']}:\n{said}")
        path.write_text(catalogued(entry), "utf-8")


class _Dumper(yaml.SafeDumper):
    """Block style; text of several lines as it reads."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value[:-1] or value.endswith("\n") else None)


_Dumper.add_representer(str, _text)


def catalogued(entry: Mapping[str, Any]) -> str:
    """An entry of the catalogue as it is written."""
    return yaml.dump(dict(entry), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)


if __name__ == "__main__":
    accept(*sys.argv[1:])

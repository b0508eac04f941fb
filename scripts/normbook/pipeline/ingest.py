"""Taking in a received document: its seed, its sum, its source record, drafts, and what it belongs to, with a similarity and its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from normbook.paths import Repo
from normbook.pipeline import MODELINE, document
from normbook.pipeline.load import Project, load_schemas
from normbook.problems import Problem
from normbook.records.drafts import Document, Draft, Drafts
from normbook.records.extract import extract
from normbook.records.schema import FOLDERS
from normbook.records.yaml_out import dump
from normbook.text.compare import similarity
from normbook.text.names import content_words, find_initiatives

SAME_REPORT = 0.3  # reports of one event share about as much
NAMED = 64  # bytes of a digest in hexadecimal


@dataclass(frozen=True)
class Given:
    """What is known of a document from outside its text; `today` is the day on which the address was seen."""

    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    encoding: str | None = None
    today: date | None = None


@dataclass(frozen=True)
class Belongs:
    """A record that a document belongs to, by what: how much it shares with a known report (None where that is not the reason), and why."""

    type: str
    id: str
    similarity: float | None
    reason: str


@dataclass(frozen=True)
class Ingested:
    """What would be written, path -> content, and what the document belongs to."""

    id: str
    files: Mapping[Path, bytes]
    belongs: tuple[Belongs, ...]
    missing: Mapping[str, tuple[str, ...]]


def ingest(project: Project, path: Path, given: Given, problems: list[Problem]) -> Ingested | None:
    """The files that take a document in, written by nobody yet; None with the reasons in `problems`.

    1. The seed is the received bytes, named by the next number and the head of their SHA-256; its sum is appended, no line is changed.
    2. No file that exists is among the files, but SHA256SUMS.
    3. The same bytes are not taken in twice.
    4. The source record comes last: where it is missing, an earlier run was interrupted, and this one goes on under the same number.
    """
    repo = project.repo
    content = _received(path, problems)
    if content is None:
        return None
    digest = hashlib.sha256(content).hexdigest()
    known = next((name for name, held in project.seeds.items() if hashlib.sha256(held).hexdigest() == digest), None)
    begun = next(iter(interrupted(repo, path)), known)
    if known and not is_begun(project, path):
        said = f"these bytes are held already as seeds/{known}"
        problems.append(Problem(str(path), 0, 0, "N710", said, "nothing is to be done: look at its source record"))
        return None
    numbers = [int(name.split("_", 1)[0]) for name in project.seeds if name.split("_", 1)[0].isdigit()]
    name = begun or f"{max(numbers, default=-1) + 1:03}_{digest[:16]}.txt"
    new = document(name, content, given.published, given.encoding)
    files = {} if begun else {repo.seeds / name: content}
    if not known:
        sums = repo.sums.read_bytes() if repo.sums.exists() else b""
        files[repo.sums] = sums + (b"\n" if sums and not sums.endswith(b"\n") else b"") + f"{digest}  {name}\n".encode()
    records, missing = _proposed(project, new, given)
    files |= records
    for stem in ("cleaned", "corrected"):
        files[repo.derived / new.id / f"{stem}.txt"] = new.text.encode("utf-8", "surrogateescape")
    last = repo.folder("source") / f"{new.id}.yaml"
    files |= {last: files.pop(last)} if last in files else {}
    return Ingested(new.id, files, tuple(belongs(project, new)), missing)


def _received(path: Path, problems: list[Problem]) -> bytes | None:
    """The bytes of a document, None where it cannot be read or is empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(
            Problem(str(path), 0, 0, "N109", f"the file cannot be read: {error.strerror}", "check its name, and that you may read it")
        )
        return None
    if not content.strip():
        problems.append(Problem(str(path), 0, 0, "N600", "the file is empty: there is nothing to take in", "check how it was received"))
        return None
    return content


def _proposed(project: Project, new: Document, given: Given) -> tuple[dict[Path, bytes], dict[str, tuple[str, ...]]]:
    """The drafts that speak of a document and have no file yet, and what a person has to fill in in each."""
    repo, schemas = project.repo, load_schemas(project.repo, [])
    files: dict[Path, bytes] = {}
    missing: dict[str, tuple[str, ...]] = {}
    for draft in _drafts(repo, project, new).records:
        target = repo.folder(draft.type) / f"{draft.id}.yaml"
        if target.exists() or not _speaks_of(draft, new.id):
            continue
        fields, wanting = _filled(draft, new, given)
        head = MODELINE.format(draft.type) + "# proposed by a machine"
        head += f"; to be filled in by a person: {', '.join(wanting)}\n" if wanting else "\n"
        files[target] = (head + dump(schemas.ordered(draft.type, fields))).encode("utf-8")
        missing[repo.relative(target)] = wanting
    return files, missing


def interrupted(repo: Repo, path: Path) -> list[str]:
    """The seed that an earlier run wrote for the bytes of a file and had not listed in SHA256SUMS when it was interrupted: its name, or none."""
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError:
        return []  # told where the document is read
    listed = repo.sums.read_bytes() if repo.sums.exists() else b""
    written = sorted(repo.seeds.glob(f"*_{hashlib.sha256(content).hexdigest()[:16]}.txt"))
    return [each.name for each in written if f"  {each.name}\n".encode() not in listed and each.read_bytes() == content]


def is_begun(project: Project, path: Path) -> bool:
    """True if an earlier run began to take a file in and was interrupted: its seed is there, and no source record holds it."""
    if interrupted(project.repo, path):
        return True
    held = {hashlib.sha256(content).hexdigest(): name for name, content in project.seeds.items()}
    name = held.get(hashlib.sha256(path.read_bytes()).hexdigest()) if path.is_file() else None
    sources = [*project.records.values()] if name else []
    return bool(name) and not any(each.type == "source" and each.fields["seed"]["file"] == name for each in sources)


def _drafts(repo: Repo, project: Project, new: Document) -> Drafts:
    """The drafts of the new document, read beside the known ones so that names which they share are one."""
    schemas = project.schemas
    known = [document(name, content) for name, content in sorted(project.seeds.items()) if name != new.file]
    required = {type: [*schemas.required(type), "summary" if type == "initiative" else "status"] for type in FOLDERS}
    return extract([*known, new], required)


def _speaks_of(draft: Draft, source: str) -> bool:
    """True if a draft rests on a source."""
    return draft.id == source or f"'source': '{source}'" in repr(draft.fields)


def _filled(draft: Draft, new: Document, given: Given) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A draft with what is known from outside the text, and what a person still has to fill in."""
    fields = dict(draft.fields)
    if draft.type != "source":
        return fields, draft.missing
    if given.encoding:
        fields["profile"] = {"encoding": given.encoding}
    if given.publisher:
        fields["publisher"] = given.publisher
    if given.url:
        fields["url"] = given.url
        seen = {"url": given.url, "seen": given.today.isoformat()} if given.today else {"url": given.url}
        if given.publisher:
            fields["evidence"] = [
                *fields.get("evidence", []),
                {"for": ["/publisher"], **seen, "paraphrase": f"The page is published by {given.publisher}."},
            ]
        if given.published and "published" in fields and "evidence" not in fields["published"]:
            fields["published"] = fields["published"] | {
                "evidence": [{**seen, "paraphrase": f"The page was published on {given.published.isoformat()}."}]
            }
    return fields, tuple(key for key in draft.missing if key not in fields)


def belongs(project: Project, new: Document) -> list[Belongs]:
    """The known event and initiatives that a document belongs to, each with its reason; the likeliest first."""
    found: list[Belongs] = []
    events: dict[str, Belongs] = {}
    for id, record in sorted(project.records.items()):
        if record.type != "source" or id not in project.readings:
            continue
        shared = similarity(new.text, project.readings[id].cleaned.text)
        if shared >= SAME_REPORT:
            reason = f"it shares {shared:.2f} of its 3-word shingles with {id}; reports of one event share about {SAME_REPORT} or more"
            found.append(Belongs("source", id, shared, reason))
            for event in record.fields.get("reports", ()):
                if event not in events or (events[event].similarity or 0) < shared:
                    events[event] = Belongs(
                        "event",
                        event,
                        shared,
                        f"{id}, which {reason.replace('it shares', 'shares', 1).replace(f' with {id}', ' with it')}, reports it",
                    )
    day = new.dates.event.value if new.dates.event else None
    for id, record in sorted(project.records.items()):
        if record.type == "event" and id not in events and day and record.fields.get("date", {}).get("value") == day:
            events[id] = Belongs("event", id, None, f"both are dated {day}; whether they are one is for a person to say")
    found += sorted(events.values(), key=lambda each: (-(each.similarity or 0), each.id))
    return [*found, *_initiatives(project, new)]


def _initiatives(project: Project, new: Document) -> list[Belongs]:
    """The known initiatives that a text names, in English or Chinese, by their names and variants."""
    found = []
    mentions = find_initiatives(new.text)
    for id, record in sorted(project.records.items()):
        if record.type != "initiative":
            continue
        names = [record.fields["title"], *(name["text"] for name in record.fields.get("names", ()))]
        words = [content_words(name) for name in names]
        exact = sum(new.text.count(name) for name in dict.fromkeys(names))
        loose = [mention.name for mention in mentions if content_words(mention.name) in words]
        near = [mention.name for mention in mentions if any(len(content_words(mention.name) ^ each) == 2 for each in words)]
        if exact or loose:
            name = next((name for name in names if name in new.text), loose[0] if loose else names[0])
            found.append(Belongs("initiative", id, None, f"the text names it {max(exact, len(loose))} times, as “{name}”"))
        elif near:
            found.append(Belongs("initiative", id, None, f"the text names “{near[0]}”, which differs from a known name in one word"))
    return found

"""What is kept of files and of sources: rows of a store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from normbook.cleaning.clean import Readings
from normbook.findings.finding import Problem
from normbook.graph.claims import claims
from normbook.graph.graph import brief, edges
from normbook.records.model import Record
from normbook.records.schema import Schemas
from normbook.records.types import PUBLISHED
from normbook.workspace.derived import encoded
from normbook.workspace.kept_readings import pack_readings
from normbook.workspace.listing import Held
from normbook.workspace.load import ReadFile, digest_of
from normbook.workspace.store import Store, pack_problems, packed

OF_RECORDS = frozenset(PUBLISHED)


def put_files(store: Store, schemas: Schemas, files: Iterable[ReadFile]) -> None:
    """Keeps what was read of files: findings, and of a sound record its words, its brief, its links and its claims."""
    rows, named = [], []
    for file, record, problems, digest in files:
        said = pack_problems(problems)
        if record is None:
            rows.append((file.shown, file.type, file.id, file.stamp, digest, 0, said, "", "[]", "{}", ""))
            continue
        if file.type not in OF_RECORDS:
            rows.append((file.shown, file.type, file.id, file.stamp, digest, 1, said, "", "[]", "{}", packed(record.fields)))
            continue
        made = list(edges(record, schemas))
        named += [(edge.target, file.shown) for edge in made]
        counted = claims(record, schemas).count()
        rows.append(
            (
                file.shown,
                file.type,
                file.id,
                file.stamp,
                digest,
                1,
                said,
                packed(brief(record)),
                packed(made),
                packed(counted),
                packed(record.fields),
            )
        )
    store.put("insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    store.put("insert or ignore into named values (?, ?)", named)


def source_row(id: str, part: str, signature: str, problems: list[Problem], readings: Readings | None) -> tuple[str, ...]:
    """What is kept of a source: what its readings rest on, its findings, the readings, and the digests of the derived texts."""
    if readings is None:
        return id, part, signature, pack_problems(problems), "", "", ""
    texts = digest_of(encoded(readings.cleaned.text)), digest_of(encoded(readings.corrected))
    return id, part, signature, pack_problems(problems), pack_readings(readings), *texts


def part_of(record: Record) -> str:
    """What of a source's record its readings rest on."""
    return packed([record.fields["seed"], record.fields.get("profile", {})])


def signature_of(id: str, part: str, seeds: Mapping[str, bytes], held: Held, digests: Mapping[str, str]) -> str:
    """All that the readings of a source rest on."""
    content = seeds.get(json.loads(part)[0]["file"])
    others = [digests[files[id].shown] if id in files else "" for files in (held.corrections, held.suggestions)]
    return packed([part, hashlib.sha256(content).hexdigest() if content is not None else "", *others])

"""The lists of records that a book holds, by type. Written by scripts/typed.py from the record types: do not edit."""

from __future__ import annotations

from normbook.reader import fields
from normbook.reader.record import Records


class Lists:
    """A list of records for each type."""

    sources: Records[fields.SourceFields]
    initiatives: Records[fields.InitiativeFields]
    principles: Records[fields.PrincipleFields]
    statements: Records[fields.StatementFields]
    events: Records[fields.EventFields]
    actors: Records[fields.ActorFields]
    themes: Records[fields.ThemeFields]
    correspondences: Records[fields.CorrespondenceFields]
    glossary: Records[fields.GlossaryFields]

"""What there is to know of each record type, once: every other room reads it here.

A new type needs a schema, an entry here, and a template for its page. Its words in the languages of the site stand in
site/labels.toml, below `type.<name>`; until they are written the site shows its name, and a build tells what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from normbook.records.model import Record
from normbook.records.scaffold import guess


def _no_guess(id: str, records: Mapping[str, Record]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class TypeSpec:
    """One record type.

    `name` is its name in links, schemas and exports, `folder` its folder below `data/` and the site's root (also the stem of its exports).
    """

    name: str
    folder: str

    # as linked data
    classes: tuple[str, ...] = ()
    """Its RDF classes as compact IRIs (site/exports/terms.py has the prefixes), `nb:<Name>` unless they are given."""
    schema_org: str = "Thing"
    """The schema.org type that says no more than the record does; of a Thing neither a date nor a download is told."""
    dated_as: str = "datePublished"
    """The schema.org property of its date."""

    # on the site
    has_pages: bool = True
    """False for what is only shown on the pages of other records and never exported as a record."""
    template: str = ""
    """The template of its page, `<name>.html` unless it is given."""
    in_feed: bool = True
    """Whether a change of it is news."""
    timeline: Literal["", "table", "picture"] = ""
    """Where its dates are shown: nowhere, in the table of the timeline, or also in the picture."""

    # as a new record
    suggested: tuple[str, ...] = ()
    """Keys that its schema does not ask for, and without which a record of it is hardly of use."""
    makes_claims: bool = False
    """Whether a new record begins with a quotation to be filled in."""
    completed_with: str = "status"
    """The key that a draft from a text is told to be completed with, besides those that the schema requires."""
    guess: Callable[[str, Mapping[str, Record]], dict[str, Any]] = _no_guess
    """The values, by top-level key, that follow from an id, seen against the records that are there."""

    # in checks and builds
    has_own_names: bool = False
    """Whether no two records of it may share a name."""
    changes_any_page: bool = False
    """Whether its words are shown on any page: a change of it asks for a whole build."""

    @property
    def rdf_classes(self) -> tuple[str, ...]:
        """Its RDF classes as compact IRIs."""
        return self.classes or (f"nb:{self.name.capitalize()}",)

    @property
    def page_template(self) -> str:
        """The template of its page."""
        return self.template or f"{self.name}.html"


_ALL = (
    TypeSpec(
        "source", "sources", ("nb:Source", "schema:CreativeWork", "prov:Entity"), "CreativeWork",
        timeline="table", makes_claims=True, changes_any_page=True,
    ),
    TypeSpec(
        "initiative", "initiatives", ("nb:Initiative", "schema:CreativeWork"), "CreativeWork",
        timeline="picture", suggested=("addressees", "themes", "summary"), makes_claims=True, completed_with="summary", has_own_names=True,
    ),
    TypeSpec(
        "principle", "principles", ("nb:Principle", "schema:CreativeWork"), "CreativeWork",
        suggested=("wording", "plain", "addressees", "modality", "themes"), makes_claims=True, guess=guess.principle,
    ),
    TypeSpec(
        "statement", "statements", ("nb:Statement", "schema:Quotation"), "Quotation",
        suggested=("event", "summary"), makes_claims=True, guess=guess.statement,
    ),
    TypeSpec(
        "event", "events", ("nb:Event", "schema:Event"), "Event", "startDate",
        timeline="picture", suggested=("date", "summary"), makes_claims=True, has_own_names=True,
    ),
    TypeSpec("actor", "actors", ("nb:Actor", "prov:Agent"), makes_claims=True, has_own_names=True),
    TypeSpec("theme", "themes", ("nb:Theme", "skos:Concept"), "DefinedTerm", in_feed=False),
    TypeSpec(
        "correspondence", "correspondences", ("nb:Correspondence",), "CreativeWork",
        suggested=("object", "mapping_justification"), makes_claims=True, guess=guess.correspondence,
    ),
    TypeSpec("correction", "corrections", has_pages=False, in_feed=False, guess=guess.correction),
    TypeSpec(
        "glossary", "glossary", ("nb:Term", "schema:DefinedTerm"), "DefinedTerm",
        suggested=("definition",), has_own_names=True, changes_any_page=True,
    ),
)  # fmt: skip
SPECS: Mapping[str, TypeSpec] = {spec.name: spec for spec in _ALL}
TYPES = tuple(SPECS)
FOLDERS: Mapping[str, str] = {spec.name: spec.folder for spec in _ALL}
PUBLISHED = tuple(spec.name for spec in _ALL if spec.has_pages)
"""The types whose records have pages and are exported."""

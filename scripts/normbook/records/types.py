"""Everything that the code needs to know about each record type, in one place.

A new type needs a schema, an entry here, and a template for its page. Its labels in the languages of the site are in
site/labels.toml, below `type.<name>`; without them the site shows its name, and a build reports what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from normbook.records.model import Record
from normbook.records.scaffold import guess


def _no_guess(id: str, records: Mapping[str, Record]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class TypeSpec:
    """One record type.

    `name` is its name in links, schemas and exports; `folder` is its folder in `data/` and on the site, and the stem of its exports.
    """

    name: str
    folder: str

    # as linked data
    classes: tuple[str, ...] = ()
    """Its RDF classes as compact IRIs (the prefixes are in site/exports/terms.py); `nb:<Name>` by default."""
    schema_org: str = "Thing"
    """The most specific schema.org type that is certainly true; a Thing gets neither a date nor a download."""
    dated_as: str = "datePublished"
    """The schema.org property of its date."""
    schema_org_by_kind: Mapping[str, str] = field(default_factory=dict)
    """A more specific schema.org type for each value of the field `kind`."""

    # on the site
    has_pages: bool = True
    """False for a type that appears only on the pages of other records and is not exported."""
    template: str = ""
    """The template of its page; `<name>.html` by default."""
    in_feed: bool = True
    """Whether its changes appear in the feed."""
    timeline: Literal["", "table", "picture"] = ""
    """Where its dates are shown: nowhere, in the table of the timeline, or also in the picture."""

    # as a new record
    suggested: tuple[str, ...] = ()
    """Keys that the schema does not require, but that a useful record of the type has."""
    makes_claims: bool = False
    """Whether a new record starts with a quotation to fill in."""
    completed_with: str = "status"
    """The key that a person must add to a draft extracted from a text, besides those that the schema requires."""
    guess: Callable[[str, Mapping[str, Record]], dict[str, Any]] = _no_guess
    """A function that returns the values, by top-level key, that follow from an id and the existing records."""

    # in checks and builds
    has_own_names: bool = False
    """Whether names must be unique within the type."""
    changes_any_page: bool = False
    """Whether its text can appear on any page, so that a change requires a full build."""

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
    TypeSpec(
        "actor", "actors", ("nb:Actor", "prov:Agent"), makes_claims=True, has_own_names=True,
        schema_org_by_kind={"person": "Person", "organisation": "Organization", "state": "Country"},
    ),
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

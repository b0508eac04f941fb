"""What a record holds, by its type. Written by scripts/typed.py from the schemas: do not edit."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from normbook.reader.record import Records


class Reviewed(TypedDict):
    """Who reviewed the record, and when."""

    by: str
    on: str


class StatusWithdrawn(TypedDict):
    """When and why the record was withdrawn."""

    on: str
    reason: str


class Status(TypedDict):
    """Where the record stands, on axes that are never mixed."""

    publication: Literal["draft", "published", "withdrawn"]
    review: Literal["machine-candidate", "needs-review", "reviewed"]
    certainty: Literal["high", "medium", "low"]
    reviewed: NotRequired[Reviewed]
    withdrawn: NotRequired[StatusWithdrawn]


class Identifier(TypedDict):
    """One outside identifier."""

    scheme: Literal["wikidata", "un-document", "doi", "federal-register", "other"]
    value: str


Outside = TypedDict("Outside", {"for": NotRequired[list[str]], "url": str, "seen": str, "paraphrase": str})

Quotation = TypedDict(
    "Quotation",
    {
        "for": NotRequired[list[str]],
        "source": str,
        "reading": NotRequired[Literal["cleaned", "received"]],
        "prefix": NotRequired[str],
        "exact": str,
        "suffix": NotRequired[str],
        "speaker": str,
        "stance": Literal["asserted", "proposed", "denied", "attributed", "reported"],
        "role": Literal["supports", "refutes", "context"],
    },
)


class SourceSeed(TypedDict):
    """The received bytes."""

    file: str
    sha256: str


class SourceProfile(TypedDict):
    """How the seed is read and which rules do not apply to it."""

    encoding: NotRequired[str]
    without: NotRequired[list[str]]


class SourceRights(TypedDict):
    """What may be shown of the text."""

    full_text: Literal["publish", "excerpt", "withhold"]
    holder: str
    note: str


class Date(TypedDict):
    """A date, never more precise than its evidence."""

    value: str
    time: NotRequired[str]
    precision: Literal["day", "month", "year"]
    basis: Literal["stated", "derived"]
    derivation: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]


class SourceDateline(TypedDict):
    """The dateline of a news text."""

    place: str
    agency: NotRequired[str]
    date: NotRequired[Date]
    evidence: NotRequired[list[Outside | Quotation]]


class SourceSpeaker(TypedDict):
    """A person and the office."""

    name: str
    office: str
    actor: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]


class SourceFields(TypedDict):
    """A received document, its bibliographic facts and how it is cleaned."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["source"]
    page: NotRequired[str]
    received_title: NotRequired[str | None]
    seed: SourceSeed
    profile: NotRequired[SourceProfile]
    rights: SourceRights
    publisher: str
    agency: NotRequired[str]
    published: NotRequired[Date]
    updated: NotRequired[Date]
    dateline: NotRequired[SourceDateline]
    language: str
    original_language: NotRequired[str]
    translation: Literal["none", "official", "agency", "machine", "unknown"]
    genre: Literal["news-report", "government-text", "blog-post", "statement", "transcript"]
    url: str
    reports: NotRequired[list[str]]
    same_report: NotRequired[list[str]]
    speakers: NotRequired[list[SourceSpeaker]]


class Name(TypedDict):
    """A name as a source gives it."""

    text: str
    lang: str
    kind: Literal["official", "short", "variant", "mistranslation"]
    evidence: NotRequired[list[Outside | Quotation]]


class InitiativeAnnounced(TypedDict):
    """When, where and on what occasion it was put forward."""

    date: NotRequired[Date]
    event: NotRequired[str]
    place: NotRequired[str]


class InitiativePoints(TypedDict):
    """The initiative's own points: what kind they are and how many the text declares."""

    kind: Literal["commitment", "guiding-principle", "proposal", "norm", "objective", "measure", "line", "not-listed"]
    declared: int | None
    note: NotRequired[str]


class InitiativeText(TypedDict):
    """A source held here, or an address outside."""

    expression: Literal["formal-text", "speech-summary", "report", "translation"]
    source: NotRequired[str]
    url: NotRequired[str]
    lang: NotRequired[str]
    note: NotRequired[str]


class InitiativeFields(TypedDict):
    """A text or call put forward by its proponents, with principles of its own."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["initiative"]
    page: NotRequired[str]
    names: list[Name]
    standing: Literal["announced", "text-released", "adopted", "signed", "in-force", "superseded", "unknown"]
    proponents: list[str]
    announced: NotRequired[InitiativeAnnounced]
    legal_nature: NotRequired[
        Literal[
            "political-initiative",
            "declaration",
            "treaty",
            "norm",
            "executive-order",
            "framework",
            "call",
            "confidence-building-measures",
            "unknown",
        ]
    ]
    addressees: NotRequired[list[Literal["states", "companies", "providers", "international-organisations", "all-parties"]]]
    points: InitiativePoints
    texts: NotRequired[list[InitiativeText]]
    derived_from: NotRequired[list[str]]
    related: NotRequired[list[str]]
    themes: NotRequired[list[str]]


class PrinciplePartOf(TypedDict):
    """The speech or text that it is a point of, where it is none of the initiative's own points."""

    kind: Literal["speech", "text"]
    event: NotRequired[str]


class PrincipleWording(TypedDict):
    """Which expression of the work the received wording is; the words are those of the evidence for /wording. Left away where no wording is held."""

    expression: Literal["formal-text", "speech-summary", "report"]
    lang: str


class PrincipleLostItem(TypedDict):
    """One loss."""

    note: str
    url: str


class PrincipleFields(TypedDict):
    """One point of an initiative or of a speech, in the words in which it was received; or, where all its evidence is outside, in the editors' words alone."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["principle"]
    page: NotRequired[str]
    initiative: str
    part_of: NotRequired[PrinciplePartOf]
    ordinal: int
    kind: Literal["commitment", "guiding-principle", "proposal", "norm", "objective", "line"]
    wording: NotRequired[PrincipleWording]
    plain: NotRequired[str]
    addressees: NotRequired[list[Literal["states", "companies", "providers", "international-organisations", "all-parties"]]]
    modality: NotRequired[Literal["should", "should-not", "must", "must-not", "encouraged"]]
    themes: NotRequired[list[str]]
    lost: NotRequired[list[PrincipleLostItem]]


class StatementFields(TypedDict):
    """Who said what about what, and what the speaker did with the words."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["statement"]
    page: NotRequired[str]
    speaker: str
    office: NotRequired[str]
    event: NotRequired[str]
    date: NotRequired[Date]
    stance: Literal["asserted", "proposed", "denied", "attributed", "reported"]
    about: list[str]
    answers: NotRequired[str]


class EventDisagreementValue(TypedDict):
    """The words of one source."""

    value: str
    evidence: list[Outside | Quotation]


class EventDisagreement(TypedDict):
    """One field, with its value by source."""

    field: str
    values: list[EventDisagreementValue]


class EventFields(TypedDict):
    """Something that happened on a day, as sources report it."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["event"]
    page: NotRequired[str]
    kind: Literal["seminar", "press-conference", "press-briefing", "meeting", "summit", "release"]
    names: NotRequired[list[Name]]
    date: NotRequired[Date]
    place: NotRequired[str]
    participants: NotRequired[list[str]]
    disagreements: NotRequired[list[EventDisagreement]]


class ActorOffice(TypedDict):
    """One office."""

    title: str
    of: NotRequired[str]
    held_on: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]


class ActorFields(TypedDict):
    """A person, an organisation, a state, or a group of them."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["actor"]
    page: NotRequired[str]
    kind: Literal["person", "organisation", "state", "group"]
    names: list[Name]
    country: NotRequired[str]
    offices: NotRequired[list[ActorOffice]]
    part_of: NotRequired[list[str]]


class ThemeLabel(TypedDict):
    """One label."""

    text: str
    lang: str


class ThemeFields(TypedDict):
    """A concept that principles and initiatives share (SKOS)."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["theme"]
    page: NotRequired[str]
    labels: NotRequired[list[ThemeLabel]]
    definition: str
    broader: NotRequired[list[str]]
    related: NotRequired[list[str]]


class CorrespondenceFields(TypedDict):
    """One cell of the crosswalk between principles (fields as in SSSOM)."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["correspondence"]
    page: NotRequired[str]
    subject: str
    object: NotRequired[str]
    object_initiative: NotRequired[str]
    relation: Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch", "no-match"]
    searched: NotRequired[list[str]]
    justification: str
    mapping_justification: NotRequired[Literal["semapv:ManualMappingCuration", "semapv:LexicalMatching"]]
    reviewer: str | None


class GlossaryOriginal(TypedDict):
    """The term in the original language."""

    text: str
    lang: str


class GlossaryMistranslation(TypedDict):
    """One mistranslation."""

    text: str
    context: str
    evidence: NotRequired[list[Outside | Quotation]]


class GlossaryFields(TypedDict):
    """A term of the field with its variants and its known mistranslations."""

    id: str
    title: str
    status: Status
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["glossary"]
    page: NotRequired[str]
    lang: str
    definition: NotRequired[str]
    original: NotRequired[GlossaryOriginal]
    variants: NotRequired[list[str]]
    mistranslations: NotRequired[list[GlossaryMistranslation]]
    about: NotRequired[str]


class Lists:
    """The lists of records that a book holds."""

    sources: Records[SourceFields]
    initiatives: Records[InitiativeFields]
    principles: Records[PrincipleFields]
    statements: Records[StatementFields]
    events: Records[EventFields]
    actors: Records[ActorFields]
    themes: Records[ThemeFields]
    correspondences: Records[CorrespondenceFields]
    glossary: Records[GlossaryFields]

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


SourceJudgement = TypedDict("SourceJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class SourceReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


class Identifier(TypedDict):
    """One outside identifier."""

    scheme: Literal[
        "wikidata",
        "un-document",
        "doi",
        "federal-register",
        "other",
        "iso-3166-1",
        "un-treaty",
        "council-of-europe-treaty",
        "oecd-legal",
        "osce-decision",
        "code-of-federal-regulations",
        "none",
    ]
    value: str


Outside = TypedDict(
    "Outside",
    {
        "for": NotRequired[list[str]],
        "url": str,
        "archived": NotRequired[str],
        "locator": NotRequired[str],
        "seen": str,
        "read": NotRequired[Literal["yes", "part", "no"]],
        "bore": NotRequired[str],
        "paraphrase": str,
        "inferred": NotRequired[str],
    },
)


class Frame(TypedDict):
    """Words of the same source that carry what the quoted words leave out: who speaks, what the list is, whom a pronoun means. prefix, exact and suffix occur there contiguously, exactly once."""

    prefix: NotRequired[str]
    exact: str
    suffix: NotRequired[str]


Quotation = TypedDict(
    "Quotation",
    {
        "for": NotRequired[list[str]],
        "source": str,
        "reading": NotRequired[Literal["cleaned", "received"]],
        "prefix": NotRequired[str],
        "exact": str,
        "suffix": NotRequired[str],
        "frame": NotRequired[list[Frame]],
        "speaker": str,
        "holder": NotRequired[str],
        "speech": NotRequired[Literal["direct", "indirect", "narrated"]],
        "stance": Literal["asserted", "proposed", "denied", "attributed", "reported"],
        "role": Literal["supports", "refutes", "context"],
        "inferred": NotRequired[str],
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
    furniture: NotRequired[Literal["thorough"]]


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
    judgements: NotRequired[list[SourceJudgement]]
    reviews: NotRequired[list[SourceReview]]
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


InitiativeJudgement = TypedDict("InitiativeJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class InitiativeReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


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


class InitiativeDate(TypedDict):
    """One date."""

    kind: Literal["text-released", "adopted", "signed", "opened-for-signature", "in-force", "amended", "endorsed", "ended"]
    date: Date
    note: NotRequired[str]


class InitiativePoints(TypedDict):
    """The initiative's own points: what kind they are and how many the text declares."""

    kind: Literal[
        "commitment",
        "guiding-principle",
        "proposal",
        "norm",
        "objective",
        "measure",
        "line",
        "principle",
        "call",
        "rule",
        "provision",
        "programme",
        "not-listed",
    ]
    declared: int | None
    note: NotRequired[str]


class TextReference(TypedDict):
    """One expression of a text: a source held here, or an address outside, which is not held."""

    expression: Literal["formal-text", "speech-summary", "report", "translation"]
    source: NotRequired[str]
    url: NotRequired[str]
    archived: NotRequired[str]
    lang: NotRequired[str]
    authority: NotRequired[Literal["official", "official-copy", "unofficial", "unknown"]]
    publisher: NotRequired[str]
    locator: NotRequired[str]
    seen: NotRequired[str]
    read: NotRequired[Literal["yes", "part", "no"]]
    bore: NotRequired[str]
    note: NotRequired[str]


class InitiativeFields(TypedDict):
    """A text or call put forward by its proponents, with principles of its own."""

    id: str
    title: str
    status: Status
    judgements: NotRequired[list[InitiativeJudgement]]
    reviews: NotRequired[list[InitiativeReview]]
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["initiative"]
    page: NotRequired[str]
    names: list[Name]
    standing: Literal[
        "announced",
        "text-released",
        "adopted",
        "signed",
        "in-force",
        "superseded",
        "unknown",
        "opened-for-signature",
        "established",
        "ended",
    ]
    proponents: list[str]
    parties: NotRequired[list[str]]
    supporters: NotRequired[list[str]]
    announced: NotRequired[InitiativeAnnounced]
    dates: NotRequired[list[InitiativeDate]]
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
            "agreement",
            "protocol",
            "memorandum",
            "resolution",
            "programme",
            "mechanism",
        ]
    ]
    addressees: NotRequired[
        list[
            Literal[
                "states", "companies", "providers", "international-organisations", "all-parties", "supporters", "persons", "authorities"
            ]
        ]
    ]
    points: InitiativePoints
    texts: NotRequired[list[TextReference]]
    derived_from: NotRequired[list[str]]
    related: NotRequired[list[str]]
    themes: NotRequired[list[str]]


PrincipleJudgement = TypedDict("PrincipleJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class PrincipleReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


class PrinciplePartOf(TypedDict):
    """The speech or text that it is a point of, where it is none of the initiative's own points."""

    kind: Literal["speech", "text"]
    event: NotRequired[str]


class PrincipleWording(TypedDict):
    """Which expression of the work the received wording is; the words are those of the evidence for /wording. Left away where no wording is held."""

    expression: Literal["formal-text", "speech-summary", "report"]
    lang: str


class PrincipleLimb(TypedDict):
    """One limb."""

    plain: str
    modality: Literal["should", "should-not", "must", "must-not", "encouraged", "may", "will", "unstated"]


class PrincipleLostItem(TypedDict):
    """One loss."""

    note: str
    url: str


class Difference(TypedDict):
    """What one side of a comparison has and the other lacks, seen against a text that is not held here."""

    note: str
    url: str
    archived: NotRequired[str]
    locator: NotRequired[str]
    read: NotRequired[Literal["yes", "part", "no"]]


class PrincipleFields(TypedDict):
    """One point of an initiative or of a speech, in the words in which it was received; or, where all its evidence is outside, in the editors' words alone."""

    id: str
    title: str
    status: Status
    judgements: NotRequired[list[PrincipleJudgement]]
    reviews: NotRequired[list[PrincipleReview]]
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["principle"]
    page: NotRequired[str]
    initiative: str
    part_of: NotRequired[PrinciplePartOf]
    ordinal: int
    locator: NotRequired[str]
    stub: NotRequired[str]
    kind: Literal[
        "commitment",
        "guiding-principle",
        "proposal",
        "norm",
        "objective",
        "line",
        "principle",
        "measure",
        "call",
        "rule",
        "provision",
        "programme",
    ]
    wording: NotRequired[PrincipleWording]
    plain: NotRequired[str]
    addressees: NotRequired[
        list[
            Literal[
                "states", "companies", "providers", "international-organisations", "all-parties", "supporters", "persons", "authorities"
            ]
        ]
    ]
    modality: NotRequired[Literal["should", "should-not", "must", "must-not", "encouraged", "may", "will", "unstated"]]
    limbs: NotRequired[list[PrincipleLimb]]
    themes: NotRequired[list[str]]
    lost: NotRequired[list[PrincipleLostItem]]
    lost_in_translation: NotRequired[list[Difference]]
    formal_text_adds: NotRequired[list[Difference]]
    texts: NotRequired[list[TextReference]]


StatementJudgement = TypedDict("StatementJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class StatementReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


class StatementFields(TypedDict):
    """Who said what about what, and what the speaker did with the words."""

    id: str
    title: str
    status: Status
    judgements: NotRequired[list[StatementJudgement]]
    reviews: NotRequired[list[StatementReview]]
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["statement"]
    page: NotRequired[str]
    speaker: str
    holder: NotRequired[str]
    office: NotRequired[str]
    event: NotRequired[str]
    date: NotRequired[Date]
    stance: Literal["asserted", "proposed", "denied", "attributed", "reported"]
    speech: NotRequired[Literal["direct", "indirect", "narrated"]]
    about: list[str]
    answers: NotRequired[str]


EventJudgement = TypedDict("EventJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class EventReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


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
    judgements: NotRequired[list[EventJudgement]]
    reviews: NotRequired[list[EventReview]]
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
    related: NotRequired[list[str]]
    disagreements: NotRequired[list[EventDisagreement]]


ActorJudgement = TypedDict("ActorJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class ActorReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


class ActorDemonym(TypedDict):
    """One word."""

    text: str
    lang: str


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
    judgements: NotRequired[list[ActorJudgement]]
    reviews: NotRequired[list[ActorReview]]
    identifiers: NotRequired[list[Identifier]]
    summary: NotRequired[str]
    note: NotRequired[str]
    evidence: NotRequired[list[Outside | Quotation]]
    type: Literal["actor"]
    page: NotRequired[str]
    kind: Literal["person", "organisation", "state", "group"]
    names: list[Name]
    demonyms: NotRequired[list[ActorDemonym]]
    country: NotRequired[str]
    offices: NotRequired[list[ActorOffice]]
    part_of: NotRequired[list[str]]


ThemeJudgement = TypedDict("ThemeJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class ThemeReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


class ThemeLabel(TypedDict):
    """One label."""

    text: str
    lang: str


class ThemeFields(TypedDict):
    """A concept that principles and initiatives share (SKOS)."""

    id: str
    title: str
    status: Status
    judgements: NotRequired[list[ThemeJudgement]]
    reviews: NotRequired[list[ThemeReview]]
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


CorrespondenceJudgement = TypedDict("CorrespondenceJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class CorrespondenceReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


class CorrespondenceFields(TypedDict):
    """One cell of the crosswalk between principles (fields as in SSSOM)."""

    id: str
    title: str
    status: Status
    judgements: NotRequired[list[CorrespondenceJudgement]]
    reviews: NotRequired[list[CorrespondenceReview]]
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
    differs: NotRequired[str]
    mapping_justification: NotRequired[Literal["semapv:ManualMappingCuration", "semapv:LexicalMatching"]]
    reviewer: str | None


GlossaryJudgement = TypedDict("GlossaryJudgement", {"for": list[str], "basis": Literal["editorial"], "reason": str})


class GlossaryReview(TypedDict):
    """One review."""

    person: str
    orcid: NotRequired[str]
    day: str
    claims: list[str]
    verdict: Literal["supported", "not-supported", "undecided"]
    blind: NotRequired[bool]
    note: NotRequired[str]


class GlossaryOriginal(TypedDict):
    """The term in the original language."""

    text: str
    lang: str


class GlossaryMistranslation(TypedDict):
    """One mistranslation."""

    text: str
    context: str
    unless: NotRequired[list[str]]
    evidence: NotRequired[list[Outside | Quotation]]


class GlossaryFields(TypedDict):
    """A term of the field with its variants and its known mistranslations."""

    id: str
    title: str
    status: Status
    judgements: NotRequired[list[GlossaryJudgement]]
    reviews: NotRequired[list[GlossaryReview]]
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

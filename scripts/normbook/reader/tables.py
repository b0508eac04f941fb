"""Where the records of each type are, and how they are linked. Written by scripts/typed.py from the schemas: do not edit."""

from __future__ import annotations

from typing import NamedTuple

READS = "0.3"  # the versions of the records whose shape this is


class Relation(NamedTuple):
    """A link that records of a type make: its name, where its values stand (`*`: each item of a list), its name from the other end."""

    name: str
    path: tuple[str, ...]
    inverse: str
    exempt: tuple[str, ...]


FOLDERS = {
    "source": "sources",
    "initiative": "initiatives",
    "principle": "principles",
    "statement": "statements",
    "event": "events",
    "actor": "actors",
    "theme": "themes",
    "correspondence": "correspondences",
    "glossary": "glossary",
}
RELATIONS: dict[str, tuple[Relation, ...]] = {
    "source": (
        Relation("published/evidence/source", ("published", "evidence", "*", "source"), "cited by", ()),
        Relation("published/evidence/speaker", ("published", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("published/evidence/holder", ("published", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("updated/evidence/source", ("updated", "evidence", "*", "source"), "cited by", ()),
        Relation("updated/evidence/speaker", ("updated", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("updated/evidence/holder", ("updated", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("dateline/date/evidence/source", ("dateline", "date", "evidence", "*", "source"), "cited by", ()),
        Relation("dateline/date/evidence/speaker", ("dateline", "date", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("dateline/date/evidence/holder", ("dateline", "date", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("dateline/evidence/source", ("dateline", "evidence", "*", "source"), "cited by", ()),
        Relation("dateline/evidence/speaker", ("dateline", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("dateline/evidence/holder", ("dateline", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("reports", ("reports", "*"), "reported by", ()),
        Relation("same_report", ("same_report", "*"), "same report as", ()),
        Relation("speakers/actor", ("speakers", "*", "actor"), "named in", ()),
        Relation("speakers/evidence/source", ("speakers", "*", "evidence", "*", "source"), "cited by", ()),
        Relation("speakers/evidence/speaker", ("speakers", "*", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("speakers/evidence/holder", ("speakers", "*", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "initiative": (
        Relation("names/evidence/source", ("names", "*", "evidence", "*", "source"), "cited by", ()),
        Relation("names/evidence/speaker", ("names", "*", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("names/evidence/holder", ("names", "*", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("proponents", ("proponents", "*"), "put forward", ()),
        Relation("parties", ("parties", "*"), "party to", ()),
        Relation("supporters", ("supporters", "*"), "supports", ()),
        Relation("announced/date/evidence/source", ("announced", "date", "evidence", "*", "source"), "cited by", ()),
        Relation("announced/date/evidence/speaker", ("announced", "date", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("announced/date/evidence/holder", ("announced", "date", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("announced/event", ("announced", "event"), "announcement of", ()),
        Relation("dates/date/evidence/source", ("dates", "*", "date", "evidence", "*", "source"), "cited by", ()),
        Relation("dates/date/evidence/speaker", ("dates", "*", "date", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("dates/date/evidence/holder", ("dates", "*", "date", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("texts/source", ("texts", "*", "source"), "renders", ()),
        Relation("texts/publisher", ("texts", "*", "publisher"), "published", ()),
        Relation("derived_from", ("derived_from", "*"), "built on by", ()),
        Relation("related", ("related", "*"), "related to", ()),
        Relation("themes", ("themes", "*"), "has", ()),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "principle": (
        Relation("initiative", ("initiative",), "principles", ()),
        Relation("part_of/event", ("part_of", "event"), "principles of the speech", ()),
        Relation("themes", ("themes", "*"), "has", ()),
        Relation("texts/source", ("texts", "*", "source"), "renders", ()),
        Relation("texts/publisher", ("texts", "*", "publisher"), "published", ()),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "statement": (
        Relation("speaker", ("speaker",), "statements", ()),
        Relation("holder", ("holder",), "views told by others", ()),
        Relation("event", ("event",), "statements made there", ()),
        Relation("date/evidence/source", ("date", "evidence", "*", "source"), "cited by", ()),
        Relation("date/evidence/speaker", ("date", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("date/evidence/holder", ("date", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("about", ("about", "*"), "spoken of in", ()),
        Relation("answers", ("answers",), "answered by", ()),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "event": (
        Relation("names/evidence/source", ("names", "*", "evidence", "*", "source"), "cited by", ()),
        Relation("names/evidence/speaker", ("names", "*", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("names/evidence/holder", ("names", "*", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("date/evidence/source", ("date", "evidence", "*", "source"), "cited by", ()),
        Relation("date/evidence/speaker", ("date", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("date/evidence/holder", ("date", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("participants", ("participants", "*"), "took part in", ()),
        Relation("related", ("related", "*"), "related to", ()),
        Relation("disagreements/values/evidence/source", ("disagreements", "*", "values", "*", "evidence", "*", "source"), "cited by", ()),
        Relation(
            "disagreements/values/evidence/speaker",
            ("disagreements", "*", "values", "*", "evidence", "*", "speaker"),
            "quoted in",
            ("unnamed",),
        ),
        Relation(
            "disagreements/values/evidence/holder",
            ("disagreements", "*", "values", "*", "evidence", "*", "holder"),
            "view told in",
            ("unnamed",),
        ),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "actor": (
        Relation("names/evidence/source", ("names", "*", "evidence", "*", "source"), "cited by", ()),
        Relation("names/evidence/speaker", ("names", "*", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("names/evidence/holder", ("names", "*", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("offices/of", ("offices", "*", "of"), "office holders", ()),
        Relation("offices/evidence/source", ("offices", "*", "evidence", "*", "source"), "cited by", ()),
        Relation("offices/evidence/speaker", ("offices", "*", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("offices/evidence/holder", ("offices", "*", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("part_of", ("part_of", "*"), "has part", ()),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "theme": (
        Relation("broader", ("broader", "*"), "narrower", ()),
        Relation("related", ("related", "*"), "related to", ()),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "correspondence": (
        Relation("subject", ("subject",), "compared in", ()),
        Relation("object", ("object",), "compared in", ()),
        Relation("object_initiative", ("object_initiative",), "compared in", ()),
        Relation("searched", ("searched", "*"), "searched in", ()),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
    "glossary": (
        Relation("mistranslations/evidence/source", ("mistranslations", "*", "evidence", "*", "source"), "cited by", ()),
        Relation("mistranslations/evidence/speaker", ("mistranslations", "*", "evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("mistranslations/evidence/holder", ("mistranslations", "*", "evidence", "*", "holder"), "view told in", ("unnamed",)),
        Relation("about", ("about",), "named by the terms", ()),
        Relation("evidence/source", ("evidence", "*", "source"), "cited by", ()),
        Relation("evidence/speaker", ("evidence", "*", "speaker"), "quoted in", ("unnamed",)),
        Relation("evidence/holder", ("evidence", "*", "holder"), "view told in", ("unnamed",)),
    ),
}

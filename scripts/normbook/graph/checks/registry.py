"""The registry of checks; each yields findings, and CHECKS lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from normbook.findings.finding import Problem
from normbook.graph.checks.book import book
from normbook.graph.checks.calendar import calendar
from normbook.graph.checks.corrections import corrections, profiles
from normbook.graph.checks.figures import figures
from normbook.graph.checks.identifiers import editors, identifiers
from normbook.graph.checks.paraphrases import paraphrases
from normbook.graph.checks.placeholders import correction_placeholders, placeholders
from normbook.graph.checks.points import correspondences, counts, dates, themes
from normbook.graph.checks.quotations import evidence, spans
from normbook.graph.checks.references import circles, names, redirects, references
from normbook.graph.checks.reviews import reviews
from normbook.graph.checks.stances import stances
from normbook.graph.checks.support import support
from normbook.graph.context import CheckContext

Check = Callable[[CheckContext], Iterator[Problem]]
# checks that look at one record and what it links to, so they can run on some records only
NEAR: dict[str, Check] = {
    "references": references,
    "evidence": evidence,
    "stances": stances,
    "support": support,
    "figures": figures,
    "paraphrases": paraphrases,
    "reviews": reviews,
    "calendar": calendar,
    "identifiers": identifiers,
    "dates": dates,
    "counts": counts,
    "placeholders": placeholders,
}
# checks that compare all records of a type, so they do not run on some records only
FAR: dict[str, Check] = {
    "names": names, "circles": circles, "spans": spans, "correspondences": correspondences, "themes": themes,
    "corrections": corrections, "profiles": profiles, "redirects": redirects, "correction placeholders": correction_placeholders,
    "book": book, "editors": editors,
}  # fmt: skip
ROUND = ("spans",)  # those of FAR that can run on one source at a time
CHECKS = NEAR | FAR


def run_checks(context: CheckContext, only: Sequence[str] | None = None) -> list[Problem]:
    """The findings of the named checks, by default of all that can run on the records in question."""
    names = only if only is not None else NEAR if context.only is not None else CHECKS
    return [problem for name in names for problem in CHECKS[name](context)]

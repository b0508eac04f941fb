"""The checks over records that a schema cannot make. Each yields findings; CHECKS names them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from normbook.findings.finding import Problem
from normbook.graph.checks.calendar import calendar
from normbook.graph.checks.corrections import corrections, profiles
from normbook.graph.checks.placeholders import correction_placeholders, placeholders
from normbook.graph.checks.points import correspondences, counts, dates, themes
from normbook.graph.checks.quotations import evidence, spans
from normbook.graph.checks.references import circles, names, redirects, references
from normbook.graph.checks.reviews import reviews
from normbook.graph.checks.stances import stances
from normbook.graph.checks.support import support
from normbook.graph.context import Subject

Check = Callable[[Subject], Iterator[Problem]]
# what is found in a record by it and what it names: asked of some records it tells what is wrong with them
NEAR: dict[str, Check] = {
    "references": references,
    "evidence": evidence,
    "stances": stances,
    "support": support,
    "reviews": reviews,
    "calendar": calendar,
    "dates": dates,
    "counts": counts,
    "placeholders": placeholders,
}
# what is found by looking at all records of a kind: not asked where only some are looked at
FAR: dict[str, Check] = {
    "names": names, "circles": circles, "spans": spans, "correspondences": correspondences, "themes": themes,
    "corrections": corrections, "profiles": profiles, "redirects": redirects, "correction placeholders": correction_placeholders,
}  # fmt: skip
ROUND = ("spans",)  # of these, what can be asked of one source at a time
CHECKS = NEAR | FAR


def run_checks(subject: Subject, only: Sequence[str] | None = None) -> list[Problem]:
    """The findings of all checks that can be asked, or of those named."""
    asked = only if only is not None else NEAR if subject.only is not None else CHECKS
    return [problem for name in asked for problem in CHECKS[name](subject)]

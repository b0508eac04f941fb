"""Exceptions: warnings that a person has reviewed and accepted, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from normbook.findings.finding import Problem, is_error
from normbook.records.model import Record


def excuse(problems: Sequence[Problem], exceptions: Record | None) -> list[Problem]:
    """The findings without the excused warnings, and a finding for each exception that is unused or names an error.

    An exception names a code, a file and, if needed, the JSON Pointer of the value. It excuses only warnings: an error stays an
    error.
    """
    if exceptions is None:
        return list(problems)
    remaining = list(problems)
    for number, exception in enumerate(exceptions.fields["exceptions"]):
        excused = [
            problem
            for problem in problems
            if (problem.code, problem.path) == (exception["code"], exception["file"])
            and exception.get("at", problem.pointer) == problem.pointer
        ]
        if not excused:
            remaining.append(
                exceptions.problem(
                    f"/exceptions/{number}/code",
                    "N811",
                    f"unused exception: there is no {exception['code']} in {exception['file']}{' at ' + exception['at'] if 'at' in exception else ''}",
                    "remove the exception",
                )
            )
        elif any(map(is_error, excused)):
            remaining.append(
                exceptions.problem(
                    f"/exceptions/{number}/code",
                    "N812",
                    f"{exception['code']} is an error here, and only warnings can be excused",
                    "correct the record",
                )
            )
        else:
            remaining = [problem for problem in remaining if problem not in excused]
    return remaining

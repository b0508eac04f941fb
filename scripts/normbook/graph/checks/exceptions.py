"""Exceptions: warnings that a person has looked at and lets stand, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from normbook.findings.finding import Problem, is_error
from normbook.records.model import Record


def excuse(problems: Sequence[Problem], exceptions: Record | None) -> list[Problem]:
    """The findings without the warnings that an exception names; and a finding for each exception that excuses nothing, or an error.

    An exception names a code, a file, and where it is needed the JSON Pointer of the value. It excuses warnings alone: what is
    an error stays one.
    """
    if exceptions is None:
        return list(problems)
    left = list(problems)
    for number, each in enumerate(exceptions.fields["exceptions"]):
        meant = [
            one for one in problems if (one.code, one.path) == (each["code"], each["file"]) and each.get("at", one.pointer) == one.pointer
        ]
        if not meant:
            left.append(
                exceptions.problem(
                    f"/exceptions/{number}/code",
                    "N811",
                    f"this exception excuses nothing: there is no {each['code']} in {each['file']}{' at ' + each['at'] if 'at' in each else ''}",
                    "remove it",
                )
            )
        elif any(map(is_error, meant)):
            left.append(
                exceptions.problem(
                    f"/exceptions/{number}/code", "N812", f"{each['code']} is an error there, and no error is excused", "mend the record"
                )
            )
        else:
            left = [one for one in left if one not in meant]
    return left

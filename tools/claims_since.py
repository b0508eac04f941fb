"""Which claims each record had at one commit and has at another, and what supports them: shows whether any was dropped or divided. By hand.

    python -m tools.claims_since 5222c95 [NEW] [--records]

Without NEW it compares with the checkout. A claim is a field of a record with its value; its place in a list does not count. "Changed" is a field
whose value is another now; "dropped" a value of the first commit whose field has fewer values now; "no claim now" a value that stands there but
needs no evidence any more. `--records` prints a line for each record; dropped values are always printed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from normbook.graph.claims import SUPPORT, claims
from normbook.records.model import Record
from normbook.records.schema import select
from normbook.workspace.git import at_revision
from normbook.workspace.load import Project, load_project
from normbook.workspace.repo import Repo


class Claim(NamedTuple):
    """A field with its value, as JSON, and what supports it."""

    field: str
    value: str
    support: str


def claims_of(project: Project, record: Record) -> list[Claim]:
    """The claims of a record, each with its field (numbers of list items left out)."""
    found = claims(record, project.schemas)
    made = []
    for path, _ in project.schemas.annotated(record.type, "x-claim"):
        for pointer, value in select(record.fields, path):
            if value is not None:
                made.append(Claim(re.sub(r"/\d+", "/*", pointer), _bare(value), found.support_of(pointer)))
    return made


def _bare(value: Any) -> str:
    """A value as JSON without the evidence that stands inside it."""
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if key != "evidence"}
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def compared(old: list[Claim], new: list[Claim], fields: Any) -> dict[str, list[Claim]]:
    """The claims of one record that are kept, changed, dropped, no claim now, or new."""
    left = Counter((each.field, each.value) for each in new)
    said: dict[str, list[Claim]] = {"kept": [], "changed": [], "dropped": [], "no claim now": [], "new": []}
    rest = []
    for each in old:
        if left[each.field, each.value] > 0:
            left[each.field, each.value] -= 1
            said["kept"].append(each)
        else:
            rest.append(each)
    spare = Counter(field for (field, _), count in left.items() for _ in range(count))
    text = json.dumps(fields, ensure_ascii=False)
    for each in rest:
        if spare[each.field] > 0:
            spare[each.field] -= 1
            said["changed"].append(each)
        else:
            said["no claim now" if each.value.strip('"') in text else "dropped"].append(each)
    said["new"] = [Claim(field, "", "") for field, count in spare.items() for _ in range(count)]
    return said


def report(old: Project, new: Project, every: bool) -> int:
    """Prints the comparison; returns how many values were dropped."""
    moved = {each["from"]: each["to"] for each in (new.redirects.fields["redirects"] if new.redirects else ())}
    total: Counter[str] = Counter()
    supports: dict[str, Counter[str]] = {"before": Counter(), "after": Counter()}
    for id in sorted(old.records.keys() | new.records.keys()):
        before = claims_of(old, old.records[id]) if id in old.records else []
        after = claims_of(new, new.records[id]) if id in new.records else []
        supports["before"].update(each.support for each in before)
        supports["after"].update(each.support for each in after)
        if id not in new.records:
            where = f"now {', '.join(moved[id])}" if id in moved else "gone"
            print(f"{id}: {len(before)} claims, {where}")
            total["of records that were moved" if id in moved else "dropped"] += len(before)
            continue
        said = compared(before, after, new.records[id].fields)
        total.update({key: len(rows) for key, rows in said.items()})
        for each in said["dropped"]:
            print(f"{id}: dropped {each.field} {each.value[:100]} ({each.support})")
        if every and id in old.records:
            counted = ", ".join(f"{len(rows)} {key}" for key, rows in said.items() if rows)
            print(f"{id}: {len(before)} before, {len(after)} after: {counted or 'no claims'}")
    print("claims: " + ", ".join(f"{count} {key}" for key, count in total.items()))
    for key, words in SUPPORT.items():
        print(f"  {words:<46} {supports['before'][key]:>6} {supports['after'][key]:>6}")
    print(f"  {'all':<46} {supports['before'].total():>6} {supports['after'].total():>6}")
    print(f"records: {len(old.records)} before, {len(new.records)} after")
    return total["dropped"]


def main() -> int:
    """Compares two commits, or a commit with the checkout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new", nargs="?", default="")
    parser.add_argument("--records", action="store_true")
    asked = parser.parse_args()
    repo = Repo(Path(__file__).parents[1])
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        problems: list[Any] = []
        sides = [
            at_revision(repo, asked.old, Path(one), problems),
            at_revision(repo, asked.new, Path(two), problems) if asked.new else repo,
        ]
        if None in sides:
            print("\n".join(each.message for each in problems))
            return 2
        for each in sides:
            if each and each.root != repo.root:  # both are read with the schemas of the checkout, so that the same fields count as claims
                shutil.copytree(repo.schema, each.schema, dirs_exist_ok=True)
        old, new = (load_project(each) for each in sides if each)
        report(old, new, asked.records)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The time that a build bears, so that two builds of one state are alike."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime

from normbook.workspace.release.contracts import data_version
from normbook.workspace.repo import Repo

UNKNOWN = 315532800  # 1 January 1980, the earliest day of a file in an archive: stands for a day that is not known


def source_date(repo: Repo) -> int:
    """The time of a build, in seconds since 1970: as recorded for a release, else SOURCE_DATE_EPOCH, else that of the last commit.

    Without git, as in a downloaded archive: that of the release whose version the data has, else UNKNOWN.
    """
    if repo.release and (released := _released(repo, repo.release)):
        return released
    if (given := os.environ.get("SOURCE_DATE_EPOCH", "")).isdigit():
        return int(given)
    asked = subprocess.run(["git", "-C", str(repo.root), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False)  # noqa: S603, S607
    if asked.returncode == 0 and asked.stdout.strip().isdigit():
        return int(asked.stdout)
    return _released(repo, str(data_version(repo))) or UNKNOWN


def _released(repo: Repo, version: str) -> int:
    """The time recorded for a release, or 0 if there is no such release or its contract tells none."""
    path = repo.releases / version / "contract.json"
    try:
        return int(json.loads(path.read_text("utf-8"))["epoch"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0  # a contract that cannot be read is a finding of its own (N739)


def last_release(repo: Repo) -> str:
    """The day of the last release that the checkout has, or empty if it has none."""
    days = []
    for path in repo.releases.glob("*/contract.json"):
        try:
            days.append(str(json.loads(path.read_text("utf-8"))["prepared"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # a finding of its own (N739)
    return max(days, default="")


def day_of(epoch: int) -> str:
    """The day of a build in ISO 8601, or empty if it is not known.

    >>> day_of(1795396305), day_of(UNKNOWN)
    ('2026-11-23', '')
    """
    return "" if epoch == UNKNOWN else datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")

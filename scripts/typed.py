"""Writes scripts/normbook/reader/fields.py from the schemas."""

import sys
from pathlib import Path

from normbook.workspace.release.contracts import write_types
from normbook.workspace.repo import Repo

sys.stdout.write(f"wrote {write_types(Repo(Path(__file__).resolve().parents[1]))}\n")

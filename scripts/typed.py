"""Writes fields.py and tables.py of scripts/normbook/reader from the schemas and the record types."""

import sys
from pathlib import Path

from normbook.workspace.release.contracts import write_types
from normbook.workspace.repo import Repo

sys.stdout.writelines(f"wrote {path}\n" for path in write_types(Repo(Path(__file__).resolve().parents[1])))

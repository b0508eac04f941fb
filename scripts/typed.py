"""Writes fields.py and lists.py of scripts/normbook/reader from the schemas and the record types."""

import sys
from pathlib import Path

from normbook.paths import Repo
from normbook.pipeline.releases import write_types

sys.stdout.writelines(f"wrote {path}\n" for path in write_types(Repo(Path(__file__).resolve().parents[1])))

"""Writes scripts/normbook/reader/fields.py from the schemas."""

import sys
from pathlib import Path

from normbook.paths import Repo
from normbook.pipeline.releases import write_types

sys.stdout.write(f"wrote {write_types(Repo(Path(__file__).resolve().parents[1]))}\n")

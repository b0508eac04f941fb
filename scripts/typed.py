"""Writes fields.py and tables.py of scripts/normbook/reader from the schemas and the record types, formatted as all code is."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from normbook.workspace.release.contracts import write_types
from normbook.workspace.repo import Repo

if find_spec("ruff") is None:
    sys.exit("expected the formatter ruff, found none: run `make typed`, which installs it")
made = write_types(Repo(Path(__file__).resolve().parents[1]))
subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *made], check=True)  # noqa: S603 - paths of our own
sys.stdout.writelines(f"wrote {path}\n" for path in made)

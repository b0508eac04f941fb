"""`python -m normbook` is the command `normbook`."""

from normbook.cli import run

run()

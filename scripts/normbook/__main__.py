"""`python -m normbook` is the command `normbook`."""

from normbook.cli.main import run

run()

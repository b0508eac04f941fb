"""`python scripts/extract.py …` is `normbook extract …`."""

import sys

from normbook.cli.main import main

raise SystemExit(main(["extract", *sys.argv[1:]]))

"""`python scripts/check.py …` is `normbook check …`."""

import sys

from normbook.cli.main import main

raise SystemExit(main(["check", *sys.argv[1:]]))

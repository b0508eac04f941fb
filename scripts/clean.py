"""`python scripts/clean.py …` is `normbook clean …`."""

import sys

from normbook.cli.main import main

raise SystemExit(main(["clean", *sys.argv[1:]]))

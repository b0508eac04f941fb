"""`python scripts/build.py …` is `normbook build …`."""

import sys

from normbook.cli.main import main

raise SystemExit(main(["build", *sys.argv[1:]]))

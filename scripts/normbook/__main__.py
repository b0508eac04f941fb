"""`python -m normbook` is the command `normbook`."""

from normbook.cli import main

raise SystemExit(main())

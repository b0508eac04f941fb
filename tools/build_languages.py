"""Writes `languages/cldr/xx.toml`: the names of months and weekdays that CLDR gives for each language of the package, through Babel.

    python tools/build_languages.py [--check]

One file is written for each hand-written `languages/xx.toml`. --check writes nothing and fails if a file would change.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import babel
from babel import Locale

FOLDER = Path(__file__).parents[1] / "scripts" / "normbook" / "languages"
CONTEXTS = {"": "format", "-alone": "stand-alone"}  # as in a date ("8 сентября"), and by itself ("сентябрь")
WIDTHS = {"wide": "wide", "short": "abbreviated"}


def table(code: str) -> str:
    """The text of a language's generated file."""
    babel.localedata._cache.clear()  # else the months of one language are those of another read before (findings/babel-leak.sh)
    locale = Locale.parse(code)
    out = [f"# CLDR {babel.core.get_cldr_version()} through Babel {babel.__version__}; written by tools/build_languages.py: do not edit."]
    for section, names, first in (("months", locale.months, 1), ("weekdays", locale.days, 0)):
        out.append(f"\n[{section}]")
        for width, of in WIDTHS.items():
            for suffix, context in CONTEXTS.items():
                row = [names[context][of][n] for n in sorted(names[context][of])]
                assert min(names[context][of]) == first, f"{code}: {section} begin elsewhere"
                out.append(f"{width}{suffix} = [{', '.join(map(quoted, row))}]")
    return "\n".join(out) + "\n"


def quoted(name: str) -> str:
    """A name as a string of TOML, with underscores for its spaces; a stop behind a short name is left to the patterns."""
    bare = name.strip().rstrip(".").replace(" ", "_")
    assert not {'"', "\\"} & {*bare}, f"{name!r} is no name"
    return f'"{bare}"'


def main() -> int:
    """Writes the files; with --check returns 1 if one is out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file would change")
    check = parser.parse_args().check
    changed = []
    for path in sorted(FOLDER.glob("*.toml")):
        target, text = FOLDER / "cldr" / path.name, table(path.stem)
        if not target.is_file() or target.read_text("utf-8") != text:
            changed.append(target.name)
            if not check:
                target.parent.mkdir(exist_ok=True)
                target.write_text(text, "utf-8")
    sys.stdout.write(f"{', '.join(changed) or 'no file'} {'differs' if check else 'written'}\n")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())

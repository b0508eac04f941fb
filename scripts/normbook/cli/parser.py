"""A parser of command lines whose errors say what to do next."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

WHOLE = ("check", "derive", "editor", "build", "export", "extract", "serve", "mcp")  # commands for the whole project


class CommandParser(argparse.ArgumentParser):
    """Suggests the command that was meant; errors about the arguments of a command show how that command is used."""

    commands: Mapping[str, argparse.ArgumentParser] = {}

    def parse(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """The parsed arguments. Ends the program with status 2 if they are wrong, and after the whole help if there are none."""
        if not (sys.argv[1:] if arguments is None else arguments):
            self.print_help(sys.stderr)
            self.exit(2)
        args, unknown = self.parse_known_args(arguments)
        if unknown:
            self._refuse(self.commands.get(args.command, self), args.command, unknown)
        return args

    def _refuse(self, command: argparse.ArgumentParser, name: str, unknown: Sequence[str]) -> NoReturn:
        words = f"unexpected: {' '.join(unknown)}"
        if name in WHOLE and not unknown[0].startswith("-"):
            words += f" (`normbook {name}` takes no names: it reads the whole project)"
        command.error(words)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        from normbook.comparison.spelling import suggest

        meant = suggest(str(value), map(str, action.choices))
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise argparse.ArgumentError(action, f"expected one of {', '.join(map(str, action.choices))}; found {str(value)!r}{hint}")

"""The `hostproof` command: facts about the recommendations, and work over the reports of several machines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from hostproof import catalogue, coverage, fleet
from hostproof.errors import HostproofError, UsageError
from hostproof.merging import merge

ROOT = Path(__file__).resolve().parent.parent


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line, with an audit's exit status for that."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} ({self.prog} --help tells more)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (as in an audit: 4 for a wrong call or file, 2 when it was interrupted)."""
    parser = Parser(prog="hostproof", description="What ./audit judges, and reports of several machines made one.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    covering = commands.add_parser("coverage", help="what of the source documents is judged, and how")
    covering.add_argument("--format", choices=("text", "json"), default="text")
    covering.set_defaults(act=_coverage)
    merging = commands.add_parser("merge", help="make one report of those of several shards")
    merging.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="such as reports/shard-*")
    merging.add_argument("--output", type=Path, default=Path("reports"), metavar="FOLDER", help="default: reports")
    merging.set_defaults(act=_merge)
    fleet.add_command(commands, ROOT)
    try:
        chosen = parser.parse_args(arguments)
        return int(chosen.act(chosen))
    except HostproofError as error:
        print(f"hostproof: {error}", file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        print("hostproof: interrupted", file=sys.stderr)
        return 2


def _merge(chosen: argparse.Namespace) -> int:
    merged = merge(chosen.folders, chosen.output)
    print(*merged.lines(), sep="\n")
    return merged.status


def _coverage(chosen: argparse.Namespace) -> int:
    documents = coverage.of(catalogue.load(ROOT))
    if chosen.format == "json":
        print(json.dumps({"documents": {document.name: document.as_json() for document in documents}}, indent=2))
    else:
        print(*(line for document in documents for line in document.lines()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The `hostproof` command: what can be asked without a host."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from hostproof import catalogue
from hostproof.errors import HostproofError

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status (4 for a broken catalogue, as in an audit)."""
    parser = argparse.ArgumentParser(prog="hostproof", description="Facts about the recommendations that ./audit judges.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    coverage = commands.add_parser("coverage", help="what of the source documents is automated")
    coverage.add_argument("--format", choices=("text", "json"), default="text")
    coverage.set_defaults(run=_coverage)
    chosen = parser.parse_args(arguments)
    try:
        print(chosen.run(chosen))
    except HostproofError as error:
        print(f"hostproof: {error}", file=sys.stderr)
        return 4
    return 0


def _coverage(chosen: argparse.Namespace) -> str:
    documents = catalogue.load(ROOT).coverage()
    if chosen.format == "json":
        return json.dumps({"documents": documents}, indent=2)
    lines = []
    for name, counts in documents.items():
        lines.append(
            f"{name}: {counts['demands']} demands, {counts['automated']} automated, {counts['attested']} attested, "
            f"{len(counts['missing'])} not yet covered"
        )
        lines += [f"    not yet covered: {identifier}" for identifier in counts["missing"]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

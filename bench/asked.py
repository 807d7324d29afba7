"""The commands that an audit asks a host, for those who ask the very same without Hostproof.

As a pytest plugin (`-p asked`, with `--collect-only`) it writes them to the file that $ASKED_COMMANDS names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from hostproof.connection import Command

REPOSITORY = Path(__file__).resolve().parents[1]
SEARCH_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C; export PATH LC_ALL"


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    from hostproof.batch import commands_for

    of_a_host = [item for item in session.items if "host" in getattr(getattr(item, "callspec", None), "params", {})]
    tests = [item.function for item in of_a_host if isinstance(item, pytest.Function)]
    Path(os.environ["ASKED_COMMANDS"]).write_text(json.dumps(list(map(asdict, commands_for(tuple(tests))))))


def commands(*options: str) -> list[Command]:
    """The commands that `pytest` with these options would ask of a host."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder, "commands.json")
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "ASKED_COMMANDS": str(path)}
        command = [sys.executable, "-m", "pytest", "-p", "asked", "--collect-only", "-q", *options]
        done = subprocess.run(command, cwd=REPOSITORY, env=env, capture_output=True, text=True)
        if not path.exists():
            sys.exit(f"asked.py: pytest --collect-only said: {done.stdout[-1000:]}{done.stderr[-1000:]}")
        return [Command(**fields) for fields in json.loads(path.read_text())]


def asked_by_tests(results: Path, asked: Sequence[Command]) -> dict[str, list[str]]:
    """Which of `asked`, as shell text, each recommendation looked at, by the evidence in the results of a run."""
    from hostproof.evidence import COMMAND
    from hostproof.text import printable

    whole = {printable(command.text, COMMAND): command.text for command in asked}
    records = [json.loads(line) for line in results.read_text().splitlines()]
    return {r["recommendation"]: [whole[p["command"]] for p in r["evidence"] if p["command"] in whole] for r in records}


def program(asked: Sequence[Command]) -> str:
    """What a hand-written collector sends to `sh -s`: each command in a shell of its own, one after the other."""
    quoted = ("'" + command.text.replace("'", "'\\''") + "'" for command in asked)
    return "\n".join([SEARCH_PATH, *(f"sh -c {q} </dev/null" for q in quoted), ""])

"""lab/record [--probes=NAME,NAME] [CASE...]: asks hosts of the lab what the probes ask, and writes down what they answer.

A CASE is a kind of host, or one of those in selftests/recorded/cases.yml; without any, all are recorded. The questions
travel through the engine's own session. Of a case that the lab cannot make, the old answers are only read again.
With --probes only these are asked, as when one has got a new reading.
What the readers make of the answers is written down as it is: read the changes before you commit them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from recordings import Case, Recording, cases, recordings

from hostproof import probes
from hostproof.connection import Connection
from hostproof.inventory import hosts_from

REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> None:
    known = cases()
    parser = argparse.ArgumentParser(prog="lab/record", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wanted", nargs="*", metavar="CASE", help=", ".join(known))
    parser.add_argument("--probes", type=lambda text: text.split(","), help="ask only these probes: NAME,NAME")
    arguments = parser.parse_args()
    if arguments.probes:
        if strange := sorted(set(arguments.probes) - probes.names()):
            parser.error(f"there is no probe {', '.join(strange)}: there are {', '.join(sorted(probes.names()))}")
        known = {name: asked for name, case in known.items() if (asked := case.only(arguments.probes)).probes}
    wanted = arguments.wanted or list(known)
    if strange := sorted(set(wanted) - set(known)):
        parser.error(f"there is no case {', '.join(strange)}: see lab/record --help")
    read_again([known[name] for name in wanted if known[name].by_hand])
    chosen = [known[name] for name in wanted if not known[name].by_hand]
    chosen.sort(key=lambda case: (case.kind, case.profile))
    for (kind, profile), alike in groupby(chosen, key=lambda case: (case.kind, case.profile)):
        with golden_host(kind, profile) as host:
            for case in alike:
                lab("reset", host)
                record(host, case)


def read_again(chosen: list[Case]) -> None:
    """Write down what the readers make of answers that are there."""
    wanted = {(case.name, probe) for case in chosen for probe in case.probes}
    for recording in recordings():
        if (recording.case, recording.probe) in wanted:
            recording.save(recording.answer())


def record(host: str, case: Case) -> None:
    """Make the case of a golden host, ask it and save its answers."""
    asked = [(probe, reading.name) for probe in case.probes for reading in probes.probe_class(probe).readings()]
    wanted = [Recording(probe, case.name, name) for probe, name in asked]
    (description,) = hosts_from("inventories/lab.yml", limit=host, folder=REPOSITORY).hosts
    connection = Connection(description)
    try:
        connection.gather([])  # logs in before the change, which may take away every way to do so
        apply(host, case.script())
        connection.gather(recording.reading.command for recording in wanted)
        for recording in wanted:
            recording.save(connection.ask(recording.reading.command))
    finally:
        connection.close()
    print(f"{case.name}: {len(wanted)} readings of {', '.join(case.probes)}", flush=True)


def apply(host: str, script: str) -> None:
    if script:
        with tempfile.NamedTemporaryFile("w", suffix=".sh") as file:
            file.write(script)
            file.flush()
            lab("apply", host, file.name)


@contextmanager
def golden_host(kind: str, profile: str) -> Iterator[str]:
    """The name of a host of the lab, which is taken down in the end."""
    name = f"rec{os.getpid()}-{kind}-{profile}"  # several checkouts may record at the same time
    lab("up", "--profile", profile, f"{name}={kind}")
    try:
        yield name
    finally:
        lab("down", name)


def lab(*arguments: str) -> None:
    """Run the lab's command; what it says is only shown when it fails."""
    run = subprocess.run([REPOSITORY / "lab" / "lab", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"lab {' '.join(arguments)} ended with {run.returncode}: {run.stdout}{run.stderr}")


if __name__ == "__main__":
    main()

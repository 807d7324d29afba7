"""`hostproof fleet`: a fleet's shards as tasks of a Dask cluster, each judged from within its own network zone.

    task       what runs on a worker: the audit of one shard, in the worker's own checkout
    cluster    sends tasks, waits for them, and says why some never came back

Dask is an extra (`pip install 'hostproof[cluster]'`). Who reaches its scheduler runs code on its workers, so only
connections on which both sides show a certificate are used.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

from hostproof.audit import Audit, selection_from
from hostproof.errors import UsageError
from hostproof.fleet.cluster import Cluster
from hostproof.manifest import Manifest
from hostproof.merging import merge
from hostproof.sharding import MOST, Shard, number_of, shard_from
from hostproof.text import how_many

HOSTS_PER_TASK = 20  # so that a worker that dies costs little, and the start of a process does not count
INTERRUPTED = 2
AUDITS = {
    "hosts": "WHICH",
    "limit": "PATTERN",
    "ansible_inventory": "PATH",
    "ssh_config": "PATH",
    "ssh_identity_file": "PATH",
    "sudo_user": "NAME",
    "profile": "NAME",
    "recommendations": "ID,ID",
}  # options that are an audit's, and mean what they mean there; paths are the workers'


def add_command(commands: Any, root: Path) -> None:
    """Add `fleet` to the command line's sub-commands; `root` is the checkout that it is called from."""
    parser = commands.add_parser("fleet", help="judge hosts by many machines: the workers of a Dask cluster")
    parser.add_argument("--scheduler", required=True, metavar="tls://HOST:PORT")
    for name, what in (("ca", "authority"), ("cert", "certificate"), ("key", "key of the certificate")):
        parser.add_argument(f"--tls-{name}", required=True, type=_file, metavar="FILE", help=f"{what}, PEM")
    for name, value in AUDITS.items():
        parser.add_argument(_option(name), metavar=value, help="as for ./audit")
    parser.add_argument("--sudo", action="store_true", help="as for ./audit")
    parser.add_argument("--connect-timeout", type=int, default=10, metavar="SECONDS", help="as for ./audit")
    parser.add_argument("--run", metavar="NAME", help="a name for the run: who calls again with it goes on with it")
    parser.add_argument("--shards", type=_shards, metavar="N", help=f"default: so many that one has {HOSTS_PER_TASK} hosts")
    parser.add_argument(
        "--wait", type=float, default=120.0, metavar="SECONDS", help="for a worker to come, or to come back (default: 120)"
    )
    parser.add_argument("--reports", type=Path, default=Path("reports"), metavar="FOLDER", help="default: reports")
    parser.set_defaults(act=_run, root=root)


def _run(chosen: argparse.Namespace) -> int:
    """Judge the hosts, merge what came back, print it; returns the exit status."""
    cluster = Cluster(chosen.scheduler, chosen.tls_ca, chosen.tls_cert, chosen.tls_key, chosen.wait)
    selection = selection_from(vars(chosen), chosen.root)
    only = None if chosen.recommendations is None else [word.strip() for word in chosen.recommendations.split(",")]
    audit = Audit(chosen.root, selection, chosen.profile, only, connect_timeout=chosen.connect_timeout)
    expected = Manifest.of(audit.targets.values(), audit.catalogue, Shard(), chosen.run or os.urandom(8).hex())
    shards = shards_of(expected, chosen.shards)
    folders: list[Path] = []
    why: dict[Shard, str] = {}
    with cluster.connected() as connection:
        for note in selection.notes:
            print(f"note: {note}")
        print(f"{how_many(len(expected.hosts), 'host')} in {how_many(len(shards), 'shard')}", flush=True)
        for shard, came in connection.judge(shards, list(_arguments(chosen, expected.name))):
            folder = chosen.reports / shard.folder
            try:
                reason = came.write(folder)
            except OSError as error:
                raise UsageError(f"cannot write reports to {folder}: {error.strerror}") from None
            if reason:
                why[shard] = reason
            else:
                folders.append(folder)
            print(f"[{len(folders) + len(why)}/{len(shards)}] {shard}: {reason or 'judged'}", flush=True)
    merged = merge(folders, chosen.reports, expected, why)
    print(*merged.lines(), sep="\n")
    return INTERRUPTED if connection.interrupted else merged.status


def shards_of(expected: Manifest, of: int | None = None) -> list[Shard]:
    """The shards that hold the hosts, by zone where hosts have zones. Raises UsageError for a zone that is no name."""
    zones = Counter(host.zone for host in expected.hosts.values())
    of = of or min(MOST, ceil(max(zones.values()) / HOSTS_PER_TASK))
    for zone in zones:
        shard_from(None, zone)
    zoned = any(zones)
    parts = {Shard(number_of(n, of), of, host.zone if zoned else None) for n, host in expected.hosts.items()}
    return sorted(parts, key=lambda shard: (shard.zone or "", shard.number))


def _arguments(chosen: argparse.Namespace, run: str) -> Iterator[str]:
    for name in AUDITS:
        if (value := getattr(chosen, name)) is not None:
            yield f"{_option(name)}={value}"
    if chosen.sudo:
        yield "--sudo"
    yield f"--connect-timeout={chosen.connect_timeout}"
    yield f"--run={run}"


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _file(text: str) -> str:
    if not Path(text).is_file():
        raise UsageError(f"{ascii(text)[:200]} is no file: a PEM file is expected")
    return text


def _shards(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:7]) <= MOST:
        raise UsageError(f"--shards={ascii(text)[:60]}: a number from 1 to {MOST} is expected")
    return int(text)

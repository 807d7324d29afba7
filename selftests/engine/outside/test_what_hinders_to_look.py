"""From options to verdicts, with a real nmap that something hinders: what it would have shown is unknown, and the rest stands.

Two network namespaces are joined by a cable: in the one the audit runs, in the other one there is the host that is looked at, at
addresses that nobody has elsewhere. What is judged from inside is this machine, so that nothing but the looking can go wrong.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(shutil.which("nmap") is None, reason="needs nmap"),
    pytest.mark.skipif(os.geteuid() != 0, reason="network namespaces need root"),
]
V4, V6 = "198.18.99.2", "2001:db8:18::2"
LOOKS = """
from hostproof import cannot_tell, recommendation

@recommendation("first")
def test_first(host):
    reachable = host.outside.reachable
    if missing := host.outside.unseen:
        cannot_tell("; ".join(missing))
    assert not reachable, reachable

@recommendation("second")
def test_second(host):
    assert host.file("/").is_directory
"""


@dataclass
class Cable:
    """Two processes that keep a network namespace each: of the audit, and of the host that is looked at."""

    here: int
    there: int

    @property
    def through(self) -> list[str]:
        """The words that start a command where the audit runs."""
        return self._enter(self.here)

    def at(self, which: int, *command: str) -> None:
        """Run a command in one of the two."""
        subprocess.run([*self._enter(which), *command], check=True, capture_output=True)

    def _enter(self, which: int) -> list[str]:
        return ["nsenter", f"--net=/proc/{which}/ns/net"]


@pytest.fixture
def cable() -> Iterator[Cable]:
    keepers = [subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec sleep 600"], stdout=subprocess.PIPE) for _ in "ab"]
    try:
        for keeper in keepers:
            keeper.stdout.readline()  # it has a namespace of its own now
        joined = Cable(*(keeper.pid for keeper in keepers))
        peer = ["type", "veth", "peer", "name", "eth0", "netns", str(joined.there)]
        joined.at(joined.here, "ip", "link", "add", "eth0", *peer)
        for which, last in ((joined.here, 1), (joined.there, 2)):
            for interface in ("lo", "eth0"):
                joined.at(which, "ip", "link", "set", interface, "up")
            joined.at(which, "ip", "address", "add", f"198.18.99.{last}/24", "dev", "eth0")
            joined.at(which, "ip", "address", "add", f"2001:db8:18::{last}/64", "dev", "eth0", "nodad")
        yield joined
    finally:
        for keeper in keepers:
            keeper.kill()
            keeper.communicate()


@pytest.fixture
def looking(project):
    project.write("tests/topic/test_topic.py", LOOKS)
    inventory(project, {"a": {"ansible_connection": "local", "hostproof_addresses": [V4, V6]}})
    return project


def inventory(project, hosts: dict[str, dict]) -> None:
    project.write("inventories/many.yml", json.dumps({"all": {"hosts": hosts}}))


def judged(outcome, reason: str) -> None:
    """The first recommendation of `a` is unknown for that reason; the second one stands."""
    assert outcome.status == 6, outcome.text
    assert outcome.verdicts["a", "first"] == "unknown"
    assert reason in outcome.results["a", "first"]["reason"]
    assert outcome.verdicts["a", "second"] == "pass"
    assert "Traceback" not in outcome.text


def test_when_nothing_hinders_it_is_seen_that_nothing_answers(looking, cable):
    outcome = looking.run("--hosts=many", "--vantage=untrusted", "--probe-rate=2000", through=cable.through)

    assert outcome.verdicts == {("a", "first"): "pass", ("a", "second"): "pass"}, outcome.results["a", "first"]["reason"]


def test_nmap_is_missing(looking, cable):
    hidden = f'mount --bind /dev/null {shutil.which("nmap")} && exec "$@"'
    through = [*cable.through, "unshare", "--mount", "sh", "-c", hidden, "sh"]

    outcome = looking.run("--hosts=many", "--vantage=untrusted", through=through)

    judged(outcome, "nobody could look from outside: nmap is not installed on this machine")


def test_nmap_is_killed_half_way(looking, cable):
    killed: list[int] = []
    killer = threading.Thread(target=kill_each_nmap, args=(cable.here, killed))
    killer.start()

    outcome = looking.run("--hosts=many", "--vantage=untrusted", "--probe-rate=37", through=cable.through)

    killer.join()
    assert killed
    judged(outcome, "nmap on this machine ended with status 137")


def kill_each_nmap(keeper: int, killed: list[int]) -> None:
    """Kill those, and only those, that ask ports within the namespace of `keeper`, once they do."""
    namespace = os.readlink(f"/proc/{keeper}/ns/net")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (running := nmaps_in(namespace)) == []:
        time.sleep(0.1)
    time.sleep(1)  # they are half-way
    for process in running:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
            killed.append(process)


def nmaps_in(namespace: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if words[0] == b"nmap" and b"-p" in words and os.readlink(folder / "ns/net") == namespace:
                found.append(int(folder.name))
    return found


def test_the_host_is_down(looking, cable):
    cable.at(cable.there, "ip", "link", "set", "eth0", "down")

    outcome = looking.run("--hosts=many", "--vantage=untrusted", "--probe-rate=2000", through=cable.through)

    judged(outcome, f"no way leads from there to {V4}")


def test_a_name_does_not_resolve(looking, cable):
    local = {"ansible_connection": "local", "hostproof_addresses": [V4, V6]}
    inventory(looking, {"a": local, "b": {"ansible_host": "no-such-host.invalid"}})

    outcome = looking.run(
        "--hosts=many", "--vantage=untrusted", "--probe-rate=2000", "--connect-timeout=2", through=cable.through
    )

    assert outcome.status == 6, outcome.text
    assert {key: verdict for key, verdict in outcome.verdicts.items() if key[0] == "a"} == {
        ("a", "first"): "pass",
        ("a", "second"): "pass",
    }
    assert outcome.verdicts["b", "first"] == "unknown"
    assert "no-such-host.invalid" in outcome.results["b", "first"]["reason"]


def test_no_route_leads_to_an_ipv6_address(looking, cable):
    inventory(looking, {"a": {"ansible_connection": "local", "hostproof_addresses": [V4, "2001:db8:77::7"]}})

    outcome = looking.run("--hosts=many", "--vantage=untrusted", "--probe-rate=2000", through=cable.through)

    judged(outcome, "no way leads from there to 2001:db8:77::7")


def test_looking_takes_longer_than_it_may(looking, cable):
    looking.write("impatient.py", "from hostproof.outside import vantage\n\nvantage.PATIENCE = 3\n")

    outcome = looking.run(
        "--hosts=many", "--vantage=untrusted", "--probe-rate=10", "-p", "impatient", through=cable.through
    )

    judged(outcome, f"{V4} took nmap longer than it may")

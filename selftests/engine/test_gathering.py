"""Many hosts are visited at once, and hosts that do not answer keep nobody waiting."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest


class SilentHosts:
    """Hosts that take connections and say nothing, until all of them keep somebody waiting at once: then they hang up."""

    def __init__(self, count: int) -> None:
        self.together = threading.Event()
        self._waiting = threading.Barrier(count, action=self.together.set)
        self._listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
        self.hosts = [f"ssh://nobody@127.0.0.1:{listener.getsockname()[1]}" for listener in self._listeners]
        for listener in self._listeners:
            threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError, threading.BrokenBarrierError):
            line, _ = listener.accept()
            with line:
                self._waiting.wait()

    def close(self) -> None:
        self._waiting.abort()
        for listener in self._listeners:
            listener.close()


@pytest.fixture
def silent_hosts():
    with closing(SilentHosts(12)) as silent:
        yield silent


@pytest.fixture
def many_names(project, start_sshd):
    """An inventory of `count` hosts that are all served by one sshd."""

    def write(count: int, sshd_config: str) -> list[str]:
        sshd = start_sshd(sshd_config)
        user = re.fullmatch(r"ssh://(.+)@.*", sshd.host)[1]
        hosts = ", ".join(f"h{number}: {{}}" for number in range(count))
        login = f"{{ansible_host: 127.0.0.1, ansible_port: {sshd.port}, ansible_user: {user}}}"
        project.write("inventories/many.yml", f"all: {{hosts: {{{hosts}}}, vars: {login}}}")
        folder = sshd.folder
        return ["--hosts=many", f"--ssh-config={folder}/ssh_config", f"--ssh-identity-file={folder}/user_key"]

    return write


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_silent_hosts_are_waited_for_side_by_side(project, start_sshd, silent_hosts, workers):
    sshds = [start_sshd(), start_sshd()]

    outcome = project.run("--hosts=" + ",".join([*silent_hosts.hosts, *(s.host for s in sshds)]), "--connect-timeout=30", workers)

    assert sorted(outcome.verdicts.values()) == ["pass"] * 4 + ["unknown"] * 24, outcome.text
    assert [sshd.logins for sshd in sshds] == [1, 1]
    assert silent_hosts.together.is_set(), outcome.text


def test_a_host_that_stays_silent_costs_one_timeout(project, start_sshd, silent_hosts):
    (silent, *_), sshd = silent_hosts.hosts, start_sshd()
    began = time.monotonic()

    outcome = project.run(f"--hosts={silent},{sshd.host}", "--connect-timeout=3")

    assert sorted(outcome.verdicts.values()) == ["pass"] * 2 + ["unknown"] * 2, outcome.text
    assert "after 3." in outcome.text
    assert time.monotonic() - began >= 3


def test_hosts_are_connected_to_while_tests_are_collected(project, start_sshd):
    sshd = start_sshd()
    wait = (
        "import time, pathlib\n"
        f"log, deadline = pathlib.Path({str(sshd.folder / 'log')!r}), time.monotonic() + 60\n"
        "while 'Accepted publickey' not in log.read_text():\n"
        "    assert time.monotonic() < deadline\n"
        "    time.sleep(0.1)\n"
    )
    project.write("tests/topic/conftest.py", wait)

    outcome = project.run(f"--hosts={sshd.host}")

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    assert sshd.logins == 1


@pytest.mark.parametrize(
    ("option", "visited"),
    [
        ("--collect-only", [0, 0]),
        ("--fixtures", [0, 0]),
        ("--markers", [0, 0]),
        ("-k first", [1, 1]),
        ("tests/topic/test_topic.py::test_first[b]", [0, 1]),
        ("--limit=a", [1, 0]),
    ],
)
def test_nobody_is_connected_to_who_may_have_no_test(project, start_sshd, option, visited):
    sshds = [start_sshd(), start_sshd()]
    project.write("tests/topic/conftest.py", "import time\ntime.sleep(1)\n")
    text = "all: {hosts: {a: {ansible_port: %d}, b: {ansible_port: %d}}, vars: {ansible_host: 127.0.0.1}}"
    project.write("inventories/two.yml", text % tuple(sshd.port for sshd in sshds))

    outcome = project.run("--hosts=two", *option.split())

    visits = [sshd.log.count("Connection from") for sshd in sshds]
    assert visits == visited, outcome.text


def test_what_was_begun_for_nothing_ends_with_the_run(project, start_sshd, silent_hosts):
    sshd = start_sshd()
    project.write("tests/topic/test_broken.py", "import time\ntime.sleep(1)\nraise ValueError('broken')\n")

    outcome = project.run("--hosts=" + ",".join([*silent_hosts.hosts[:2], sshd.host]), timeout=60)

    assert outcome.status == 2, outcome.text
    assert "1 error" in outcome.text
    assert outcome.verdicts == {}


def test_hosts_that_are_ready_go_first(project, start_sshd, silent_hosts):
    sshd = start_sshd()

    outcome = project.run("--hosts=" + ",".join([*silent_hosts.hosts[:3], sshd.host]), "--connect-timeout=3")

    assert re.search(r"^\[1/4\] \S+: 2 pass$", outcome.text, re.MULTILINE), outcome.text


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_a_crowd_of_hosts_does_not_storm_one_sshd(project, many_names, workers):
    outcome = project.run(*many_names(40, "MaxStartups 10:100:10"), workers)

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    assert len(outcome.verdicts) == 80


def test_names_of_one_host_do_not_depend_on_each_other(project, many_names):
    options = many_names(6, "")
    config = Path(options[1].partition("=")[2])
    config.write_text(config.read_text() + f"  ControlMaster auto\n  ControlPath {config.parent}/c\n")

    outcome = project.run(*options)

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    assert len(outcome.verdicts) == 12


def test_one_connection_at_a_time_is_possible(project, many_names):
    outcome = project.run(*many_names(4, "MaxStartups 1:100:1"), "--max-connections=1")

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text


def test_without_a_batch_verdicts_are_the_same(project, start_sshd):
    sshd = start_sshd()

    outcome = project.run(f"--hosts={sshd.host}", "--no-batch")

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    assert sshd.logins == 1


@pytest.mark.parametrize("option", ["--max-connections=0", "--connect-timeout=0", "--max-connections=x"])
def test_limits_are_numbers_from_one_on(project, option):
    outcome = project.run("--hosts=local://", option)

    assert outcome.status == 4
    assert option.partition("=")[0] in outcome.text
    assert "Traceback" not in outcome.text

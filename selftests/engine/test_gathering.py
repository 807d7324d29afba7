"""Many hosts are visited at once, and hosts that do not answer keep nobody waiting."""

from __future__ import annotations

import re
import socket
import time
from contextlib import ExitStack

import pytest


@pytest.fixture
def silent_hosts():
    """Hosts whose port takes connections and never says anything."""
    with ExitStack() as sockets:

        def listen(count: int) -> list[str]:
            listeners = [sockets.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
            return [f"ssh://nobody@127.0.0.1:{listener.getsockname()[1]}" for listener in listeners]

        yield listen


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
def test_silent_hosts_cost_one_timeout_in_all(project, start_sshd, silent_hosts, workers):
    silent, sshds = silent_hosts(12), [start_sshd(), start_sshd()]
    began = time.monotonic()

    outcome = project.run("--hosts=" + ",".join([*silent, *(s.host for s in sshds)]), "--connect-timeout=4", workers)

    took = time.monotonic() - began
    assert sorted(outcome.verdicts.values()) == ["pass"] * 4 + ["unknown"] * 24, outcome.text
    assert [sshd.logins for sshd in sshds] == [1, 1]
    assert took < 2 * 4 + 6, outcome.text


def test_hosts_that_are_ready_go_first(project, start_sshd, silent_hosts):
    sshd = start_sshd()

    outcome = project.run("--hosts=" + ",".join([*silent_hosts(3), sshd.host]), "--connect-timeout=3")

    assert re.search(r"^\[1/4\] \S+: 2 pass$", outcome.text, re.MULTILINE), outcome.text


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_a_crowd_of_hosts_does_not_storm_one_sshd(project, many_names, workers):
    outcome = project.run(*many_names(40, "MaxStartups 10:100:10"), workers)

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    assert len(outcome.verdicts) == 80


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

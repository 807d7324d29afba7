"""Audits over real ssh: one connection per host, and every way in which it can go wrong."""

from __future__ import annotations

import socket

import pytest


def test_one_connection_serves_a_whole_host(project, start_sshd):
    sshd = start_sshd()

    outcome = project.run(f"--hosts={sshd.host}")

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    assert outcome.status == 0
    assert sshd.logins == 1


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_one_connection_per_host_whatever_the_workers(project, start_sshd, workers):
    sshds = [start_sshd() for _ in range(3)]

    outcome = project.run("--hosts=" + ",".join(sshd.host for sshd in sshds), workers)

    assert len(outcome.verdicts) == 6, outcome.text
    assert set(outcome.verdicts.values()) == {"pass"}
    assert [sshd.logins for sshd in sshds] == [1, 1, 1]
    assert "[3/3]" in outcome.text


def test_a_refused_host_is_one_line_and_the_others_go_on(project, start_sshd):
    sshd = start_sshd()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        outcome = project.run(f"--hosts=ssh://nobody@127.0.0.1:{port},{sshd.host}")

    assert sorted(outcome.verdicts.values()) == ["pass", "pass", "unknown", "unknown"], outcome.text
    assert outcome.status == 6
    lines = [line for line in outcome.text.splitlines() if "unreachable: Connection refused by 127.0.0.1 port" in line]
    assert len(lines) == 2  # once while it goes on, once in the summary
    unknown = [r for r in outcome.results.values() if r["verdict"] == "unknown"]
    assert all("unreachable: Connection refused" in r["reason"] and not r["reached"] for r in unknown)


def test_a_name_that_does_not_resolve(project):
    outcome = project.run("--hosts=ssh://no-such-host.invalid")

    assert "does not resolve" in outcome.text
    assert outcome.status == 6


def test_a_changed_host_key(project, start_sshd):
    sshd = start_sshd()
    sshd.new_host_key()

    outcome = project.run(f"--hosts={sshd.host}")

    assert outcome.status == 6
    assert "its SSH host key has changed" in outcome.text
    assert "known_hosts line 1" in outcome.text


def test_an_unknown_host_key(project, start_sshd):
    sshd = start_sshd()
    (sshd.folder / "known_hosts").write_text("")

    outcome = project.run(f"--hosts={sshd.host}")

    assert outcome.status == 6
    assert "is not in known_hosts" in outcome.text


def test_a_login_that_is_refused(project, start_sshd):
    sshd = start_sshd()
    (sshd.folder / "authorized_keys").write_text("")

    outcome = project.run(f"--hosts={sshd.host}")

    assert outcome.status == 6
    assert "Permission denied (publickey" in outcome.text


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("head -c 100000 /dev/urandom", "unreachable"),
        ("yes garbage", "before its shell answers"),
        ("echo This account is not available.; exit 1", "unreachable"),
        ("sh -c \"read -r a; sleep 1\"", "unreachable"),
    ],
)
def test_a_host_that_is_no_shell(project, start_sshd, command, reason):
    sshd = start_sshd(f"ForceCommand {command}")

    outcome = project.run(f"--hosts={sshd.host}")

    assert set(outcome.verdicts.values()) == {"unknown"}, outcome.text
    assert outcome.status == 6
    assert reason in outcome.text
    assert "Traceback" not in outcome.text


def test_a_host_that_closes_in_mid_run_keeps_what_was_gathered(project, start_sshd):
    sshd = start_sshd('ForceCommand sh -c "SHELL_PID=$$; export SHELL_PID; exec sh"')
    project.write(
        "tests/topic/test_topic.py",
        "from hostproof import recommendation\n"
        '@recommendation("first")\ndef test_first(host):\n    assert host.run("true").rc == 0\n'
        '@recommendation("second")\ndef test_second(host):\n    assert host.run("kill -9 $SHELL_PID").rc == 0\n',
    )

    outcome = project.run(f"--hosts={sshd.host}")

    assert [r["verdict"] for r in outcome.results.values()] == ["pass", "unknown"], outcome.text
    assert "closed the session" in outcome.text


def test_a_port_that_accepts_and_says_nothing(project):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # the kernel completes the connection; nobody ever reads or writes it
        outcome = project.run(f"--hosts=ssh://x@127.0.0.1:{listener.getsockname()[1]}", "--connect-timeout=2")

    assert outcome.status == 6
    assert "unreachable" in outcome.text


def test_no_password_is_ever_in_a_process_list(project):
    outcome = project.run("--hosts=ssh://root:hunter2@127.0.0.1")

    assert outcome.status == 4
    assert "hunter2" not in outcome.text

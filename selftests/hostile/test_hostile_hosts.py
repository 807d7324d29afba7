"""Hosts whose login, shell or answers are not as they should be: each gets its right verdict or unknown, in bounded time and
memory, and a host beside them is judged as if they were not there."""

from __future__ import annotations

import getpass
import json
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from audits import PASSING, Outcome, new_project, sshds

MEMORY = 1024**3  # bytes of address space that each process of the run may have
PATIENCE = 45  # seconds: a command's bound of 20, our grace of 15, and the rest of the run
ESCAPES = r"\033]0;title\007\033[31m"

# The real shell, whose first lines come through; what the host says after those is up to the case.
THEN = "sh -c 'sh | {{ {lines}exec {program}; }}'".format
LINE = 'read -r a; printf "%s\\n" "$a"; '
GREETED, IN_AN_ANSWER = 2 * LINE, 3 * LINE

AS_REQUIRED = {
    "banner": "Banner {folder}/banner",
    "motd": f"ForceCommand printf 'Welcome!\\n{ESCAPES}\\377\\000\\n'; exec $SSH_ORIGINAL_COMMAND",
    "words-on-stderr": "ForceCommand echo 'Last login: never' >&2; exec $SSH_ORIGINAL_COMMAND",
    "fish": 'ForceCommand exec fish -c "$SSH_ORIGINAL_COMMAND"',
    "csh": 'ForceCommand exec csh -c "$SSH_ORIGINAL_COMMAND"',
    "restricted-bash": 'ForceCommand exec rbash -c "$SSH_ORIGINAL_COMMAND"',
    "one-session": "MaxSessions 1",
    "alone": "",
}
UNKNOWN = {
    "nologin": ("ForceCommand /usr/sbin/nologin", "This account is currently not available|unreachable"),
    "another-program": ("ForceCommand date", "unreachable"),
    "sftp-only": ("ForceCommand internal-sftp", "unreachable"),
    "no-sessions": ("MaxSessions 0", "unreachable"),
    "endless-banner": (f"ForceCommand yes '{'x' * 70}'", "before its shell answers"),
    "ends-in-mid-batch": ("ForceCommand " + THEN(lines=GREETED, program="true"), "closed the session"),
    "reset-in-mid-batch": ("ForceCommand " + THEN(lines=GREETED, program='sh -c "kill -9 0"'), "closed the session"),
    "forged-frames": (
        "ForceCommand " + THEN(lines=GREETED, program="echo @0123456789abcdef ready 0; echo @0123456789abcdef begin 1"),
        "no answer|closed the session",
    ),
    "one-byte-a-second": (
        "ForceCommand " + THEN(lines=IN_AN_ANSWER, program='sh -c "while printf =; do sleep 1; done"'),
        "no answer within",
    ),
    "one-endless-line": (
        "ForceCommand " + THEN(lines=IN_AN_ANSWER, program="head -c 1073741824 /dev/zero"),
        "no answer|sent more than",
    ),
    "short-lines-for-ever": ("ForceCommand " + THEN(lines=IN_AN_ANSWER, program="yes ="), "no answer|sent more than"),
}
# What reads our program although it is no POSIX shell: the program is sent before anybody knows.
STRANGERS = ("csh", "fish", "rbash", "python3", "cat", "tr a-z A-Z", "head -n 3")
SHELLS = ("csh", "fish", "rbash")


@contextmanager
def little_memory() -> Iterator[None]:
    """Processes started meanwhile cannot take more than MEMORY."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def needs_shells() -> None:
    if missing := [shell for shell in SHELLS if not shutil.which(shell)]:
        pytest.skip(f"needs {', '.join(missing)}")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, float]]:
    """One run over all of them, and how many seconds it took."""
    needs_shells()
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "banner").write_bytes(b"Go away!\n\x1b]0;title\x07\x1b[31m\xff\x00\n")
    cases = {**{name: lines for name, (lines, _) in UNKNOWN.items()}, **AS_REQUIRED}
    project = new_project(folder)
    with sshds(folder) as start:
        hosts = {}
        for name, lines in cases.items():
            sshd = start(lines.replace("{folder}", str(folder)))
            hosts[name] = {
                "ansible_host": "127.0.0.1",
                "ansible_port": sshd.port,
                "ansible_user": getpass.getuser(),
                "ansible_ssh_private_key_file": f"{sshd.folder}/user_key",
                "hostproof_known_hosts": f"{sshd.folder}/known_hosts",
            }
        project.write("inventories/hostile.yml", json.dumps({"all": {"hosts": hosts}}))
        begun = time.monotonic()
        with little_memory():
            outcome = project.run("--hosts=hostile", timeout=900)
        yield outcome, time.monotonic() - begun


@pytest.mark.parametrize("name", AS_REQUIRED)
def test_what_can_be_seen_is_judged(run, name):
    outcome, _ = run

    verdicts = {verdict for (host, _), verdict in outcome.verdicts.items() if host == name}
    assert verdicts == {"pass"}, outcome.text[-3000:]


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_cannot_be_seen_is_unknown(run, name):
    outcome, _ = run
    lines, reason = UNKNOWN[name]

    records = [record for (host, _), record in outcome.results.items() if host == name]
    assert [record["verdict"] for record in records] == ["unknown", "unknown"], outcome.text[-3000:]
    assert all(any(part in record["reason"] for part in reason.split("|")) for record in records), records[0]["reason"]
    assert all(record["reached"] == ("sh |" in lines) for record in records)


def test_nobody_takes_longer_than_a_command_may(run):
    _, seconds = run
    slow = ("one-byte-a-second", "one-endless-line", "short-lines-for-ever")

    assert seconds < PATIENCE * len(slow)


def test_nothing_gets_to_the_terminal(run):
    outcome, _ = run

    assert "\x1b" not in outcome.text
    assert "Traceback" not in outcome.text


def test_who_is_no_shell_does_nothing_with_our_program(tmp_path):
    needs_shells()
    project = new_project(tmp_path)
    homes = [tmp_path / f"home{number}" for number in range(len(STRANGERS))]
    with sshds(tmp_path) as start:
        hosts = [start(f"ForceCommand cd {home} && exec {stranger}").host for home, stranger in zip(homes, STRANGERS, strict=True)]
        for home in homes:
            home.mkdir()

        outcome = project.run("--hosts=" + ",".join(hosts), timeout=300)

    assert set(outcome.verdicts.values()) == {"unknown"}, outcome.text
    assert len(outcome.verdicts) == 2 * len(STRANGERS)
    assert [path for home in homes for path in home.iterdir()] == []


@pytest.mark.parametrize("batch", [[], ["--no-batch"]])
def test_a_command_that_leaves_something_running_does_not_lose_its_host(project, start_sshd, batch):
    sshd = start_sshd()
    project.write("tests/topic/test_topic.py", PASSING.replace("echo yes", "sleep 60 & setsid sleep 60 & echo yes"))
    began = time.monotonic()

    outcome = project.run(f"--hosts={sshd.host}", *batch)

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    assert time.monotonic() - began < 30


def test_what_a_command_prints_is_bounded_and_escaped(project, start_sshd):
    sshd = start_sshd()
    project.write(
        "tests/topic/test_topic.py",
        "from hostproof import recommendation\n"
        '@recommendation("first")\ndef test_first(host):\n'
        '    assert host.run("head -c 1073741824 /dev/zero").rc == 0\n'
        '@recommendation("second")\ndef test_second(host):\n'
        f'    said = host.run(r"printf \'{ESCAPES}\\377\'").stdout\n    assert not said, said\n',
    )

    with little_memory():
        outcome = project.run(f"--hosts={sshd.host}")

    gigabyte, escapes = outcome.results.values()
    assert (gigabyte["verdict"], escapes["verdict"]) == ("unknown", "fail"), outcome.text
    assert "printed more than" in gigabyte["reason"]
    assert escapes["reason"] == r"\x1b]0;title\x07\x1b[31m\xff"
    assert "\x1b" not in outcome.text

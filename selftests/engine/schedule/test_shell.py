"""What a line of shell runs in the end."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostproof.probes.schedule.shell import NotShell, Walk
from hostproof.probes.schedule.wrappers import unwrapped

FILES = {"/usr/bin/aide": True, "/usr/sbin/anacron": True, "/run/systemd/system": True, "/missing": False}

# fmt: off
PIECES = [
    "aide", "--check", "'", '"', "`", "$(", ")", "(", "{", "}", "&&", ";", "&", "|", "||", "<<E", "\nE\n", "<", ">", "2>&1", "$A",
    "${A}", "A=", "\\", "#", "$((", "exit", "exec", " ", "\n", "if ", "then ", "else ", "elif ", "fi ", "case x in ", "esac ", "! ",
    "[ -x /missing ]", "\0",
]
# fmt: on


@pytest.mark.parametrize(
    "text",
    [
        "aide --check",
        "  aide   --check >/dev/null 2>&1 # every night",
        "'aide' \"--check\"",
        "cd / && aide --check",
        "false || aide --check",
        "[ -x /usr/bin/aide ] && aide --check",
        "[ -x /missing ] || aide --check",
        "[ ! -x /usr/bin/aide ] && exit 0; aide --check",
        "aide --check | mail -s report root",
        "(cd /; aide --check) &",
        "out=$(aide --check)",
        "out=`aide --check`",
        "A='aide --check'; $A",
        'A=aide; "$A" --check',
        "LC_ALL=C aide --check",
        "if ! aide --check; then mail root; fi",
        "if [ -x /missing ]; then exit 1; else aide --check; fi",
        "while sleep 9; do aide --check; done",
        "case $1 in start) aide --check ;; esac",
        "run() {\n aide --check\n}\nrun",
        "exec 2>&1\naide --check",
        "cat <<END\nexit\nEND\naide --check",
        "aide \\\n --check",
        "sh -c 'aide --check'",
        "bash -ec 'cd /; aide --check'",
        "flock -n /run/lock nice -n 19 ionice -c3 timeout -k 9 280 aide --check",
        "flock -w 5 /run/lock -c 'aide --check'",
        "env -u HOME PATH=/usr/bin aide --check",
        "su -s /bin/sh -c 'aide --check' root",
        "sudo -u root -- aide --check",
        "exec aide --check",
    ],
)
def test_it_runs_the_check(text):
    assert ["aide", "--check"] in in_the_end(text)


@pytest.mark.parametrize(
    "text",
    [
        "# aide --check",
        "echo aide --check",
        "echo 'x; aide --check'",
        "true || aide --check",
        "false && aide --check",
        "[ -x /missing ] && aide --check",
        "test -x /usr/sbin/anacron || { cd / && aide --check; }",
        "test -x /usr/sbin/anacron || (cd / && aide --check)",
        "exit 0; aide --check",
        "if [ -d /run/systemd/system ]; then\n exit 0\nfi\naide --check",
        "[ -x /missing ] || exit 0\naide --check",
        "cat <<END\naide --check\nEND",
        "cat <<'END'\naide --check\nEND\n",
        "command -v aide --check",
        "exec sleep 9\naide --check",
        "aide --check\r",
        "echo $((1 + 1)) aide --check",
    ],
)
def test_it_does_not(text):
    assert ["aide", "--check"] not in in_the_end(text)


@pytest.mark.parametrize("text", ["aide --check >log-$(date +", "aide 'check", 'aide "check', "`aide"])
def test_half_a_line_is_no_line(text):
    with pytest.raises(NotShell):
        in_the_end(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_whatever_the_text_reading_it_ends(text):
    with suppress(NotShell):
        in_the_end(text)


def in_the_end(text: str) -> list[list[str]]:
    """The commands, through everything that only runs another one."""
    found = []
    for words in Walk(text, FILES.get).commands():
        inner = unwrapped(words)
        found += in_the_end(inner.text) if inner.text else [list(inner.words)]
    return found

"""With which settings a running sshd was started, as its process title or its unit shows them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hostproof.connection import Answer
from hostproof.probes.sshd.servers import read_servers

DAEMONS = Path(__file__).parents[3] / "hostproof" / "probes" / "sshd" / "daemons.sh"


def shell(function: str, said: str) -> list[str]:
    """The lines that a function of daemons.sh makes of `said`."""
    command = f'. "{DAEMONS}"; {function}'
    return subprocess.run(["sh", "-c", command], input=said, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", []),
        ("sshd: /usr/sbin/sshd -D -o PasswordAuthentication=yes [listener] 0 of 10-100 startups", ["oPasswordAuthentication=yes"]),
        (
            "sshd: /usr/sbin/sshd -Do PasswordAuthentication yes -p22 [listener] 1 of 10-100 startups",
            ["oPasswordAuthentication yes", "p22"],
        ),
        ("/usr/sbin/sshd\x1f-D\x1f-oBanner=/etc/a b\x1f-f\x1f/etc/ssh/other", ["oBanner=/etc/a b", "f/etc/ssh/other"]),
        ("sshd: /usr/sbin/sshd -E /var/log/x -4 -q [listener] 0 of 10-100 startups", ["4"]),
        ("sshd: root@pts/0", ["?its title does not show how it was started"]),
        ("/usr/sbin/sshd\x1fsurprise", ["?it was started with the argument `surprise`, which is not understood here"]),
    ],
)
def test_options_are_taken_from_what_a_process_shows(said, options):
    assert shell("started_with | settling_options", said) == options


def test_a_unit_s_variables_are_replaced(tmp_path):
    file = tmp_path / "ssh"
    file.write_text("# SSHD_OPTS=-oA=1\nSSHD_OPTS='-o PasswordAuthentication=yes -p 2222'\n")
    said = (
        "ExecStart={ path=/usr/sbin/sshd ; argv[]=/usr/sbin/sshd -i ${MODE} $SSHD_OPTS $NOTHING ; ignore_errors=yes ; pid=0 }\n"
        f"Environment=MODE=-q OTHER=x\nEnvironmentFiles={file} (ignore_errors=yes)\n"
    )

    assert shell("service_arguments", said) == ["-i", "-q", "-o", "PasswordAuthentication=yes", "-p", "2222"]


def test_systemd_s_own_sockets_on_files_and_for_virtual_machines_are_left_out():
    said = (
        "Accept=yes\nListen=/run/ssh-unix-local/socket (Stream)\nId=sshd-unix-local.socket\nTriggers=\n\n"
        "Accept=yes\nListen=vsock::22 (Stream)\nId=sshd-vsock.socket\nTriggers=\n\n"
        "Accept=no\nListen=0.0.0.0:22 (Stream)\nListen=[::]:2222 (Stream)\nId=ssh.socket\nTriggers=ssh.service\n\n"
        "Accept=yes\nListen=[::]:23 (Stream)\nId=tinysshd.socket\nTriggers=\n"
    )

    assert shell("started_services", said) == ["22 ssh.service", "2222 ssh.service", "23 tinysshd@any.service"]


@pytest.mark.parametrize(
    ("arguments", "asks"),
    [("-s", False), ("-F -s", False), ("-Rsp 22", False), ("-F -p 22", True), ("-p s", True), ("-ps", True), ("-t", False)],
)
def test_dropbear_asks_for_passwords_unless_it_was_told_not_to(arguments, asks):
    lines = ["server\t7\t/usr/sbin/dropbear", "listen\t[::]:22", "said\t" + "\x1f".join(["dropbear", *arguments.split()])]

    (server,) = read_servers(Answer("", 0, "\n".join(lines)))

    assert bool(server.password_doors) is asks

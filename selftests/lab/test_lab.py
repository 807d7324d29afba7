"""The lab keeps its promises: hosts boot, are reachable as said, become golden again, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from conftest import Lab

A, B = "selftest-a", "selftest-b"


def test_it_is_reached_as_its_inventory_and_ssh_configuration_say(lab: Lab) -> None:
    lab("up", "--profile", "ibm-hpvs", f"{A}=debian12")
    host = yaml.safe_load(lab.inventory.read_text())["all"]["hosts"][A]
    assert host["ansible_user"] == "root"
    assert host["hostproof_profile"] == "ibm-hpvs"
    assert host["hostproof_statement_restore_rehearsed"]["date"] == str(datetime.now(UTC).date() - timedelta(days=30))
    assert host["hostproof_statement_hardening_guide_chosen"]["release"] == "debian 12"
    options = ["BatchMode=yes", "StrictHostKeyChecking=yes", f"UserKnownHostsFile={host['hostproof_known_hosts']}"]
    ssh = ["ssh", "-F", "none", "-i", host["ansible_ssh_private_key_file"], *(f"-o{option}" for option in options)]
    by_address = lab.machine(*ssh, f"root@{host['ansible_host']}", "id -un; hostname")
    assert by_address.stdout.split() == ["root", A], by_address.stderr
    assert lab.ssh(A, "id -un").stdout == "root\n"
    assert lab.ssh(f"admin@{A}", "id -un; sudo -n id -un").stdout.split() == ["admin", "root"]
    assert lab.ssh(f"plain@{A}", "id -un; sudo -n id -un").stdout.split() == ["plain"]


def test_hosts_have_ipv4_and_ipv6_and_a_name_of_their_own(lab: Lab) -> None:
    lab("up", f"{A}=debian12", f"{B}=debian12")
    addresses = {line.split()[0]: line.split()[-2:] for line in lab("list").splitlines()}
    assert len({address for pair in addresses.values() for address in pair}) == 4
    for address in addresses[B]:
        from_a = lab.machine(lab.command, "shell", A, "ping", "-c1", "-W2", address)
        assert from_a.returncode == 0, from_a.stdout
        by_ssh = lab.ssh(f"admin@{address}", "hostname")
        assert by_ssh.stdout == f"{B}\n", by_ssh.stderr


def test_the_outside_reaches_the_host_but_no_port_of_its_firewall(lab: Lab) -> None:
    lab("up", f"{A}=debian12")
    for address in lab("list").split()[-2:]:
        knock = ["timeout", "3", "bash", "-c", f"</dev/tcp/{address}/22"]
        assert lab.machine(*knock).returncode == 0
        assert lab.machine(lab.command, "outside", *knock).returncode != 0
    lab("shell", A, "nft", "flush", "ruleset")
    for address in lab("list").split()[-2:]:
        assert lab.machine(lab.command, "outside", "bash", "-c", f"</dev/tcp/{address}/22").returncode == 0


def test_a_script_runs_as_root_with_its_status_and_output_and_an_empty_input(lab: Lab, tmp_path: Path) -> None:
    lab("up", f"{A}=debian12")
    script = tmp_path / "script.sh"
    script.write_text("# a comment\nid -un\ncat\nhostname\nfalse\necho never\n")
    run = lab.machine(lab.command, "apply", A, script)
    assert run.stdout.split() == ["root", A]
    assert run.returncode == 1
    script.write_text("exit 7")
    assert lab.machine(lab.command, "apply", A, script).returncode == 7


def test_reset_brings_back_the_golden_state_within_three_seconds(lab: Lab, tmp_path: Path) -> None:
    lab("up", f"{A}=debian12")
    spoil = tmp_path / "spoil.sh"
    spoil.write_text(
        "nft flush ruleset\nip address add 10.99.0.99/24 dev eth0\nsystemctl disable --now fail2ban\n"
        "touch /etc/spoilt\nrm /etc/ssh/sshd_config.d/*\nuseradd --uid 0 --non-unique intruder\nsystemctl stop ssh\n"
    )
    seconds = []
    for _ in range(3):
        lab("apply", A, spoil)
        started = time.monotonic()
        lab("reset", A)
        seconds.append(time.monotonic() - started)
        state = lab("shell", A, "sh", "-c", "nft list ruleset; ip address; ls /etc; cat /etc/passwd; sshd -T")
        assert "policy drop" in state
        assert "passwordauthentication no" in state
        assert not {"10.99.0.99/24", "spoilt", "intruder:x:0"} & set(state.replace("::", " ").split())
        assert lab("shell", A, "systemctl", "is-system-running") == "running\n"
        assert lab.ssh(A, "fail2ban-client status sshd").returncode == 0
    assert min(seconds) <= 3, seconds


def test_the_others_notice_nothing_of_a_host_that_comes(lab: Lab) -> None:
    """The gateway keeps its hardware address, and a name server that does not exist is given up at once, over and over."""
    lab("up", f"{A}=debian12")
    asked = "ip neighbour flush all; ping -c 1 10.99.0.254 >/dev/null 2>&1; ip neighbour show 10.99.0.254"
    before = lab("shell", A, "sh", "-c", asked).split("lladdr")[1].split()[0]
    for command in ("add lowest address 02:00:00:00:00:01 type veth peer name other", "set lowest master br0 up"):
        assert lab.machine("ip", "-n", "hp-lab", "link", *command.split()).returncode == 0
    assert lab("shell", A, "sh", "-c", asked).split("lladdr")[1].split()[0] == before
    began = time.monotonic()
    lab("shell", A, "sh", "-c", "for n in 1 2 3 4 5 6 7 8 9; do getent hosts 203.0.113.$n || :; done")
    assert time.monotonic() - began < 4


def test_what_is_kept_is_golden_from_then_on(lab: Lab) -> None:
    lab("up", f"{A}=debian12")
    lab("shell", A, "sh", "-c", "touch /etc/kept && rm /etc/ssh/sshd_config.d/10-keys-only.conf")
    lab("keep", A)
    lab("shell", A, "rm", "/etc/kept")
    lab("reset", A)
    lab("shell", A, "sh", "-c", "[ -e /etc/kept ] && [ ! -e /etc/ssh/sshd_config.d/10-keys-only.conf ]")


def test_reset_boots_a_host_that_has_died(lab: Lab) -> None:
    lab("up", f"{A}=debian12")
    lab("shell", A, "sh", "-c", "systemctl --force --force poweroff || true")
    wait_until(lambda: "stopped" in lab("list"))
    assert "does not run" in complaint(lab, "shell", A, "true")
    lab("reset", A)
    assert lab.ssh(A, "hostname").stdout == f"{A}\n"


@pytest.mark.parametrize(
    ("kind", "identity"),
    [
        ("debian11", "debian 11"),
        ("debian12", "debian 12"),
        ("debian13", "debian 13"),
        ("ubuntu2204", "ubuntu 22.04"),
        ("ubuntu2404", "ubuntu 24.04"),
        ("fedora", "fedora 44"),
        ("centos", "centos 9"),
    ],
)
def test_a_kind_is_what_it_says_and_a_change_shows(lab: Lab, kind: str, identity: str) -> None:
    lab("up", f"{A}={kind}")

    def on_host(command: str) -> str:
        return lab("shell", A, "sh", "-c", command)

    assert on_host(". /etc/os-release; echo $ID $VERSION_ID") == f"{identity}\n"
    assert on_host("systemctl is-system-running") == "running\n"
    assert on_host("fail2ban-client status sshd | grep -c 'Journal matches'") == "1\n"
    listening = "ss -Hltun | awk '{ print $5 }' | sort -u"
    assert on_host(listening).split() == ["0.0.0.0:22", "[::]:22"]

    if kind in ("fedora", "centos"):
        assert on_host("ls -d /var/lib/dpkg /etc/apt 2>/dev/null; command -v dpkg apt apt-get || true") == ""
        assert on_host("rpm -q --qf '%{NAME} ' openssh-server fail2ban cronie aide").split()[0] == "openssh-server"
        pending, package = "dnf -q -C updateinfo list --security", "rpm -q redis"
    else:
        pending, package = "apt-get -s dist-upgrade | grep '^Inst.*-security' || true", "dpkg -s redis-server"
    assert on_host(pending) == ""
    on_host("/usr/local/lib/lab/offer-update sudo security && /usr/local/lib/lab/install redis-server >/dev/null")
    assert "sudo" in on_host(pending)
    assert on_host(f"{package} >/dev/null && systemctl is-active redis-server") == "active\n"
    assert "127.0.0.1:6379" in on_host(listening).split()


@pytest.mark.parametrize("kind", ["debian11", "debian12", "debian13", "ubuntu2204", "ubuntu2404", "fedora", "centos"])
def test_the_stricter_profile_filters_with_iptables_and_checks_files(lab: Lab, kind: str) -> None:
    lab("up", "--profile", "ibm-hpvs", f"{A}={kind}")
    for tool in ("iptables", "ip6tables"):
        rules = lab("shell", A, tool, "-S").splitlines()
        assert rules[:3] == ["-P INPUT DROP", "-P FORWARD DROP", "-P OUTPUT ACCEPT"]
        assert "-A INPUT -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT" in rules
    assert lab("shell", A, "systemctl", "is-active", "firewall").strip() == "active"
    check = lab("shell", A, "sh", "-c", r"sed -n 's|^\*/5 .* root \(.*\) >.*|\1|p' /etc/cron.d/aide-check")
    # What differs from host to host, such as its name, AIDE reports at once.
    assert "/etc/ssh/unexpected" not in lab.machine(lab.command, "shell", A, "sh", "-c", check).stdout
    lab("shell", A, "touch", "/etc/ssh/unexpected")
    checked = lab.machine(lab.command, "shell", A, "sh", "-c", check)
    assert "/etc/ssh/unexpected" in checked.stdout
    assert checked.returncode != 0


def test_hosts_booted_by_two_processes_at_once_share_nothing(lab: Lab) -> None:
    starting = [subprocess.Popen(lab.inside(lab.command, "up", f"{name}=debian12")) for name in (A, B)]
    assert [process.wait(timeout=300) for process in starting] == [0, 0]
    lab("shell", A, "systemctl", "stop", "fail2ban")
    assert lab("shell", B, "systemctl", "is-active", "fail2ban") == "active\n"
    assert set(yaml.safe_load(lab.inventory.read_text())["all"]["hosts"]) == {A, B}
    lab("down", A)
    assert lab.ssh(B, "hostname").stdout == f"{B}\n"
    assert set(yaml.safe_load(lab.inventory.read_text())["all"]["hosts"]) == {B}


def test_down_leaves_nothing(lab: Lab) -> None:
    before = lab.traces()
    lab("up", f"{A}=debian12", f"{B}=fedora")
    during = lab.traces()
    assert all(during[trace] != before[trace] for trace in ("processes", "mounts", "namespaces", "links", "state"))
    lab("down")
    assert lab.traces() == before


@pytest.mark.parametrize("victim", ["systemd-nspawn", "systemd"])
def test_down_leaves_nothing_after_a_host_was_killed(lab: Lab, victim: str) -> None:
    before = lab.traces()
    lab("up", f"{A}=debian12", f"{B}=debian12")
    numbers = lab.machine("pgrep", "-x", victim).stdout.split()
    lab.machine("kill", "-9", numbers[0] if victim == "systemd-nspawn" else numbers[-1])
    lab("down")
    assert lab.traces() == before


def test_down_leaves_nothing_although_no_process_was_written_down(lab: Lab) -> None:
    before = lab.traces()
    lab("up", f"{A}=debian12")
    forget = r's/"(nspawn|init)": "[^"]*"/"\1": ""/g'
    lab.machine("sed", "-Ei", forget, f"/run/hostproof-lab/hosts/{A}/host.json")
    assert "stopped" in lab("list")
    lab("down")
    assert lab.traces() == before


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("seconds", [0.3, 0.6, 0.9, 1.2, 1.5])
def test_down_leaves_nothing_after_up_was_cut_short(lab: Lab, how: signal.Signals, seconds: float) -> None:
    before = lab.traces()
    starting = subprocess.Popen(
        lab.inside(lab.command, "up", f"{A}=debian12"), stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(seconds)
    os.killpg(starting.pid, how)
    starting.wait(timeout=120)
    lab("down")
    assert lab.traces() == before


def test_complaints_are_one_line(lab: Lab) -> None:
    assert "no kind of host is called 'windows'" in complaint(lab, "up", "windows")
    assert "is no host name" in complaint(lab, "up", "../x=debian12")
    assert "is no host name" in complaint(lab, "up", "a b;c=debian12")
    assert "no host is called 'nobody'" in complaint(lab, "reset", "nobody")
    assert "no host is called 'nobody'" in complaint(lab, "down", "nobody")
    assert "lab is down" in complaint(lab, "outside", "true")
    lab("up", f"{A}=debian12")
    assert "already up as debian12" in complaint(lab, "up", f"{A}=debian13")
    assert "cannot read /nowhere" in complaint(lab, "apply", A, "/nowhere")


def test_it_says_when_it_is_not_root(lab: Lab) -> None:
    as_nobody = ["unshare", "--user", "--map-user=65534"]
    run = lab.machine(*as_nobody, lab.command, "list")
    assert run.stderr == "lab: the lab needs root: run it with sudo\n"


def complaint(lab: Lab, *arguments: str) -> str:
    """The one line with which the lab refuses."""
    run = lab.machine(lab.command, *arguments)
    assert run.returncode == 2, run
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    return line


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)

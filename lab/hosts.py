"""Boots, resets and stops hosts. A host is a directory in STATE/hosts that says all that must be undone again."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import network
import roots
from state import STATE, LabError, lock, run, unmount_below

HOSTS = STATE / "hosts"
BOOT_SECONDS = 40
LIST_STAMPS = ("var/lib/apt/lists", "var/lib/apt/lists/partial", "var/lib/apt/periodic/*", "var/cache/apt/pkgcache.bin",
               "var/cache/dnf/*/repodata/*.xml", "var/cache/dnf/last_makecache")
ENVIRONMENT = ["env", "-i", "HOME=/root", "LANG=C.UTF-8", "TERM=dumb",
               "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]


@dataclass(frozen=True)
class Host:
    """One host: what it is made of, and what runs for it.

    `layers` are the read-only directories below it, the uppermost first: a host keeps those that it was born with.
    `nspawn` and `init` are processes as "PID START-TIME" ("" = none), so that a reused pid is never killed.
    """

    name: str
    kind: str
    profile: str | None
    number: int
    layers: list[str]
    nspawn: str = ""
    init: str = ""

    @property
    def directory(self) -> Path:
        return HOSTS / self.name

    @property
    def root(self) -> Path:
        return self.directory / "root"

    @property
    def console(self) -> Path:
        return self.directory / "console.log"

    def save(self) -> Host:
        self.directory.mkdir(parents=True, exist_ok=True)
        draft = self.directory / "host.json.new"
        draft.write_text(json.dumps(asdict(self)))
        draft.rename(self.directory / "host.json")
        return self


def all_hosts() -> list[Host]:
    return [Host(**json.loads(file.read_text())) for file in sorted(HOSTS.glob("*/host.json"))]


def find(name: str) -> Host:
    for host in all_hosts():
        if host.name == name:
            return host
    raise LabError(f"no host is called {name!r}: `lab list` shows those that are up")


def locked(name: str) -> contextlib.AbstractContextManager[None]:
    """Nobody else boots, resets or stops the host meanwhile."""
    return lock(STATE / "locks" / name)


def reserve(name: str, kind: str, profile: str | None, layers: list[str]) -> Host:
    """The host's place in the lab: the one it has already, or a new directory and address."""
    network.check_name(name)
    hosts = all_hosts()
    for host in hosts:
        if host.name == name:
            if (host.kind, host.profile) != (kind, profile):
                raise LabError(f"{name} is already up as {host.kind}, profile {host.profile}: take it down first")
            return host
    free = set(range(network.FIRST_HOST, network.LAST_HOST + 1)) - {host.number for host in hosts}
    if not free:
        raise LabError("the lab has no address left: take hosts down first")
    return Host(name, kind, profile, min(free), layers).save()


def boot(host: Host) -> Host:
    """Starts the host from its golden state; returns when its sshd answers."""
    if is_running(host):
        return host
    stop(host)
    disk = host.directory / "disk"
    disk.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", "size=4G,mode=0755", "hostproof-lab", disk)
    roots.mount_overlay(host.layers, disk / "upper", disk / "work", host.root)
    _personalise(host)
    namespace = network.attach(host.name, host.number)
    with host.console.open("wb") as console:
        nspawn = subprocess.Popen(
            ["systemd-nspawn", "--boot", "--quiet", "--register=no", *roots.keep_unit(), f"--machine=hp-lab-{host.name}",
             f"--hostname={host.name}", f"--directory={host.root}", f"--network-namespace-path=/run/netns/{namespace}",
             "--capability=CAP_NET_ADMIN,CAP_NET_RAW", "--resolv-conf=off", "--timezone=off", "--link-journal=no",
             # systemd 256 and later boots on cgroups of version 1 only when told so.
             "--setenv=SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1"],
            stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, start_new_session=True)
    host = replace(host, nspawn=_identity(nspawn.pid)).save()
    return _wait_until_ready(host)


def stop(host: Host) -> Host:
    """Ends the host's processes and takes away its mounts and namespace. Its files are thrown away, so it is not asked to shut down."""
    # The host's own init first: nspawn then clears up after it and ends by itself.
    for process in (host.init, *_children(host.nspawn)):
        _kill(process)
    if not _ended_within(host.nspawn, 5):
        _kill(host.nspawn)
        _ended_within(host.nspawn, 5)
    unmount_below(host.directory)
    network.detach(host.name)
    return replace(host, nspawn="", init="").save()


def forget(host: Host) -> None:
    stop(host)
    shutil.rmtree(host.directory)


def is_running(host: Host) -> bool:
    return bool(host.init) and _alive(host.init)


def run_inside(host: Host, *command: str, stdin: int | None = None) -> int:
    """Runs a command as root in the booted host, with this process's own output. Its exit status."""
    return subprocess.run(_entered(host, *command), stdin=stdin).returncode


def _entered(host: Host, *command: str) -> list[str]:
    if not is_running(host):
        raise LabError(f"{host.name} does not run: `lab reset {host.name}` boots it again")
    pid = host.init.split()[0]
    return ["nsenter", "--target", pid, "--mount", "--uts", "--ipc", "--net", "--pid", "--root", "--wd", *ENVIRONMENT, *command]


def _personalise(host: Host) -> None:
    """What differs from host to host and from boot to boot."""
    # An empty machine-id would make systemd start everything that its presets name, as on a first boot.
    (host.root / "etc/machine-id").write_text(secrets.token_hex(16) + "\n")
    (host.root / "etc/hostname").write_text(f"{host.name}\n")
    (host.root / "etc/hosts").write_text(f"127.0.0.1 localhost\n::1 localhost\n127.0.1.1 {host.name}\n")
    # A compliant host reads the package lists every day. This one has no network, and its lists are as old as the
    # cached root file system; so the lab says at every boot that they were read just now.
    for stamp in LIST_STAMPS:
        for file in host.root.glob(stamp):
            file.touch()


def _wait_until_ready(host: Host) -> Host:
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline and _alive(host.init or host.nspawn):
        if not host.init and (inits := [child for child in _children(host.nspawn) if _is_init(child)]):
            host = replace(host, init=inits[0]).save()
        if host.init and _is_ready(host):
            return host
        time.sleep(0.05)
    tail = host.console.read_text(errors="replace").strip().splitlines()[-1:]
    raise LabError(f"{host.name} did not boot within {BOOT_SECONDS} s: {''.join(tail)}")


def _is_ready(host: Host) -> bool:
    if not (host.root / "usr/local/lib/lab/ready").exists():
        raise LabError(f"{host.name}: its root file system is not one of the lab's")
    ready = subprocess.run(_entered(host, "/usr/local/lib/lab/ready"), capture_output=True, stdin=subprocess.DEVNULL)
    return ready.returncode == 0


def _identity(pid: int) -> str:
    """"PID START-TIME" of a process, "" when it has ended; the start time (clock ticks since boot) tells a reused pid."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else f"{pid} {fields[19]}"


def _alive(process: str) -> bool:
    return bool(process) and _identity(int(process.split()[0])) == process


def _children(process: str) -> list[str]:
    if not _alive(process):
        return []
    pid = process.split()[0]
    with contextlib.suppress(OSError):
        return [identity for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
                if (identity := _identity(int(child)))]
    return []


def _is_init(process: str) -> bool:
    """Whether it is process 1 of a namespace; nspawn has a helper of its own for a moment."""
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{process.split()[0]}/status").read_text()
        return status.partition("NSpid:")[2].splitlines()[0].split()[-1] == "1"
    return False


def _kill(process: str) -> None:
    if _alive(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(process.split()[0]), signal.SIGKILL)


def _ended_within(process: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while _alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True

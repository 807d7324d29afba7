"""Boots, resets and stops hosts. A host is a directory in STATE/hosts that says all that must be undone again."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import subprocess
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import authority
import network
import processes
import roots
from state import STATE, LabError, lock, run, unmount_below

HOSTS = STATE / "hosts"
BOOT_SECONDS = 40
LIST_STAMPS = ("var/lib/apt/lists", "var/lib/apt/lists/partial", "var/lib/apt/periodic/*", "var/cache/apt/pkgcache.bin",
               "var/cache/dnf/*/repodata/*")
DAILY_STAMPS = ("var/lib/logrotate/status", "root/.cache/borg/*/files*")
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
    hosts = []
    for file in sorted(HOSTS.glob("*/host.json")):
        with contextlib.suppress(FileNotFoundError):  # taken down meanwhile
            hosts.append(Host(**json.loads(file.read_text())))
    return hosts


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
    command = processes.in_own_cgroup(
        _machine(host.name), *roots.NSPAWN, "--boot", f"--machine={_machine(host.name)}", f"--hostname={host.name}",
        f"--directory={host.root}", f"--network-namespace-path=/run/netns/{namespace}", "--resolv-conf=off",
        "--capability=CAP_NET_ADMIN,CAP_NET_RAW", "--link-journal=no",
        # systemd 256 and later boots on cgroups of version 1 only when told so.
        "--setenv=SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1")
    with host.console.open("wb") as console:
        nspawn = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
                                  start_new_session=True)
    host = replace(host, nspawn=processes.identity(nspawn.pid)).save()
    return _wait_until_ready(host)


def stop(host: Host) -> Host:
    """Ends the host's processes, takes away its mounts and namespace.

    Its files are thrown away, so it is not asked to shut down.
    """
    _end(host)
    unmount_below(host.directory)
    network.detach(host.name)
    return replace(host, nspawn="", init="").save()


def keep(host: Host) -> Host:
    """Makes what has been changed in the host a part of its golden state. It is stopped for that."""
    _end(host)
    layer = host.directory / f"kept-{len(host.layers)}"
    run("cp", "-a", host.directory / "disk" / "upper", layer)
    return stop(replace(host, layers=[str(layer), *host.layers]).save())


def forget(host: Host) -> None:
    stop(host)
    shutil.rmtree(host.directory)


def is_running(host: Host) -> bool:
    return bool(host.init) and processes.is_alive(host.init)


def _end(host: Host) -> None:
    """Its processes. The host's own init first: nspawn then clears up after it and ends by itself."""
    for process in (host.init, *processes.children(host.nspawn)):
        processes.kill(process)
    processes.ended_within(host.nspawn, 5)
    processes.end_cgroup(_machine(host.name))


def run_inside(host: Host, *command: str) -> int:
    """Runs a command as root in the booted host, with this process's own terminal. Its exit status."""
    return subprocess.run(_entered(host, *command)).returncode


def apply(host: Host, script: Path) -> int:
    """Runs a script of this machine as root in the booted host. Its exit status."""
    with script.open("rb") as file:
        # The host sees no file of this machine, but the open file reaches it.
        command = _entered(host, "sh", "-eu", f"/proc/self/fd/{file.fileno()}")
        return subprocess.run(command, stdin=subprocess.DEVNULL, pass_fds=[file.fileno()]).returncode


def _entered(host: Host, *command: str) -> list[str]:
    if not is_running(host):
        raise LabError(f"{host.name} does not run: `lab reset {host.name}` boots it again")
    pid = host.init.split()[0]
    namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--root", "--wd"]
    return ["nsenter", "--target", pid, *namespaces, *ENVIRONMENT, *command]


def _machine(name: str) -> str:
    """What nspawn and the cgroups call the host."""
    return f"hp-lab-{name}"


def _personalise(host: Host) -> None:
    """What differs from host to host and from boot to boot."""
    # An empty machine-id would make systemd start everything that its presets name, as on a first boot.
    (host.root / "etc/machine-id").write_text(secrets.token_hex(16) + "\n")
    (host.root / "etc/hostname").write_text(f"{host.name}\n")
    (host.root / "etc/hosts").write_text(f"127.0.0.1 localhost\n::1 localhost\n127.0.1.1 {host.name}\n")
    # Nobody answers there. The file that the root file system was made with names a name server of this machine's network.
    (host.root / "etc/resolv.conf").unlink(missing_ok=True)
    (host.root / "etc/resolv.conf").write_text(f"nameserver {network.GATEWAY[0]}\n")
    # One key opens one person's account: `plain` is somebody else than `admin`.
    (host.root / "home/plain/.ssh/authorized_keys").write_text(roots.public_key(roots.PLAINS_KEY))
    for folder in roots.Kind.named(host.kind).inside:
        shutil.copytree(folder, host.root / "usr/local/lib/lab", dirs_exist_ok=True)
    for file in authority.files():
        shutil.copy(file, host.root / "usr/local/lib/lab")
    # A compliant host reads the package lists every day. This one has no network, and its lists are as old as the
    # cached root file system; so the lab says at every boot that they were read just now. As for what runs every night.
    for stamp in LIST_STAMPS + DAILY_STAMPS:
        for file in host.root.glob(stamp):
            file.touch()


def _wait_until_ready(host: Host) -> Host:
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline and processes.is_alive(host.init or host.nspawn):
        if not host.init:
            inits = [child for child in processes.children(host.nspawn) if processes.is_init(child)]
            host = replace(host, init=inits[0]).save() if inits else host
        if host.init and _is_ready(host):
            return _healthy(host)
        time.sleep(0.05)
    tail = host.console.read_text(errors="replace").strip().splitlines()[-1:]
    raise LabError(f"{host.name} did not boot; its last words: {''.join(tail) or 'none'}")


def _is_ready(host: Host) -> bool:
    return _inside(host, "/usr/local/lib/lab/ready").returncode == 0


def _healthy(host: Host) -> Host:
    listed = _inside(host, "systemctl", "--failed", "--plain", "--no-legend").stdout
    failed = [line.split()[0] for line in listed.splitlines() if line]
    if failed:
        raise LabError(f"{host.name} booted, but these units failed: {', '.join(failed)}")
    return host


def _inside(host: Host, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_entered(host, *command), stdin=subprocess.DEVNULL, capture_output=True, text=True)

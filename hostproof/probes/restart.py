"""Whether a host still runs what an update has replaced."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading, found_by
from hostproof.versions import Key, dpkg_key, rpm_key

MARKERS = r"""
# look for the mark that updates leave
for mark in /run/reboot-required /var/run/reboot-required; do
    if [ -e "$mark" ]; then
        printf 'mark|%s\n' "$mark"
        if [ -e "$mark.pkgs" ]; then sort -u "$mark.pkgs"; fi
        break
    fi
done
"""
KERNELS = r"""
# compare the running kernel with the installed ones
printf 'running|%s|%s\n' "$(uname -r)" "$(uname -v)"
if [ -r /proc/version_signature ]; then sed 's/^/signature|/' /proc/version_signature; fi
if kind=$(systemd-detect-virt -c 2>/dev/null) || { [ -e /.dockerenv ] || [ -e /run/.containerenv ]; }; then
    printf 'container|%s\n' "${kind:-container}"
fi
[ ! -d /boot ] || [ -r /boot ] || { echo '/boot cannot be read' >&2; exit 3; }
for image in /boot/vmlinuz-* /lib/modules/*/vmlinuz*; do
    if [ -e "$image" ]; then printf 'image|%s\n' "$image"; fi
done
if command -v dpkg-query >/dev/null; then
    dpkg-query -W -f='package|${db:Status-Status}|${Package}|${Version}\n' 'linux-image-*' 2>/dev/null
fi
exit 0
"""
# Only code counts (`x`), and only where packages put it: data such as locale archives is replaced without harm.
REPLACED = r"""
# look for processes that run code which was replaced on disk
head -n 1 /proc/1/maps | sed 's/^/seen|/'
mapped=$(grep -aE '^[^ ]+ ..x. .* /(usr|lib[^/]*|bin|sbin|opt)/.* \(deleted\)$' /proc/[0-9]*/maps 2>&1 |
    sed -E -e 's#^/proc/([0-9]+)/maps:([^ ]+ +){5}(.*) \(deleted\)$#mapped|\1|\3#' -e '/No such (file|process)/d' | sort -u)
printf '%s\n' "$mapped"
set --
for process in $(printf '%s\n' "$mapped" | sed -n 's/^mapped|\([0-9]*\)|.*/\1/p' | uniq); do
    set -- "$@" "/proc/$process/status" "/proc/$process/cgroup"
done
[ $# -gt 0 ] || exit 0
grep -sHE '^(Name|Uid|NSpid):|:/' "$@"
exit 0
"""


@dataclass(frozen=True)
class Kernels:
    """running: `uname -r`. build: the version of the package that the running kernel came from, None if it does not say.

    container: what kind of container this is, None for none. images: releases that could be booted, oldest first as they
    are listed. packages: Debian's kernel packages and their versions.
    """

    running: str
    build: str | None
    container: str | None
    images: tuple[str, ...]
    packages: dict[str, str]


@dataclass(frozen=True)
class Process:
    """A process that runs replaced code. service: its unit, "" when it is in nobody's service."""

    number: int
    name: str
    user: int
    service: str
    files: tuple[str, ...]

    def __str__(self) -> str:
        more = f" and {len(self.files) - 1} more" if len(self.files) > 1 else ""
        return f"{self.name} ({self.service or f'process {self.number}'}) still runs the replaced {self.files[0]}{more}"


def read_markers(answer: Answer) -> list[str]:
    """The path of the mark, and the packages that left it; empty when there is none."""
    return [line.removeprefix("mark|") for line in answer.stdout.split("\n") if line]


def read_kernels(answer: Answer) -> Kernels:
    """The running kernel and the installed ones. Raises CannotTell when /boot is only for root."""
    if answer.status == 3:
        raise CannotTell(f"needs root: {answer.stderr.strip()}")
    lines = [line.split("|") for line in answer.stdout.split("\n")]
    _, running, version = next(line for line in lines if line[0] == "running")
    signature = next((line[1] for line in lines if line[0] == "signature"), "")
    debian = re.search(r"\bDebian (\S+) \(", version)
    ubuntu = re.match(rf"Ubuntu (\S+)-{re.escape(_flavour(running)[1])} ", signature)
    build = debian or ubuntu
    return Kernels(
        running,
        build[1] if build else None,
        next((line[1] for line in lines if line[0] == "container"), None),
        tuple(dict.fromkeys(filter(None, (_release(line[1]) for line in lines if line[0] == "image")))),
        {line[2]: line[3] for line in lines if line[0] == "package" and line[1] not in ("not-installed", "config-files")},
    )


def read_replaced(answer: Answer) -> list[Process]:
    """The processes that run replaced code, but for those of containers. Raises CannotTell when some could not be seen."""
    files: dict[str, list[str]] = {}
    about: dict[str, dict[str, str]] = {}
    for line in answer.stdout.split("\n"):
        if line.startswith("mapped|"):
            _, number, file = line.split("|", 2)
            files.setdefault(number, []).append(file)
        elif found := re.match(r"/proc/(\d+)/(status:(\w+)|cgroup):(.*)", line):
            about.setdefault(found[1], {}).setdefault(found[3] or "cgroup", found[4].strip())
        elif line and not line.startswith("seen|"):
            raise CannotTell(f"some processes cannot be looked into: {line}")
    if "seen|" not in answer.stdout:
        raise CannotTell("the memory maps of processes cannot be seen, not even those of process 1")
    return [_process(number, files[number], facts) for number, facts in about.items() if _is_here(facts)]


class Restart(Probe):
    """What shows that an update waits for a restart: the mark of apt's hooks, an older kernel than the newest, old code.

    Example: reasons == ["the running kernel 6.1.0-37-amd64 is older than the installed 6.1.0-38-amd64"]
    Blind spots: live patches are not counted as a restart; programs in scripting languages, firmware and microcode; a boot
    loader that was told to start another kernel than the newest.
    """

    markers = Reading(MARKERS, read_markers)
    kernels = Reading(KERNELS, read_kernels, statuses=(0, 3))
    replaced = Reading(REPLACED, read_replaced, root=True, limit=8_000_000)

    @property
    def reasons(self) -> list[str]:
        """Why a restart is due. What is found stands even when something else could not be seen; else raises CannotTell."""
        return found_by(self._marked, self._kernel_outdated, self._code_outdated)

    def _marked(self) -> list[str]:
        mark, *packages = self.markers or [""]
        by = f" because of {', '.join(packages)}" if packages else ""
        return [f"{mark} asks for it{by}"] if mark else []

    def _kernel_outdated(self) -> list[str]:
        kernels, key = self.kernels, rpm_key if self.host.release.family == "rpm" else dpkg_key
        if kernels.container or not kernels.images:
            return []  # somebody else chooses the kernel
        return [*_older_than_newest(kernels, key), *_other_build(kernels)]

    def _code_outdated(self) -> list[str]:
        return [str(process) for process in self.replaced if process.user == 0 or process.service]


def _older_than_newest(kernels: Kernels, key: Callable[[str], Key]) -> list[str]:
    version, flavour = _flavour(kernels.running)
    same = {image: _flavour(image)[0] for image in kernels.images if _flavour(image)[1] == flavour}
    newest = max(same, key=lambda image: key(same[image]), default=None)
    if newest is not None and key(same[newest]) > key(version):
        return [f"the running kernel {kernels.running} is older than the installed {newest}"]
    if kernels.running not in same:
        there = ", ".join(kernels.images)
        raise CannotTell(f"the running kernel {kernels.running} is none of those that are installed ({there})")
    return []


def _other_build(kernels: Kernels) -> list[str]:
    """Debian repairs a kernel without renaming it as long as its modules still fit."""
    for package in (f"linux-image-{kernels.running}", f"linux-image-{kernels.running}-unsigned"):
        installed = kernels.packages.get(package)
        if kernels.build and installed and installed != kernels.build:
            return [f"the running kernel was built as {kernels.build}, and {package} {installed} is installed"]
    return []


def _release(image: str) -> str | None:
    """The release that an image file is of: of /boot/vmlinuz-6.1.0-38-amd64 as of /lib/modules/6.1.0-38-amd64/vmlinuz."""
    folder, _, name = image.rpartition("/")
    release = name.removeprefix("vmlinuz-") if folder == "/boot" else folder.rpartition("/")[2]
    return None if "rescue" in release or release.endswith((".old", ".bak")) else release


def _flavour(release: str) -> tuple[str, str]:
    """Version and flavour: ("6.1.0-38", "cloud-amd64"), ("6.8.0-41", "generic"), ("5.14.0-427.el9", "x86_64+rt")."""
    if found := re.fullmatch(r"([^-]+(?:-\d[^-]*)*)-([a-z].*)", release):
        return found[1], found[2]
    version, _, architecture = release.rpartition(".")
    return (version, architecture) if version and not architecture.isdigit() else (release, "")


def _is_here(facts: dict[str, str]) -> bool:
    """Whether a process has not ended meanwhile and is in no container: those see themselves under a second number."""
    return "Name" in facts and len(facts.get("NSpid", "").split()) <= 1


def _process(number: str, files: list[str], facts: dict[str, str]) -> Process:
    service = re.search(r"/(?:system\.slice|init\.scope)(?:/(.*))?$", facts.get("cgroup", ""))
    unit = (service[1] or "init.scope").rpartition("/")[2] if service else ""
    return Process(int(number), facts["Name"], int(facts["Uid"].split()[0]), unit, tuple(files))

"""What would keep this host from coming back after a restart, or its users from logging in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading, found_by
from hostproof.text import one_line

UNITS = r"""
# ask systemd what a boot starts
for tool in sed; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
properties=Id,LoadState,ActiveState,UnitFileState,WantedBy,RequiredBy
target=$(systemctl get-default) || exit
systemctl show --property=$properties ssh.service sshd.service ssh.socket sshd.socket dropbear.service dropbear.socket \
    tinysshd.socket tinysshd.service systemd-networkd.service NetworkManager.service networking.service dhcpcd.service \
    "$target" || exit
printf '\ntarget %s\n' "$target"
systemctl list-units --failed --plain --no-legend --no-pager | sed 's/^/failed /'
"""
# `sshd -t` reads the configuration and the host's keys as the daemon does at its start.
SSHD = r"""
# let sshd test its configuration
for tool in grep sed tail; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
program=$(command -v sshd || command -v /usr/sbin/sshd) || exit 0
said=$("$program" -t 2>&1) && echo valid || printf 'refused %s\n' "$(printf '%s\n' "$said" | grep -v '^$' | tail -n 1)"
systemctl show --value --property=LoadState sshd-keygen.target | sed 's/^/keygen /'
"""
# What does not come keeps systemd in its emergency mode, unless the entry says `nofail`. In containers it passes over devices.
MOUNTS = r"""
# compare fstab with the devices that are there
for tool in awk df grep tr; do command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 127; }; done
! systemd-detect-virt -q -c 2>/dev/null || echo container
[ ! -r /etc/fstab ] || grep -vE '^[[:space:]]*(#|$)' /etc/fstab | while read -r what where kind options rest; do
    found=there
    case $what in
    *\\*) found=unseen ;; # blanks, written as octal numbers
    UUID=* | LABEL=* | PARTUUID=* | PARTLABEL=*)
        name=$(printf '%s' "${what#*=}" | tr -d '"')
        folder=/dev/disk/by-$(printf '%s' "${what%%=*}" | tr '[:upper:]' '[:lower:]')
        if [ ! -d /dev/disk ]; then found=unseen; elif [ ! -e "$folder/$name" ]; then found=missing; fi ;;
    /*) [ -e "$what" ] || found=missing ;;
    esac
    printf 'mount %s %s %s %s %s\n' $found "$what" "$where" "${kind:-auto}" "${options:-defaults}"
done
[ ! -r /etc/crypttab ] || grep -vE '^[[:space:]]*(#|$)' /etc/crypttab | while read -r name device key options; do
    printf 'crypt %s %s %s\n' "$name" "${key:-none}" "${options:-luks}"
done
if command -v clevis >/dev/null; then echo 'clevis'; fi
[ ! -e /etc/nologin ] || echo 'nologin'
for place in / /var; do
    if [ -w "$place" ]; then df -P "$place" | awk 'NR > 1 { print "space", $4, $6 }'; fi # no image that is always full
done
"""
_NETWORKS = ("systemd-networkd.service", "NetworkManager.service", "networking.service", "dhcpcd.service")
_AT_BOOT = {"enabled", "alias", "static", "indirect", "generated"}
# A failure of these may keep the host away; others, such as a job that cleans up, do not.
_NEEDED = re.compile(
    r".*\.mount|systemd-fsck.*|systemd-cryptsetup@.*|local-fs.*|sshd?\.(?:service|socket)|(?:systemd-networkd|NetworkManager|"
    r"networking|nftables|iptables|ip6tables|netfilter-persistent|ufw|firewalld|firewall)\.service"
)
_DEAD_ENDS = {"rescue.target", "emergency.target", "halt.target", "poweroff.target", "reboot.target", "shutdown.target"}
_DEVICES = ("/dev/", "UUID=", "LABEL=", "PARTUUID=", "PARTLABEL=")
_OVER_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "glusterfs", "ceph", "fuse.sshfs", "9p"}


@dataclass(frozen=True)
class Units:
    """properties of the units by name; target: the default one; failed: units in that state."""

    properties: dict[str, dict[str, str]]
    target: str
    failed: tuple[str, ...]


@dataclass(frozen=True)
class Storage:
    """missing: what fstab must find and is not there. unseen: of which nobody can tell. asked: volumes with a passphrase.

    full: file systems without space. only_root: whether /etc/nologin keeps others out. unlocks: whether clevis may help.
    """

    missing: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    only_root: bool = False
    unlocks: bool = False


def read_units(answer: Answer) -> Units:
    """The units, the default target and what has failed."""
    shown, _, rest = answer.stdout.rpartition("\n\n")
    blocks = [dict(line.split("=", 1) for line in block.split("\n") if "=" in line) for block in shown.split("\n\n")]
    lines = rest.split("\n")
    failed = tuple(line.split()[1] for line in lines if line.startswith("failed "))
    target = next(line.removeprefix("target ") for line in lines if line.startswith("target "))
    return Units({block["Id"]: block for block in blocks}, target, failed)


def read_sshd(answer: Answer) -> str:
    """Why sshd would not start; empty when it would, or is not there."""
    fault = next((line.removeprefix("refused ") for line in answer.stdout.split("\n") if line.startswith("refused ")), "")
    makes_keys = "keygen loaded" in answer.stdout
    passing = "Missing privilege separation directory" in fault or (makes_keys and "no hostkeys available" in fault)
    return "" if passing else fault


def read_storage(answer: Answer) -> Storage:
    """What a boot mounts and unlocks."""
    found: dict[str, list[str]] = {"missing": [], "unseen": [], "asked": [], "full": []}
    flags: set[str] = set()
    for line in filter(None, answer.stdout.split("\n")):
        kind, *words = line.split(" ")
        if kind == "mount":
            state, what, where, file_system, options = words[:5]
            passed_over = "container" in flags and what.startswith(_DEVICES)
            if state in found and not passed_over and _is_needed(file_system, options.split(",")):
                found[state].append(f"{what} on {where}")
        elif kind == "crypt":
            name, key, options = words[:3]
            waits = not {"nofail", "noauto"} & set(options.split(",")) and "-device=" not in options and "container" not in flags
            found["asked"] += [name] if key in ("none", "-") and waits else []
        elif kind == "space":
            found["full"] += [" ".join(words[1:])] if int(words[0]) == 0 else []
        else:
            flags.add(kind)
    lists = {name: tuple(values) for name, values in found.items()}
    return Storage(**lists, only_root="nologin" in flags, unlocks="clevis" in flags)


class Boot(Probe):
    """What a running host shows of its next start: SSH, network, mounts, volumes with a passphrase, the default target.

    Example: obstacles == ["/etc/fstab: /dev/vdc1 on /data is not there, and the entry does not say nofail"]
    Blind spots: the boot loader, initramfs and firmware; an address that the network gives anew; a network that is set up from
    outside, as that of containers is; services that start and fail only then. Whether the firewall comes back is another question.
    """

    units = Reading(UNITS, read_units)
    sshd = Reading(SSHD, read_sshd, root=True)
    storage = Reading(MOUNTS, read_storage, root=True)

    @property
    def obstacles(self) -> list[str]:
        """What keeps the host or its users away. What is found stands even when something else could not be seen."""
        return found_by(self._of_target, self._of_ssh, self._of_network, self._of_storage)

    def _of_target(self) -> Iterator[str]:
        target = self.units.target
        if target in _DEAD_ENDS:
            yield f"the host boots into {target}"
        elif self.units.properties.get(target, {}).get("LoadState") != "loaded":
            yield f"the host boots into {target}, which is not there"
        for unit in self.units.failed:
            if _NEEDED.fullmatch(unit):
                yield f"{unit} has failed"

    def _of_ssh(self) -> list[str]:
        there = {name: unit for name, unit in self.units.properties.items() if _is_ssh(name) and unit["LoadState"] != "not-found"}
        if any(_starts(unit) for unit in there.values()):
            return [f"sshd would not start: {one_line(self.sshd, 160)}"] if self.sshd else []
        if not there:
            raise CannotTell("no service of an SSH server is known here, so what lets users in after a boot is not either")
        states = ", ".join(f"{name} is {unit['UnitFileState'] or unit['LoadState']}" for name, unit in there.items())
        return [f"no boot starts an SSH server: {states}"]

    def _of_network(self) -> Iterator[str]:
        there = {name: unit for name, unit in self.units.properties.items() if name in _NETWORKS}
        # Generators, such as netplan's, let a boot start what nobody has enabled.
        if not any(unit["WantedBy"] or unit["RequiredBy"] for unit in there.values()):
            for name, unit in there.items():
                if unit["ActiveState"] == "active":
                    yield f"{name} has set up the network, and no boot starts it"

    def _of_storage(self) -> list[str]:
        storage = self.storage
        found = [f"/etc/fstab: {mount} is not there, and the entry does not say nofail" for mount in storage.missing]
        found += [f"no space is left on {where}" for where in storage.full]
        if storage.only_root:
            found.append("/etc/nologin lets nobody in but root")
        asked = ", ".join(storage.asked)
        if asked and not storage.unlocks:
            found.append(f"a boot waits until somebody types the passphrase of {asked}")
        if not found and (asked or storage.unseen):
            what = f"the volume {asked} is unlocked without a person" if asked else f"{', '.join(storage.unseen)} is there"
            raise CannotTell(f"whether {what} cannot be seen")
        return found


def _is_ssh(name: str) -> bool:
    return name.startswith(("ssh", "dropbear", "tinyssh"))


def _starts(unit: dict[str, str]) -> bool:
    wanted = f"{unit['WantedBy']} {unit['RequiredBy']}".strip()
    return unit["LoadState"] == "loaded" and unit["UnitFileState"] in _AT_BOOT and wanted != ""


def _is_needed(file_system: str, options: list[str]) -> bool:
    """Whether a boot stops without this entry."""
    optional = {"nofail", "noauto", "x-systemd.automount", "_netdev"} & set(options)
    return not optional and file_system not in _OVER_NETWORK and file_system != "swap"

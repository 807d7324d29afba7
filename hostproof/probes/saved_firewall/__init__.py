"""The firewall after a boot: what loads rules then, from which files, and whether they are those that are loaded now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.firewall.commands import ODD_SHAPES
from hostproof.probes.probe import Probe, Reading
from hostproof.probes.saved_firewall.files import COMMAND, read_saved, show_files
from hostproof.probes.saved_firewall.loaders import Loader, read_start, show_start
from hostproof.probes.saved_firewall.normal import Rules, difference, normal

_FOLDER = Path(__file__).parent


class SavedFirewall(Probe):
    """What a boot will load into the kernel, compared with what is loaded.

    Saved rules are given to the host's own iptables-restore and nft in a network namespace that lasts as long as that command and
    that nothing else uses: so the kernel itself says what they mean, includes, variables and defaults resolved, and no rule of
    the host changes. Counters, comments and what fail2ban, containers and virtual machines add while they run do not count.

    Example: lost_at_boot() == ["loaded but not saved: `-A INPUT -p tcp -m tcp --dport 8443 -j ACCEPT` (ip filter INPUT)"]
    Blind spots: rules that a service adds at each start, such as those of a VPN, count as not saved; rules that name an interface
    by number (`iif`) cannot be loaded apart; a rule of a kind that no loaded rule has may make the kernel load its module. The
    time between the network and the rules at boot is not looked at.
    """

    start = Reading((_FOLDER / "loaders.sh").read_text(encoding="utf-8"), read_start, root=True, shows=show_start)
    saved = Reading(COMMAND, read_saved, root=True, seconds=40, limit=8_000_000, slow=True, shows=show_files)
    firewalld = Reading(
        (_FOLDER / "firewalld.sh").read_text(encoding="utf-8"),
        lambda answer: _unsaved_of_firewalld(answer),
        root=True,
        slow=True,
        shows=lambda answer: "",
    )

    def loaders(self, kinds: Collection[str]) -> list[Loader]:
        """The services of these kinds that are there to load rules at boot."""
        return [loader for loader in self.start.loaders if loader.kind in kinds]

    def not_as_saved(self, files: Mapping[str, str]) -> list[str]:
        """How the loaded rules differ from those in the files (`ip` and `ip6` -> path), and what is wrong with the files."""
        faults: list[str] = []
        boot = Rules()
        for family, path in files.items():
            file = self.saved.files.get(path)
            if file is None and (family == "ip" or self._has_ipv6):
                faults.append(f"there is no {path}")
            elif file and file.kind != "iptables":
                faults.append(f"{path} holds no rules as iptables-save writes them")
            elif file:
                faults += [f"{path}: {file.exposed}"] if file.exposed else []
                boot.merge(self.saved.of(family, path))
        return faults + ([] if faults and not boot.filters else self._differences(boot, []))

    def lost_at_boot(self) -> list[str]:
        """Why a boot does not bring back the rules that are loaded; empty when it does. Raises CannotTell."""
        loaded = self._loaded
        if not loaded.filters:
            return ["no rules are loaded, so none come back"]
        working = [loader for loader in self.start.loaders if not loader.faults]
        idle = [fault for loader in self.start.loaders for fault in loader.faults]
        if not working:
            self._admit_hooks()
            return [f"no service loads rules at boot ({'; '.join(idle) or 'there is none'})"]
        boot = Rules()
        undone: list[str] = []
        for loader in working:
            for family, path in loader.reads:
                undone += boot.merge(self.saved.of(family, path))
        found = self._differences(boot, working)
        doubts = [loader.unclear for loader in working if loader.unclear]
        if undone and found:
            doubts.append(f"several services load {', '.join(dict.fromkeys(undone))}")
        if found and doubts:
            raise CannotTell("; ".join(doubts))
        if found:
            self._admit_hooks()
        return found

    @property
    def _loaded(self) -> Rules:
        unseen = self.host.firewall.iptables.unseen
        if unseen:
            raise CannotTell(f"the rules of {unseen[0]}tables-legacy could not be listed")
        try:
            return normal(self.host.firewall.nftables, self.host.firewall.iptables)
        except ODD_SHAPES as error:
            raise CannotTell(f"the firewall's rules are listed in an unknown way: {error!r}") from error

    @property
    def _has_ipv6(self) -> bool:
        return "v6" in self.host.firewall.network.families

    def _differences(self, boot: Rules, working: Collection[Loader]) -> list[str]:
        ufw, firewalld = (any(loader.kind == kind for loader in working) for kind in ("ufw", "firewalld"))
        if ufw:
            for family in ("ip", "ip6") if self.start.ufw.get("IPV6", "").lower() == "yes" else ("ip",):
                for chain in ("INPUT", "OUTPUT", "FORWARD"):
                    policy = self.start.ufw.get(f"DEFAULT_{chain}_POLICY", "")
                    if policy in ("DROP", "REJECT"):
                        boot.chains[family, "filter", chain] = ["policy DROP"]
        unsaved = self.firewalld if firewalld else []
        return [*unsaved, *difference(self._loaded, boot, ufw=ufw, firewalld=firewalld)]

    def _admit_hooks(self) -> None:
        """Raises CannotTell when something beside services may load rules."""
        if self.start.hooks:
            raise CannotTell(f"{' and '.join(self.start.hooks)} may load rules at boot; what they do is not followed")


def _unsaved_of_firewalld(answer: Answer) -> list[str]:
    """What firewalld applies and has not saved, or the other way round; interfaces are assigned at each start."""
    now: list[str] = []
    saved: list[str] = []
    zones = {"zone": "", "saved-zone": ""}
    for line in answer.stdout.split("\n"):
        kind, _, text = line.partition(" ")
        if kind in zones:
            zones[kind] = text
        elif kind in ("now", "--permanent"):
            bare = text.replace(", active", "").replace(" (active)", "")
            if not bare.strip().startswith("interfaces:"):
                (now if kind == "now" else saved).append(bare)
    if answer.stdout.strip() and not now:
        raise CannotTell("firewall-cmd did not say what firewalld applies")
    found = [f"firewalld's default zone is {zones['zone']} now, {zones['saved-zone']} after a boot"]
    found = found if zones["zone"] != zones["saved-zone"] else []
    for here, there, what in ((now, saved, "applies but has not saved"), (saved, now, "has saved but does not apply")):
        lines = [line.strip() for line in here if here.count(line) > there.count(line)]
        found += [f"firewalld {what}: {line}" for line in dict.fromkeys(lines) if line]
    return found

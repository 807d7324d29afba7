"""Rules in a normal form, so that those that are loaded and those that are saved can be compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hostproof.probes.firewall.commands import Iptables
from hostproof.probes.firewall.nft_text import statement_text
from hostproof.text import one_line

Json = dict[str, Any]
Name = tuple[str, str, str]  # family, table, chain (or set)
# What programs make while they run, and make anew after a boot.
DYNAMIC_TABLE = re.compile(
    r"f2b-|fail2ban|docker|kube-|cali|cilium|crowdsec|sshguard|io\.systemd|netavark|libvirt|lxc|incus|wg-quick-"
)
DYNAMIC_CHAIN = re.compile(
    r"f2b-|fail2ban-|DOCKER|KUBE-|cali-|CILIUM|CNI-|NETAVARK|LIBVIRT_|CROWDSEC|sshguard|FLANNEL|WEAVE|ISTIO|nerdctl"
)
FIREWALLD_CHAIN = re.compile(
    r"(?:INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)_\w+|(?:IN|FWD[IO]?|FWD|PRE|POST)_\w+", re.ASCII
)
_DYNAMIC_INTERFACE = re.compile(r"\b(?:docker\d|br-[0-9a-f]{12}|cni\d|virbr\d|podman\d|lxcbr\d|lxdbr\d|incusbr\d|flannel)")
_HOOKED = "hook "
_UFW_HOOK = re.compile(r"-A (?:INPUT|OUTPUT|FORWARD) -j ufw6?-|-A ufw6?-before-\w+ -j ufw6?-user-")


@dataclass
class Rules:
    """The rules of chains and the elements of sets, in order; a chain's policy comes first where it is not `accept`."""

    chains: dict[Name, list[str]] = field(default_factory=dict)

    def merge(self, other: Rules) -> list[str]:
        """Add the rules of another source; the tables that both hold, in which one may undo the other."""
        shared = {name[:2] for name in self.chains} & {name[:2] for name in other.chains}
        self.chains.update(other.chains)
        return [" ".join(table) for table in sorted(shared)]

    @property
    def filters(self) -> bool:
        """Whether there is any rule."""
        return any(self.chains.values())


def normal(listed: Sequence[Json], saved: Iptables) -> Rules:
    """All rules that nft and the iptables tools list, without what changes by itself: counters, handles, comments."""
    rules = Rules()
    written_by_iptables = {(family, table) for family, of in saved.nft.items() for table in of.lines}
    for tool in (saved.nft, saved.legacy):
        for family, of in tool.items():
            for table, chains in of.lines.items():
                for chain, lines in chains.items():
                    policy = of.policies.get(table, {}).get(chain, "ACCEPT")
                    kept = [f"policy {policy}"] if policy != "ACCEPT" else []
                    _add(rules, (family, table, chain), kept + [_without_comment(line) for line in lines])
    for entry in listed:
        ((kind, of),) = entry.items()
        if kind not in ("chain", "rule", "set", "map") or (of["family"], of["table"]) in written_by_iptables:
            continue
        place = (of["family"], of["table"], of["chain"] if kind == "rule" else of["name"])
        _add(rules, place, list(_native(kind, of)))
    # A chain that holds nothing lets pass, as if it were not there.
    empty = [name for name, lines in rules.chains.items() if all(line.startswith(_HOOKED) for line in lines)]
    for name in empty:
        del rules.chains[name]
    return rules


def difference(loaded: Rules, saved: Rules, *, ufw: bool = False, firewalld: bool = False) -> list[str]:
    """What is loaded and not saved, and the other way round; empty when they are the same.

    ufw, firewalld: whether it runs, so that the chains that it makes around its rules count as saved.
    """
    found: list[str] = []
    for name in sorted({**loaded.chains, **saved.chains}):
        if _is_dynamic(name) or (firewalld and _of_firewalld(name)):
            continue
        if ufw and re.match(r"ufw6?-", name[2]) and name not in saved.chains:
            continue  # made by ufw around its rules
        now = [rule for rule in loaded.chains.get(name, ()) if not _made_meanwhile(rule, ufw, firewalld)]
        then = [rule for rule in saved.chains.get(name, ()) if not _made_meanwhile(rule, ufw, firewalld)]
        if name[2] == "FORWARD" and any(DYNAMIC_CHAIN.match(chain) for _, _, chain in loaded.chains):
            now = [rule for rule in now if rule != "policy DROP"] if "policy DROP" not in then else now
        found += _between(" ".join(name), now, then)
    return found


def _between(place: str, now: Sequence[str], then: Sequence[str]) -> Iterator[str]:
    if now == then:
        return
    only_now = [rule for rule in now if now.count(rule) > then.count(rule)]
    only_then = [rule for rule in then if then.count(rule) > now.count(rule)]
    for rule in dict.fromkeys(only_now):
        yield f"loaded but not saved: `{_shown(rule)}` ({place})"
    for rule in dict.fromkeys(only_then):
        yield f"saved but not loaded: `{_shown(rule)}` ({place})"
    if not only_now and not only_then:
        yield f"saved in another order: {place}"


def _add(rules: Rules, place: Name, lines: Sequence[str]) -> None:
    if lines:
        rules.chains.setdefault(place, []).extend(lines)


def _is_dynamic(name: Name) -> bool:
    return bool(DYNAMIC_TABLE.match(name[1]) or DYNAMIC_CHAIN.match(name[2]))


def _of_firewalld(name: Name) -> bool:
    return name[1] == "firewalld" or bool(FIREWALLD_CHAIN.fullmatch(name[2]))


def _made_meanwhile(rule: str, ufw: bool, firewalld: bool) -> bool:
    """Whether a rule of a lasting chain belongs to what programs make while they run."""
    target = re.search(r"(?:-[jg]|\bjump|\bgoto) (\S+)", rule)
    if target and DYNAMIC_CHAIN.match(target[1]):
        return True
    if _DYNAMIC_INTERFACE.search(rule) or (ufw and _UFW_HOOK.match(rule)):
        return True
    return bool(firewalld and target and FIREWALLD_CHAIN.fullmatch(target[1]))


def _without_comment(line: str) -> str:
    line = re.sub(r' -m comment --comment (?:"(?:\\.|[^"\\])*"|\S+)', "", line)
    return re.sub(r"^\[\d+:\d+\] ", "", line)


def _native(kind: str, of: Mapping[str, Any]) -> Iterator[str]:
    if kind == "rule":
        yield json.dumps([statement for statement in of["expr"] if not _counts(statement)], sort_keys=True)
    elif kind == "chain":
        if "hook" in of:
            yield f"{_HOOKED}{of['hook']} priority {of['prio']}"
        if of.get("policy", "accept") != "accept":
            yield f"policy {of['policy']}"
    elif not _changes(of):
        elements = sorted(json.dumps(_lasting(element), sort_keys=True) for element in of.get("elem", ()))
        yield f"elements {', '.join(elements)}"


def _shown(rule: str) -> str:
    """A rule as a person reads it."""
    if rule.startswith("["):
        rule = " ".join(filter(None, map(statement_text, json.loads(rule))))
    return one_line(rule, 160)


def _counts(statement: Any) -> bool:
    return isinstance(statement, dict) and set(statement) == {"counter"}


def _changes(of: Mapping[str, Any]) -> bool:
    """Whether packets or time change what a set holds."""
    return bool({"dynamic", "timeout"} & set(of.get("flags", ()))) or "timeout" in of


def _lasting(element: Any) -> Any:
    """An element without its counter."""
    if isinstance(element, dict) and isinstance(element.get("elem"), dict):
        return element["elem"].get("val")
    return element

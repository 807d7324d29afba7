"""What iptables-save prints, as tables of rules; iptables-legacy, iptables-nft and their v6 twins print the same."""

from __future__ import annotations

import shlex
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address

from hostproof.probes.firewall.ipset import Ipsets
from hostproof.probes.firewall.iptables_match import Option, condition, head
from hostproof.probes.firewall.packet import Family
from hostproof.probes.firewall.ruleset import (
    Accept,
    Action,
    Base,
    Chain,
    Drop,
    Hook,
    Jump,
    Mark,
    Proceed,
    Redirect,
    Return,
    Rule,
    Table,
    Undecided,
    Untrack,
)
from hostproof.probes.firewall.spans import Spans

# table -> built-in chain -> hook and priority, as the kernel registers them
BUILT_IN: dict[str, dict[str, tuple[Hook, int]]] = {
    "raw": {"PREROUTING": ("prerouting", -300), "OUTPUT": ("output", -300)},
    "mangle": {
        "PREROUTING": ("prerouting", -150),
        "INPUT": ("input", -150),
        "FORWARD": ("forward", -150),
        "OUTPUT": ("output", -150),
        "POSTROUTING": ("postrouting", -150),
    },
    "nat": {
        "PREROUTING": ("prerouting", -100),
        "INPUT": ("input", 100),
        "OUTPUT": ("output", -100),
        "POSTROUTING": ("postrouting", 100),
    },
    "filter": {"INPUT": ("input", 0), "FORWARD": ("forward", 0), "OUTPUT": ("output", 0)},
    "security": {"INPUT": ("input", 50), "FORWARD": ("forward", 50), "OUTPUT": ("output", 50)},
}
_TARGETS: dict[str, Action] = {
    "ACCEPT": Accept(),
    "DROP": Drop(),
    "REJECT": Drop(),
    "TARPIT": Drop(),
    "RETURN": Return(),
    "QUEUE": Undecided(goes_on=False),
    "NFQUEUE": Undecided(goes_on=False),
    "SYNPROXY": Undecided(goes_on=False),
    "NETMAP": Redirect(unknown=True),
    "SNAT": Accept(),
    "MASQUERADE": Accept(),
    "NOTRACK": Untrack(),
}
HARMLESS_TARGETS = frozenset({
    "LOG", "NFLOG", "ULOG", "CHECKSUM", "TCPMSS", "CLASSIFY", "DSCP", "TOS", "TTL", "HL", "AUDIT", "TRACE", "TEE", "CT",
    "SECMARK", "CONNSECMARK", "RATEEST", "SET", "IDLETIMER", "LED", "ECN",
})  # fmt: skip
_ONE_VALUE = {"--comment", "--log-prefix", "--nflog-prefix", "--ulog-prefix", "--string", "--hex-string"}  # free text

Lines = dict[str, dict[str, list[str]]]  # table -> chain -> its rules


@dataclass
class Saved:
    """One run of an iptables-save: rules, and the policies of built-in chains."""

    lines: Lines = field(default_factory=dict)
    policies: dict[str, dict[str, str]] = field(default_factory=dict)


def saved(text: str) -> Saved:
    """Read what one iptables-save or ip6tables-save printed."""
    found = Saved()
    table = ""
    for line in text.splitlines():
        if line.startswith("*"):
            table = line[1:].strip()
            found.lines[table], found.policies[table] = {}, {}
        elif line.startswith(":") and table:
            chain, policy = line[1:].split()[:2]
            found.lines[table][chain] = []
            if policy != "-":
                found.policies[table][chain] = policy
        elif line.startswith("-A ") and table:
            found.lines[table].setdefault(line.split()[1], []).append(line)
    return found


def tables(of: Saved, family: Family, ipsets: Ipsets, title: str) -> list[Table]:
    """The tables as the kernel runs them; `title` names the tool."""
    made = []
    for name, chains in of.lines.items():
        table = Table(f"{title} {name}")
        for chain, lines in chains.items():
            place = BUILT_IN.get(name, {}).get(chain)
            accepts = of.policies[name].get(chain) != "DROP"
            base = Base(place[0], place[1], accepts, name == "nat", (family,)) if place else None
            rules = [rule for line in lines for rule in compiled(line, chains, ipsets)]
            table.chains[chain] = Chain(chain, rules, base)
        made.append(table)
    return made


def compiled(line: str, chains: Container[str], ipsets: Ipsets) -> list[Rule]:
    """One `-A CHAIN ...` line. chains: the table's own, that a rule may jump to."""
    modules: list[tuple[str, list[Option]]] = [("", [])]
    action: Action = Proceed()
    target = ""
    for option in _options(line):
        if option.name in ("-m", "--match"):
            modules.append((option.values[0], []))
        elif option.name in ("-j", "-g"):
            target = option.values[0]
            action = Jump(target, goto=option.name == "-g")
            modules.append(("", []))
        else:
            modules[-1][1].append(option)
    if target and target not in chains:
        action = _target(target, modules.pop()[1])
    elif target:
        modules.pop()
    conditions = tuple(head(modules[0][1]) + [condition(name, given, ipsets) for name, given in modules[1:]])
    return [] if isinstance(action, Proceed) else [Rule(conditions, action, line)]


def _options(line: str) -> Iterator[Option]:
    """The options of a rule after `-A CHAIN`, each with its values and whether `!` stands before it."""
    words = shlex.split(line)[2:]
    at = 0
    while at < len(words):
        negated = words[at] == "!"
        at += negated
        name = words[at]
        end = at + 1
        if name in _ONE_VALUE:
            end += 1
        else:
            while end < len(words) and words[end] != "!" and not _is_option(words[end]):
                end += 1
        yield Option(name, tuple(words[at + 1 : end]), negated)
        at = end


def _is_option(word: str) -> bool:
    return word.startswith("-") and not word[1:2].isdigit()


def _target(name: str, options: list[Option]) -> Action:
    """What a target that is not a chain does."""
    given = {option.name: option.values[0] if option.values else "" for option in options}
    if name in ("MARK", "CONNMARK"):
        bits = given.get("--set-xmark") or given.get("--set-mark") or ""
        restores = "--restore-mark" in given or "--save-mark" in given
        return Mark(int(bits.partition("/")[0], 0) if bits else 0 if restores else 0xFFFFFFFF)
    if name == "CT" and "--notrack" in given:
        return Untrack()
    if name == "REDIRECT":
        return Redirect(None, _ports(given.get("--to-ports", "")))
    if name == "DNAT":
        return _destination(given.get("--to-destination", ""))
    if name in _TARGETS:
        return _TARGETS[name]
    return Proceed() if name in HARMLESS_TARGETS else Undecided()


def _destination(text: str) -> Redirect:
    """Where DNAT leads: `10.0.0.2`, `10.0.0.2:80`, `10.0.0.2:80-90`, `[2001:db8::1]:80`, `2001:db8::1`."""
    if text.startswith("["):
        address, _, ports = text[1:].partition("]")
    elif text.count(":") > 1:
        address, ports = text, ""
    else:
        address, _, ports = text.partition(":")
    if "-" in address or not (address or ports):
        return Redirect(unknown=True)
    return Redirect(int(ip_address(address)) if address else None, _ports(ports.lstrip(":").partition("/")[0]))


def _ports(text: str) -> Spans | None:
    if not text:
        return None
    first, _, last = text.partition("-")
    return Spans.of([(int(first), int(last or first))])

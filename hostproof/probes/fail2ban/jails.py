"""What the running fail2ban says about its jails."""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import dataclass, field
from typing import Any

from hostproof.connection import Answer
from hostproof.errors import CannotTell
from hostproof.probes.fail2ban.messages import Message

# Words in an action's commands that block an address -> the program that has to be there for it.
_BLOCKERS = {
    "nft": "nft",
    "iptables": "iptables",
    "ip6tables": "ip6tables",
    "ipset": "ipset",
    "firewall-cmd": "firewall-cmd",
    "ufw": "ufw",
    "shorewall": "shorewall",
    "ip route": "ip",
    "ip -6 route": "ip",
}
_NAMES_PORTS = re.compile(r"--dports?\b|\bdport\b|\bports?=")
_ONLY_TELLS = re.compile(r"(send)?mail|dummy|abuseipdb|badips|blocklist|complain|dshield|mynetwatchman|smtp|xarf|cloudflare")
# Chains that what is for the host itself passes, and chains that it never does; of others it is not known.
_OWN_CHAINS = ("INPUT", "PREROUTING")
_OTHERS_CHAINS = re.compile(r"FORWARD|OUTPUT|POSTROUTING|DOCKER.*")
_OWN_HOOKS = ("input", "prerouting", "ingress")
_WIDEST = {4: 7, 6: 15}  # prefix lengths: who spares a public network as wide as this spares attackers


@dataclass
class Action:
    """What a jail does to an attacker.

    tools: the programs by which it blocks. ports: ranges with both ends, None for every port. obstacle: why it cannot keep anybody
    out, None when nothing stands against it. known: whether it is understood here. chain: the chain that its rules go into, where
    that is none which every packet for this host passes.
    """

    name: str
    tools: set[str] = field(default_factory=set)
    ports: list[tuple[int, int]] | None = None
    obstacle: str | None = None
    known: bool = True
    chain: str = ""

    def covers(self, port: int) -> bool:
        return self.ports is None or any(first <= port <= last for first, last in self.ports)


@dataclass
class LogFile:
    """A file that a jail reads: its size in bytes, its newest lines about SSH, or why it cannot be read."""

    path: str
    size: int = 0
    tail: list[str] = field(default_factory=list)
    error: str = ""


@dataclass
class Jail:
    """One running jail.

    recognises: (program, "IPv4" or "IPv6") whose message about a failed log-in the jail's own expressions count.
    journal: alternatives, each a list of FIELD=VALUE; empty for the whole journal. ban_seconds: negative for ever.
    find_seconds: how long a failure counts.
    """

    name: str
    idle: bool
    recognises: set[tuple[str, str]]
    files: list[LogFile]
    journal: list[list[str]]
    reads_journal: bool
    ban_seconds: int
    find_seconds: int
    max_retry: int
    ignored: list[str]
    ignore_command: str
    actions: list[Action]

    @property
    def source(self) -> str:
        """What it reads, for a sentence."""
        if self.reads_journal:
            return "the journal where " + (" or ".join(" and ".join(terms) for terms in self.journal) or "it has anything")
        return ", ".join(f"{file.path} ({file.error or f'{file.size} bytes'})" for file in self.files) or "nothing"

    def receives(self, message: Message) -> bool:
        """Whether a message that an SSH server wrote has come to where this jail reads."""
        if self.reads_journal:
            return not self.journal or any(message.matches(terms) for terms in self.journal)
        written = f"[{message.pid}]: {message.text}"
        return any(written in line for file in self.files for line in file.tail)

    @property
    def spares(self) -> list[str]:
        """The networks that it never bans and that are too wide to be friends."""
        shown = [{"0.0.0.0": "0.0.0.0/0", "::": "::/0"}.get(text, text) for text in self.ignored]  # noqa: S104 - that is how it shows them
        networks = [ipaddress.ip_network(text, strict=False) for text in shown if re.fullmatch(r"[0-9a-fA-F.:/]+", text)]
        joined: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        joined += ipaddress.collapse_addresses(n for n in networks if isinstance(n, ipaddress.IPv4Network))
        joined += ipaddress.collapse_addresses(n for n in networks if isinstance(n, ipaddress.IPv6Network))
        return [str(n) for n in joined if n.prefixlen <= _WIDEST[n.version] and not n.is_private]

    @property
    def blocking(self) -> list[Action]:
        return [action for action in self.actions if action.obstacle is None]

    def blocks(self, port: int) -> bool:
        return any(action.covers(port) for action in self.blocking)


@dataclass
class Server:
    """The running server, or why none runs. at_boot: whether `unit`, which runs it, starts with the host."""

    stopped: str = ""
    version: str = ""
    unit: str | None = None
    at_boot: bool = False
    jails: list[Jail] = field(default_factory=list)


def read_server(answer: Answer) -> Server:
    """What jails.python printed. Raises CannotTell when the server cannot be trusted or is too big."""
    said = _said(answer)
    if "problem" in said:
        raise CannotTell(f"fail2ban: {said['problem']}")
    if "stopped" in said:
        return Server(stopped=said["stopped"])
    return Server("", said["version"], said["unit"], said["at_boot"], [_jail(jail, said) for jail in said["jails"]])


def telling_part(answer: Answer) -> str:
    """For a report: what each jail reads, spares and does, without the whole text of its actions and logs."""
    if answer.status:
        return answer.stderr
    said = _said(answer)
    for jail in said.get("jails", []):
        for action in jail["actions"]:
            action["ban"] = action.pop("properties").get("actionban")
        for file in jail["files"]:
            file["tail"] = file.get("tail", [])[-1:]
    return json.dumps(said, indent=1, ensure_ascii=False)


def _said(answer: Answer) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(answer.stdout.strip().rpartition("\n")[2])
    return said


def _jail(said: dict[str, Any], host: dict[str, Any]) -> Jail:
    return Jail(
        name=said["name"],
        idle=said["idle"],
        recognises={(program, family) for program, family in said["recognises"]},
        files=[LogFile(**file) for file in said["files"]],
        journal=said["journal"],
        reads_journal=said["reads_journal"],
        ban_seconds=int(said["ban_seconds"]),
        find_seconds=int(said["find_seconds"]),
        max_retry=int(said["max_retry"]),
        ignored=said["ignored"],
        ignore_command=said["ignore_command"],
        actions=[_action(action, host) for action in said["actions"]],
    )


def _action(said: dict[str, Any], host: dict[str, Any]) -> Action:
    name, properties = said["name"], said["properties"]
    commands = "\n".join(properties.get(step, "") for step in ("actionstart", "actionban"))
    for _ in range(5):  # a tag may stand for text that holds further tags
        commands = re.sub(r"<([^<>\s]+)>", lambda tag: str(properties.get(tag[1], tag[0])), commands)
    tools = {tool for word, tool in _BLOCKERS.items() if re.search(rf"(?<![\w-]){word}(?![\w-])", commands)}
    ports = [(first, last) for first, last in said["ports"]] if _NAMES_PORTS.search(commands) else None
    only_tells = bool(_ONLY_TELLS.match(name)) or not properties.get("actionban")
    chain = _chain(properties, tools)
    obstacle = _obstacle(name, tools, only_tells, host) or _wrong_place(name, chain) or _wrong_protocol(name, properties, tools)
    return Action(name, tools, ports, obstacle, known=bool(tools) or only_tells, chain=chain)


def _chain(properties: dict[str, str], tools: set[str]) -> str:
    """The chain or hook into which an action's rules go, "" where that is one for what comes to this host, or not said."""
    text = "\n".join(properties.values())
    chain, hook = properties.get("chain", ""), properties.get("chain_hook", "")
    if tools & {"iptables", "ip6tables"} and re.search(rf"-[IA] (?:<chain>|{re.escape(chain)}) ", text):
        return "" if chain in _OWN_CHAINS else chain
    return hook if "nft" in tools and "hook" in text and hook not in (*_OWN_HOOKS, "") else ""


def _wrong_place(name: str, chain: str) -> str | None:
    if _OTHERS_CHAINS.fullmatch(chain) or chain in ("forward", "output", "postrouting"):
        return f"its action {name} puts its rules into {chain}, which nothing passes that comes to this host itself"
    return None


def _wrong_protocol(name: str, properties: dict[str, str], tools: set[str]) -> str | None:
    protocols = re.findall(r"\w+", properties.get("protocol", ""))
    if tools & {"iptables", "ip6tables", "nft"} and protocols and not {"tcp", "all", "any"} & {p.lower() for p in protocols}:
        return f"its action {name} blocks {' and '.join(protocols)} only"
    return None


def _obstacle(name: str, tools: set[str], only_tells: bool, host: dict[str, Any]) -> str | None:
    if not tools and only_tells:
        return f"its action {name} blocks nobody"
    if missing := tools - set(host["tools"]):
        return f"its action {name} needs {' and '.join(sorted(missing))}, which is not there"
    if "firewall-cmd" in tools and not host["firewalld_runs"]:
        return f"its action {name} speaks to firewalld, which does not run"
    if "ufw" in tools and not host["ufw_on"]:
        return f"its action {name} adds rules to ufw, which is off"
    return None

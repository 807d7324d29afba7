"""What loads firewall rules at boot, and from which files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hostproof.connection.answer import Answer

INIT_SCRIPT = "/etc/init.d/firewall"
KINDS = {
    "nftables.service": "nftables",
    "netfilter-persistent.service": "netfilter-persistent",
    "iptables.service": "iptables",
    "ip6tables.service": "iptables",
    "ufw.service": "ufw",
    "firewalld.service": "firewalld",
}
# What services read whose start is a program of their own.
USUAL_FILES: dict[str, tuple[tuple[str, str], ...]] = {
    "netfilter-persistent.service": (("ip", "/etc/iptables/rules.v4"), ("ip6", "/etc/iptables/rules.v6")),
    "iptables.service": (("ip", "/etc/sysconfig/iptables"),),
    "ip6tables.service": (("ip6", "/etc/sysconfig/ip6tables"),),
    "ufw.service": (("ip", "ufw"), ("ip6", "ufw")),
}
_AT_BOOT = {"enabled", "alias", "static", "indirect"}  # those with somebody who wants them, which is looked at beside
_ENABLED = {*_AT_BOOT, "generated"}
_TARGETS = re.compile(r"(?:multi-user|graphical|sysinit|basic|network|network-pre|network-online|default|local-fs)\.target")
_RESTORE = re.compile(r"\b(ip6?)tables(?:-nft|-legacy)?-restore\b([^;&|\n]*)")
_NFT = re.compile(r"\bnft\b(?: +-[a-eg-z]+)* +(?:-f|--file) *=?([^\s;&|]+)")
_PATH = re.compile(r"/[A-Za-z0-9._+@/-]+")
_BUILDS = re.compile(
    r"(?:^|[\s;&|({/])(?:ip6?tables(?:-nft|-legacy)?|\$\{?IP6?T\w*\}?)\s+(?:-t \w+ +)?-[APIN]\b|\bnft +(?:add|insert)\b"
)
_IDLE = re.compile(r"\s*(?:$|(?:true|:|echo|exit|return|case|esac|set|;;|\{|\})(?:[\s;]|$))")  # lines that load nothing
_LABEL = re.compile(r"\s*\(?\s*([\w*|\s\"'-]+)\)")
_STOPPING = re.compile(r"(?:function +)?\w*(?:stop|flush|clear|open)\w*\s*\(\)")


@dataclass(frozen=True)
class Loader:
    """A service that can load rules at boot.

    kind: init-script, nftables, netfilter-persistent, iptables, ufw, firewalld, or unit (of another name).
    faults: why a boot does not load rules with it, or did not. reads: what it loads, as (`ip`, `ip6` or `nft`, file).
    unclear: why what it loads is not known.
    """

    kind: str
    unit: str
    faults: tuple[str, ...] = ()
    reads: tuple[tuple[str, str], ...] = ()
    unclear: str = ""


@dataclass(frozen=True)
class Script:
    """A file that a service starts. kind: find's letter for its type."""

    mode: int
    owner: int
    kind: str
    lines: tuple[str, ...] = ()


@dataclass
class Start:
    """What the host says about its start: units' properties, scripts by path, runlevel links, ufw's settings, hooks."""

    units: dict[str, dict[str, str]] = field(default_factory=dict)
    scripts: dict[str, Script] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    ufw: dict[str, str] = field(default_factory=dict)
    hooks: list[str] = field(default_factory=list)

    @property
    def loaders(self) -> list[Loader]:
        """The services that are there, whether they start at boot or not."""
        found = [self._loader(name, unit) for name, unit in self.units.items() if unit["LoadState"] != "not-found"]
        if INIT_SCRIPT in self.scripts and not any(loader.kind == "init-script" for loader in found):
            found.append(Loader("init-script", INIT_SCRIPT, ("systemd has no service of it",)))
        return found

    def _loader(self, name: str, unit: Mapping[str, str]) -> Loader:
        kind = KINDS.get(name, "unit")
        script = _started(unit)
        if name == "firewall.service" and (unit["SourcePath"] == INIT_SCRIPT or script == INIT_SCRIPT):
            kind = "init-script"
        faults = [*self._of_unit(name, unit), *(self._of_script() if kind == "init-script" else ())]
        if kind == "ufw" and self.ufw.get("ENABLED", "").lower() != "yes":
            faults.append("ENABLED is not `yes` in /etc/ufw/ufw.conf")
        reads, unclear = self._read_by(name, unit, script)
        return Loader(kind, name, tuple(faults), reads, unclear)

    def _of_unit(self, name: str, unit: Mapping[str, str]) -> Iterator[str]:
        """Why a boot does not start a unit, or did not."""
        state = unit["UnitFileState"]
        wanted = _TARGETS.search(f"{unit['WantedBy']} {unit['RequiredBy']}")
        if unit["LoadState"] != "loaded":
            yield f"{name} is {unit['LoadState']}"
        elif state == "generated":
            if not self.links:
                yield f"no runlevel starts {name}: there is no /etc/rc2.d/S..firewall"
        elif state not in _AT_BOOT:
            yield f"{name} is {state or 'not enabled'}, no boot starts it"
        elif not wanted:
            yield f"nothing starts {name} at boot"
        if unit["ActiveState"] == "failed" or unit["Result"] not in ("success", ""):
            yield f"{name} failed ({unit['Result']})"
        elif unit["ActiveState"] == "inactive" and state in _ENABLED and "start_time=[n/a]" in unit.get("ExecStart", ""):
            yield f"{name} has not run since the boot"

    def _of_script(self) -> Iterator[str]:
        script = self.scripts.get(INIT_SCRIPT)
        if script is None:
            yield f"there is no {INIT_SCRIPT}"
        elif script.kind != "f":
            yield f"{INIT_SCRIPT} is no file"
        elif script.owner != 0 or script.mode & 0o022:
            yield f"others than root can change {INIT_SCRIPT} (owner {script.owner}, mode {script.mode:04o})"
        elif not script.mode & 0o100:
            yield f"{INIT_SCRIPT} is not executable"

    def _read_by(self, name: str, unit: Mapping[str, str], script: str) -> tuple[tuple[tuple[str, str], ...], str]:
        """What a unit loads, and why that is not known."""
        if name in USUAL_FILES:
            return USUAL_FILES[name], ""
        if name == "firewalld.service":
            return (), ""
        text = self.scripts.get(script)
        if text is None:
            reads = tuple(dict.fromkeys(_restored(unit.get("ExecStart", ""))))
            return reads, "" if reads else f"what {name} loads cannot be seen"
        return _read_by_script(script, text)


def read_start(answer: Answer) -> Start:
    """What loaders.sh printed."""
    blocks, _, rest = answer.stdout.rpartition("\n\n") if "\n\n" in answer.stdout else (answer.stdout, "", "")
    start = Start()
    for block in blocks.split("\n\n"):
        unit = dict(line.split("=", 1) for line in block.split("\n") if "=" in line)
        start.units[unit["Id"]] = unit
    path = ""
    for line in filter(None, rest.split("\n")):
        kind, _, text = line.partition(" ")
        if kind == "script":
            mode, owner, letter, _size, path = text.split(" ", 4)
            start.scripts[path] = Script(int(mode, 8), int(owner), letter)
        elif kind == "in":
            script = start.scripts[path]
            start.scripts[path] = Script(script.mode, script.owner, script.kind, (*script.lines, text))
        elif kind == "link":
            start.links.append(text)
        elif kind == "ufw":
            name, _, value = text.partition("=")
            start.ufw[name] = value.strip().strip("\"'")
        elif kind == "hook":
            start.hooks.append(text)
        else:
            raise ValueError(f"not understood: {line!r}")
    return start


def show_start(answer: Answer) -> str:
    """The services, and the lines of scripts that load or make rules."""
    lines = []
    for block in answer.stdout.split("\n\n"):
        unit = dict(line.split("=", 1) for line in block.split("\n") if "=" in line)
        if unit.get("LoadState", "not-found") != "not-found":
            lines.append(f"{unit.get('Id')}: {unit.get('UnitFileState') or unit['LoadState']}, {unit.get('ActiveState')}")
    telling = (line for line in answer.stdout.split("\n") if line.startswith(("script ", "ufw ", "hook ", "link ")))
    loading = (line for line in answer.stdout.split("\n") if line.startswith("in ") and re.search(r"tables|\bnft\b", line))
    return "\n".join((*lines, *telling, *loading)) or "no service that loads firewall rules"


def _started(unit: Mapping[str, str]) -> str:
    """The program that a unit starts."""
    found = re.search(r"argv\[\]=([^ ;]+)", unit.get("ExecStart", ""))
    return found[1] if found else ""


def _restored(text: str) -> Iterator[tuple[str, str]]:
    """The files that a command loads: of `iptables-restore <FILE`, `iptables-restore FILE`, `nft -f FILE`."""
    for tool, rest in _RESTORE.findall(text):
        if path := _PATH.search(rest):
            yield tool, path[0]
    for path in _NFT.findall(text):
        yield "nft", path.strip("\"'")


def _read_by_script(path: str, script: Script) -> tuple[tuple[tuple[str, str], ...], str]:
    """What a script loads when it is told to start."""
    reads: dict[tuple[str, str], None] = {}
    variables: dict[str, str] = {}
    builds, follows = "", False
    for line in _lines_for_start("\n".join(script.lines).replace("\\\n", " ")):
        text = re.sub(r"\$\{?(\w+)\}?", lambda name: variables.get(name[1], name[0]), line)
        if assigned := re.fullmatch(r"\s*(?:export +|local +)?(\w+)=[\"']?([^\"'\s$`]*)[\"']?\s*", text):
            variables[assigned[1]] = assigned[2]
            continue
        reads.update(dict.fromkeys(_restored(text.replace('"', "").replace("'", ""))))
        follows = follows or not _IDLE.match(text)
        if _BUILDS.search(text):
            builds = text.strip()
    if builds:
        return tuple(reads), f"{path} makes rules by itself (`{builds}`)"
    return tuple(reads), f"{path} loads no file that can be seen" if follows and not reads else ""


def _lines_for_start(text: str) -> Iterator[str]:
    """The lines of a script that may run when it is started: not comments, not what is for `stop`."""
    branch, skipped = "", False
    for line in text.split("\n"):
        bare = re.sub(r"(^|\s)#.*", "", line)
        if skipped:
            skipped = not bare.startswith("}")
            continue
        if _STOPPING.match(bare):
            skipped = "}" not in bare
            continue
        label = _LABEL.match(bare)
        if label and not branch and "$(" not in bare:
            branch, bare = label[1], bare[label.end() :]
        if not branch or "start" in [name.strip(" \"'") for name in branch.split("|")]:
            yield bare
        if ";;" in bare or re.match(r"\s*esac\b", bare):
            branch = ""

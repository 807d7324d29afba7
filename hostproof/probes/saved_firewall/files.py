"""Files of saved rules, and what the kernel makes of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.firewall import nft
from hostproof.probes.firewall.commands import _HAS_NF_TABLES as HAS_NF_TABLES
from hostproof.probes.firewall.commands import IPTABLES, NFT, ODD_SHAPES, read_iptables
from hostproof.probes.saved_firewall.normal import Rules, normal
from hostproof.text import one_line

_AFTER_NFT = "## iptables"
LISTING = f"{NFT}\necho '{_AFTER_NFT}'\n{IPTABLES}"
COMMAND = (
    "# load saved rules into network namespaces of their own, and list them there\n"
    f"{HAS_NF_TABLES}listing={quote(LISTING)}\n" + (Path(__file__).parent / "saved.sh").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class File:
    """A file of saved rules. kind: iptables, nft, or other: it holds no rules."""

    kind: str
    mode: int
    owner: int

    @property
    def exposed(self) -> str:
        """Who may read or change it beside root; empty when nobody may."""
        if self.owner != 0:
            return f"it belongs to user {self.owner}"
        return f"everybody can read it (mode {self.mode:04o})" if self.mode & 0o007 else ""


@dataclass
class Saved:
    """Files by path; what each source (`ip PATH`, `ip6 PATH`, `nft PATH`, `ip ufw`) holds, or why it cannot be loaded."""

    files: dict[str, File] = field(default_factory=dict)
    rules: dict[str, Rules] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def of(self, family: str, path: str) -> Rules:
        """What a boot loads from a file. Raises CannotTell when the tools do not take it, or were not asked."""
        source = f"{family} {path}"
        if source in self.refused:
            raise CannotTell(f"{path} cannot be loaded here: {self.refused[source] or 'no reason was given'}")
        return self.rules.get(source, Rules())


def read_saved(answer: Answer) -> Saved:
    """What saved.sh printed."""
    saved = Saved()
    bodies: dict[tuple[bool, str], list[str]] = {}
    body: list[str] = []
    for line in answer.stdout.split("\n"):
        kind, _, rest = line.partition(" ")
        if line.startswith("|"):
            body.append(line[1:])
        elif kind == "file":
            letter, mode, owner, path = rest.split(" ", 3)
            saved.files[path] = File(letter, int(mode, 8), int(owner))
        elif kind in ("holds", "refused"):
            body = bodies.setdefault((kind == "holds", rest), [])
        elif line:
            raise ValueError(f"not understood: {line!r}")
    for (holds, source), lines in bodies.items():
        if holds:
            saved.rules[source] = _rules("\n".join(lines))
        else:
            saved.refused[source] = one_line(next((line for line in lines if line.strip()), ""), 200)
    return saved


def show_files(answer: Answer) -> str:
    """The files, and what was refused; the rules themselves are in them."""
    lines = answer.stdout.split("\n")
    shown = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith(("file ", "holds ")):
            shown.append(line)
        elif line.startswith("refused "):
            shown.append(f"{line}: {following.removeprefix('|')}")
    return "\n".join(shown) or "no file of saved rules"


def _rules(listing: str) -> Rules:
    _, _, listing = listing.partition("## rules\n")
    native, _, rest = listing.partition(f"{_AFTER_NFT}\n")
    try:
        return normal(nft.objects(native), read_iptables(Answer("", 0, rest)))
    except ODD_SHAPES as error:
        raise CannotTell(f"saved rules are listed in an unknown way: {error!r}") from error

"""What the host is asked, and how its answers are taken apart.

Listing must not change the host, so no tool is run that would make the kernel load a module: nft and iptables-nft only
where nf_tables is there already, iptables-legacy only where it has tables in use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.firewall import iptables, nft
from hostproof.probes.firewall.ipset import Ipsets
from hostproof.probes.firewall.nft_match import Json
from hostproof.probes.firewall.nft_text import ruleset_text
from hostproof.probes.firewall.unlisted import AWK

_HAS_NF_TABLES = """
has_nf_tables() {
    [ -r /proc/modules ] || return 0
    grep -q '^nf_tables ' /proc/modules && return
    built_in=/lib/modules/$(uname -r)/modules.builtin
    ! [ -r "$built_in" ] || grep -q '/nf_tables[.]ko' "$built_in"
}
"""

NFT = f"""
# nft -j list ruleset
{_HAS_NF_TABLES}
if has_nf_tables; then
    nft -j list ruleset
else
    echo '{{"nftables": []}}'
fi
"""

UNLISTED = f"""
# nft --debug=netlink list ruleset
{_HAS_NF_TABLES}
if has_nf_tables; then
    nft --debug=netlink list ruleset | awk '{AWK}'
fi
"""

IPTABLES = f"""
# iptables-save and ip6tables-save, and the ipsets that they name
{_HAS_NF_TABLES}
# The first of the tools that speaks to nf_tables, or (legacy) does not.
tool_of() {{
    kind=$1
    shift
    for tool; do
        case $kind:$("$tool" -V 2>/dev/null) in
        nft:*nf_tables*) echo "$tool" && return ;;
        nft:* | legacy: | legacy:*nf_tables*) ;;
        *) echo "$tool" && return ;;
        esac
    done
}}
all=$(for family in ip ip6; do
    if has_nf_tables && tool=$(tool_of nft ${{family}}tables-nft-save ${{family}}tables-save) && [ -n "$tool" ]; then
        echo "## nft $family"
        $tool
    fi
    if [ -n "$(cat /proc/net/${{family}}_tables_names 2>/dev/null)" ]; then
        tool=$(tool_of legacy ${{family}}tables-legacy-save ${{family}}tables-save)
        echo "## legacy $family"
        ${{tool:-false}} || echo '## unseen' $family
    fi
done)
printf '%s\\n' "$all"
case $all in
*--match-set*)
    echo '## ipset'
    ipset save
    ;;
esac
:
"""


# What comes of a listing that is not shaped as it should be
ODD_SHAPES = (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError)


@dataclass
class Iptables:
    """What the iptables tools told, by `ip` and `ip6`. unseen: families with legacy tables that could not be listed."""

    nft: dict[str, iptables.Saved] = field(default_factory=dict)
    legacy: dict[str, iptables.Saved] = field(default_factory=dict)
    ipsets: Ipsets = field(default_factory=Ipsets)
    unseen: list[str] = field(default_factory=list)


def read_nft(answer: Answer) -> list[Json]:
    """The members of nft's listing."""
    lost = re.search(r"XT (match|target) \S+ not found", answer.stderr)
    if lost:
        raise CannotTell(f"nft cannot list a part of the rules: {lost[0]}")
    return nft.objects(answer.stdout)


@lru_cache(maxsize=4)
def show_nft(answer: Answer) -> str:
    """The listing as a person reads it."""
    try:
        return ruleset_text(nft.objects(answer.stdout))
    except ODD_SHAPES:
        return answer.stdout or answer.stderr


def show_iptables(answer: Answer) -> str:
    """The rules without what changes from call to call."""
    lines = [line for line in answer.stdout.splitlines() if line and not line.startswith("# ")]
    return "\n".join(lines) or "no rules"


def read_iptables(answer: Answer) -> Iptables:
    found = Iptables()
    for part in answer.stdout.split("\n## ") if answer.stdout.strip() else []:
        title, _, body = part.removeprefix("## ").partition("\n")
        kind, _, family = title.partition(" ")
        if kind == "nft":
            found.nft[family] = iptables.saved(body)
        elif kind == "legacy":
            found.legacy[family] = iptables.saved(body)
        elif kind == "ipset":
            found.ipsets = Ipsets.read(body)
        elif kind == "unseen":
            found.unseen.append(family)
    return found

"""What nft's listing of a rule leaves out, read from the rule's byte code.

nft hides conditions that it takes for implied by others, and sometimes they are not: before 1.0 the family of
`meta protocol ip tcp dport 22`, up to now the family of `meta nfproto ipv4 tcp dport 22 reject with tcp reset`. And it
lists `tcp sport >= 80 tcp dport <= 90` as `tcp dport 80-90`. The byte code is what the kernel runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hostproof.connection.answer import Answer
from hostproof.probes.firewall.packet import Family

# Prints `inet TABLE CHAIN HANDLE VALUE` where a rule compares the family, `... merged` where a lower bound of one field
# is followed by an upper bound of another, and the number of rules.
AWK = r"""
/^[a-z0-9]+ [^ ]+ [^ ]+ [0-9]+/ { rule = $1 " " $2 " " $3 " " $4; loaded = low = ""; rules++; next }
/ (load|fib|numgen|hash|osf|lookup) / { loaded = $0; next }
/ cmp eq / && loaded ~ /meta load (nfproto|protocol) / { print rule, $6 }
/ cmp lte / && low != "" && low != loaded { print rule, "merged" }
{ low = / cmp gte / ? loaded : "" }
END { print "rules", rules + 0 }
"""
# 2 and 10 (nfproto), 0x0800 and 0x86dd (protocol), without the zeros around them: a processor's order of bytes decides
# whether nft prints 0x0800 as 0x00000800, 0x00000008 or 0x08000000.
_FAMILIES: dict[str, Family] = {"2": "v4", "a": "v6", "8": "v4", "dd86": "v6", "86dd": "v6"}


@dataclass
class Unlisted:
    """By rule (`inet filter input 7`, the last is its handle): the families it is for, and whether it is merged.

    rules: how many there were; 0 also when they could not be seen.
    """

    rules: int = 0
    families: dict[str, list[Family]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def read(answer: Answer) -> Unlisted:
    """Read what AWK printed."""
    found = Unlisted()
    for line in answer.stdout.splitlines():
        rule, _, fact = line.rpartition(" ")
        if rule == "rules":
            found.rules = int(fact)
        elif fact == "merged":
            found.merged.append(rule)
        elif family := _FAMILIES.get(fact.removeprefix("0x").strip("0")):
            found.families.setdefault(rule, []).append(family)
    return found

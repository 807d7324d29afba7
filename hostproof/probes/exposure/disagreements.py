"""Where what is declared, what the host says of itself and what strangers see contradict each other, each by a fixed word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hostproof.probes.exposure.row import LONGEST_WHY, Disagreement, Row
from hostproof.text import one_line

Kind = Literal[
    "reachable-undeclared",
    "reachable-without-listener",
    "denied-yet-reachable",
    "declared-unreachable",
    "open-without-listener",
    "only-ipv6",
]


@dataclass(frozen=True)
class Context:
    """What other rows tell of this one.

    taken: a private service has taken the port that was declared. only_v6: something waits for others there, none of it over IPv4.
    """

    taken: bool = False
    only_v6: bool = False


def disagreements(row: Row, context: Context) -> list[Disagreement]:
    """All that a row contradicts itself in; what is unknown contradicts nothing."""
    found = [(kind, sentence(row, context)) for kind, sentence in _SENTENCES.items()]
    return [Disagreement(kind, one_line(sentence, LONGEST_WHY)) for kind, sentence in found if sentence]


def _reachable_undeclared(row: Row, context: Context) -> str:
    if row.outside.state != "open" or (row.declared and not context.taken):
        return ""
    if row.outside.trust == "unsaid" and row.firewall.accepts == "networks":  # it may well be in one of them
        return ""
    why = "which was declared public, but not for the service that is there" if context.taken else "which nobody declared public"
    return f"{row.outside.who} gets an answer at {row.name}, {why}"


def _reachable_without_listener(row: Row, _: Context) -> str:
    if row.outside.state != "open" or row.listens.state != "no":
        return ""
    by = f"the host passes it on ({row.firewall.passed_on})" if row.firewall.passed_on else "another layer answers"
    return f"{row.outside.who} gets an answer at {row.name}, and no listener of the host is seen: {by}"


def _denied_yet_reachable(row: Row, _: Context) -> str:
    denied = row.firewall.accepts == "nobody" or (row.firewall.accepts == "networks" and row.outside.trust != "unsaid")
    if row.outside.state != "open" or row.listens.state != "yes" or not denied:
        return ""
    whom = "nobody" if row.firewall.accepts == "nobody" else f"only {row.firewall.networks}"
    past = f"it is passed on before ({row.firewall.passed_on})" if row.firewall.passed_on else "something leads past it"
    return f"the firewall lets {whom} in to {row.name}, where something listens, and yet {row.outside.who} gets an answer: {past}"


def _declared_unreachable(row: Row, _: Context) -> str:
    unreachable = {"closed": "is refused", "silent": "gets no answer"} if row.protocol == "tcp" else {"closed": "is refused"}
    if not row.declared or row.outside.state not in unreachable:
        return ""
    listens = ", and nothing listens" if row.listens.state == "no" else ""
    return f"{row.name} was declared public, and {row.outside.who} {unreachable[row.outside.state]} there{listens}"


def _open_without_listener(row: Row, _: Context) -> str:
    if row.listens.state != "no" or row.firewall.accepts not in ("anybody", "networks"):
        return ""
    whom = "anybody" if row.firewall.accepts == "anybody" else row.firewall.networks
    return f"the firewall lets {whom} in to {row.name}, and nothing listens there"


def _only_ipv6(row: Row, context: Context) -> str:
    return f"{row.name} listens over IPv6 only: nobody sees it who looks over IPv4" if context.only_v6 else ""


_SENTENCES: dict[Kind, Callable[[Row, Context], str]] = {
    "reachable-undeclared": _reachable_undeclared,
    "reachable-without-listener": _reachable_without_listener,
    "denied-yet-reachable": _denied_yet_reachable,
    "declared-unreachable": _declared_unreachable,
    "open-without-listener": _open_without_listener,
    "only-ipv6": _only_ipv6,
}

"""What strangers saw of single ports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from hostproof.errors import CannotTell
from hostproof.outside import Family, Protocol, Replies, View
from hostproof.probes.exposure.row import LONGEST_WHY, Seen
from hostproof.text import one_line

if TYPE_CHECKING:
    from hostproof.probes.outside import Outside

State = Literal["open", "closed", "silent", "not_asked", "unknown"]
STATES: dict[str, State] = {"open": "open", "closed": "closed", "filtered": "silent", "open|filtered": "silent"}  # nmap's words


class Sightings:
    """The views of all addresses. Over a family without any, all ports are as `_otherwise` says."""

    def __init__(self, outside: Outside) -> None:
        self._views: tuple[View, ...] = ()
        self._blank = Seen("mixed")
        self._otherwise = Seen("not_asked", why="nobody was asked to look from outside")
        self._place = outside.place
        self._replies = Replies()
        if not outside.asked:
            return
        trust = outside.trust or "unsaid"
        self._blank = Seen("mixed", self._place, trust=trust)
        try:
            self._views = outside.views()
            self._replies = outside.replies
            self._otherwise = replace(self._blank, state="not_asked", why="the inventory names no such address")
        except CannotTell as reason:
            self._otherwise = replace(self._blank, state="unknown", why=one_line(str(reason), LONGEST_WHY))

    @property
    def open(self) -> Iterator[tuple[Family, Protocol, int]]:
        """The ports that answered."""
        return ((view.family, view.protocol, port) for view in self._views for port in view.open)

    def of(self, family: Family, protocol: Protocol, first: int, last: int) -> Seen:
        """What was seen of these ports: any answer counts, and whatever hinders counts before anything harmless."""
        by_address: dict[str, list[View]] = {}
        for view in self._views:
            if (view.family, view.protocol) == (family, protocol):
                by_address.setdefault(view.address, []).append(view)
        if not by_address:
            return self._otherwise
        told = [_of_address(views, first, last) for views in by_address.values()]
        states = set().union(*(its for its, _ in told))
        hindrance = next((why for _, why in told if why), "")
        seen = replace(self._blank, at=list(by_address))
        if "open" in states:
            return replace(seen, state="open", answers=self._answers(list(by_address), protocol, first))
        if hindrance:
            return replace(seen, state="unknown", why=one_line(hindrance, LONGEST_WHY))
        return replace(seen, state=states.pop()) if len(states) == 1 else seen

    def _answers(self, addresses: list[str], protocol: Protocol, port: int) -> str:
        found = [reply for address in addresses if (reply := self._replies.of(address, protocol, port))]
        return one_line("; ".join(dict.fromkeys(map(str, found))), LONGEST_WHY)


def _of_address(views: list[View], first: int, last: int) -> tuple[set[State], str]:
    """The states of the ports at one address, or why they are not known. What was asked later may hinder only that."""
    states: set[State] = set()
    count = 0
    for view in views:
        for word, ranges in view.states.items():
            overlap = sum(max(0, min(last, end) - max(first, begin) + 1) for begin, end in ranges)
            if overlap:
                states.add(STATES.get(word, "unknown"))
                count += overlap
    if states and not any(view.alive for view in views):
        return states, f"nothing at all came back from {views[0].address}: it may be down, or another address than the host's"
    if "unknown" in states:
        return states, f"what nmap saw at {views[0].address} is neither an answer nor a refusal nor silence"
    if count > last - first:
        return states, ""
    error = next((view.error for view in views if view.error), "")
    return states | {"not_asked"}, error

"""The controller's part: hosts are looked at in a few runs of nmap, while the judging processes visit and judge them.

Two threads work side by side. One asks every host the ports that are known before anybody has spoken to it: those that documents
name and those that profiles declare. The other one asks what only a host itself could tell, the ports where something listens
there: all hosts that have told meanwhile are in its next run. A third one asks what answers at the ports that were seen open.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TypeVar

from hostproof.errors import CannotTell, HostproofError
from hostproof.inventory import HostDescription
from hostproof.outside import answers, ports
from hostproof.outside.addresses import Addresses, addresses_of
from hostproof.outside.calling import Away
from hostproof.outside.interview import Interview, Met
from hostproof.outside.mailbox import PULSE, Mailbox, Stage
from hostproof.outside.nmap import Nmap, Questions
from hostproof.outside.ports import PROTOCOLS, Family, Ports, Protocol
from hostproof.outside.replies import Replies
from hostproof.outside.vantage import HERE, Order
from hostproof.outside.view import Sighting, View

T = TypeVar("T")

TOGETHER = 64  # hosts in one run of nmap: what is seen of them is known when the last of them has been seen
RESOLVERS = 4
FAMILIES: tuple[Family, ...] = ("v4", "v6")


@dataclass(frozen=True)
class Probed:
    """A host that is to be looked at, and the ports that its profile declares. said: whether what cannot be seen is unknown."""

    description: HostDescription
    declared: Ports
    said: bool = True

    @property
    def name(self) -> str:
        return self.description.name


class Probing:
    """Looks at hosts, and tells what it sees through the mailbox.

    missed: what hindered to see hosts of which nobody said what this machine is to them, and which these are.
    """

    def __init__(self, order: Order, hosts: Iterable[Probed], mailbox: Mailbox, connect_timeout: int) -> None:
        self._order = order
        self._hosts = {host.name: host for host in hosts}
        self._mailbox = mailbox
        self._stop = threading.Event()
        self._ready = threading.Event()  # nmap was found, and what every host is asked is known
        self._everywhere: Ports = {}
        self._addresses: dict[str, Addresses | str] = {}
        self._alive: set[str] = set()
        self._seen: dict[str, list[View]] = {}
        self._away = None if order.origin is HERE else Away(order.origin, connect_timeout, mailbox.folder)
        self._nmap = Nmap(self._away)
        self._interview = Interview(self._nmap, order.packets)
        self._threads: list[threading.Thread] = []
        self.missed: dict[str, list[str]] = {}

    def start(self) -> None:
        """Begin; what is needed of this process until `stop` is that it lives."""
        for part in (self._beat, self._first, self._more, self._what_answers):
            self._threads.append(threading.Thread(target=part, daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        """End every nmap that runs."""
        self._stop.set()
        self._nmap.stop("the audit was ended before nmap was")
        for thread in self._threads:
            thread.join(timeout=5)
        if self._away:
            self._away.close()

    def _beat(self) -> None:
        while not self._stop.wait(PULSE):
            self._mailbox.beat()
            if self._nmap.runs and (why := self._too_late()):
                self._nmap.stop(why)

    def _first(self) -> None:
        names = self._wanted()
        try:
            self._prepare(names)
            for group in _groups(names):
                self._look_at(group, "first", self._everywhere)
        except Exception as error:  # whatever it was: nobody shall wait for ever
            why = str(error) if isinstance(error, HostproofError) else f"looking from outside broke off: {error!r}"[:300]
            for name in names:
                if not self._mailbox.told(name, "first"):
                    self._tell(name, "first", Sighting(error=why))
        finally:
            self._ready.set()

    def _wanted(self) -> list[str]:
        while not self._stop.is_set():
            if (wanted := self._mailbox.wanted()) is not None:
                return [name for name in self._hosts if name in set(wanted)]
            self._stop.wait(0.05)
        return []

    def _prepare(self, names: Sequence[str]) -> None:
        if not names:
            return
        self._check_window()
        self._nmap.check()
        with ThreadPoolExecutor(RESOLVERS) as pool:
            self._addresses.update(zip(names, pool.map(self._found, names), strict=True))
        self._everywhere = ports.union(ports.named(), *(self._hosts[name].declared for name in names), self._of_level())
        self._ready.set()

    def _found(self, name: str) -> Addresses | str:
        try:
            return addresses_of(self._hosts[name].description, from_here=self._order.origin is HERE)
        except CannotTell as error:
            return str(error)

    def _of_level(self) -> Ports:
        level = self._order.depth
        if level == "declared":
            return {}
        usual = {p: answers.ports_scanned(self._nmap.usual_ports(p, ports.TOP[p])) for p in PROTOCOLS}
        return usual if level == "top" else usual | {"tcp": frozenset(range(1, ports.HIGHEST + 1))}

    def _more(self) -> None:
        self._ready.wait()
        waiting = dict.fromkeys(self._addresses)
        while waiting and not self._stop.wait(0.1):
            told = {name: listening for name in waiting if (listening := self._mailbox.listening(name)) is not None}
            for group in _groups(told):
                self._look_further({name: told[name] for name in group})
            for name in told:
                del waiting[name]

    def _look_further(self, told: dict[str, Ports]) -> None:
        """Ask the ports where something listens, as far as not everybody is asked them."""
        further = {name: self._further(listening) for name, listening in told.items()}
        for name, its in further.items():
            if not any(its.values()):
                self._tell(name, "more", Sighting())
        names = [name for name, its in further.items() if any(its.values())]
        try:
            self._look_at(names, "more", ports.union(*(further[name] for name in names)))
        except Exception as error:  # as above
            for name in names:
                if not self._mailbox.told(name, "more"):
                    self._tell(name, "more", Sighting(error=f"looking from outside broke off: {error!r}"[:300]))

    def _further(self, listening: Ports) -> Ports:
        new = {p: sorted(listening.get(p, frozenset()) - self._everywhere[p]) for p in PROTOCOLS}
        return {p: frozenset(its[: ports.MOST_LISTENING[p]]) for p, its in new.items()}

    def _look_at(self, names: Sequence[str], stage: Stage, asked: Ports) -> None:
        """Ask so many hosts these ports, and tell what was seen of each."""
        if not names:
            return
        self._check_window()
        found = {name: its for name in names if isinstance(its := self._addresses[name], Addresses)}
        of_family = {f: list(dict.fromkeys(a for its in found.values() for a in getattr(its, f))) for f in FAMILIES}
        kinds = [(f, p) for f, p in product(FAMILIES, PROTOCOLS) if of_family[f] and asked[p]]
        with ThreadPoolExecutor(len(kinds) + len(FAMILIES)) as pool:
            runs = [pool.submit(self._views, f, p, of_family[f], asked[p]) for f, p in kinds]
            if stage == "first":
                for family in FAMILIES:
                    pool.submit(self._see_who_is_there, family, of_family[family])
        seen = {(view.address, view.protocol): view for run in runs for view in run.result()}
        self._alive |= {view.address for view in seen.values() if view.alive}
        for name in names:
            sighting = self._sighting(name, seen)
            self._seen.setdefault(name, []).extend(sighting.views)
            self._tell(name, stage, sighting)

    def _what_answers(self) -> None:
        """Ask the open ports of hosts that were seen and have told what listens there."""
        self._ready.wait()
        waiting = dict.fromkeys(self._addresses)
        while waiting and not self._stop.wait(0.1):
            seen = [name for name in waiting if self._is_seen(name)]
            for group in _groups(seen):
                self._pass_on(group)
            for name in seen:
                del waiting[name]

    def _is_seen(self, name: str) -> bool:
        """Whether all has been seen of it that will be, and it has told what it knows."""
        if self._mailbox.named(name) is None or not self._mailbox.told(name, "first"):
            return False
        return self._mailbox.listening(name) is None or self._mailbox.told(name, "more")

    def _pass_on(self, names: Sequence[str]) -> None:
        try:
            self._check_window()
            met = {name: self._met(name) for name in names}
            replies = self._interview.ask([one for its in met.values() for one in its])
            for name, its in met.items():
                answered = [replies[one.address] for one in its]
                error = next((one.error for one in answered if one.error), "")
                self._mailbox.pass_on(name, Replies(tuple(reply for one in answered for reply in one.known), error))
        except Exception as error:  # as in _first
            why = str(error) if isinstance(error, HostproofError) else f"asking what answers broke off: {error!r}"[:300]
            for name in names:
                self._mailbox.pass_on(name, Replies(error=why))

    def _met(self, name: str) -> list[Met]:
        """The host's addresses with their open ports, but for those that need not be asked. Only a stranger's answers count."""
        listening, known = self._mailbox.named(name) or (frozenset(), frozenset())
        if self._order.trust_of(self._hosts[name].description) != "untrusted":
            return []
        found: dict[str, dict[Protocol, set[int]]] = {}
        for view in self._seen.get(name, []):
            found.setdefault(view.address, {"tcp": set(), "udp": set()})[view.protocol].update(view.open)
        return [
            Met(address, frozenset(its["tcp"] - known), frozenset(its["udp"]), listening)
            for address, its in found.items()
        ]

    def _tell(self, name: str, stage: Stage, sighting: Sighting) -> None:
        self._mailbox.tell(name, stage, sighting)
        if not self._hosts[name].said:
            for why in dict.fromkeys(filter(None, [sighting.error, *(view.error for view in sighting.views)])):
                self.missed.setdefault(self._of_any_host(why, name), []).append(name)

    def _of_any_host(self, why: str, name: str) -> str:
        """The same reason without the host's name and addresses, so that hosts can share it."""
        its = self._addresses.get(name)
        for word in (name, *((*its.v4, *its.v6) if isinstance(its, Addresses) else ())):
            why = re.sub(rf"(?<![\w.:-]){re.escape(word)}(?![\w:-])", "the host", why, count=1)
        return why

    def _sighting(self, name: str, seen: dict[tuple[str, Protocol], View]) -> Sighting:
        its = self._addresses[name]
        if isinstance(its, str):
            return Sighting(error=its)
        wanted = product((*its.v4, *its.v6), PROTOCOLS)
        views = [seen[address, protocol] for address, protocol in wanted if (address, protocol) in seen]
        return Sighting(tuple(replace(view, alive=view.address in self._alive) for view in views))

    def _views(self, family: Family, protocol: Protocol, addresses: list[str], asked: frozenset[int]) -> list[View]:
        if protocol == "udp" and not self._nmap.raw:
            why = f"nobody could ask UDP ports: on {self._order.origin.name} nmap may not use raw sockets (it needs root)"
            return [View(family, protocol, address, error=why) for address in addresses]
        order = self._order
        questions = Questions(family, protocol, ports.ranges(asked), order.packets, order.patience, order.at_once)
        return _or_why_not(
            lambda: answers.views(self._nmap.ask(questions, addresses), family, protocol, addresses, asked),
            lambda why: [View(family, protocol, address, error=why) for address in addresses],
        )

    def _see_who_is_there(self, family: Family, addresses: list[str]) -> None:
        if addresses:
            self._alive |= _or_why_not(lambda: answers.answering(self._nmap.who_is_there(family, addresses)), lambda _: set())

    def _check_window(self) -> None:
        if why := self._too_late():
            raise CannotTell(why)

    def _too_late(self) -> str:
        """Why no probe may be sent now; empty when it may."""
        window = self._order.window
        if window is None or window.holds(now := time.localtime()):
            return ""
        return f"nobody looked from outside: it is {time.strftime('%H:%M', now)}, and --probe-window={window}"


def _or_why_not(look: Callable[[], T], otherwise: Callable[[str], T]) -> T:
    try:
        return look()
    except CannotTell as error:
        return otherwise(str(error))


def _groups(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    while group := list(islice(left, TOGETHER)):
        yield group

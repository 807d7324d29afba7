"""What a run knows before it asks anybody: the hosts, what is required of each, and where results go."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from hostproof import catalogue, profiles, statements
from hostproof.connection import Command, Connection
from hostproof.errors import HostproofError, Unreachable, UsageError
from hostproof.host import AuditedHost
from hostproof.inventory import HostDescription, Selection, hosts_from
from hostproof.outside import HostLookout
from hostproof.results import VERSION, Record
from hostproof.text import one_line
from hostproof.verdict import Judgement


@dataclass(frozen=True)
class Target:
    """One host, what its profile requires of it, and what its inventory states of it, by recommendation."""

    description: HostDescription
    profile: profiles.Profile
    required: profiles.Required
    recommendations: frozenset[str]
    stated: Mapping[str, Mapping[str, Any]]


class Audit:
    """One run over some hosts; the same in the controller and in every pytest-xdist worker.

    selection: the hosts, read once by the controller and handed to workers.
    only: ids of recommendations to judge, None for all that the profiles name.
    connect_timeout: seconds. batch: whether a host is asked ahead what its tests will ask.
    """

    def __init__(
        self,
        root: Path,
        selection: Selection,
        profile: str | None,
        only: list[str] | None,
        *,
        connect_timeout: int = 10,
        batch: bool = True,
    ) -> None:
        """Raises UsageError for an unknown profile or id, a malformed statement, or when nothing is left to judge."""
        self.root = root
        self.catalogue = catalogue.load(root)
        self.connect_timeout = connect_timeout
        self.batch = batch
        self._profiles: dict[str, profiles.Profile] = {}
        chosen = self._chosen(only)
        targets = [self._target(description, profile, chosen) for description in selection.hosts]
        self.targets = {t.description.name: t for t in targets if chosen is None or t.recommendations}
        if targets and not self.targets:  # a worker may be given none
            judged = ", ".join(sorted({target.profile.name for target in targets}))
            raise UsageError(f"nothing to judge: the profile of no host ({judged}) asks for {', '.join(only or ())}")

    def leave(self, names: Container[str]) -> None:
        """Ask none but these hosts: the others are in other shards, or were judged before."""
        self.targets = {name: target for name, target in self.targets.items() if name in names}

    def hosts_judged_by(self, identifier: str) -> list[str]:
        """Names of the hosts whose profile asks for the recommendation."""
        return [name for name, target in self.targets.items() if identifier in target.recommendations]

    def _chosen(self, only: list[str] | None) -> frozenset[str] | None:
        if only is None:
            return None
        if strange := [i for i in only if i not in self.catalogue.recommendations]:
            known = ", ".join(sorted(self.catalogue.recommendations))
            raise UsageError(f"there is no recommendation {ascii(strange[0])[:60]}; there are: {known}")
        return frozenset(only)

    def _target(self, description: HostDescription, profile: str | None, chosen: frozenset[str] | None) -> Target:
        name = str(profile or description.variables.get(profiles.PROFILE_VARIABLE) or profiles.DEFAULT_PROFILE)
        if name not in self._profiles:
            self._profiles[name] = profiles.load(self.root, name, self.catalogue)
        loaded = self._profiles[name]
        required = profiles.required_of(loaded, description.variables, description.name)
        wanted = loaded.recommendations if chosen is None else loaded.recommendations & chosen
        stated = statements.statements_of(self.catalogue.recommendations.values(), description.variables, description.name)
        return Target(description, loaded, required, wanted, stated)


class Visit:
    """One host while it is judged: its session and what it was asked in one batch.

    batch: gives the commands; it is called once the visit has set out. lookout: what is seen of it from outside. May be opened
    and gathered in another thread than it is judged in.
    """

    def __init__(
        self, target: Target, batch: Callable[[], list[Command]], connect_timeout: int, lookout: HostLookout
    ) -> None:
        self.target = target
        self._batch = batch
        self._connection = Connection(target.description, connect_timeout)
        self.host = AuditedHost(self._connection, lookout)

    def start(self) -> None:
        """Set out."""
        self._connection.start()

    def open(self) -> bool:
        """Connect and ask the batch; whether connecting went well. What hinders it is met by the tests."""
        with suppress(Unreachable):
            self._connection.open(self._batch())
        return self.reached

    def gather(self) -> None:
        """Take the answers to the batch. What hinders that is met by the tests."""
        with suppress(Unreachable):
            self._connection.gather()
        if self.host.lookout.wanted:  # what listens there is looked at from outside while others are judged
            self.host.outside.expect_listeners()
            self.host.outside.name_services()

    def recognise(self) -> None:
        """See which distribution it is, before tests begin to note what they look at."""
        _ = self.distributions

    def end(self) -> None:
        """Close the session."""
        self._connection.close()

    def abandon(self) -> None:
        """End the session at once, whatever is under way in another thread."""
        self._connection.abandon()

    @property
    def reached(self) -> bool:
        """Whether a session could be opened."""
        try:
            self._connection.open()
        except Unreachable:
            return False
        return True

    @cached_property
    def distributions(self) -> tuple[str, ...]:
        """The ids of the host's distribution and of those that it is like, the closest first; none when it does not say."""
        try:
            return (self.host.release.id, *self.host.release.like)
        except HostproofError:  # only picks the fix text; the recommendations that need it say so themselves
            return ()

    def check_reached(self) -> None:
        """Raises Unreachable, so that a test which asks nothing cannot pass on a host that nobody has seen."""
        _ = self._connection.user_id


def record_of(
    visit: Visit, rec: catalogue.Recommendation, judged: Judgement, seconds: float, run: str, tests: int
) -> Record:
    """The results record of one recommendation on the host of `visit`; docs/results.schema.json describes it.

    tests: how many the host is asked in all.
    """
    target = visit.target
    return {
        "version": VERSION,
        "run": run,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "host": target.description.name,
        "address": target.description.address,
        "groups": list(target.description.groups),
        "distribution": visit.distributions[0] if visit.distributions else "",
        "reached": visit.reached,
        "profile": target.profile.name,
        "recommendation": rec.id,
        "topic": rec.topic,
        "title": rec.title,
        "severity": rec.severity,
        "demands": list(rec.meets),
        "verdict": str(judged.verdict),
        "reason": judged.reason,
        "evidence": visit.host.evidence.as_json(),
        "why": rec.why,
        "fix": rec.fix_for(visit.distributions),
        "seconds": round(seconds, 3),
        "tests": tests,
        **visit.host.evidence.fields,
    }


def own_test(item: pytest.Item) -> catalogue.Recommendation:
    """What is known of a testinfra test that names no recommendation: its name, its parameters and its docstring."""
    function = getattr(item, "originalname", None) or item.name
    words = str(function).removeprefix("test_").replace("_", " ")
    document = (getattr(getattr(item, "obj", None), "__doc__", None) or words).strip()
    of = _parameters(item)
    title, identifier = document.partition("\n")[0] + of, words.replace(" ", "-") + of
    return catalogue.Recommendation(identifier, item.path.parent.name, title, "medium", document, (), {})


def _parameters(item: pytest.Item) -> str:
    """The parameters of one of several instances of a test, such as "[tcp://22]"; the host is none of them."""
    callspec = getattr(item, "callspec", None)
    values = [str(value) for name, value in callspec.params.items() if name != "host"] if callspec else []
    return f"[{one_line('-'.join(values), 80)}]" if values else ""


def selection_from(options: Mapping[str, Any], folder: Path) -> Selection:
    """The hosts that pytest's command line names. Raises UsageError."""
    return hosts_from(
        options["hosts"],
        limit=options["limit"],
        ansible_inventory=options["ansible_inventory"],
        sudo=options["sudo"],
        sudo_user=options["sudo_user"],
        ssh_config=options["ssh_config"],
        ssh_identity_file=options["ssh_identity_file"],
        folder=folder,
    )

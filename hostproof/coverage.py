"""What of the source documents is judged, and how: every demand is accounted for, or listed as missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hostproof.catalogue import Catalogue, Document


@dataclass(frozen=True)
class Coverage:
    """One document's demands, by id.

    automated: met by a recommendation that a host shows. attested: met only by such as a person vouches for. derived: made of
    others, all of them covered. nothing_to_check, not_yet: with the reason. unaccounted: nothing is said about these.
    """

    name: str
    automated: tuple[str, ...]
    attested: tuple[str, ...]
    derived: tuple[str, ...]
    nothing_to_check: Mapping[str, str]
    not_yet: Mapping[str, str]
    unaccounted: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """The demands that nobody judges."""
        return [*self.not_yet, *self.unaccounted]

    def as_json(self) -> dict[str, Any]:
        """Numbers of those that are covered, ids of those that are missing, and the reasons; docs of the fields in documents/."""
        covered = {name: len(getattr(self, name)) for name in ("automated", "attested", "derived")}
        return {
            "demands": sum(covered.values()) + len(self.nothing_to_check) + len(self.missing),
            **covered,
            "nothing_to_check": dict(self.nothing_to_check),
            "not_yet": dict(self.not_yet),
            "missing": sorted(self.missing),
        }

    def lines(self) -> list[str]:
        """The same for a terminal."""
        counts = self.as_json()
        return [
            f"{self.name}: {counts['demands']} demands, {counts['automated']} automated, {counts['attested']} attested, "
            f"{counts['derived']} made of others, {len(self.nothing_to_check)} with nothing to check, "
            f"{len(self.missing)} not yet covered",
            *(f"    nothing to check: {identifier} ({reason})" for identifier, reason in self.nothing_to_check.items()),
            *(f"    not yet covered: {identifier} ({reason})" for identifier, reason in self.not_yet.items()),
            *(f"    not yet covered: {identifier}" for identifier in self.unaccounted),
        ]


def of(catalogue: Catalogue) -> list[Coverage]:
    """The coverage of each document."""
    automated = {demand for r in catalogue.recommendations.values() if not r.attested for demand in r.meets}
    attested = {demand for r in catalogue.recommendations.values() for demand in r.meets} - automated
    return [_of(document, automated, attested) for document in catalogue.documents.values()]


def _of(document: Document, automated: set[str], attested: set[str]) -> Coverage:
    met = automated | attested
    rest = [demand for demand in document.demands.values() if demand.id not in met]
    nothing = {d.id: d.unobservable for d in rest if d.unobservable}
    open_parts = {d.id: [part for part in d.made_of if part not in met and part not in nothing] for d in rest if d.made_of}
    not_yet = {d.id: reason for d in rest if (reason := d.not_yet or _waiting(open_parts.get(d.id)))}
    derived = tuple(identifier for identifier, waiting in open_parts.items() if not waiting)
    accounted = {*nothing, *derived, *not_yet}
    return Coverage(
        name=document.name,
        automated=_ids(document, automated),
        attested=_ids(document, attested),
        derived=derived,
        nothing_to_check=nothing,
        not_yet=not_yet,
        unaccounted=tuple(d.id for d in rest if d.id not in accounted),
    )


def _waiting(parts: list[str] | None) -> str | None:
    return f"it is made of others, of which these are not covered: {', '.join(parts)}" if parts else None


def _ids(document: Document, chosen: set[str]) -> tuple[str, ...]:
    return tuple(identifier for identifier in document.demands if identifier in chosen)

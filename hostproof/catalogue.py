"""The documents' demands and the recommendations that meet them, loaded from YAML and checked against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hostproof import trusted_yaml
from hostproof.errors import UsageError

SEVERITIES = ("critical", "high", "medium", "low")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DETAILS = ("text", "day", "percentage", "list")  # what a statement's detail may be
_FIELDS = {"title", "severity", "why", "meets", "fix"}
_OPTIONAL = {"statement", "or_statement"}
_DEMAND = {"section", "kind", "demand", "conflicts_with", "made_of", "unobservable", "not_yet"}


@dataclass(frozen=True)
class Demand:
    """One sentence of a source document, in our own words.

    made_of: ids of the demands that are all there is to it. unobservable: why there is nothing to check.
    not_yet: why nothing judges it so far.
    """

    id: str
    document: str
    section: str
    sentence: str
    made_of: tuple[str, ...] = ()
    unobservable: str | None = None
    not_yet: str | None = None


@dataclass(frozen=True)
class Document:
    """A source document: `name` is its file's stem."""

    name: str
    title: str
    demands: Mapping[str, Demand]


@dataclass(frozen=True)
class Detail:
    """One thing that a statement has to say: its kind (one of DETAILS) and what it means."""

    kind: str
    means: str


@dataclass(frozen=True)
class Recommendation:
    """What is judged and why; its test carries the same id.

    fix: sentence by os-release id; `any` stands for all others. meets: ids of demands. statement: the details that whoever
    vouches for it states, beside who and when; None where nobody can. attested: whether no host shows it, so that somebody has to.
    """

    id: str
    topic: str
    title: str
    severity: str
    why: str
    meets: tuple[str, ...]
    fix: Mapping[str, str]
    statement: Mapping[str, Detail] | None = None
    attested: bool = False

    def fix_for(self, distributions: Iterable[str]) -> str:
        """The fix for the first of `distributions` that has one of its own, else the one for any."""
        return next((self.fix[d] for d in (*distributions, "any") if d in self.fix), "")


@dataclass(frozen=True)
class Catalogue:
    """All documents and recommendations of the repository, by name and id."""

    documents: Mapping[str, Document]
    recommendations: Mapping[str, Recommendation]


def load(root: Path) -> Catalogue:
    """Read documents/*.yml and tests/*/recommendations.yml below `root`. Raises UsageError that names file and entry."""
    documents = {p.stem: _document(p) for p in sorted((root / "documents").glob("*.yml"))}
    demands = {d for document in documents.values() for d in document.demands}
    recommendations: dict[str, Recommendation] = {}
    for path in sorted((root / "tests").glob("*/recommendations.yml")):
        for identifier, entry in read_mapping(path).items():
            if identifier in recommendations:
                raise UsageError(f"{path}: {identifier} is also in tests/{recommendations[identifier].topic}")
            recommendations[identifier] = _recommendation(path, identifier, entry, demands)
    return Catalogue(documents, recommendations)


def read_mapping(path: Path) -> dict[str, Any]:
    """The YAML mapping in `path`. Raises UsageError that names the file and line."""
    try:
        content = trusted_yaml.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"cannot read {path}: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise UsageError(f"{path}: a mapping of names is expected")
    return content


def _document(path: Path) -> Document:
    content = read_mapping(path)
    demands = {identifier: _demand(path, identifier, entry) for identifier, entry in content["demands"].items()}
    for demand in demands.values():
        if strange := [part for part in demand.made_of if part not in demands or demands[part].made_of]:
            raise UsageError(f"{path}: {demand.id} is made of {strange[0]}, which has to be another demand, made of no others")
    return Document(path.stem, content["title"], demands)


def _demand(path: Path, identifier: str, entry: Any) -> Demand:
    where = f"{path}: {identifier}"
    if not isinstance(entry, dict) or not {"section", "demand"} <= set(entry) <= _DEMAND:
        raise UsageError(f"{where}: needs section and demand, and may have {', '.join(sorted(_DEMAND))}")
    if len({"made_of", "unobservable", "not_yet"} & set(entry)) > 1:
        raise UsageError(f"{where}: has one of made_of, unobservable and not_yet at most")
    return Demand(
        id=identifier,
        document=path.stem,
        section=entry["section"],
        sentence=entry["demand"],
        made_of=tuple(entry.get("made_of", ())),
        unobservable=entry.get("unobservable"),
        not_yet=entry.get("not_yet"),
    )


def _recommendation(path: Path, identifier: str, entry: Any, demands: set[str]) -> Recommendation:
    where = f"{path}: {identifier}"
    if not _IDENTIFIER.fullmatch(identifier):
        raise UsageError(f"{where}: an id is lower-case words joined by hyphens")
    if not isinstance(entry, dict) or not _FIELDS <= set(entry) <= _FIELDS | _OPTIONAL:
        raise UsageError(f"{where}: needs the fields {', '.join(sorted(_FIELDS))}, and may have {', '.join(_OPTIONAL)}")
    if entry["severity"] not in SEVERITIES:
        raise UsageError(f"{where}: severity is one of {', '.join(SEVERITIES)}")
    if strange := [d for d in entry["meets"] if d not in demands]:
        raise UsageError(f"{where}: meets {', '.join(strange)}, which no document demands")
    if not isinstance(entry["fix"], dict) or not entry["fix"]:
        raise UsageError(f"{where}: fix maps distributions (or `any`) to sentences")
    if set(entry) >= _OPTIONAL:
        raise UsageError(f"{where}: has one of {' and '.join(sorted(_OPTIONAL))} at most")
    details = entry.get("statement", entry.get("or_statement"))
    return Recommendation(
        id=identifier,
        topic=path.parent.name,
        title=entry["title"],
        severity=entry["severity"],
        why=entry["why"].strip(),
        meets=tuple(entry["meets"]),
        fix={distribution: text.strip() for distribution, text in entry["fix"].items()},
        statement=None if details is None else _statement(where, details),
        attested="statement" in entry,
    )


def _statement(where: str, details: Any) -> dict[str, Detail]:
    """Such as {"score": Detail("percentage", "how much of it is met")} of {score: {percentage: how much of it is met}}."""
    if not isinstance(details, dict):
        raise UsageError(f"{where}: statement maps names to a kind and its meaning")
    for name, detail in details.items():
        if not isinstance(detail, dict) or len(detail) != 1 or not set(detail) <= set(DETAILS):
            raise UsageError(f"{where}: {name} of the statement needs one of {', '.join(DETAILS)}, and what it means")
    return {name: Detail(*next(iter(detail.items()))) for name, detail in details.items()}

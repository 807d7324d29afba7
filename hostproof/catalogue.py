"""The documents' demands and the recommendations that meet them, loaded from YAML and checked against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hostproof.errors import UsageError

SEVERITIES = ("critical", "high", "medium", "low")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELDS = {"title", "severity", "why", "meets", "fix"}


@dataclass(frozen=True)
class Demand:
    """One sentence of a source document, in our own words."""

    id: str
    document: str
    section: str
    sentence: str
    unobservable: str | None = None


@dataclass(frozen=True)
class Document:
    """A source document: `name` is its file's stem."""

    name: str
    title: str
    demands: Mapping[str, Demand]


@dataclass(frozen=True)
class Recommendation:
    """What is judged and why; its test carries the same id.

    fix: sentence by os-release id; `any` stands for all others. meets: ids of demands.
    """

    id: str
    topic: str
    title: str
    severity: str
    why: str
    meets: tuple[str, ...]
    fix: Mapping[str, str]

    def fix_for(self, distributions: Iterable[str]) -> str:
        """The fix for the first of `distributions` that has one of its own, else the one for any."""
        return next((self.fix[d] for d in (*distributions, "any") if d in self.fix), "")


@dataclass(frozen=True)
class Catalogue:
    """All documents and recommendations of the repository, by name and id."""

    documents: Mapping[str, Document]
    recommendations: Mapping[str, Recommendation]

    def coverage(self) -> dict[str, dict[str, Any]]:
        """Per document: number of demands, how many are automated or attested, and the ids that nothing accounts for."""
        met = {demand for r in self.recommendations.values() for demand in r.meets}
        return {
            name: {
                "demands": len(document.demands),
                "automated": sum(d in met for d in document.demands),
                "attested": 0,  # statements of a human are not judged yet
                "missing": [d for d in document.demands if d not in met],
            }
            for name, document in self.documents.items()
        }


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
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"cannot read {path}: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise UsageError(f"{path}: a mapping of names is expected")
    return content


def _document(path: Path) -> Document:
    content = read_mapping(path)
    demands = {
        identifier: Demand(identifier, path.stem, d["section"], d["demand"], d.get("unobservable"))
        for identifier, d in content["demands"].items()
    }
    return Document(path.stem, content["title"], demands)


def _recommendation(path: Path, identifier: str, entry: Any, demands: set[str]) -> Recommendation:
    where = f"{path}: {identifier}"
    if not _IDENTIFIER.fullmatch(identifier):
        raise UsageError(f"{where}: an id is lower-case words joined by hyphens")
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        raise UsageError(f"{where}: needs exactly the fields {', '.join(sorted(_FIELDS))}")
    if entry["severity"] not in SEVERITIES:
        raise UsageError(f"{where}: severity is one of {', '.join(SEVERITIES)}")
    if strange := [d for d in entry["meets"] if d not in demands]:
        raise UsageError(f"{where}: meets {', '.join(strange)}, which no document demands")
    if not isinstance(entry["fix"], dict) or not entry["fix"]:
        raise UsageError(f"{where}: fix maps distributions (or `any`) to sentences")
    return Recommendation(
        id=identifier,
        topic=path.parent.name,
        title=entry["title"],
        severity=entry["severity"],
        why=entry["why"].strip(),
        meets=tuple(entry["meets"]),
        fix={distribution: text.strip() for distribution, text in entry["fix"].items()},
    )

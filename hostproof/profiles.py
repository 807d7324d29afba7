"""What is required of a host: which recommendations, with which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostproof.catalogue import Catalogue, read_mapping
from hostproof.errors import CannotTell, UsageError

DEFAULT_PROFILE = "alliance"
PROFILE_VARIABLE = "hostproof_profile"
_VALUE_PREFIX = "hostproof_"
_FIELDS = {"title", "extends", "without", "recommendations", "values"}


@dataclass(frozen=True)
class Profile:
    """A named set of recommendations and the values that they are judged by."""

    name: str
    title: str
    recommendations: frozenset[str]
    values: Mapping[str, Any]


class Required:
    """A profile's values for one host, as attributes: `required.public_ports`."""

    def __init__(self, profile: str, values: Mapping[str, Any]) -> None:
        self._profile = profile
        self._values = dict(values)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise CannotTell(f"the profile {self._profile} sets no value for {name}") from None


def profile_names(root: Path) -> list[str]:
    """The profiles that the repository at `root` holds."""
    return sorted(p.stem for p in (root / "profiles").glob("*.yml"))


def load(root: Path, name: str, catalogue: Catalogue) -> Profile:
    """The profile `name` of `root`/profiles, with what it extends. Raises UsageError."""
    return _load(root, name, catalogue, ())


def required_of(profile: Profile, variables: Mapping[str, Any], host: str) -> Required:
    """The profile's values, with those that the inventory sets for this host as `hostproof_<value>`. Raises UsageError."""
    values = dict(profile.values)
    for name, default in profile.values.items():
        if (own := variables.get(_VALUE_PREFIX + name)) is not None:
            if not _same_kind(own, default):
                kind = type(default).__name__
                raise UsageError(f"host {host}: {_VALUE_PREFIX}{name} in the inventory has to be a {kind}, as in the profile")
            values[name] = own
    return Required(profile.name, values)


def _same_kind(own: Any, default: Any) -> bool:
    return default is None or (type(own) is type(default))


def _load(root: Path, name: str, catalogue: Catalogue, below: tuple[str, ...]) -> Profile:
    known = profile_names(root)
    if name not in known:
        raise UsageError(f"there is no profile {ascii(name)[:60]}; there are: {', '.join(known)}")
    if name in below:
        raise UsageError(f"profiles/{name}.yml extends itself: {' -> '.join((*below, name))}")
    path = root / "profiles" / f"{name}.yml"
    content = read_mapping(path)
    if strange := set(content) - _FIELDS:
        raise UsageError(f"{path}: unknown field {', '.join(sorted(strange))}; known are {', '.join(sorted(_FIELDS))}")
    parents = content.get("extends") or []
    recommendations: set[str] = set()
    values: dict[str, Any] = {}
    for parent in [parents] if isinstance(parents, str) else parents:
        base = _load(root, parent, catalogue, (*below, name))
        recommendations |= base.recommendations
        values |= base.values
    recommendations -= set(_left_out(path, content.get("without") or {}, recommendations))
    for identifier in content.get("recommendations") or []:
        if identifier not in catalogue.recommendations:
            raise UsageError(f"{path}: there is no recommendation {identifier}")
        recommendations.add(identifier)
    values |= content.get("values") or {}
    return Profile(name, content.get("title", name), frozenset(recommendations), values)


def _left_out(path: Path, without: Any, inherited: set[str]) -> Mapping[str, str]:
    """Recommendations of the extended profiles that this one does not ask for, and why."""
    if not isinstance(without, dict):
        raise UsageError(f"{path}: without maps recommendations to the reason why each is left out")
    for identifier, reason in without.items():
        if identifier not in inherited:
            raise UsageError(f"{path}: without names {identifier}, which no extended profile asks for")
        if not isinstance(reason, str) or not reason.strip():
            raise UsageError(f"{path}: without says no reason for {identifier}")
    return without

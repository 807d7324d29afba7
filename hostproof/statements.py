"""What no host can show: a person vouches for it in the inventory, with a date, and not for ever.

A recommendation whose entry has the field `statement` is judged by the inventory variable that bears its id. Who states
nothing leaves it unknown; what is no statement at all stops the run before anybody is connected. With the field `or_statement`
the host is judged, and a statement may take the place of what it does not show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hostproof.catalogue import Detail, Recommendation
from hostproof.errors import CannotTell, UsageError
from hostproof.text import one_line, printable

PREFIX = "hostproof_statement_"
LONGEST = 500  # characters of one text
MOST = 50  # entries of a list
# What every statement says, and what it may say, beside the details of its own recommendation. (YAML reads `on` as true.)
ALWAYS = {"by": Detail("text", "who states it"), "date": Detail("day", "when it was so")}
OPTIONAL = {"note": Detail("text", "what else a reader should know"), "until": Detail("day", "the last day on which it holds")}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Statement:
    """What the inventory states about one recommendation on one host; a test's argument `statement`.

    Its details are attributes: texts, days (datetime.date), percentages (int or float), and lists of texts in lower case.
    Whoever looks at one has looked at the statement: it becomes evidence. Each raises CannotTell when nobody has stated it.

    Example: statement.by == "Ada", statement.date == date(2026, 9, 1), statement.restored == "the database of 2026-08-31"
    Blind spots: whether it is true.
    """

    def __init__(self, about: Recommendation, details: Mapping[str, Any] | None, cite: Callable[[str, str], None]) -> None:
        self._about = about
        self._details = details
        self._cite = cite

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        details = self._stated()
        if name in details:
            return details[name]
        if name in OPTIONAL:
            return None
        raise AttributeError(f"{self._about.id} has no detail {name} in its recommendations.yml")

    @property
    def given(self) -> bool:
        """Whether anybody has stated it; to ask that is no look at it."""
        return self._details is not None

    def lapses(self, max_age_days: int) -> list[str]:
        """Why it does not hold today, when it may be that old; nothing when it does."""
        today = datetime.now(UTC).date()
        faults = []
        if self.date > today + timedelta(days=1):  # where the day begins first, it is tomorrow already
            faults.append(f"{self.by} dated it {self.date}, which is still to come")
        elif (age := (today - self.date).days) > max_age_days:
            faults.append(f"{self.by} stated it on {self.date}, {age} days ago (at most {max_age_days} are allowed)")
        if self.until and self.until < today:
            faults.append(f"it was stated to hold until {self.until}")
        return faults

    def _stated(self) -> Mapping[str, Any]:
        variable = variable_of(self._about.id)
        if self._details is None:
            raise CannotTell(f"nobody has stated it; if it is so, say in the inventory {variable}: {_form(self._about)}")
        self._cite(f"the inventory's {variable}", "\n".join(f"{name}: {_shown(it)}" for name, it in self._details.items()))
        return self._details


def statements_of(
    recommendations: Iterable[Recommendation], variables: Mapping[str, Any], host: str
) -> dict[str, Mapping[str, Any]]:
    """The details of what the inventory's variables state of a host, by recommendation; null states nothing.

    Raises UsageError that names host and variable for what is no statement.
    """
    attested = {variable_of(r.id): r for r in recommendations if r.statement is not None}
    stated = {}
    for variable, said in variables.items():
        if not variable.startswith(PREFIX) or said is None:
            continue
        if variable not in attested:
            raise UsageError(f"host {host}: there is no {_name(variable)}; there are: {', '.join(sorted(attested)) or 'none'}")
        try:
            stated[attested[variable].id] = _details(said, attested[variable])
        except ValueError as fault:
            raise UsageError(f"host {host}: {variable} in the inventory {fault}") from None
    return stated


def variable_of(recommendation: str) -> str:
    """`hostproof_statement_owner_named` for `owner-named`."""
    return PREFIX + recommendation.replace("-", "_")


def _details(said: Any, about: Recommendation) -> Mapping[str, Any]:
    needed = ALWAYS | dict(about.statement or {})
    if not isinstance(said, dict):
        raise ValueError(f"has to be a mapping: {_form(about)}")
    if missing := [name for name in needed if said.get(name) is None]:
        raise ValueError(f"does not say {missing[0]} ({needed[missing[0]].means})")
    known = OPTIONAL | needed
    if strange := [name for name in said if name not in known]:
        raise ValueError(f"says {_name(strange[0])}, which is none of {', '.join(known)}")
    details = {}
    for name, value in said.items():
        if value is None:
            continue
        try:
            details[name] = _READERS[known[name].kind](value)
        except ValueError as fault:
            raise ValueError(f"has for {name} ({known[name].means}) no {fault}") from None
    return details


def _text(value: Any) -> str:
    if not isinstance(value, str) or not any(character.isalnum() for character in value):
        raise ValueError("text")
    if len(value) > LONGEST:
        raise ValueError(f"text of at most {LONGEST} characters")
    return one_line(value, LONGEST * 10)  # escaped text is longer


def _day(value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("day such as 2026-09-01")


def _percentage(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise ValueError("number from 0 to 100")
    return value


def _list(value: Any) -> list[str]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST:
        raise ValueError(f"list of 1 to {MOST} texts")
    return [" ".join(_text(entry).lower().split()) for entry in value]


_READERS: Mapping[str, Callable[[Any], Any]] = {"text": _text, "day": _day, "percentage": _percentage, "list": _list}


def _form(about: Recommendation) -> str:
    details = ALWAYS | dict(about.statement or {})
    blanks = {"text": "...", "day": "YYYY-MM-DD", "percentage": "0-100", "list": "[...]"}
    return "{" + ", ".join(f"{name}: {blanks[detail.kind]}" for name, detail in details.items()) + "}"


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _name(name: str) -> str:
    return printable(ascii(name), 80)

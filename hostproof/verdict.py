"""The one rule that turns what happened in a test into a verdict."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from hostproof.errors import HostproofError, NotApplicable
from hostproof.text import one_line

REASON_LIMIT = 600  # characters


class Verdict(StrEnum):
    """What can be said about one recommendation on one host."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Judgement:
    """A verdict and the sentence that explains it."""

    verdict: Verdict
    reason: str


def judge(error: BaseException | None, asserted: int, tests: Path) -> Judgement:
    """The verdict of a test that ended with `error` (None: it returned) after `asserted` assertions that held.

    Only an `assert` written in a recommendation's own test (a file below `tests`) decides. Whatever else is raised, an assertion
    of a library that could not look included, is unknown; so is a test that returns without having asserted anything.
    """
    if error is None:
        if asserted:
            return Judgement(Verdict.PASS, "as required")
        return Judgement(Verdict.UNKNOWN, "the test ended without looking at anything: it made no assertion")
    if isinstance(error, NotApplicable | pytest.skip.Exception):
        return Judgement(Verdict.NOT_APPLICABLE, _said(error))
    if isinstance(error, HostproofError):
        return Judgement(Verdict.UNKNOWN, _said(error))
    place = traceback.extract_tb(error.__traceback__)[-1]
    if isinstance(error, AssertionError):
        if Path(place.filename).is_relative_to(tests):
            return Judgement(Verdict.FAIL, _said(error))
        return Judgement(Verdict.UNKNOWN, f"could not look: {_said(error)}")
    where = f"{Path(place.filename).name}:{place.lineno}"
    return Judgement(Verdict.UNKNOWN, one_line(f"the test broke: {error!r} in {where}", REASON_LIMIT))


def _said(error: BaseException) -> str:
    # pytest's assertion rewriting appends its own explanation to an assert's message, on lines of its own, and doubles the
    # percent signs of the message when its hook for assertions that held is on.
    text, explained, _ = str(error).partition("\nassert ")
    if explained:
        text = text.replace("%%", "%")
    return one_line(text or type(error).__name__, REASON_LIMIT)

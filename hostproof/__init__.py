"""Hostproof proves on real hosts what security documents recommend.

What a recommendation's test needs is here: the mark that names it and the two ways of not deciding.
"""

from __future__ import annotations

from typing import NoReturn

import pytest

from hostproof.errors import CannotTell, NotApplicable

__all__ = ["cannot_tell", "not_applicable", "recommendation"]
__version__ = "0.1.0"


def recommendation(identifier: str) -> pytest.MarkDecorator:
    """Marks the test function that judges the recommendation `identifier` of the recommendations.yml beside it."""
    return pytest.mark.recommendation(identifier)


def not_applicable(why: str) -> NoReturn:
    """End the test: the question does not arise on this host."""
    raise NotApplicable(why)


def cannot_tell(why: str) -> NoReturn:
    """End the test: the evidence that a verdict needs is missing."""
    raise CannotTell(why)

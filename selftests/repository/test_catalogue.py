"""Recommendations, their tests, profiles and documents fit together."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from hostproof import catalogue, profiles

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE = catalogue.load(REPOSITORY)


def marked_tests() -> list[tuple[str, str]]:
    """(topic, recommendation) of every marked test function below tests/."""
    found = []
    for path in sorted((REPOSITORY / "tests").glob("*/test_*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            for mark in getattr(function, "decorator_list", []):
                if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "recommendation":
                    found.append((path.parent.name, mark.args[0].value))
    return found


def test_every_recommendation_has_one_test_in_its_folder_and_every_test_a_recommendation():
    described = sorted((r.topic, r.id) for r in CATALOGUE.recommendations.values())

    assert sorted(marked_tests()) == described


def test_every_recommendation_is_in_a_profile():
    judged = {r for name in profiles.profile_names(REPOSITORY) for r in load(name).recommendations}

    assert judged == set(CATALOGUE.recommendations)


def load(name: str) -> profiles.Profile:
    return profiles.load(REPOSITORY, name, CATALOGUE)


@pytest.mark.parametrize("name", profiles.profile_names(REPOSITORY))
def test_a_profile_loads(name):
    assert load(name).recommendations


def test_the_documents_hold_every_demand():
    assert {name: len(document.demands) for name, document in CATALOGUE.documents.items()} == {
        "alliance-vm-security": 52,
        "ibm-hpvs-protecting-a-virtual-server": 31,
    }


@pytest.mark.parametrize("identifier", sorted(CATALOGUE.recommendations))
def test_a_fix_exists_for_each_distribution(identifier):
    rec = CATALOGUE.recommendations[identifier]

    assert all(rec.fix_for([distribution]) for distribution in ("debian", "ubuntu", "fedora", "centos"))

"""Profiles that extend others: what is added, overridden and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostproof import catalogue, profiles
from hostproof.errors import UsageError

MOTHER = "title: M\nrecommendations: [first]\nvalues: {limit: 5, ports: [80]}\n"
FATHER = "title: F\nrecommendations: [second]\nvalues: {limit: 7, words: [x]}\n"


def load(project, text: str) -> profiles.Profile:
    project.write("profiles/mother.yml", MOTHER)
    project.write("profiles/father.yml", FATHER)
    project.write("profiles/child.yml", text)
    folder = Path(project.folder)
    return profiles.load(folder, "child", catalogue.load(folder))


def test_the_later_of_two_extended_profiles_counts_and_ones_own_value_above_all(project):
    later = load(project, "extends: [mother, father]")
    own = load(project, "extends: [mother, father]\nvalues: {limit: 1, ports: []}")

    assert (later.recommendations, dict(later.values)) == ({"first", "second"}, {"limit": 7, "ports": [80], "words": ["x"]})
    assert dict(own.values) == {"limit": 1, "ports": [], "words": ["x"]}


def test_a_recommendation_is_left_out_for_a_reason(project):
    assert load(project, "extends: [mother, father]\nwithout: {second: Not here.}").recommendations == {"first"}


def test_what_is_left_out_can_be_added_again_further_down(project):
    project.write("profiles/aunt.yml", "extends: [mother, father]\nwithout: {second: Not here.}")

    assert load(project, "extends: aunt\nrecommendations: [second]").recommendations == {"first", "second"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("extends: mother\nwithout: {second: Not here.}", "without names second, which no extended profile asks for"),
        ("extends: mother\nwithout: {frist: Not here.}", "without names frist"),
        ("extends: mother\nwithout: [first]", "without maps recommendations to the reason"),
        ("extends: mother\nwithout: {first: }", "without says no reason for first"),
        ("extends: mother\nwithout: {first: ' '}", "without says no reason for first"),
        ("extends: mother\nwithout: {first: 7}", "without says no reason for first"),
    ],
)
def test_what_cannot_be_left_out_is_named(project, text, words):
    with pytest.raises(UsageError, match=words):
        load(project, text)

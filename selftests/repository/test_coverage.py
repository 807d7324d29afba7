"""Every demand of the documents is accounted for, once, and nothing is excused that could be judged."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from hostproof import catalogue, coverage
from hostproof.errors import UsageError

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE = catalogue.load(REPOSITORY)
DEMANDS = {demand.id: demand for document in CATALOGUE.documents.values() for demand in document.demands.values()}
MET = {demand for r in CATALOGUE.recommendations.values() for demand in r.meets}
COVERED = {document.name: document for document in coverage.of(CATALOGUE)}
# Whoever adds to these has to have a reason that a reader of the documents accepts.
NOTHING_TO_CHECK = {"ALL-REF-01"}
OF_THE_CONTROL_PLANE = {"ALL-TOP-04", "ALL-NET-02", "ALL-NET-03"}
MADE_OF_THESE = {"ALL-TOP-02"}


def test_every_demand_is_in_one_place():
    for document in COVERED.values():
        places = [
            *(document.automated, document.attested, document.derived),
            *(document.nothing_to_check, document.not_yet, document.unaccounted),
        ]
        found = sorted(identifier for place in places for identifier in place)

        assert found == sorted(CATALOGUE.documents[document.name].demands)


def test_every_demand_is_accounted_for():
    assert not [identifier for document in COVERED.values() for identifier in document.unaccounted]


def test_only_these_are_excused_and_none_of_them_is_judged():
    said = {field: {d.id for d in DEMANDS.values() if getattr(d, field)} for field in ("unobservable", "not_yet", "made_of")}

    assert said == {"unobservable": NOTHING_TO_CHECK, "not_yet": OF_THE_CONTROL_PLANE, "made_of": MADE_OF_THESE}
    assert not MET & set.union(*said.values())


def test_a_recommendation_is_attested_if_and_only_if_its_test_takes_a_statement():
    taking = {}
    for path in (REPOSITORY / "tests").glob("*/test_*.py"):
        for function in ast.parse(path.read_text()).body:
            for mark in getattr(function, "decorator_list", []):
                if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "recommendation":
                    taking[mark.args[0].value] = "statement" in [argument.arg for argument in function.args.args]

    assert taking == {r.id: r.statement is not None for r in CATALOGUE.recommendations.values()}


DOCUMENT = """
title: A document
demands:
  D-1: {section: One, demand: Seen.}
  D-2: {section: One, demand: Stated.}
  D-3: {section: One, demand: Both., made_of: [D-1, D-2]}
  D-4: {section: One, demand: All., made_of: [D-1, D-6]}
  D-5: {section: One, demand: A link., unobservable: It is a link.}
  D-6: {section: One, demand: Cloud., not_yet: Nobody asks the cloud.}
  D-7: {section: One, demand: Forgotten.}
"""
RECOMMENDATIONS = """
seen: &it {title: T, severity: low, why: W, meets: [D-1], fix: {any: F}}
stated: {<<: *it, meets: [D-1, D-2], statement: {what: {text: what it is}}}
"""


def project(folder: Path, document: str, recommendations: str) -> catalogue.Catalogue:
    for name, text in {"documents/doc.yml": document, "tests/topic/recommendations.yml": recommendations}.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text)
    return catalogue.load(folder)


def test_how_demands_are_counted(tmp_path):
    (document,) = coverage.of(project(tmp_path, DOCUMENT, RECOMMENDATIONS))

    assert document.as_json() == {
        "demands": 7,
        "automated": 1,
        "attested": 1,
        "derived": 1,
        "nothing_to_check": {"D-5": "It is a link."},
        "not_yet": {"D-4": "it is made of others, of which these are not covered: D-6", "D-6": "Nobody asks the cloud."},
        "missing": ["D-4", "D-6", "D-7"],
    }
    assert document.lines()[0] == (
        "doc: 7 demands, 1 automated, 1 attested, 1 made of others, 1 with nothing to check, 3 not yet covered"
    )
    assert "    not yet covered: D-6 (Nobody asks the cloud.)" in document.lines()
    assert "    not yet covered: D-7" in document.lines()


@pytest.mark.parametrize(
    ("document", "recommendations", "words"),
    [
        (DOCUMENT.replace("[D-1, D-2]", "[D-1, D-8]"), RECOMMENDATIONS, "D-3 is made of D-8"),
        (DOCUMENT.replace("[D-1, D-2]", "[D-3]"), RECOMMENDATIONS, "D-3 is made of D-3"),
        (DOCUMENT.replace("[D-1, D-6]", "[D-3]"), RECOMMENDATIONS, "D-4 is made of D-3"),
        (DOCUMENT.replace("made_of: [D-1, D-2]", "unobservable: x, not_yet: x"), RECOMMENDATIONS, "D-3: has one of"),
        (DOCUMENT.replace("unobservable", "unobserved"), RECOMMENDATIONS, "D-5: needs section and demand"),
        (DOCUMENT, RECOMMENDATIONS.replace("{text: what it is}", "{txt: what it is}"), "stated: what of the statement"),
        (DOCUMENT, RECOMMENDATIONS.replace("{what: {text: what it is}}", "yes"), "stated: statement maps"),
        (DOCUMENT, RECOMMENDATIONS.replace("statement", "statements"), "stated: needs the fields"),
    ],
)
def test_what_is_malformed_is_named(tmp_path, document, recommendations, words):
    with pytest.raises(UsageError, match=words):
        project(tmp_path, document, recommendations)


def test_the_command_says_it_for_programs():
    run = subprocess.run([sys.executable, "-m", "hostproof.cli", "coverage", "--format=json"], cwd=REPOSITORY, capture_output=True)

    said = json.loads(run.stdout)["documents"]
    assert said == {name: document.as_json() for name, document in COVERED.items()}
    assert sum(document["demands"] for document in said.values()) == 83

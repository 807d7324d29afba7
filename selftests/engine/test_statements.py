"""What people state in the inventory: read strictly, bounded, shown as evidence, and not for ever."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from hostproof.catalogue import Detail, Recommendation
from hostproof.errors import UsageError
from hostproof.statements import Statement, statements_of

RECOMMENDATIONS = """
first: &it
  title: The first thing
  severity: high
  why: Because.
  meets: [DOC-1]
  statement:
    what: {text: "what it is"}
    score: {percentage: "how much"}
    parts: {list: "what it is made of"}
  fix: {any: Do it.}
second:
  <<: *it
  statement: {}
third: {title: The third thing, severity: high, why: Because., meets: [DOC-2], fix: {any: Do it.}}
"""
TESTS = """
from hostproof import recommendation

@recommendation("third")
def test_third(host):
    assert host.run("echo asked").succeeded

@recommendation("first")
def test_first(statement, required):
    faults = statement.lapses(required.limit)
    assert not faults, "; ".join([*faults, statement.what])

@recommendation("second")
def test_second(statement, required):
    faults = statement.lapses(required.limit)
    assert not faults, "; ".join(faults)
"""
PROFILE = "title: All\nrecommendations: [first, second, third]\nvalues: {limit: 5}\n"
VARIABLE = "hostproof_statement_first"
DETAILS = {
    "what": Detail("text", "what it is"),
    "score": Detail("percentage", "how much"),
    "parts": Detail("list", "what it is made of"),
}
FIRST = Recommendation("first", "topic", "The first thing", "high", "Because.", (), {}, DETAILS)


def day(days: int) -> str:
    return str(datetime.now(UTC).date() + timedelta(days=days))


def stated(**changes) -> dict:
    """A statement that holds; `changes` are the details that matter to the test."""
    return {"by": "Ada", "date": day(0), "what": "a thing", "score": 75.5, "parts": ["One", " two  words"], **changes}


@pytest.fixture
def attested(project):
    project.write("tests/topic/recommendations.yml", RECOMMENDATIONS)
    project.write("tests/topic/test_topic.py", TESTS)
    project.write("profiles/alliance.yml", PROFILE)
    return project


def judge(project, *arguments: str, **variables):
    host = {"ansible_connection": "local", **variables}
    project.write("inventories/one.yml", json.dumps({"all": {"hosts": {"a": host}}}))
    return project.run("--hosts=one", *arguments)


def test_a_statement_that_holds_is_the_evidence(attested):
    outcome = judge(attested, hostproof_statement_first=stated(note="all of it"))

    record = outcome.results["a", "first"]
    (piece,) = record["evidence"]
    assert record["verdict"] == "pass"
    assert piece["command"] == f"the inventory's {VARIABLE}"
    assert piece["output"].splitlines() == [
        *("by: Ada", f"date: {day(0)}", "what: a thing", "score: 75.5", "parts: one, two words", "note: all of it"),
    ]


def test_whoever_states_nothing_leaves_it_unknown(attested):
    outcome = judge(attested, hostproof_statement_second=None)

    record = outcome.results["a", "first"]
    assert (record["verdict"], record["evidence"], outcome.status) == ("unknown", [], 6)
    form = "{by: ..., date: YYYY-MM-DD, what: ..., score: 0-100, parts: [...]}"
    assert record["reason"] == f"nobody has stated it; if it is so, say in the inventory {VARIABLE}: {form}"
    assert outcome.verdicts["a", "second"] == "unknown"
    assert outcome.verdicts["a", "third"] == "pass"


def test_a_statement_that_has_lapsed_fails(attested):
    outcome = judge(attested, hostproof_statement_first=stated(date=day(-6)))

    record = outcome.results["a", "first"]
    assert (record["verdict"], outcome.status) == ("fail", 1)
    assert record["reason"] == f"Ada stated it on {day(-6)}, 6 days ago (at most 5 are allowed); a thing"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": day(-5)}, ""),
        ({"date": day(-6)}, f"Ada stated it on {day(-6)}, 6 days ago (at most 5 are allowed)"),
        ({"date": "0001-01-01"}, "Ada stated it on 0001-01-01"),
        ({"date": day(1)}, ""),
        ({"date": day(2)}, f"Ada dated it {day(2)}, which is still to come"),
        ({"date": "9999-12-31"}, "which is still to come"),
        ({"until": day(0)}, ""),
        ({"until": day(-1)}, f"it was stated to hold until {day(-1)}"),
        ({"until": "9999-12-31", "date": day(-6)}, "6 days ago"),
        ({"note": None, "until": None}, ""),
    ],
)
def test_how_long_a_statement_holds(changes, words):
    details = statements_of([FIRST], {VARIABLE: stated(**changes)}, "a")["first"]

    lapses = Statement(FIRST, details, cite=lambda source, text: None).lapses(5)

    assert bool(lapses) == bool(words)
    assert words in "".join(lapses)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Ada said so", "has to be a mapping: {by: ..., date: YYYY-MM-DD"),
        ([stated()], "has to be a mapping"),
        ({}, "does not say by (who states it)"),
        (stated(what=None), "does not say what (what it is)"),
        (stated(whom="x"), "says 'whom', which is none of"),
        (stated(**{"\x1b[31m": "x"}), r"says '\x1b[31m', which is none of"),
        (stated(by=""), "has for by (who states it) no text"),
        (stated(by="\u200b \u202e"), "has for by (who states it) no text"),
        (stated(by=["Ada"]), "has for by (who states it) no text"),
        (stated(by=7), "has for by (who states it) no text"),
        (stated(by="x" * 501), "no text of at most 500 characters"),
        (stated(date="yesterday"), "has for date (when it was so) no day such as 2026-09-01"),
        (stated(date="20260901"), "no day such as"),
        (stated(date="2026-02-30"), "no day such as"),
        (stated(date="2026-09-01T10:00:00"), "no day such as"),
        (stated(date="\u0662\u0660\u0662\u0666-01-01"), "no day such as"),
        (stated(date=2026), "no day such as"),
        (stated(until="never"), "has for until (the last day on which it holds) no day"),
        (stated(score=True), "has for score (how much) no number from 0 to 100"),
        (stated(score=100.5), "no number from 0 to 100"),
        (stated(score=-1), "no number from 0 to 100"),
        (stated(score="75"), "no number from 0 to 100"),
        (stated(score=10**300), "no number from 0 to 100"),
        (stated(parts="one"), "has for parts (what it is made of) no list of 1 to 50 texts"),
        (stated(parts=[]), "no list of 1 to 50 texts"),
        (stated(parts=["x"] * 51), "no list of 1 to 50 texts"),
        (stated(parts=["x", ["y"]]), "has for parts (what it is made of) no text"),
    ],
)
def test_what_is_no_statement_is_refused(said, words):
    with pytest.raises(UsageError) as refused:
        statements_of([FIRST], {VARIABLE: said}, "a")

    assert str(refused.value).startswith(f"host a: {VARIABLE} in the inventory ")
    assert words in str(refused.value)
    assert str(refused.value).isprintable()


def test_a_refused_statement_stops_the_run_before_anybody_is_asked(attested):
    outcome = judge(attested, ansible_connection="ssh", ansible_host="192.0.2.1", hostproof_statement_first=stated(date="soon"))

    (line,) = [line for line in outcome.text.splitlines() if line.startswith("ERROR")]
    assert outcome.status == 4
    assert f"host a: {VARIABLE} in the inventory has for date (when it was so) no day such as 2026-09-01" in line
    assert "Traceback" not in outcome.text
    assert not outcome.results


@pytest.mark.parametrize("said", ["{{ of_all }}", stated(by="{{ owner }}"), stated(parts=["{% if x %}one{% endif %}"])])
def test_a_template_states_nothing(attested, said):
    outcome = judge(attested, hostproof_statement_first=said)

    assert outcome.status == 4
    assert f"host a: {VARIABLE} is a template" in outcome.text


def test_a_statement_about_nothing_that_is_attested_is_a_mistake(attested):
    outcome = judge(attested, hostproof_statement_third=stated())

    assert outcome.status == 4
    known = "hostproof_statement_first, hostproof_statement_second"
    assert f"host a: there is no 'hostproof_statement_third'; there are: {known}" in outcome.text


def test_what_somebody_states_cannot_harm_the_reader(attested):
    hostile = "\x1b[31m\u202eAda</pre><script>alert(1)</script>\n\n## pass"

    outcome = judge(attested, hostproof_statement_first=stated(by=hostile, date=day(-90)))

    record = outcome.results["a", "first"]
    shown = "\\x1b[31m\\u202eAda</pre><script>alert(1)</script> ## pass"
    assert record["reason"].startswith(f"{shown} stated it on")
    assert record["evidence"][0]["output"].splitlines()[0] == f"by: {shown}"
    assert "<script>alert(1)" not in (outcome.reports / "report.html").read_text()
    assert "\x1b[31m" not in outcome.text


def test_a_host_that_nobody_reached_is_not_vouched_for(attested):
    unreachable = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 1}

    outcome = judge(attested, **unreachable, hostproof_statement_first=stated())

    record = outcome.results["a", "first"]
    assert (record["verdict"], record["reached"], outcome.status) == ("unknown", False, 6)


def test_hosts_and_groups_state_each_thing_by_itself(attested):
    second = {"by": "Grace", "date": day(0)}
    inventory = {
        "hosts": {"a": {}, "b": {"hostproof_statement_first": stated(by="Ben")}, "c": {"hostproof_statement_first": None}},
        "vars": {
            "ansible_connection": "local",
            "hostproof_statement_first": stated(),
            "hostproof_statement_second": second,
        },
    }
    attested.write("inventories/three.yml", json.dumps({"all": inventory}))

    outcome = attested.run("--hosts=three", "-n", "2")

    said = {host: [piece["output"].splitlines()[0] for piece in outcome.results[host, "first"]["evidence"]] for host in "abc"}
    assert said == {"a": ["by: Ada"], "b": ["by: Ben"], "c": []}
    assert {outcome.verdicts[host, "second"] for host in "abc"} == {"pass"}
    assert outcome.verdicts["c", "first"] == "unknown"


def test_an_ini_inventory_states_things_too(attested):
    attested.write("inventories/ini.ini", f"a ansible_connection=local {VARIABLE}='{json.dumps(stated())}'\n")

    assert attested.run("--hosts=ini").verdicts["a", "first"] == "pass"


def test_a_test_with_fixtures_of_its_own_gets_the_statement(attested):
    with_fixture = TESTS.replace("def test_first(statement,", "def test_first(statement, tmp_path,")
    attested.write("tests/topic/test_topic.py", with_fixture)

    record = judge(attested, hostproof_statement_first=stated()).results["a", "first"]

    assert (record["verdict"], len(record["evidence"])) == ("pass", 1)


def test_a_test_cannot_take_a_statement_that_its_recommendation_does_not_ask_for(attested):
    attested.write("tests/topic/test_topic.py", TESTS.replace("def test_third(host):", "def test_third(host, statement):"))

    record = judge(attested).results["a", "third"]

    assert record["verdict"] == "unknown"
    assert "has no field `statement`" in record["reason"]


def test_a_detail_that_nobody_describes_is_a_bug_of_the_test(attested):
    attested.write("tests/topic/test_topic.py", TESTS.replace("statement.what", "statement.whom"))

    record = judge(attested, hostproof_statement_first=stated(date=day(-9))).results["a", "first"]

    assert record["verdict"] == "unknown"
    assert "first has no detail whom" in record["reason"]


IN_ITS_PLACE = """
from hostproof import recommendation

@recommendation("first")
def test_first(host, statement):
    if statement.given:
        assert not statement.lapses(5)
        return
    assert host.run("false").succeeded, "the host does not show it"
"""


def test_a_statement_may_take_the_place_of_what_a_host_does_not_show(project):
    entry = RECOMMENDATIONS.partition("second:")[0].replace("  statement:", "  or_statement:")
    project.write("tests/topic/recommendations.yml", entry)
    project.write("tests/topic/test_topic.py", IN_ITS_PLACE)
    project.write("profiles/alliance.yml", PROFILE.replace(", second, third", ""))

    unstated = judge(project).results["a", "first"]
    assert (unstated["verdict"], unstated["reason"]) == ("fail", "the host does not show it")
    assert judge(project, hostproof_statement_first=stated()).verdicts["a", "first"] == "pass"
    assert judge(project, hostproof_statement_first=stated(date=day(-6))).verdicts["a", "first"] == "fail"


def test_a_recommendation_has_one_kind_of_statement_at_most(project):
    both = RECOMMENDATIONS.replace("  statement: {}", "  statement: {}\n  or_statement: {}")
    project.write("tests/topic/recommendations.yml", both)

    outcome = judge(project)

    assert outcome.status == 4
    assert "second: has one of or_statement and statement at most" in outcome.text

"""What a test does decides its verdict, and the verdicts decide the exit status."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

HEADER = 'from hostproof import recommendation\n@recommendation("first")\n'
FAIL_AND_UNKNOWN = """
def test_first(host):
    assert 0, "no"

@recommendation("second")
def test_second(host):
    pass
"""


def first_does(project, body: str) -> None:
    project.write("profiles/alliance.yml", "title: One\nrecommendations: [first]\nvalues: {limit: 5, ports: [80]}\n")
    lines = "\n    ".join(body.splitlines())
    project.write("tests/topic/test_topic.py", f"{HEADER}def test_first(host, required):\n    {lines}\n")


CASES = [
    ("assert True", "pass", 0, "as required"),
    ("assert not [1, 2], 'two are open: 1 and 2'", "fail", 1, "two are open: 1 and 2"),
    ("assert not [75], 'the disk is 75% full, 100%% is most'", "fail", 1, "75% full, 100%% is"),
    ("assert host.file('/nonexistent').exists", "fail", 1, "assert False"),
    ("pass", "unknown", 6, "made no assertion"),
    ("for listener in []:\n    assert listener", "unknown", 6, "made no assertion"),
    ("host.check_output('false')\nassert True", "unknown", 6, "could not look"),
    ("host.file('/nonexistent').mode\nassert True", "unknown", 6, "could not look"),
    ("assert {}['key']", "unknown", 6, "the test broke: KeyError('key') in test_topic.py"),
    ("assert required.nonsense == 1", "unknown", 6, "sets no value for nonsense"),
    ("import hostproof\nhostproof.not_applicable('no such service')", "not_applicable", 0, "no such service"),
    ("import hostproof\nhostproof.cannot_tell('needs root: nft')", "unknown", 6, "needs root: nft"),
    ("import pytest\npytest.skip('not here')", "not_applicable", 0, "not here"),
    ("assert True\nraise OSError('late')", "unknown", 6, "OSError"),
]


@pytest.mark.parametrize(("body", "verdict", "status", "reason"), CASES)
def test_verdict_and_exit_status(project, body, verdict, status, reason):
    first_does(project, body)

    outcome = project.run("--hosts=local://")

    record = outcome.results["localhost", "first"]
    assert (record["verdict"], outcome.status) == (verdict, status), outcome.text
    assert reason in record["reason"]
    assert "Traceback" not in outcome.text


def test_tests_with_fixtures_of_their_own_stand_beside_plain_ones(project):
    """Those run in pytest's phases, plain ones do not; a module that phases have set up ends with its last test."""
    own = "import pytest\n@pytest.mark.parametrize('word', ['a'])\ndef test_{0}_own(host, word):\n    assert word\n"
    plain = "def test_{0}_plain(host):\n    assert host.name\n"
    for name in ("one", "two"):
        project.write(f"tests/topic/test_{name}.py", (own + plain).format(name))

    outcome = project.run("--hosts=local://", "-k", "own or plain")

    assert list(outcome.verdicts.values()) == ["pass"] * 4, outcome.text


def test_a_fail_outweighs_an_unknown(project):
    project.write("tests/topic/test_topic.py", HEADER + FAIL_AND_UNKNOWN)

    assert project.run().status == 1


def test_without_hosts_this_machine_is_judged(project):
    assert project.run().verdicts == {("localhost", "first"): "pass", ("localhost", "second"): "pass"}


def test_a_pass_shows_what_it_rests_on(project):
    evidence = project.run().results["localhost", "first"]["evidence"]

    assert [(e["command"], e["output"], e["status"]) for e in evidence] == [("echo yes", "yes", 0)]


def test_nothing_is_asked_twice(project):
    first_does(project, "a = host.run('date +%s%N').stdout\nb = host.run('date +%s%N').stdout\nassert a == b")

    assert project.run().verdicts == {("localhost", "first"): "pass"}


def test_a_testinfra_test_of_ones_own_is_judged_too(project):
    project.write("tests/site/test_site.py", "def test_root_exists(host):\n    assert host.user('root').uid == 0\n")

    assert project.run().verdicts["localhost", "root-exists"] == "pass"


def test_instances_of_a_parametrized_test_are_told_apart(project):
    project.write(
        "tests/site/test_site.py",
        "import pytest\n@pytest.mark.parametrize('name', ['root', 'nobody-at-all'])\n"
        "def test_account(host, name):\n    assert host.user(name).exists, name\n",
    )

    verdicts = project.run().verdicts

    assert verdicts["localhost", "account[root]"] == "pass"
    assert verdicts["localhost", "account[nobody-at-all]"] == "fail"


def test_junit_tells_fail_from_unknown(project):
    project.write("tests/topic/test_topic.py", HEADER + FAIL_AND_UNKNOWN)

    suite = ET.parse(project.run().reports / "junit.xml").getroot().find("testsuite")  # noqa: S314 # ours

    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "1")


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_values_come_from_the_profile_and_the_inventory(project, workers):
    first_does(project, "assert required.limit == 7, f'limit is {required.limit}'")
    two = "all: {hosts: {a: {hostproof_limit: 7}, b: {}}, vars: {ansible_connection: local}}"
    project.write("inventories/two.yml", two)

    outcome = project.run("--hosts=two", workers)

    assert outcome.verdicts == {("a", "first"): "pass", ("b", "first"): "fail"}, outcome.text
    assert outcome.status == 1

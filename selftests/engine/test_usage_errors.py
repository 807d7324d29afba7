"""A wrong call or file: one line that says what to do, exit status 4, no traceback."""

from __future__ import annotations

import pytest

ONE_LOCAL = "all: {hosts: {a: {ansible_connection: local}}}"


def assert_refused(outcome, *words: str) -> None:
    assert outcome.status == 4, outcome.text
    assert "Traceback" not in outcome.text
    assert "INTERNALERROR" not in outcome.text
    (line,) = [line for line in outcome.text.splitlines() if line.startswith("ERROR")]
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--hosts="], ["hosts"]),
        (["--hosts=gopher://web1"], ["gopher", "ssh://"]),
        (["--hosts=inventories/none.yml"], ["none.yml"]),
        (["--profile=nonsense"], ["nonsense", "alliance"]),
        (["--recommendations=nonsense"], ["nonsense", "first"]),
        (["--recommendations="], ["nothing to judge"]),
        (["--limit=nobody"], ["nobody"]),
        (["--hosts=web1;reboot"], ["web1;reboot"]),
        (["--hosts=<script>"], ["<script>"]),
        (["--hosts=ssh://-oProxyCommand=id"], ["-oProxyCommand"]),
    ],
)
def test_wrong_calls(project, arguments, words):
    assert_refused(project.run(*arguments), *words)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("inventories/bad.yml", "all: [unclosed", ["bad.yml"]),
        ("profiles/alliance.yml", "recommendations: [third]", ["alliance.yml", "third"]),
        ("profiles/alliance.yml", "extends: alliance", ["extends itself"]),
        ("profiles/alliance.yml", "recomendations: []", ["recomendations"]),
        ("tests/topic/recommendations.yml", "first: {title: x}", ["recommendations.yml", "first"]),
    ],
)
def test_wrong_files(project, name, text, words):
    project.write("inventories/bad.yml", ONE_LOCAL)
    project.write(name, text)

    assert_refused(project.run("--hosts=bad"), *words)


def test_a_test_that_names_no_known_recommendation(project):
    test = "import hostproof\n@hostproof.recommendation('third')\ndef test_x(host): ...\n"
    project.write("tests/topic/test_more.py", test)

    outcome = project.run()

    assert outcome.status == 4
    assert "third" in outcome.text
    assert "Traceback" not in outcome.text


def test_a_value_of_another_kind_than_the_profiles(project):
    project.write("inventories/one.yml", "all: {hosts: {a: {ansible_connection: local, hostproof_limit: many}}}")

    assert_refused(project.run("--hosts=one"), "host a", "hostproof_limit", "int")


def test_an_empty_selection_of_tests_keeps_pytests_meaning(project):
    assert project.run("-k", "nothing_like_that").status == 5


def test_reports_that_cannot_be_written(project):
    project.write("file", "")

    assert_refused(project.run("--reports=file/below"), "cannot write reports")


def test_reports_that_cannot_be_written_in_the_end_are_a_line_each(project):
    project.write("tests/topic/conftest.py", BLOCKED)

    outcome = project.run()

    assert outcome.status == 3
    assert "Traceback" not in outcome.text
    assert outcome.text.count("ERROR: cannot write") == 2


# Folders that stand where the reports are to be written when the run ends.
BLOCKED = """
import pathlib, pytest

@pytest.fixture(autouse=True)
def blocked():
    for name in ("report.html", "junit.xml"):
        (pathlib.Path("reports") / name).mkdir(exist_ok=True)
"""

"""The three reports of a real run say the same, whoever ran it and however it ended."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

OF_ONE_RECOMMENDATION = {"exposure", "exposure_left_out"}
SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "results.schema.json"
NOWHERE = "ssh://nobody@127.0.0.1:1"  # no sshd can listen there

# One verdict of each kind, and a third test that names no recommendation.
JUDGING = """
from hostproof import not_applicable, recommendation

@recommendation("first")
def test_first(host):
    assert host.run("cat /etc/os-release; false").succeeded, "it is <b>wrong</b>"

@recommendation("second")
def test_second(host):
    host.run("echo looked")

def test_of_my_own(host):
    '''Mine does not arise.'''
    not_applicable("there is none")
"""


def rows_of(page: Path) -> list[dict]:
    blob = re.search(r"data-jsonblob='([^']*)'", page.read_text(encoding="utf-8"))
    assert blob
    return json.loads(html.unescape(blob[1]))["tests"]["rows"]


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_the_reports_count_the_same(project, options: tuple[str, ...]) -> None:
    project.write("tests/topic/test_topic.py", JUDGING)
    outcome = project.run(f"--hosts=local://,{NOWHERE}", *options)
    verdicts = Counter(outcome.verdicts.values())
    assert verdicts == {"fail": 1, "unknown": 1 + 3, "not_applicable": 1}

    suites = ET.parse(outcome.reports / "junit.xml").getroot()  # noqa: S314 # our own file
    counted = {name: int(suites.get(name, "")) for name in ("tests", "failures", "errors", "skipped")}
    assert counted == {"tests": 6, "failures": 1, "errors": 4, "skipped": 1}

    page = (outcome.reports / "report.html").read_text(encoding="utf-8")
    tiles = re.findall(r'class="tile (\w+)"><b>(\d+)</b>', page)
    assert tiles == [("failed", "1"), ("error", "4"), ("passed", "0"), ("skipped", "1")]
    rows = Counter(row["result"] for row in rows_of(outcome.reports / "report.html"))
    assert rows == {"failed": 1, "error": 1 + 1, "skipped": 1}  # the host that cannot be reached is one row


def test_records_are_as_the_schema_says(project) -> None:
    project.write("tests/topic/test_topic.py", JUDGING)
    outcome = project.run(f"--hosts=local://,{NOWHERE}")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    records = list(outcome.results.values())
    assert len(records) == 6
    for record in records:
        jsonschema.validate(record, schema)
        assert set(record) == set(schema["properties"]) - OF_ONE_RECOMMENDATION


def test_a_table_of_ports_is_as_the_schema_says_and_in_the_page(project) -> None:
    shows = 'host.exposure.show_table(["9/tcp"])\n    assert host.exposure.table(["9/tcp"])'
    project.write("tests/topic/test_topic.py", JUDGING.replace('host.run("echo looked")', shows))
    outcome = project.run("--hosts=local://")
    record = outcome.results["localhost", "second"]
    assert record["verdict"] == "pass", record["reason"]
    jsonschema.validate(record, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert set(record) >= OF_ONE_RECOMMENDATION
    assert (9, True, "not_asked") in {(port["port"], port["declared"], port["outside"]["state"]) for port in record["exposure"]}
    assert not OF_ONE_RECOMMENDATION & set(outcome.results["localhost", "first"])  # the test before had none
    rows = rows_of(outcome.reports / "report.html")
    assert [row["testId"] for row in rows if "Every port" in row["log"]] == ["localhost/second"]


def test_a_row_holds_what_the_record_says(project) -> None:
    project.write("tests/topic/test_topic.py", JUDGING)
    outcome = project.run("--hosts=local://")
    row = next(row for row in rows_of(outcome.reports / "report.html") if row["result"] == "failed")
    shown = html.unescape(re.sub(r"<[^>]*>", " ", " ".join(row["resultsTableRow"]) + row["log"]))
    record = outcome.results["localhost", "first"]
    piece = record["evidence"][-1]
    told = (record["title"], record["reason"], record["why"], record["fix"], *record["demands"], piece["command"])
    assert [text for text in told if text not in shown] == []
    assert "exit status 1" in shown
    assert "PRETTY_NAME" in shown


def test_a_test_file_that_does_not_load_is_in_the_page(project) -> None:
    project.write("tests/topic/test_broken.py", "import nothing_of_that_name")
    outcome = project.run("--hosts=local://")
    assert outcome.status == pytest.ExitCode.INTERRUPTED
    page = (outcome.reports / "report.html").read_text(encoding="utf-8")
    assert "interrupted" in page
    assert "1 host was not judged at all" in page
    assert [row["testId"] for row in rows_of(outcome.reports / "report.html")] == ["tests/topic/test_broken.py"]


def test_an_interrupted_run_reports_what_it_had(project) -> None:
    project.write("tests/topic/test_topic.py", JUDGING.replace('host.run("echo looked")', "raise KeyboardInterrupt"))
    outcome = project.run("--hosts=local://")
    assert outcome.status == pytest.ExitCode.INTERRUPTED
    assert outcome.verdicts == {("localhost", "first"): "fail"}
    page = (outcome.reports / "report.html").read_text(encoding="utf-8")
    assert "The run was interrupted" in page
    assert 'class="tile failed"><b>1</b>' in page
    assert ET.parse(outcome.reports / "junit.xml").getroot().get("tests") == "1"  # noqa: S314


def test_the_page_of_an_earlier_run_does_not_stay(project) -> None:
    page = project.run("--hosts=local://").reports / "report.html"
    assert page.exists()
    project.run("--hosts=local://", "-p", "no:html")  # judges, and makes no page
    assert not page.exists()

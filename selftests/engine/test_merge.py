"""Merging reports of shards: one report, and no green while anything is missing."""

from __future__ import annotations

import html
import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from hostproof.results import salvage
from hostproof.sharding import number_of
from hostproof.text import how_many

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "results.schema.json"
HOSTS = ("alpha", "beta", "gamma", "delta")  # shards 1 and 2 of 2 hold some of them each
FAILING = """
from hostproof import recommendation

@recommendation("first")
def test_first(host):
    assert host.name != "beta", "beta is wrong"

@recommendation("second")
def test_second(host):
    assert host.name
"""


@pytest.fixture
def fleet(project):
    """Both shards of a fleet, judged."""
    project.hosts(*HOSTS)
    for k in (1, 2):
        assert project.run("--hosts=many", f"--shard={k}/2", "--run=tonight").status == 0
    return project


def merge(project, *folders: str):
    folders = folders or tuple(str(path) for path in sorted((project.folder / "reports").glob("shard-*")))
    outcome = project.hostproof("merge", *folders)
    assert "Traceback" not in outcome.text
    return outcome


def rows_of(page: Path) -> list[dict]:
    blob = re.search(r"data-jsonblob='([^']*)'", page.read_text(encoding="utf-8"))
    assert blob
    return json.loads(html.unescape(blob[1]))["tests"]["rows"]


def manifest(project, k: int, **changes):
    path = project.folder / "reports" / f"shard-{k}" / "run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def held_by(k: int) -> set[str]:
    hosts = {host for host in HOSTS if number_of(host, 2) == k}
    assert hosts
    return hosts


def test_shards_become_one_report(fleet) -> None:
    outcome = merge(fleet)
    assert outcome.status == 0, outcome.text
    assert set(outcome.verdicts) == {(host, rec) for host in HOSTS for rec in ("first", "second")}
    assert {record["run"] for record in outcome.results.values()} == {json.loads((outcome.reports / "run.json").read_text())["run"]}
    assert ET.parse(outcome.reports / "junit.xml").getroot().get("tests") == "8"  # noqa: S314 # our own file
    page = (outcome.reports / "report.html").read_text()
    assert "4 hosts judged by" in page
    assert "missing" not in re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert len(rows_of(outcome.reports / "report.html")) == 8


def test_the_page_is_the_one_that_a_run_writes(project) -> None:
    project.hosts(*HOSTS)
    project.write("tests/topic/test_topic.py", FAILING)
    project.run("--hosts=many", "--reports=alone")
    project.hostproof("merge", "alone")
    one, other = ((project.folder / folder / "report.html").read_text() for folder in ("alone", "reports"))
    started = r"started .*, took \d+ s"
    tile = r'<div class="tile.*?</div>'
    assert rows_of(project.folder / "alone/report.html") == rows_of(project.folder / "reports/report.html")
    assert re.findall(tile, one, re.DOTALL) == re.findall(tile, other, re.DOTALL)
    blob = r"data-jsonblob='[^']*'"
    assert re.sub(started, "", re.sub(blob, "", one)) == re.sub(started, "", re.sub(blob, "", other))


def test_a_fail_in_one_shard_is_a_fail_of_all(fleet) -> None:
    fleet.write("tests/topic/test_topic.py", FAILING)
    fleet.run("--hosts=many", f"--shard={number_of('beta', 2)}/2", "--run=tonight")
    outcome = merge(fleet)
    assert outcome.status == 1
    assert "beta is wrong" in outcome.text


def test_an_empty_shard_is_merged(project) -> None:
    project.hosts("one")
    for k in (1, 2):
        project.run("--hosts=many", f"--shard={k}/2")
    assert merge(project).status == 0


def test_a_missing_shard_is_unknown(fleet) -> None:
    shutil.rmtree(fleet.folder / "reports/shard-2")
    outcome = merge(fleet)
    assert outcome.status == 6
    assert "shard 2 of 2 is missing" in outcome.text
    for host, rec in outcome.verdicts:
        assert outcome.verdicts[host, rec] == ("unknown" if host in held_by(2) else "pass")
    record = outcome.results[min(held_by(2)), "first"]
    assert record["reason"] == "shard 2 of 2, which holds this host, has no results"
    assert "shard 2 of 2 is missing" in (outcome.reports / "report.html").read_text()
    jsonschema.validate(record, json.loads(SCHEMA.read_text()))


def test_a_missing_shard_that_holds_no_host_is_no_green_either(project) -> None:
    project.hosts("one")
    project.run("--hosts=many", f"--shard={number_of('one', 2)}/2")
    outcome = merge(project)
    assert outcome.status == 6
    assert "is missing, with no hosts" in outcome.text


def test_a_recommendation_without_result_is_unknown(fleet) -> None:
    path = fleet.folder / "reports/shard-1/results.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    outcome = merge(fleet)
    assert outcome.status == 6
    assert sorted(outcome.verdicts.values()) == ["pass"] * 7 + ["unknown"]
    assert "not judged, or not to the end: 1 host" in outcome.text


def test_a_test_of_ones_own_without_result_is_noticed(project) -> None:
    project.hosts("one")
    project.write("tests/own/test_own.py", "def test_mine(host):\n    assert 1\n")
    project.run("--hosts=many", "--reports=whole")
    path = project.folder / "whole/results.jsonl"
    kept = [line for line in path.read_text().splitlines(keepends=True) if '"recommendation": "mine"' not in line]
    assert len(kept) == 2
    path.write_text("".join(kept))
    outcome = merge(project, "whole")
    assert outcome.status == 6
    assert "tests that are no recommendations were not judged on 1 host (one)" in outcome.text


@pytest.mark.parametrize("cut", [5, 200])
def test_a_line_cut_short_costs_only_itself(fleet, cut: int) -> None:
    path = fleet.folder / "reports/shard-2/results.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    outcome = merge(fleet)
    assert outcome.status == 6
    assert "1 damaged lines are left out" in outcome.text
    assert sorted(outcome.verdicts.values()) == ["pass"] * 7 + ["unknown"]


@pytest.mark.parametrize("ports", ["x", {}, [1], [{"family": "v4"}], None])
def test_a_table_of_ports_of_another_shape_makes_no_record(record, tmp_path, ports) -> None:
    path = tmp_path / "results.jsonl"
    lines = [record(), {**record(), "exposure": [], "exposure_left_out": 0}, {**record(), "exposure": ports}]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    assert [found is not None for found in salvage(path)] == [True, True, False]


@pytest.mark.parametrize("junk", ["[]", "{", "null", '{"host": "alpha"}', "\\xff", "[" * 100_000, '{"version": 99}'])
def test_what_is_no_record_is_left_out(fleet, junk: str) -> None:
    path = fleet.folder / "reports/shard-1/results.jsonl"
    path.write_bytes(junk.encode("latin-1") + b"\n" + path.read_bytes())
    outcome = merge(fleet)
    assert outcome.status == 6
    assert len(outcome.verdicts) == 8
    assert set(outcome.verdicts.values()) == {"pass"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "yesterday"}, "different runs"),
        ({"name": ""}, "different runs"),
        ({"hostproof": "0.0.1"}, "different versions"),
        ({"shard": {"number": 2, "of": 3, "zone": None}}, "divide the hosts differently"),
        ({"shard": {"number": 1, "of": 2, "zone": None}}, "are both shard 1 of 2"),
        ({"ended": None, "status": None}, "did not run to its end"),
        ({"status": 3}, "ended with exit status 3"),
        ({"run": "0" * 16}, "records of another run"),
    ],
)
def test_shards_that_do_not_belong_together(fleet, changes, words: str) -> None:
    manifest(fleet, 2, **changes)
    outcome = merge(fleet)
    assert outcome.status == 6, outcome.text
    assert words in outcome.text


def test_shards_without_a_name_that_began_on_other_days(project) -> None:
    project.hosts(*HOSTS)
    for k in (1, 2):
        project.run("--hosts=many", f"--shard={k}/2")
    assert merge(project).status == 0
    manifest(project, 1, started="2026-01-01T00:00:00Z")
    outcome = merge(project)
    assert outcome.status == 6
    assert "different runs" in outcome.text


def test_another_selection_is_named(fleet) -> None:
    fleet.hosts(*HOSTS, "epsilon")
    fleet.run("--hosts=many", "--shard=2/2", "--run=tonight")
    outcome = merge(fleet)
    assert outcome.status == 6
    assert "do not ask the same, or are of different selections: 1 host (epsilon)" in outcome.text


def test_a_host_that_was_judged_twice_keeps_its_graver_verdict(fleet) -> None:
    k = number_of("beta", 2)
    shutil.copytree(fleet.folder / f"reports/shard-{k}", fleet.folder / "reports/shard-again")
    fleet.write("tests/topic/test_topic.py", FAILING)
    fleet.run("--hosts=many", f"--shard={k}/2", "--run=tonight")
    for folders in (["shard-1", "shard-2", "shard-again"], ["shard-again", "shard-2", "shard-1"]):
        outcome = merge(fleet, *(f"reports/{folder}" for folder in folders))
        assert outcome.status == 1
        assert "host beta was judged twice" in outcome.text
        assert outcome.verdicts["beta", "first"] == "fail"
        assert len(outcome.verdicts) == 8


def test_an_old_folder_without_run_json_is_no_green(fleet) -> None:
    (fleet.folder / "reports/shard-2/run.json").unlink()
    outcome = merge(fleet)
    assert outcome.status == 6
    assert "has no run.json" in outcome.text


def test_what_is_merged_can_be_merged_and_resumed(fleet) -> None:
    shutil.rmtree(fleet.folder / "reports/shard-2")
    merge(fleet)
    outcome = fleet.run("--hosts=many", "--resume")
    assert outcome.status == 0, outcome.text
    assert f": {how_many(len(held_by(1)), 'host')}; judged now" in outcome.text
    assert len(outcome.verdicts) == 8
    assert fleet.hostproof("merge", "reports", "--output=again").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["merge"], "FOLDER"),
        (["merge", "nowhere"], "is no folder"),
        (["merge", "pytest.ini"], "is no folder"),
        (["merge", "tests"], "is no folder of reports"),
        (["merge", "reports/shard-1", "--output=reports/shard-1"], "name another"),
        (["merge", "reports/shard-1", "--output=pytest.ini/below"], "cannot write"),
        (["merge", "reports/shard-1", "--nonsense"], "--nonsense"),
    ],
)
def test_wrong_calls(fleet, arguments, words: str) -> None:
    outcome = fleet.hostproof(*arguments)
    assert outcome.status == 4
    (line,) = outcome.text.splitlines()
    assert line.startswith("hostproof: ")
    assert words in line


@pytest.mark.parametrize(
    "changes",
    [
        {"shard": {"number": 1, "of": 10**12, "zone": None}},
        {"shard": {"number": 1, "of": 1, "zone": "../x"}},
        {"started": ""},
        {"run": "../x"},
        {"hosts": {"a": {}}},
        {"profiles": {}},
        {"recommendations": {"first": {}}},
        {"more": 1},
    ],
)
def test_a_run_json_that_says_nonsense(fleet, changes) -> None:
    manifest(fleet, 1, **changes)
    outcome = merge(fleet)
    assert outcome.status == 4
    assert "run.json is damaged" in outcome.text


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"version": 1}', '{"version": 2}', "[" * 100_000, "\xff"])
def test_a_damaged_run_json(fleet, text: str) -> None:
    (fleet.folder / "reports/shard-1/run.json").write_bytes(text.encode("latin-1"))
    outcome = merge(fleet)
    assert outcome.status == 4
    assert "run.json is damaged" in outcome.text

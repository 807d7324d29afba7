"""A shard is a share of the hosts that depends on their names alone, and leaves reports that can be merged."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

from hostproof.errors import UsageError
from hostproof.sharding import Shard, number_of, shard_from

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "run.schema.json"
HOSTS = tuple(f"h{n}" for n in range(7))


def test_a_host_stays_in_its_shard() -> None:
    """A change of the hash would move hosts between two nights, and a merge of both would miss some."""
    assert [number_of(name, 4) for name in ("web1", "web2", "web3", "2001:db8::1")] == [3, 2, 4, 2]


def test_shards_are_of_like_size() -> None:
    sizes = Counter(number_of(f"host{n}.example.org", 8) for n in range(8000))
    assert sorted(sizes) == list(range(1, 9))
    assert all(900 < size < 1100 for size in sizes.values()), sizes


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "-1/2", "1/0", "1/2/3", "a/b", "1 / 2", "²/3", "1/9999999", "1.0/2"])
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(UsageError, match="K/N"):
        shard_from(text)


def test_a_wrong_share_is_one_line(project) -> None:
    outcome = project.run("--shard=3/2")
    assert outcome.status == 4
    assert "Traceback" not in outcome.text
    assert [line for line in outcome.text.splitlines() if "ERROR" in line and "'3/2'" in line]


@pytest.mark.parametrize("options", [(), ("-n2",)], ids=["alone", "two workers"])
def test_shards_make_up_the_whole(project, options) -> None:
    project.hosts(*HOSTS)
    judged: list[str] = []
    for k in (1, 2, 3):
        outcome = project.run("--hosts=many", f"--shard={k}/3", *options)
        assert outcome.status == 0, outcome.text
        results = project.results(f"reports/shard-{k}")
        assert len(results) == 2 * len({host for host, _ in results})
        judged += {host for host, _ in results}
    assert sorted(judged) == sorted(HOSTS)
    assert not (project.folder / "reports" / "results.jsonl").exists()


def test_other_hosts_do_not_move_a_host(project) -> None:
    project.hosts(*HOSTS)
    project.run("--hosts=many", "--shard=2/3")
    before = {host for host, _ in project.results("reports/shard-2")}
    project.hosts("a-new-one", *HOSTS[:-1])
    project.run("--hosts=many", "--shard=2/3")
    after = {host for host, _ in project.results("reports/shard-2")}
    assert before - {HOSTS[-1]} == after - {"a-new-one"}


@pytest.mark.parametrize("options", [(), ("-n2",)], ids=["alone", "two workers"])
def test_an_empty_shard_is_no_error(project, options) -> None:
    project.hosts("one")
    (empty,) = {1, 2} - {number_of("one", 2)}
    outcome = project.run("--hosts=many", f"--shard={empty}/2", *options)
    assert outcome.status == 0, outcome.text
    assert f"note: shard {empty} of 2 holds none of the hosts (1)" in outcome.text
    folder = project.folder / "reports" / f"shard-{empty}"
    assert (folder / "results.jsonl").read_text() == ""
    assert "was not judged" not in (folder / "report.html").read_text()
    assert (folder / "junit.xml").exists()
    assert json.loads((folder / "run.json").read_text())["status"] == 0


def test_no_host_at_all_stays_an_error(project) -> None:
    project.hosts("one")
    assert project.run("--hosts=many", "--limit=nobody", "--shard=1/2").status == 4


def test_run_json_is_as_the_schema_says(project) -> None:
    project.hosts("a", "b", zones={"a": "north"})
    project.run("--hosts=many", "--shard=1/1", "--run=pipeline 7")
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    written = json.loads((project.folder / "reports" / "run.json").read_text())
    jsonschema.validate(written, schema)
    assert set(written) == set(schema["properties"])
    assert set(written["hosts"]) == {"a", "b"}
    assert written["hosts"]["a"]["zone"] == "north"
    assert written["profiles"] == {"alliance": ["first", "second"]}


def test_a_zone_is_part_of_the_hosts(project) -> None:
    project.hosts("a", "b", "c", zones={"a": "north", "b": "south"})
    for option, hosts in (("--zone=north", {"a"}), ("--zone=", {"c"})):
        outcome = project.run("--hosts=many", option, "--reports=reports")
        assert {host for host, _ in outcome.results} == hosts
    assert project.run("--hosts=many", "--zone=../x").status == 4
    unknown = project.run("--hosts=many", "--zone=nroth")
    assert unknown.status == 4
    assert "--zone=nroth: none of the selected hosts is in it" in unknown.text


def test_zones_and_shards_have_folders_of_their_own() -> None:
    assert len({Shard(k, 2, zone).folder for k in (1, 2) for zone in (None, "north", "south")}) == 6

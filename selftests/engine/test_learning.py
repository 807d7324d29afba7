"""What testinfra's modules ask is learnt, and travels in the batch from then on."""

from __future__ import annotations

import json
import shutil

import pytest

from hostproof.learning import Learned

SITE = """
def test_root(host):
    assert host.user("root").uid == 0
    assert host.file("/etc/passwd").mode == 0o644

def test_own_question(host):
    assert host.run("echo $PPID").rc == 0
"""


@pytest.fixture
def site(project):
    """A project with a plain testinfra suite only, whose runs keep pytest's cache."""
    shutil.rmtree(project.folder / "tests")
    project.write("tests/site/test_site.py", SITE)
    project.write("tests/site/recommendations.yml", "{}\n")
    project.write("profiles/alliance.yml", "title: None\nrecommendations: []\nvalues: {}\n")
    return project


def asked(project) -> dict[str, dict[str, str]]:
    path = project.folder / ".pytest_cache" / "v" / "hostproof" / "asked"
    return {test.rpartition("::")[2]: commands for test, commands in json.loads(path.read_text()).items()}


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_a_run_teaches_the_next_one(site, workers):
    site.write("inventories/three.yml", "all: {hosts: {a: {}, b: {}, c: {}}, vars: {ansible_connection: local}}")

    outcome = site.run("--hosts=three", workers, keep_cache=True)

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text
    learned = asked(site)
    assert set(learned) == {"test_root"}  # what a test runs itself is never asked ahead
    assert "id -u root" in learned["test_root"]
    assert set(learned["test_root"].values()) == {"*"}
    again = site.run("--hosts=three", workers, keep_cache=True)
    assert again.verdicts == outcome.verdicts
    assert asked(site) == learned


def test_what_was_learnt_arrives_in_the_batch(site):
    site.run("--hosts=local://", keep_cache=True)
    learned = asked(site)["test_root"]
    site.write("tests/site/test_site.py", SITE + "\ndef test_nothing_is_left_to_ask(host):\n"
               "    known = host.connection.remembered\n"
               f"    assert set({sorted(learned)!r}) <= set(known)\n")

    outcome = site.run("--hosts=local://", "-k", "nothing_is_left or root", keep_cache=True)

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text


@pytest.mark.parametrize("cached", ["[]", '{"x": 1}', '{"x": {"y": 2}}', "garbage"])
def test_a_damaged_cache_is_no_hindrance(site, cached):
    site.run("--hosts=local://", keep_cache=True)
    (site.folder / ".pytest_cache" / "v" / "hostproof" / "asked").write_text(cached)

    outcome = site.run("--hosts=local://", keep_cache=True)

    assert set(outcome.verdicts.values()) == {"pass"}, outcome.text


def test_what_one_host_was_asked_goes_to_no_other():
    learned = Learned({})
    learned.note("t", "a", ["stat /from/a", "id"])
    learned.note("t", "b", ["id"])

    assert [c.text for c in learned.commands(["t"], "a")] == ["stat /from/a", "id"]
    assert [c.text for c in learned.commands(["t"], "c")] == ["id"]


def test_what_a_test_no_longer_asks_is_forgotten():
    before = Learned({"t": {"old": "*", "id": "*"}, "other": {"x": "a"}})
    before.note("t", "a", ["id", "new"])

    assert before.as_json() == {"t": {"id": "*", "new": "a"}, "other": {"x": "a"}}

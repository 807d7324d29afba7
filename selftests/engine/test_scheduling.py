"""Hosts are shared among workers whole."""

from __future__ import annotations

import pytest

from hostproof.scheduling import host_finder


@pytest.mark.parametrize(
    ("nodeid", "host"),
    [
        ("tests/ssh/test_ssh.py::test_x[web1]", "web1"),
        ("tests/ssh/test_ssh.py::test_x[web1-22]", "web1"),
        ("tests/ssh/test_ssh.py::test_x[22-web1]", "web1"),
        ("tests/ssh/test_ssh.py::test_x[web-1]", "web-1"),
        ("tests/ssh/test_ssh.py::test_x[2001:db8::1]", "2001:db8::1"),
        ("tests/ssh/test_ssh.py::test_x", ""),
        ("tests/ssh/test_ssh.py::test_x[other]", ""),
    ],
)
def test_the_host_of_a_test(nodeid, host):
    assert host_finder(["web", "web1", "web-1", "2001:db8::1"])(nodeid) == host


def test_a_host_is_never_split_over_workers(project):
    hosts = ", ".join(f"h{n}: {{}}" for n in range(8))
    project.write("inventories/many.yml", f"all: {{hosts: {{{hosts}}}, vars: {{ansible_connection: local}}}}")
    project.write(
        "tests/site/test_site.py",
        "import os, pytest\n@pytest.mark.parametrize('n', range(5))\n"
        "def test_worker(host, n):\n    host.evidence.cite('worker', os.environ['PYTEST_XDIST_WORKER'])\n    assert True\n"
        "def test_other(host):\n    host.evidence.cite('worker', os.environ['PYTEST_XDIST_WORKER'])\n    assert True\n",
    )

    outcome = project.run("--hosts=many", "-n3")

    workers: dict[str, set[str]] = {}
    for (host, _), record in outcome.results.items():
        found = {e["output"] for e in record["evidence"] if e["command"] == "worker"}
        workers.setdefault(host, set()).update(found)
    assert len(workers) == 8, outcome.text
    assert all(len(used) == 1 for used in workers.values()), workers
    assert len({worker for used in workers.values() for worker in used}) > 1
    assert outcome.status == 0


def test_a_worker_that_dies_takes_no_other_host_with_it(project):
    project.write("inventories/two.yml", "all: {hosts: {a: {}, b: {}, c: {}}, vars: {ansible_connection: local}}")
    project.write(
        "tests/topic/test_topic.py",
        'import os\nfrom hostproof import recommendation\n@recommendation("first")\ndef test_first(host):\n    assert 1\n'
        '@recommendation("second")\ndef test_second(host):\n    if host.name == "b":\n        os._exit(9)\n    assert 1\n',
    )

    outcome = project.run("--hosts=two", "-n2")

    assert outcome.verdicts["a", "second"] == "pass", outcome.text
    assert outcome.verdicts["b", "first"] == "pass"
    assert outcome.verdicts["c", "second"] == "pass"
    assert outcome.verdicts["b", "second"] == "unknown"
    assert "died" in outcome.results["b", "second"]["reason"]
    assert outcome.status == 6

"""What collection and judging cost when hosts answer at once: CPU per result, and memory.

    python bench/judging.py [--hosts=N] [--recommendations=N] [--profile-run]

Recommendations that look at nothing are judged on hosts that are this machine (`ansible_connection: local`), in one process. The
hosts' sessions are child processes and counted apart. Beside it stands the same number of parametrized tests in plain pytest.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from measured import MIB, Cost, run

REPOSITORY = Path(__file__).resolve().parents[1]
CPU_BAR = 0.7  # ms of CPU per result
MEMORY_BAR = 1536  # MiB


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--recommendations", type=int, default=100)
    parser.add_argument("--profile-run", action="store_true", help="also write judging.prof, for pstats, to this directory")
    asked = parser.parse_args()
    results = asked.hosts * asked.recommendations
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder)
        write_project(project, asked.hosts, asked.recommendations)
        ours = _judge(project, asked.hosts, asked.recommendations)
        plain = _plain(project / "plain", asked.hosts, asked.recommendations)
        if asked.profile_run:
            _pytest(project, "-m", "cProfile", "-o", str(Path.cwd() / "judging.prof"))
    figures = {
        "hosts": asked.hosts,
        "recommendations": asked.recommendations,
        "ours_ms_per_result": _per_result(ours.own_cpu, results),
        "sessions_ms_per_result": _per_result(ours.children_cpu, results),
        "plain_pytest_ms_per_result": _per_result(plain.own_cpu, results),
        "ratio_to_plain_pytest": round(ours.own_cpu / plain.own_cpu, 2),
        "ours_wall_s": round(ours.wall, 2),
        "ours_memory_mib": round(ours.memory / MIB),
        "plain_pytest_memory_mib": round(plain.memory / MIB),
        "cpu_bar_ms": CPU_BAR,
        "memory_bar_mib": MEMORY_BAR,
    }
    met = figures["ours_ms_per_result"] <= CPU_BAR and figures["ours_memory_mib"] <= MEMORY_BAR
    print(f"{results} results: {figures['ours_ms_per_result']} ms CPU each (bar {CPU_BAR}), sessions besides "
          f"{figures['sessions_ms_per_result']} ms; plain pytest {figures['plain_pytest_ms_per_result']} ms: "
          f"{figures['ratio_to_plain_pytest']} x")
    print(f"memory of all processes: {figures['ours_memory_mib']} MiB (bar {MEMORY_BAR}), "
          f"plain pytest {figures['plain_pytest_memory_mib']} MiB")
    print(json.dumps({"bench": "judging", **figures, "met": met}))
    return 0 if met else 1


def write_project(folder: Path, hosts: int, recommendations: int) -> None:
    """An audit repository with `recommendations` that pass without a question, and `hosts` that are this machine."""
    names = [f"rec-{n}" for n in range(recommendations)]
    entries = {
        name: {"title": f"Thing {name}", "severity": "high", "why": "Because.", "meets": ["DOC-1"], "fix": {"any": "Do it."}}
        for name in names
    }
    tests = "from hostproof import recommendation\n" + "".join(
        f'\n\n@recommendation("{name}")\ndef test_{name.replace("-", "_")}(host):\n    assert host.name, "it has no name"\n'
        for name in names
    )
    inventory = {"all": {"hosts": {f"host{n}": {"ansible_connection": "local"} for n in range(hosts)}}}
    document = {"title": "A document", "demands": {"DOC-1": {"section": "One", "kind": "explicit", "demand": "It is so."}}}
    for name, content in {  # JSON is YAML
        "documents/doc.yml": json.dumps(document),
        "tests/topic/recommendations.yml": json.dumps(entries),
        "tests/topic/test_topic.py": tests,
        "profiles/alliance.yml": json.dumps({"title": "All", "recommendations": names, "values": {}}),
        "inventories/many.yml": json.dumps(inventory),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    for name in ("pytest.ini", "conftest.py"):
        shutil.copy(REPOSITORY / name, folder / name)


def _judge(project: Path, hosts: int, recommendations: int) -> Cost:
    cost = _pytest(project)
    records = sum(1 for _ in (project / "reports/results.jsonl").open())
    if cost.status != 0 or records != hosts * recommendations:
        sys.exit(f"judging.py: the run went wrong (status {cost.status}, {records} records):\n{cost.output[-2000:]}")
    return cost


def _pytest(project: Path, *python: str) -> Cost:
    command = [sys.executable, *python, "-m", "pytest", "--hosts=inventories/many.yml", "--probe=none"]
    return run(command, cwd=project, environment={"PYTHONPATH": str(REPOSITORY)})


def _plain(folder: Path, hosts: int, recommendations: int) -> Cost:
    folder.mkdir()
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_plain.py").write_text(
        f"import pytest\n\n\n@pytest.fixture(params=[f'host{{n}}' for n in range({hosts})])\ndef host(request):\n"
        "    return request.param\n"
        + "".join(f"\n\ndef test_{n}(host):\n    assert host\n" for n in range(recommendations))
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:testinfra", "-p", "no:html"]
    return run(command, cwd=folder)


def _per_result(seconds: float, results: int) -> float:
    return round(1000 * seconds / results, 3)


if __name__ == "__main__":
    sys.exit(main())

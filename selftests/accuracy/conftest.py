"""A run of measurements: its options, its work file, and the table at its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from selftests.accuracy import measurements, page
from selftests.proofs.test_proofs import Proof, proofs

PROOFS = {str(proof): proof for proof in proofs(all_kinds=False)}
REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("accuracy")
    group.addoption("--continue", action="store_true", dest="go_on", help="keep what an earlier run measured, measure the rest")
    group.addoption("--output", type=Path, default=REPOSITORY / "reports" / "accuracy", help="folder of the work file")


def pytest_configure(config: pytest.Config) -> None:
    if not _is_in_charge(config):
        return
    if not config.getoption("go_on"):
        _work_file(config).unlink(missing_ok=True)
    config.pluginmanager.register(OwnVerdicts(_work_file(config)))


class ByGoldenHost(LoadScopeScheduling):
    """The proofs that share a golden run of the peers go to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        proof = PROOFS.get(nodeid.partition("[")[2].removesuffix("]"))
        return measurements.golden_of(proof) if proof else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByGoldenHost:
    return ByGoldenHost(config, log)


class OwnVerdicts:
    """Writes down what Hostproof said in each proof, right or wrong."""

    def __init__(self, work_file: Path) -> None:
        self._work_file = work_file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        said, proof = dict(report.user_properties), _proof(report.nodeid)
        if report.when == "call" and proof and "seen" in said:
            measurements.add(self._work_file, measurements.about(measurements.OURS, proof) | said)


@pytest.hookimpl(trylast=True)  # when -k has chosen
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the proofs of which Hostproof's verdict is known."""
    known = measurements.load(_work_file(config))
    done = [item for item in items if (proof := _proof(item.nodeid)) and (measurements.OURS, measurements.name_of(proof)) in known]
    config.hook.pytest_deselected(items=done)
    items[:] = [item for item in items if item not in done]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _is_in_charge(session.config) and not session.config.getoption("collectonly"):
        print("\n" + page.publish(_work_file(session.config), DOCS))


@pytest.fixture(scope="session")
def reports(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.getoption("output").resolve()


@pytest.fixture(scope="session")
def work_file(pytestconfig: pytest.Config) -> Path:
    return _work_file(pytestconfig)


@pytest.fixture(scope="session")
def measured(work_file: Path) -> set[tuple[str, str]]:
    """(judge, proof) of what need not be measured again."""
    return set(measurements.load(work_file))


def _proof(test: str) -> Proof | None:
    """The proof that a test is about, when it is one of the part `proofs`."""
    return PROOFS.get(test.partition("test_proofs.py::test_proof[")[2].removesuffix("]"))


def _work_file(config: pytest.Config) -> Path:
    return config.getoption("output").resolve() / "measurements.jsonl"


def _is_in_charge(config: pytest.Config) -> bool:
    """Whether this is not one of pytest-xdist's workers."""
    return not hasattr(config, "workerinput")

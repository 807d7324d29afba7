"""A run of measurements: its options, its work file, and the table at its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from selftests.accuracy import measurements, page

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("accuracy")
    group.addoption("--continue", action="store_true", dest="go_on", help="keep what an earlier run measured, measure the rest")
    group.addoption("--output", type=Path, default=REPOSITORY / "reports" / "accuracy", help="folder of the work file")


def pytest_configure(config: pytest.Config) -> None:
    if _is_in_charge(config) and not config.getoption("go_on"):
        _work_file(config).unlink(missing_ok=True)


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


def _work_file(config: pytest.Config) -> Path:
    return config.getoption("output").resolve() / "measurements.jsonl"


def _is_in_charge(config: pytest.Config) -> bool:
    """Whether this is not one of pytest-xdist's workers."""
    return not hasattr(config, "workerinput")

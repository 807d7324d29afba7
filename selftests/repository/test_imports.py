"""Imports go one way, as CONTRIBUTING.md draws it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ENGINE = REPOSITORY / "hostproof"

# Each room, and the rooms whose code it may import. `errors`, `text` and `trusted_yaml` are open to all.
ALLOWED = {
    "inventory": set(),
    "connection": {"inventory"},
    "evidence": {"connection"},
    "services": set(),
    "versions": set(),
    "outside": {"connection", "inventory", "services"},
    "probes": {"connection", "outside", "services", "versions"},
    "modules": {"connection", "probes"},
    "host": {"connection", "evidence", "modules", "outside", "probes"},
    "batch": {"connection", "modules", "probes"},
    "catalogue": set(),
    "coverage": {"catalogue"},
    "profiles": {"catalogue"},
    "statements": {"catalogue"},
    "verdict": set(),
    "results": {"catalogue", "verdict"},
    "tally": {"catalogue", "results", "verdict"},
    "report": {"catalogue", "results", "verdict"},
    "scheduling": set(),
    "agenda": set(),
    "audit": {"catalogue", "connection", "host", "inventory", "outside", "profiles", "results", "statements", "verdict"},
    "gathering": {"audit"},
    "plain": set(),
    "learning": {"connection", "host"},
    "visiting": {"agenda", "audit", "batch", "connection", "gathering", "learning", "outside"},
    "looking": {"audit", "outside"},
    "sharding": set(),
    "manifest": {"audit", "catalogue", "results", "sharding", "verdict"},
    "resume": {"manifest", "results"},
    "merging": {"manifest", "report", "results", "sharding", "tally", "verdict"},
    "fleet": {"audit", "manifest", "merging", "sharding"},
    "cli": {"catalogue", "coverage", "fleet", "merging"},
    "controller": {"audit", "learning", "report", "results", "resume", "scheduling", "tally"},
    "plugin": {
        *("audit", "controller", "gathering", "host", "inventory", "learning", "looking", "manifest", "outside", "plain"),
        *("profiles", "resume", "scheduling", "sharding", "statements", "verdict", "visiting"),
    },
}
OPEN = {"errors", "text", "trusted_yaml", ""}
MODULES = sorted(path for path in ENGINE.rglob("*.py") if path != ENGINE / "__init__.py")


def room(module: str) -> str:
    """The room of `hostproof.probes.sshd` is `probes`, that of `hostproof` itself is ``."""
    return [*module.split("."), ""][1]


def statements(tree: ast.AST):
    """All nodes below `tree` that run: what is only for type checkers does not."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            yield from statements(node)


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in statements(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "hostproof":
            found |= {f"hostproof.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] == "hostproof"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_a_module_imports_only_what_comes_before_it(path):
    own = path.relative_to(ENGINE).parts[0].removesuffix(".py")
    others = {room(name) for name in imported(path)} - {own} - OPEN

    assert others <= ALLOWED.get(own, set())


def test_recommendations_use_only_the_public_names():
    for path in (REPOSITORY / "tests").rglob("*.py"):
        assert imported(path) <= {"hostproof.recommendation", "hostproof.not_applicable", "hostproof.cannot_tell"}, path


def test_the_lab_knows_nothing_of_the_engine():
    for path in (REPOSITORY / "lab").rglob("*"):
        if path.suffix == ".py" or path.name == "lab":
            assert not imported(path), path

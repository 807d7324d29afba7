"""Copies of the product whose tests judge without looking, to see that proofs notice."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
COPIED = ("conftest.py", "pytest.ini")  # pytest takes the folder that these are really in for the project's
LINKED = ("documents", "hostproof", "inventories", "profiles", "reports")


def mutant(folder: Path, body: str) -> Path:
    """A project in the new `folder` in which every recommendation's test does nothing but `body`, such as "assert False"."""
    folder.mkdir()
    for name in COPIED:
        shutil.copy(REPOSITORY / name, folder)
    for name in LINKED:
        (folder / name).symlink_to(REPOSITORY / name)
    shutil.copytree(REPOSITORY / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (folder / "tests").glob("*/test_*.py"):
        path.write_text(mutated(path.read_text(encoding="utf-8"), body), encoding="utf-8")
    return folder


def mutated(source: str, body: str) -> str:
    """The source of a test file, with `body` instead of what its tests do."""
    tree = ast.parse(source)
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
            function.body = ast.parse(body).body
    return ast.unparse(tree)

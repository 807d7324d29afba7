"""audit, selftest and .ci/run in small trees, where stand-ins say how they were called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PLAIN_USER = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}


class Tree:
    """A directory with the scripts of the repository, which anybody may read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.chmod(0o755)
        for name in ("audit", "selftest", ".ci", "requirements", "pyproject.toml", "pytest.ini"):
            copy = shutil.copytree if (REPOSITORY / name).is_dir() else shutil.copy2
            copy(REPOSITORY / name, root / name)
        (root / "tests").mkdir()

    def write(self, name: str, text: str, mode: int = 0o644) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path

    def needs_nothing_of_the_system(self) -> None:
        self.write("requirements/system.txt", "")

    def has_a_venv(self, **programs: str) -> None:
        """.venv as if it had been set up, with these shell scripts as its programs."""
        (self.root / ".venv/bin").mkdir(parents=True, exist_ok=True)
        if not (self.root / ".venv/bin/python").exists():
            (self.root / ".venv/bin/python").symlink_to(sys.executable)
        for name, script in programs.items():
            self.write(f".venv/bin/{name}", f"#!/bin/sh\n{script}\n", 0o755)
        for level in ("run", "dev"):
            self.write(f".venv/made-from.{level}", self.shell(f"inputs {level}").stdout)

    def shell(self, command: str) -> subprocess.CompletedProcess[str]:
        """`command` with the functions of requirements/install.sh."""
        script = 'root=$1; . "$root/requirements/install.sh"; eval "$2"'
        return subprocess.run(["sh", "-euc", script, "sh", self.root, command], capture_output=True, text=True)

    def run(self, *command: str | Path, cwd: Path | None = None, plain_user: bool = False, **env: str):
        return subprocess.run(
            command, cwd=cwd or self.root, env={**os.environ, **env}, capture_output=True, text=True, timeout=300,
            stdin=subprocess.DEVNULL, **(PLAIN_USER if plain_user else {}),
        )


@pytest.fixture
def tree() -> Iterator[Tree]:
    with tempfile.TemporaryDirectory(prefix="hostproof ") as folder:  # with a space
        yield Tree(Path(folder).resolve())


ARGUMENTS = 'pwd -P; for word; do printf "<%s>\\n" "$word"; done; exit 7'


@pytest.fixture
def ready(tree: Tree) -> Tree:
    """./audit has nothing to set up; its pytest prints directory and arguments, and ends with 7."""
    tree.needs_nothing_of_the_system()
    tree.has_a_venv(pytest=ARGUMENTS)
    return tree


# --- audit ---


def test_audit_passes_every_argument_on_and_the_exit_status_back(ready: Tree) -> None:
    words = ["--hosts=ssh://root@[::1]:22", "-k", "a b", "*", "", "$(id)", "two\nlines"]
    ran = ready.run("./audit", *words)
    assert ran.returncode == 7
    expected = ["-c", f"{ready.root}/pytest.ini", *words]
    assert ran.stdout == f"{ready.root}\n" + "".join(f"<{word}>\n" for word in expected)
    assert ran.stderr == ""


def from_its_path(tree: Tree, elsewhere: Path) -> str:
    return f"{tree.root}/audit"


def from_a_relative_path(tree: Tree, elsewhere: Path) -> str:
    return os.path.relpath(tree.root / "audit", elsewhere)


def from_a_link(tree: Tree, elsewhere: Path) -> str:
    (elsewhere / "link").symlink_to(tree.root / "audit")
    return "./link"


@pytest.mark.parametrize("called", [from_its_path, from_a_relative_path, from_a_link])
def test_audit_from_elsewhere_stays_there_and_judges_our_tests(
    ready: Tree, tmp_path: Path, called: Callable[[Tree, Path], str]
) -> None:
    ran = ready.run(called(ready, tmp_path), "--hosts=mine.yml", cwd=tmp_path, CDPATH="/:/usr")
    words = [f"-c>\n<{ready.root}/pytest.ini", "--hosts=mine.yml", f"{ready.root}/tests"]
    assert ran.stdout == f"{tmp_path}\n" + "".join(f"<{word}>\n" for word in words)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["mine.py"], True),
        (["mine.py::test_it"], True),
        (["-v", "ssh"], True),
        (["-k", "ssh"], False),  # the value of an option, although a directory is called so
        (["-n", "4", "--hosts=ssh"], False),
        (["--hosts", "ssh"], False),
        (["-q", "nothing-of-this-name"], False),
        ([], False),
    ],
)
def test_audit_from_elsewhere_adds_our_tests_unless_some_are_named(
    ready: Tree, tmp_path: Path, words: list[str], named: bool
) -> None:
    (tmp_path / "ssh").mkdir()
    ran = ready.run(f"{ready.root}/audit", *words, cwd=tmp_path)
    assert ran.stdout.endswith(f"<{ready.root}/tests>\n") is not named


def test_audit_starts_at_once_when_all_is_there(ready: Tree) -> None:
    (ready.root / "requirements/system.txt").write_bytes((REPOSITORY / "requirements/system.txt").read_bytes())
    seconds = []
    for _ in range(7):
        since = time.perf_counter()
        assert ready.run("./audit").returncode == 7
        seconds.append(time.perf_counter() - since)
    assert min(seconds) < 0.2


# --- what is missing ---


@pytest.mark.parametrize("script", ["./audit", "./selftest"])
def test_a_plain_user_is_told_the_command_that_installs_what_is_missing(ready: Tree, script: str) -> None:
    ready.write("requirements/system.txt", "audit  hostproof-has-no-such-command  that-deb  that-rpm\n")
    ready.write("selftests/engine/test_it.py", "")
    ran = ready.run(script, plain_user=True)
    assert ran.returncode == 2
    assert ran.stdout == ""
    name = script.removeprefix("./")
    if Path("/etc/debian_version").exists():
        command = "apt-get update && apt-get install -y --no-install-recommends that-deb"
        assert ran.stderr == f"{name}: first run, as root: {command}\n"
    else:
        assert ran.stderr.startswith(f"{name}: first ")
        assert ran.stderr.endswith(" that-rpm\n")


def a_path_with(folder: Path, **scripts: str) -> str:
    """A PATH with every command that the scripts use, but of Python only these."""
    for name in ("sh", "cat", "cksum", "dirname", "flock", "id", "mktemp", "readlink", "rm", "sed", "tail"):
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    folder.chmod(0o755)
    return str(folder)


def test_a_python_that_is_too_old_is_named(tree: Tree) -> None:
    tree.needs_nothing_of_the_system()
    old = 'case $1 in -V) echo Python 3.9.2;; *) exit 1;; esac'
    (tree.root / "bin").mkdir()
    ran = tree.run("./audit", plain_user=True, PATH=a_path_with(tree.root / "bin", python3=old))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("audit: Python 3.11 or newer is needed, this is Python 3.9.2;")
    assert ran.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/etc/debian_version").exists(), reason="Debian's Python comes in pieces")
def test_a_python_that_cannot_make_a_venv_gets_the_package_of_its_version(tree: Tree) -> None:
    tree.needs_nothing_of_the_system()
    (tree.root / "bin").mkdir()
    without = a_path_with(tree.root / "bin", **{"python3.12": "echo python3.12-venv"})
    ran = tree.run("./audit", plain_user=True, PATH=without)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.endswith(" python3.12-venv\n")
    assert ran.stderr.count("\n") == 1


# --- .venv ---


def lock_changed(tree: Tree) -> None:
    tree.write("requirements/run.lock", "other==1\n")


def project_changed(tree: Tree) -> None:
    tree.write("pyproject.toml", "[project]\n")


def set_up_was_interrupted(tree: Tree) -> None:
    (tree.root / ".venv/made-from.run").unlink()


def python_was_upgraded(tree: Tree) -> None:
    (tree.root / ".venv/bin/python").unlink()
    (tree.root / ".venv/bin/python").symlink_to("/usr/bin/python3.0")


def comes_from_another_tree(tree: Tree) -> None:
    with tempfile.TemporaryDirectory() as folder:
        other = Tree(Path(folder))
        other.has_a_venv()
        shutil.copy2(other.root / ".venv/made-from.run", tree.root / ".venv/made-from.run")


@pytest.mark.parametrize(
    "changed", [lock_changed, project_changed, set_up_was_interrupted, python_was_upgraded, comes_from_another_tree]
)
def test_a_venv_that_is_not_as_locked_is_not_used(ready: Tree, changed: Callable[[Tree], None]) -> None:
    assert ready.shell("ready run").returncode == 0
    changed(ready)
    assert ready.shell("ready run").returncode == 1


def test_the_lock_of_our_own_tools_matters_to_selftest_only(ready: Tree) -> None:
    ready.write("requirements/dev.lock", "other==1\n")
    assert ready.shell("ready run").returncode == 0
    assert ready.shell("ready dev").returncode == 1


def test_no_package_index_is_one_line_and_leaves_no_half_made_venv(ready: Tree) -> None:
    lock_changed(ready)
    ran = ready.run("./audit", TMPDIR=str(ready.root), **OFFLINE)
    assert (ran.returncode, ran.stdout) == (2, "")
    complaint = ran.stderr.splitlines()[-1]
    assert complaint.startswith("audit: pip install of requirements/build.lock failed: ERROR: Could not find")
    assert "No matching distribution" in Path(complaint.partition("everything it said: ")[2].rstrip(")")).read_text()
    assert not (ready.root / ".venv").exists()


def test_nobody_loses_the_venv_that_he_runs_from(ready: Tree) -> None:
    ready.has_a_venv(pytest="until [ -e ended ]; do sleep 0.1; done; [ -e .venv ]")
    with ThreadPoolExecutor() as pool:
        try:
            running = pool.submit(ready.run, "./audit")
            time.sleep(1)
            lock_changed(ready)
            env = {**os.environ, **OFFLINE, "TMPDIR": str(ready.root)}
            with subprocess.Popen("./audit", cwd=ready.root, env=env, stderr=subprocess.PIPE, text=True) as second:
                assert second.stderr is not None
                assert second.stderr.readline() == "audit: waiting for another run that makes or uses .venv ...\n"
                ready.write("ended", "")
                second.communicate()
        finally:
            ready.write("ended", "")
        assert running.result().returncode == 0
    assert not (ready.root / ".venv").exists()


def test_two_first_runs_at_once_make_one_venv_that_works(tree: Tree) -> None:
    tree.needs_nothing_of_the_system()
    tree.write("hostproof/__init__.py", "")
    tree.write("hostproof/plugin.py", "")
    with ThreadPoolExecutor() as pool:
        runs = list(pool.map(lambda _: tree.run("./audit", "--version"), range(2)))
    said = "".join(run.stderr for run in runs)
    if "connection broken" in said and os.environ.get("HOSTPROOF_REQUIRE_LAB") != "1":
        pytest.skip("no package index can be reached")
    assert [(run.returncode, run.stdout[:6]) for run in runs] == [(0, "pytest"), (0, "pytest")], said
    assert said.count("setting up .venv") == 1
    assert tree.run("./audit", "--version").stderr == ""


# --- selftest and CI ---


@pytest.fixture
def parts(ready: Tree) -> Tree:
    """A tree with parts engine (fails), proofs and repository (pass), in which ruff and mypy pass."""
    ready.has_a_venv(pytest=f'exec "{sys.executable}" -m pytest "$@"', ruff="exit 0", mypy="exit 0")
    ready.write("selftests/pytest.ini", "[pytest]\naddopts = -p no:cacheprovider\n")
    ready.write("conftest.py", "raise RuntimeError('the conftest.py that judges hosts was loaded')\n")
    ready.write("selftests/engine/test_it.py", "def test_one(): assert False\ndef test_two(): pass\n")
    ready.write("selftests/proofs/test_it.py", "def test_it(): pass\n")
    ready.write("selftests/repository/test_it.py", "def test_it(): pass\n")
    return ready


def test_a_part_that_fails_hides_no_other_and_lab_parts_come_last(parts: Tree) -> None:
    ran = parts.run("./selftest")
    assert ran.returncode == 1
    in_turn = re.findall(r"^== (\w+) ==$", ran.stdout, re.MULTILINE)
    assert in_turn == ["lint", "types", "engine", "repository", "proofs"]
    assert ran.stdout.count(" passed in ") == 3  # pytest's own closing lines
    closing = re.sub(r"\d+ s", "N s", ran.stdout.splitlines()[-1])
    assert closing == (
        "selftest: N s; FAILED: engine (N s); passed: lint (N s) types (N s) repository (N s) proofs (N s)"
    )


def test_one_part_with_options(parts: Tree, tmp_path: Path) -> None:
    ran = parts.run(f"{parts.root}/selftest", "engine", "-k", "two", cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "= 1 passed in " in ran.stdout  # of two
    assert "proofs" not in ran.stdout


@pytest.mark.parametrize(
    ("words", "said"), [(["nonsense"], "there is no part 'nonsense'"), (["-k", "two"], "./selftest PART")]
)
def test_wrong_usage_is_told(parts: Tree, words: list[str], said: str) -> None:
    ran = parts.run("./selftest", *words)
    assert ran.returncode == 4
    assert said in ran.stdout + ran.stderr


@pytest.mark.parametrize("name", ["lab/something", "lab/something.sh", ".ci/more"])
def test_lint_finds_every_shell_script(parts: Tree, name: str) -> None:
    assert parts.run("./selftest", "lint").returncode == 0
    parts.write(name, "#!/bin/sh\nrm $1\n")
    ran = parts.run("./selftest", "lint")
    assert ran.returncode == 1
    assert name in ran.stdout
    assert "SC2086" in ran.stdout


def test_ci_runs_selftest_and_skips_nothing_for_want_of_the_lab(tree: Tree, tmp_path: Path) -> None:
    tree.write("selftest", '#!/bin/sh\necho "$HOSTPROOF_REQUIRE_LAB, $# arguments"; exit 3\n', 0o755)
    ran = tree.run("bash", f"{tree.root}/.ci/run", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (3, "1, 0 arguments\n")

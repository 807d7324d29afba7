"""Cached root file systems: one per kind of host, and a layer per kind and profile that makes it compliant ("golden").

A kind is a file kinds/<kind>.sh, a profile a file golden/<profile>.sh. Both caches are keyed by a hash of everything
that goes into them, built aside and renamed, so that what stands in the cache is always whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from state import CACHE, LAB, LabError, lock, run, unmount_below

KEY = CACHE / "keys" / "id_ed25519"
DEFAULT_PROFILE = "alliance"


@dataclass(frozen=True)
class Kind:
    """What kinds/<name>.sh says in its head: `# suite:`, `# steps:` and more `# packages:`. Its body runs before the steps."""

    name: str
    suite: str
    steps: list[Path]
    packages: list[str]

    @classmethod
    def named(cls, name: str) -> Kind:
        file = LAB / "kinds" / f"{name}.sh"
        if name not in kinds():
            raise LabError(f"no kind of host is called {name!r}: there are {', '.join(kinds())}")
        head = dict(re.findall(r"^# (suite|steps|packages): (.+)$", file.read_text(), re.MULTILINE))
        steps = [file, *(LAB / "steps" / step for step in head["steps"].split())]
        return cls(name, head["suite"], steps, [*_words(LAB / "packages.txt"), *head.get("packages", "").split()])

    def recipe(self) -> str:
        """Hash of everything that the root file system is made from."""
        return _hash([*self.steps, LAB / "packages.txt", LAB / "debs.txt", *sorted((LAB / "inside").iterdir())])


def kinds() -> list[str]:
    return sorted(file.stem for file in (LAB / "kinds").glob("*.sh"))


def profiles() -> list[str]:
    return sorted(file.stem for file in (LAB / "golden").glob("*.sh"))


def layers(kind_name: str, profile: str) -> list[str]:
    """The read-only directories that a golden host of this kind is made of, the uppermost first; built when missing."""
    if profile not in profiles():
        raise LabError(f"no profile is called {profile!r}: there are {', '.join(profiles())}")
    kind = Kind.named(kind_name)
    with lock(CACHE / f"{kind.name}.lock"):
        _make_key()
        root = CACHE / "roots" / f"{kind.name}-{kind.recipe()}"
        if not root.exists():
            _build_root(kind, root)
        steps = [LAB / "golden" / name for name in _golden_steps(profile)]
        golden = CACHE / "golden" / f"{kind.name}-{profile}-{_hash(steps)}-{kind.recipe()}"
        if not golden.exists():
            _build_golden(root, steps, golden)
    return [str(golden), str(root)]


def mount_overlay(lower: list[str], upper: Path, work: Path, mount: Path) -> None:
    for directory in (upper, work, mount):
        directory.mkdir(parents=True, exist_ok=True)
    # The upper directory is the host's "/": without this its owner sees the umask of whoever started the lab.
    upper.chmod(0o755)
    options = f"lowerdir={':'.join(lower)},upperdir={upper},workdir={work}"
    run("mount", "-t", "overlay", "hostproof-lab", "-o", options, mount)


def _golden_steps(profile: str) -> list[str]:
    """ibm-hpvs asks for everything that alliance asks for, and more."""
    head = (LAB / "golden" / f"{profile}.sh").read_text()
    after = re.findall(r"^# after: (\S+)$", head, re.MULTILINE)
    return [*(f"{name}.sh" for name in after), f"{profile}.sh"]


def _make_key() -> None:
    if not KEY.exists():
        KEY.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "hostproof-lab", "-f", KEY)


def _build_root(kind: Kind, root: Path) -> None:
    building = _empty(CACHE / "building" / kind.name)
    customize = building.with_name(f"{kind.name}.sh")
    customize.write_text("set -eu\n" + "\n".join(step.read_text() for step in kind.steps))
    log = CACHE / f"{kind.name}.log"
    print(f"building {kind.name} (about two minutes, log in {log})", flush=True)
    command = [
        "mmdebstrap", "--mode=root", "--variant=apt", "--skip=cleanup/apt", '--aptopt=Acquire::Languages "none"',
        f"--include={','.join(kind.packages)}",
        f'--customize-hook=cp {KEY}.pub "$1/tmp/lab-key.pub"',
        f'--customize-hook=mkdir -p "$1/usr/local/lib/lab" && cp {LAB}/inside/* "$1/usr/local/lib/lab/"',
        f'--customize-hook=chroot "$1" sh <{customize}',
        kind.suite, str(building),
    ]
    with log.open("w") as output:
        environment = {**os.environ, "LAB_DEBS": " ".join(_words(LAB / "debs.txt")), "DEBIAN_FRONTEND": "noninteractive"}
        built = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment)
    if built.returncode:
        errors = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("E:")]
        raise LabError(f"building {kind.name} failed: {errors[0] if errors else 'mmdebstrap failed'} (log in {log})")
    root.parent.mkdir(exist_ok=True)
    building.rename(root)


def _build_golden(root: Path, steps: list[Path], golden: Path) -> None:
    building = _empty(CACHE / "building" / golden.name)
    mount = building / "root"
    mount_overlay([str(root)], building / "upper", building / "work", mount)
    try:
        script = "set -eu\n" + "\n".join(step.read_text() for step in steps)
        run("systemd-nspawn", "--quiet", "--register=no", *keep_unit(), "--private-network", "--pipe", "--resolv-conf=off",
            "--timezone=off", "--directory", mount, "sh", stdin=script)
    finally:
        unmount_below(building)
    golden.parent.mkdir(exist_ok=True)
    (building / "upper").rename(golden)
    shutil.rmtree(building)


def keep_unit() -> list[str]:
    """Where systemd rules the machine nspawn makes its own scope; elsewhere it must not try."""
    return [] if Path("/run/systemd/system").exists() else ["--keep-unit"]


def _empty(directory: Path) -> Path:
    """An empty directory in place of what a crash may have left there."""
    unmount_below(directory)
    if directory.exists():
        shutil.rmtree(directory)
    directory.mkdir(parents=True)
    return directory


def _words(file: Path) -> list[str]:
    return [word for line in file.read_text().splitlines() for word in line.split("#")[0].split()]


def _hash(files: list[Path]) -> str:
    content = hashlib.sha256()
    for file in files:
        content.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return content.hexdigest()[:12]

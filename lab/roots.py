"""Cached root file systems, in layers: a release of Debian, on it what another kind of host changes, on top what a
profile asks for ("golden").

A kind is a file kinds/<kind>.sh, a profile a file golden/<profile>.sh. Each layer is keyed by a hash of everything that
goes into it, built aside and renamed, so that what stands in the cache is always whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import processes
from state import CACHE, LAB, LabError, lock, run, unmount_below

KEY = CACHE / "keys" / "id_ed25519"
PLAINS_KEY = CACHE / "keys" / "plain_ed25519"
DEFAULT_PROFILE = "alliance"
BUILDING = CACHE / "building"
KEEP_SECONDS = 86400
NSPAWN = ("systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--timezone=off")


@dataclass(frozen=True)
class Kind:
    """What kinds/<name>.sh says in its head; its body runs in the new root file system, then the steps do.

    A kind is either made from a `suite` of Debian (packages.txt plus its own `packages`) or `on` another kind.
    `inside` are the folders of lab/inside that its hosts find in /usr/local/lib/lab.
    """

    name: str
    suite: str
    on: str
    packages: list[str]
    steps: list[Path]
    inside: list[Path]

    @classmethod
    def named(cls, name: str) -> Kind:
        if name not in kinds():
            raise LabError(f"no kind of host is called {name!r}: there are {', '.join(kinds())}")
        file = LAB / "kinds" / f"{name}.sh"
        head = _head(file)
        return cls(name, head.get("suite", ""), head.get("on", ""), head.get("packages", "").split(),
                   steps=[file, *(LAB / "steps" / step for step in head.get("steps", "").split())],
                   inside=[LAB / "inside" / folder for folder in head["inside"].split()])

    def recipe(self) -> str:
        """Hash of everything that the kind is made from."""
        if self.on:
            return _hash(self.steps, Kind.named(self.on).recipe())
        return _hash([*self.steps, LAB / "packages.txt", LAB / "debs.txt"])


def kinds() -> list[str]:
    return sorted(file.stem for file in (LAB / "kinds").glob("*.sh"))


def profiles() -> list[str]:
    return sorted(file.stem for file in (LAB / "golden").glob("*.sh"))


def steps_to(profile: str) -> list[str]:
    """The golden states that make a host of this profile, one on top of the other.

    ibm-hpvs asks for everything that alliance asks for, and more: `# after: alliance`.
    """
    return [*_head(LAB / "golden" / f"{profile}.sh").get("after", "").split(), profile]


def layers(kind_name: str, profile: str) -> list[str]:
    """The read-only directories that a golden host of this kind is made of, the uppermost first; built when missing."""
    if profile not in profiles():
        raise LabError(f"no profile is called {profile!r}: there are {', '.join(profiles())}")
    kind = Kind.named(kind_name)
    below = _kind_layers(kind)
    steps = [LAB / "golden" / f"{name}.sh" for name in steps_to(profile)]
    golden = CACHE / "golden" / f"{kind.name}-{profile}-{_hash(steps, kind.recipe())}"
    with lock(CACHE / "locks" / f"{kind.name}-{profile}"):
        if not golden.exists():
            _build_layer(golden, below, _script(steps), "--private-network", "--resolv-conf=off")
    return [_used(golden), *below]


def mount_overlay(lower: list[str], upper: Path, work: Path, mount: Path) -> None:
    for directory in (upper, work, mount):
        directory.mkdir(parents=True, exist_ok=True)
    # The upper directory is the host's "/": without this its mode is the umask of whoever started the lab.
    upper.chmod(0o755)
    # redirect_dir: directories of the lower layers can be renamed, as on any other disk.
    options = f"redirect_dir=on,lowerdir={':'.join(lower)},upperdir={upper},workdir={work}"
    run("mount", "-t", "overlay", "hostproof-lab", "-o", options, mount)


def public_key(key: Path) -> str:
    """The public half of a key of the lab, which is made when missing."""
    with lock(CACHE / "locks" / key.name):
        if not key.exists():
            key.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "hostproof-lab", "-f", key)
    return key.with_name(f"{key.name}.pub").read_text()


def _kind_layers(kind: Kind) -> list[str]:
    below = _kind_layers(Kind.named(kind.on)) if kind.on else []
    root = CACHE / "roots" / f"{kind.name}-{kind.recipe()}"
    with lock(CACHE / "locks" / kind.name):
        if not root.exists():
            print(f"building {kind.name}, once (log in {_log(root)})", flush=True)
            if kind.on:
                _build_layer(root, below, _script(kind.steps, install=kind.packages), "--resolv-conf=copy-host")
            else:
                _build_release(root, kind)
    return [_used(root), *below]


def _build_release(root: Path, kind: Kind) -> None:
    """A root file system from this machine's way to Debian's archive."""
    building = _empty(BUILDING / root.name)
    customize = building.with_name(f"{root.name}.sh")
    customize.write_text(_script(kind.steps))
    public_key(KEY)
    _logged(root, [
        "mmdebstrap", "--mode=root", "--variant=apt", "--skip=cleanup/apt", "--dpkgopt=force-unsafe-io",
        '--aptopt=Acquire::Languages "none"', f"--include={','.join([*_words(LAB / 'packages.txt'), *kind.packages])}",
        f'--customize-hook=cp {KEY}.pub "$1/tmp/lab-key.pub" && cp {LAB}/debs.txt "$1/tmp/lab-debs.txt"',
        f'--customize-hook=chroot "$1" sh <{customize}', kind.suite, str(building),
    ])
    root.parent.mkdir(exist_ok=True)
    building.rename(root)
    customize.unlink()
    _prune(root)


def _build_layer(layer: Path, below: list[str], script: str, *nspawn_options: str) -> None:
    """What a script changes in the file system that `below` makes."""
    building = _empty(BUILDING / layer.name)
    mount_overlay(below, building / "upper", building / "work", building / "root")
    try:
        _logged(layer, processes.in_own_cgroup(
            layer.name, *NSPAWN, "--pipe", f"--machine={layer.name}", *nspawn_options,
            f"--directory={building / 'root'}", "sh"), script)
    finally:
        processes.end_cgroup(layer.name)
        unmount_below(building)
    (building / "upper/etc/resolv.conf").unlink(missing_ok=True)
    layer.parent.mkdir(exist_ok=True)
    (building / "upper").rename(layer)
    shutil.rmtree(building)
    _prune(layer)


def _used(layer: Path) -> str:
    """The layer's path; its time of modification says when it was last wanted, for _prune."""
    os.utime(layer)
    return str(layer)


def _prune(layer: Path) -> None:
    """Removes the layers that this one replaces, but for those that a host stands on or another checkout may want."""
    mounts = Path("/proc/self/mountinfo").read_text()
    for other in layer.parent.glob(f"{_name(layer)}-*"):
        unused = time.time() - other.stat().st_mtime
        if _name(other) == _name(layer) and other != layer and str(other) not in mounts and unused > KEEP_SECONDS:
            shutil.rmtree(other)


def _logged(layer: Path, command: list[str], script: str = "") -> None:
    log = _log(layer)
    with log.open("w") as output:
        built = subprocess.run(command, input=script, text=True, stdout=output, stderr=subprocess.STDOUT)
    if built.returncode:
        lines = log.read_text(errors="replace").strip().splitlines()
        reason = next((line for line in lines if line.startswith("E:")), lines[-1] if lines else "no output")
        raise LabError(f"building {layer.name} failed: {reason} (log in {log})")


def _log(layer: Path) -> Path:
    return CACHE / f"{_name(layer)}.log"


def _name(layer: Path) -> str:
    """The layer's name without the hash of its recipe."""
    return layer.name.rpartition("-")[0]


def _script(steps: list[Path], install: Collection[str] = ()) -> str:
    apt = "DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install"
    first = [f"{apt} {' '.join(install)} || exit"] if install else []
    return "\n".join((*first, *(step.read_text() for step in steps)))


def _head(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^# (\w+): (.+)$", file.read_text(), re.MULTILINE))


def _empty(directory: Path) -> Path:
    """An empty directory in place of what a crash may have left there."""
    unmount_below(directory)
    if directory.exists():
        shutil.rmtree(directory)
    directory.mkdir(parents=True)
    return directory


def _words(file: Path) -> list[str]:
    return [word for line in file.read_text().splitlines() for word in line.split("#")[0].split()]


def _hash(files: list[Path], below: str = "") -> str:
    content = hashlib.sha256(below.encode())
    for file in files:
        content.update(f"{file.name}\0".encode() + file.read_bytes() + b"\0")
    return content.hexdigest()[:12]

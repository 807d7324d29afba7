"""cloud-init: whether the first boot came to its end, and what it left behind."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostproof.connection import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Probe, Reading
from hostproof.text import one_line


def _shell(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


_PASSWORDS = f"passwords_awk={shlex.quote(_shell('passwords.awk'))}\n"


@dataclass
class State:
    """present: cloud-init is or was here. default_users: the accounts that its configuration calls the default one.

    finished: a boot of this instance came to its end. stages: name -> what status.json says of it; None without such a file.
    running: the stage that runs now, empty for none.
    """

    present: bool = False
    disabled: bool = False
    finished: bool = False
    default_users: list[str] = field(default_factory=list)
    stages: dict[str, dict[str, Any]] | None = None
    running: str = ""

    @property
    def never_asked(self) -> bool:
        """It is switched off, and no boot of this host was its work."""
        return self.disabled and not self.finished and self.stages is None

    @property
    def shortcomings(self) -> list[str]:
        """Why the boot is not over, or did not go well. Raises CannotTell when cloud-init left no trace of it."""
        if self.stages is None:
            if self.finished:
                return []
            raise CannotTell("cloud-init is here, but has not left a word about any boot")
        told = [(name, error) for name, stage in self.stages.items() for error in stage.get("errors") or []]
        errors = [f"{name}: {one_line(str(error), 150)}" for name, error in told]
        begun = [name for name, stage in self.stages.items() if stage.get("start") and not stage.get("finished")]
        waiting = sorted({*begun, self.running} - {""})
        if waiting:
            errors.append(f"it is not through with {', '.join(waiting)}")
        elif not errors and not self.finished:
            errors.append("it did not come to its end")
        return errors


@dataclass
class UserData:
    """looked: the files with what cloud-init was told. secrets: where a password is set, and by what.

    unseen: why there may be more.
    """

    looked: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def read_state(answer: Answer) -> State:
    """What state.sh printed.

    >>> read_state(Answer("", 0, "absent\\n")).present
    False
    """
    head, _, status = answer.stdout.partition("\nstatus\n")
    state = State()
    for line in head.splitlines():
        match line.split(" "):
            case ["absent"]:
                pass
            case ["present"]:
                state.present = True
            case ["disabled"]:
                state.disabled = True
            case ["finished"]:
                state.finished = True
            case ["default-user", name]:
                state.default_users.append(name)
            case _:
                raise ValueError(f"unexpected line {line[:80]!r}")
    if status:
        told = json.loads(status)["v1"]
        state.stages = {name: stage for name, stage in told.items() if isinstance(stage, dict) and "start" in stage}
        state.running = told.get("stage") or ""
        if not state.stages:
            raise ValueError("status.json names no stage")
    return state


def read_user_data(answer: Answer) -> UserData:
    """What user_data.sh printed.

    >>> read_user_data(Answer("", 0, "secret\\t/var/lib/cloud/instance/user-data.txt\\t2\\tpassword\\n")).secrets
    ['/var/lib/cloud/instance/user-data.txt, line 2 (password)']
    """
    found = UserData()
    for line in answer.stdout.splitlines():
        match line.split("\t"):
            case ["looked", path]:
                found.looked.append(path)
            case ["secret", path, number, what]:
                found.secrets.append(f"{path}, line {int(number)} ({what})")
            case ["unseen", why]:
                found.unseen.append(why)
            case _:
                raise ValueError(f"unexpected line {line[:80]!r}")
    return found


class CloudInit(Probe):
    """What cloud-init did at the first boot, by the files that it keeps.

    Example: state.present, state.default_users == ["debian"], state.shortcomings == [], user_data.secrets == [].

    Blind spots: other tools of the same purpose (Ignition, Afterburn, cloudbase-init); a password in a script that user data
    fetches from elsewhere; user data that is compressed or in base64 and of which cloud-init kept nothing unpacked.
    Source: cloud-init 20 to 25 (cmd/status.py, cmd/main.py, helpers.py, config/cc_set_passwords.py, distros/__init__.py).
    """

    state = Reading(_shell("state.sh"), read_state)
    user_data = Reading(
        f"# look for passwords in what cloud-init was told\n{_PASSWORDS}{_shell('user_data.sh')}", read_user_data, root=True
    )

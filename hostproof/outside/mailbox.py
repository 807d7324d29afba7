"""How the controller, which probes, and the processes that judge tell each other: files in a folder that is theirs alone.

With pytest-xdist they are several processes, else threads of one; both are served alike. Each file is written beside its place
and then moved there, so that whoever sees it sees it whole.

    wanted          names of the hosts whose tests look from outside: judge to controller
    inside-<host>   the ports that are in use on the host, once that is known: judge to controller
    named-<host>    the TCP ports where something listens, and those where nobody needs to ask what answers: judge to controller
    first-<host>    what was seen at the ports that are asked of every host: controller to judge
    more-<host>     what was seen at the further ports of that host: controller to judge
    replies-<host>  what answers at its open ports: controller to judge
    beat            touched as long as the controller probes
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from hostproof.errors import CannotTell
from hostproof.outside.ports import Ports, Protocol
from hostproof.outside.replies import Replies
from hostproof.outside.view import Sighting

Stage = Literal["first", "more"]
PULSE = 1.0  # seconds between two beats
SILENCE = 60.0  # seconds without a beat after which nobody probes any more
LOOK = 0.05  # seconds between two looks for a file


class Mailbox:
    """The folder. Whoever makes it removes it again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def new(cls) -> Mailbox:
        """One in a new folder that only this user can enter."""
        box = cls(Path(tempfile.mkdtemp(prefix="hostproof-outside-")))
        box.beat()
        return box

    def remove(self) -> None:
        """Take it away with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def want(self, hosts: list[str]) -> None:
        """Tests of these hosts look from outside. Every judging process says it about all of them."""
        self._put("wanted", hosts)

    def wanted(self) -> list[str] | None:
        """The hosts whose tests look from outside; None as long as that is not known."""
        found: list[str] | None = self._get("wanted")
        return found

    def listens(self, host: str, ports: Ports) -> None:
        """Something listens there on the host."""
        self._put(f"inside-{_key(host)}", {protocol: sorted(its) for protocol, its in ports.items()})

    def listening(self, host: str) -> Ports | None:
        """What `listens` said."""
        said: Mapping[Protocol, list[int]] | None = self._get(f"inside-{_key(host)}")
        return None if said is None else {protocol: frozenset(ports) for protocol, ports in said.items()}

    def name(self, host: str, listening: Collection[int], known: Collection[int]) -> None:
        """Something listens there on the host, and what that is is known at some of these TCP ports."""
        self._put(f"named-{_key(host)}", [sorted(listening), sorted(known)])

    def named(self, host: str) -> tuple[frozenset[int], frozenset[int]] | None:
        """What `name` said; None as long as it has not."""
        said = self._get(f"named-{_key(host)}")
        return None if said is None else (frozenset(said[0]), frozenset(said[1]))

    def tell(self, host: str, stage: Stage, sighting: Sighting) -> None:
        """That is what was seen of the host."""
        self._put(f"{stage}-{_key(host)}", sighting.as_json())

    def pass_on(self, host: str, replies: Replies) -> None:
        """That is what the host's open ports answered."""
        self._put(f"replies-{_key(host)}", replies.as_json())

    def told(self, host: str, stage: Stage) -> bool:
        """Whether that was told."""
        return (self.folder / f"{stage}-{_key(host)}").exists()

    def wait_for(self, host: str, stage: Stage) -> Sighting:
        """What is told about the host, waited for as long as somebody probes. Raises CannotTell."""
        return Sighting.from_json(self._wait_for(f"{stage}-{_key(host)}"))

    def wait_for_replies(self, host: str) -> Replies:
        """What `pass_on` tells, waited for likewise. Raises CannotTell."""
        return Replies.from_json(self._wait_for(f"replies-{_key(host)}"))

    def _wait_for(self, name: str) -> Any:
        while (found := self._get(name)) is None:
            if self._silence() > SILENCE:
                raise CannotTell("what was seen from outside is not known: the process that probes has ended")
            time.sleep(LOOK)
        return found

    def beat(self) -> None:
        """Somebody probes."""
        with suppress(OSError):
            (self.folder / "beat").touch()

    def _silence(self) -> float:
        try:
            return time.time() - (self.folder / "beat").stat().st_mtime
        except OSError:
            return float("inf")

    def _put(self, name: str, content: Any) -> None:
        descriptor, beside = tempfile.mkstemp(dir=self.folder, prefix=".")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file)
        os.replace(beside, self.folder / name)

    def _get(self, name: str) -> Any:
        try:
            return json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None


def _key(host: str) -> str:
    return sha256(host.encode()).hexdigest()[:32]

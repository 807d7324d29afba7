"""What SSH servers wrote to the log since the host booted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hostproof.connection import Answer

_ON_ITS_WAY = 3  # seconds that a message may need to arrive where a jail reads


@dataclass(frozen=True)
class Message:
    """One entry of the journal; at is in seconds since 1970."""

    fields: dict[str, str]

    @property
    def program(self) -> str:
        return self.fields["SYSLOG_IDENTIFIER"]

    @property
    def pid(self) -> str:
        return self.fields.get("SYSLOG_PID") or self.fields["_PID"]

    @property
    def text(self) -> str:
        return self.fields["MESSAGE"]

    @property
    def at(self) -> float:
        return int(self.fields["__REALTIME_TIMESTAMP"]) / 1_000_000

    def matches(self, terms: list[str]) -> bool:
        """As journalctl: terms on one field are alternatives, different fields have to agree all."""
        wanted: dict[str, set[str]] = {}
        for term in terms:
            name, _, value = term.partition("=")
            wanted.setdefault(name, set()).add(value)
        return all(self.fields.get(name) in values for name, values in wanted.items())


def read_newest(answer: Answer) -> Message | None:
    """The newest message that has had time to arrive elsewhere; None when SSH servers wrote nothing that the journal keeps."""
    first, *lines = answer.stdout.splitlines()
    now = int(first.removeprefix("now "))
    messages = [Message(_texts(json.loads(line))) for line in lines]
    settled = [message for message in messages if message.at < now - _ON_ITS_WAY]
    newest = settled or messages
    return newest[-1] if newest else None


def _texts(entry: dict[str, object]) -> dict[str, str]:
    """The fields that are text; journald gives what is no UTF-8 as a list of bytes."""
    return {name: value for name, value in entry.items() if isinstance(value, str)}

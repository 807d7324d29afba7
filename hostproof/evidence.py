"""What a verdict rests on: the commands that were asked for one recommendation and the lines that matter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from hostproof.connection.answer import Answer
from hostproof.text import printable

EXCERPT = 4000  # characters of one command's output that a report shows
COMMAND = 2000  # characters of the command itself: a long script is in the repository
PIECES = 24  # pieces of evidence that one result carries


@dataclass
class Evidence:
    """One command and its relevant output.

    status is None for what is known without asking the host (the profile, the inventory).
    """

    command: str
    status: int | None
    output: str
    truncated: bool = False
    seconds: float = 0.0


class EvidenceLog:
    """Collects the evidence of the test that is running now."""

    def __init__(self) -> None:
        self._pieces: dict[str, Evidence] = {}
        self._left_out = 0
        self.fields: dict[str, Any] = {}

    def start(self) -> None:
        """A new test begins."""
        self._pieces, self._left_out, self.fields = {}, 0, {}

    def note(self, answer: Answer, shown: str | None = None) -> None:
        """The running test has looked at `answer`; `shown` are the lines of it that matter (default: all)."""
        text = answer.stdout or answer.stderr if shown is None else shown
        command, excerpt = printable(answer.command, COMMAND), _excerpt(text, answer.truncated)
        self._add(answer.command, Evidence(command, answer.status, *excerpt, answer.seconds))

    def cite(self, source: str, text: str) -> None:
        """The running test rests on `text`, found at `source`."""
        self._add(source, Evidence(printable(source, COMMAND), None, *_excerpt(text, cut=False)))

    def attach(self, **fields: Any) -> None:
        """Fields that the record of the running test has besides those of every record: JSON values, bounded by who gives them."""
        self.fields |= fields

    def as_json(self) -> list[dict[str, Any]]:
        """The pieces in the order in which they were looked at."""
        pieces = [asdict(piece) for piece in self._pieces.values()]
        if self._left_out:
            more = f"({self._left_out} more commands are not shown)"
            pieces.append(asdict(Evidence(more, None, "")))
        return pieces

    def _add(self, source: str, piece: Evidence) -> None:
        if source in self._pieces or len(self._pieces) < PIECES:
            self._pieces[source] = piece
        else:
            self._left_out += 1


def _excerpt(text: str, cut: bool) -> tuple[str, bool]:
    return printable(text.rstrip("\n"), EXCERPT), cut or len(text) > EXCERPT

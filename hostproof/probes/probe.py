"""What a probe is: declared commands and pure readers."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from hostproof.connection.answer import NOT_FOUND, TIMED_OUT, Answer, Command
from hostproof.errors import CannotTell, HostproofError
from hostproof.text import one_line

if TYPE_CHECKING:
    from hostproof.host import AuditedHost

T = TypeVar("T")


class Reading(Generic[T]):
    """A shell command that a host is asked, and the pure function that makes a value of the answer.

    command: POSIX sh, static, read-only; it travels in the host's one batch.
    read: gets the Answer; whatever it raises makes the verdict unknown.
    root: the answer means something only when root asks.
    statuses: exit statuses that are answers; others mean that we could not look.
    seconds, limit: bounds of the command; slow: it runs beside the others, see Command.
    shows: picks the lines that a report shows as evidence; default is the whole output.
    """

    def __init__(
        self,
        command: str,
        read: Callable[[Answer], T],
        *,
        root: bool = False,
        statuses: Container[int] = (0,),
        seconds: int = 20,
        limit: int = 2_000_000,
        slow: bool = False,
        shows: Callable[[Answer], str] | None = None,
    ) -> None:
        self.command = Command(command.strip(), seconds, limit, slow)
        self.read = read
        self._root = root
        self._statuses = statuses
        self._shows = shows

    def __set_name__(self, owner: type[Probe], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, probe: None, owner: type[Probe]) -> Reading[T]: ...
    @overload
    def __get__(self, probe: Probe, owner: type[Probe]) -> T: ...
    def __get__(self, probe: Probe | None, owner: type[Probe]) -> Reading[T] | T:
        if probe is None:
            return self
        answer = self._answer(probe.host)
        if self.name not in probe.values:
            probe.values[self.name] = self.value(answer)
        value: T = probe.values[self.name]
        return value

    def value(self, answer: Answer) -> T:
        """What the answer says. Raises CannotTell when it says nothing."""
        self._check(answer)
        try:
            return self.read(answer)
        except HostproofError:
            raise
        except Exception as error:  # a reader that stumbles over an answer has not understood it
            raise CannotTell(f"cannot read the answer of {_short(answer.command)}: {error!r}") from error

    def _answer(self, host: AuditedHost) -> Answer:
        if self._root and host.connection.user_id != 0:
            raise CannotTell(f"needs root: {_short(self.command.text)}")
        answer = host.connection.ask(self.command)
        host.evidence.note(answer, self._shows(answer) if self._shows else None)
        return answer

    def _check(self, answer: Answer) -> None:
        what = _short(answer.command)
        if answer.truncated:
            raise CannotTell(f"{what} printed more than {self.command.limit} bytes")
        if answer.status in self._statuses:
            return
        if answer.status == TIMED_OUT:
            raise CannotTell(f"{what} did not end within {self.command.seconds} s")
        said = one_line(answer.stderr.strip().rpartition("\n")[2] or answer.stdout.strip().rpartition("\n")[2], 200)
        if answer.status == NOT_FOUND:
            raise CannotTell(f"{what}: not found on this host ({said})")
        raise CannotTell(f"{what} ended with status {answer.status}: {said or 'it said nothing'}")


class Probe:
    """What can be read about one subject; one file per subject in this folder, reached as `host.<file name>`."""

    def __init__(self, host: AuditedHost) -> None:
        self.host = host
        self.values: dict[str, Any] = {}

    def cite(self, source: str, text: str) -> None:
        """Show `text` as evidence of the running test, for what is not one command's output as it stands."""
        self.host.evidence.cite(source, text)

    @classmethod
    def readings(cls) -> Iterator[Reading[Any]]:
        """All readings that the probe declares."""
        for name in dir(cls):
            declared = cls.__dict__.get(name) or getattr(cls, name, None)
            if isinstance(declared, Reading):
                yield declared


def found_by(*looks: Callable[[], Iterable[str]]) -> list[str]:
    """What several looks find. It stands even when another one could not see; else raises that one's CannotTell."""
    found: list[str] = []
    doubts: list[CannotTell] = []
    for look in looks:
        try:
            found += look()
        except CannotTell as doubt:
            doubts.append(doubt)
    if doubts and not found:
        raise doubts[0]
    return found


def _short(command: str) -> str:
    first, _, rest = command.strip().partition("\n")
    return f"`{one_line(first, 80)}{' …' if rest else ''}`"

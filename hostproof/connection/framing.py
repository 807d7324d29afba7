"""How commands and answers travel through the one shell of a session.

The host runs a plain `sh` that reads its program from standard input. Each command's output comes back as lines that start with
`=`, its error output with `!`, and only lines that carry the session's random token can open or close an answer, so no output,
however hostile or binary, is taken for the framing. Nothing is written on the host.

Slow commands run beside the quick ones: what they print waits in a pipe, and is passed on when the quick ones are done.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field

from hostproof.connection.answer import Answer, Command

STDERR_LIMIT = 4000
SPARE = 16  # bytes beside an output that is as long as it may be: an exit status, ends of lines
SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

# `hp ID SECONDS BYTES COMMAND`; `hp_calmly` does the same at low priority. The command cannot reach our own streams (3 is
# closed for it, standard input is empty); its exit status follows its error output as that stream's last line.
_PREAMBLE = r"""
unset ENV BASH_ENV CDPATH
PATH={path} LC_ALL=C LANGUAGE=C TERM=dumb; export PATH LC_ALL LANGUAGE TERM; cd /
exec 3>&1
hp_timeout= hp_priority= hp_low=
if command -v timeout >/dev/null; then hp_timeout='timeout -k 2'; fi
if command -v nice >/dev/null; then hp_low='nice -n 10'; fi
if command -v ionice >/dev/null; then hp_low="$hp_low ionice -t -c 2 -n 7"; fi
hp_run() {{ $hp_priority ${{hp_timeout:+$hp_timeout "$1"}} sh -c "$2"; }}
hp_now() {{ read -r hp_uptime hp_rest </proc/uptime || hp_uptime=0; }} 2>/dev/null
hp() {{
hp_now
printf '@{token} begin %s %s\n' "$1" "$hp_uptime"
hp_err=$( {{ {{ hp_run "$2" "$4" </dev/null 3>&-; printf '\n%s' "$?" >&2; }} | head -c "$3" | sed 's/^/=/' >&3; }} 2>&1 |
tail -c {stderr} | tr -d '\000')
printf '\n'
printf '%s\n' "$hp_err" | sed 's/^/!/'
hp_now
printf '@{token} end %s %s\n' "$1" "$hp_uptime"
}}
hp_calmly() {{ hp_priority=$hp_low; hp "$@"; }} 3>&1
printf '\n@{token} ready %s\n' "$(id -u)"
"""


class Garbled(Exception):
    """The host sent something that is no answer."""


def preamble(token: str) -> str:
    """The shell text that a session starts with; it answers with a `ready` line that carries the effective user id."""
    return _PREAMBLE.format(token=token, path=SEARCH_PATH, stderr=STDERR_LIMIT)


def ready_line(token: str) -> re.Pattern[bytes]:
    """Matches the line that ends the preamble; group 1 is the user id."""
    return re.compile(rb"^@" + token.encode() + rb" ready (\d+)$")


def program(commands: list[tuple[int, Command]]) -> str:
    """The shell text that runs `commands`, each with its number; see `in_order` for the order of their answers."""
    text = "".join(f"hp {_call(number, c)}" for number, c in commands if not c.slow)
    for number, command in commands:
        if command.slow:
            text = f"hp_calmly {_call(number, command).rstrip()} | {{\n{text}cat\n}}\n"
    return text


def in_order(commands: list[tuple[int, Command]]) -> list[tuple[int, Command]]:
    """The commands of a program in the order in which their answers come: the slow ones last."""
    return sorted(commands, key=lambda numbered: numbered[1].slow)


def _call(number: int, command: Command) -> str:
    # One byte more than the limit is asked for: that is how we know that there was more.
    return f"{number} {command.seconds} {command.limit + 1} {shlex.quote(command.text)}\n"


@dataclass
class AnswerReader:
    """Turns the lines of one answer into an `Answer`.

    >>> reader = AnswerReader(Command("echo hi"), 7, "t0ken")
    >>> [reader.take(line) for line in (b"@t0ken begin 7 3.00", b"=hi", b"", b"!", b"!0", b"@t0ken end 7 3.25")]
    [False, False, False, False, False, True]
    >>> reader.answer()
    Answer(command='echo hi', status=0, stdout='hi\\n', stderr='', truncated=False, seconds=0.25)
    """

    command: Command
    number: int
    token: str
    _output: bytearray = field(default_factory=bytearray)  # with a newline after each line
    _errors: bytearray = field(default_factory=bytearray)
    _times: list[float] = field(default_factory=list)
    _blank: bool = False

    def take(self, line: bytes) -> bool:
        """Takes one line without its newline; true when the answer is complete. Raises Garbled."""
        if not self._times:
            self._times.append(self._expect(line, b"begin"))
        elif line.startswith(b"=") and not self._errors and not self._blank:
            self._keep(line, self._output, self.command.limit)
        elif not line and not self._errors and not self._blank:
            self._blank = True
        elif line.startswith(b"!"):
            self._keep(line, self._errors, STDERR_LIMIT)
        else:
            self._times.append(self._expect(line, b"end"))
            return True
        return False

    def _keep(self, line: bytes, kept: bytearray, limit: int) -> None:
        kept += line[1:] + b"\n"
        if len(kept) > limit + SPARE:  # our own program on the host sends no more
            raise Garbled(f"more than the {limit} bytes that were asked for")

    def _expect(self, line: bytes, word: bytes) -> float:
        """The time, in seconds by the host's clock, in a line of our framing."""
        start = b"@%s %s %d " % (self.token.encode(), word, self.number)
        time = line.removeprefix(start)
        if not line.startswith(start) or not re.fullmatch(rb"\d{1,12}(\.\d{1,9})?", time):
            raise Garbled(repr(line[:60]))
        return float(time)

    def answer(self) -> Answer:
        """The whole answer. Raises Garbled when its exit status is missing."""
        stdout = self._output if self._blank else self._output[:-1]
        errors, _, status = bytes(self._errors[:-1]).rpartition(b"\n")
        if not re.fullmatch(rb"\d{1,3}", status):
            raise Garbled(f"no exit status but {status[:60]!r}")
        return Answer(
            command=self.command.text,
            status=int(status),
            stdout=_decoded(bytes(stdout[: self.command.limit])),
            stderr=_decoded(errors.removesuffix(b"\n")),
            truncated=len(stdout) > self.command.limit,
            seconds=round(max(0.0, self._times[-1] - self._times[0]), 2),
        )


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", errors="backslashreplace")

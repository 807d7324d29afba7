"""How commands and answers travel through the one shell of a session.

The host runs a plain `sh` that reads its program from standard input. Each command's output comes back as lines that start with
`=`, its error output with `!`, and only lines that carry the session's random token can open or close an answer, so no output,
however hostile or binary, is taken for the framing. Nothing is written on the host.

The program is sent before anybody has seen what reads it. So whatever could do anything stands in a line that only a POSIX shell
can parse, or is a word in quotes; the other lines call functions that nobody else has.

Slow commands run beside the quick ones: what they print waits in a pipe, and is passed on when the quick ones are done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hostproof.connection.answer import Answer, Command

STDERR_LIMIT = 4000
STDERR_READ = 10_000_000  # bytes of which the last are kept; what comes after them is thrown away
SPARE = 64  # bytes beside an output that is as long as it may be: the lines around it
CUT_OFF = 141  # what a shell says of a command that SIGPIPE ended: it printed more than the limit
_FLUSH = r"\n%40000s"  # what `sed` looks ahead at, and more blanks than `head` holds back
SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

# `hp ID SECONDS BYTES COMMAND`; `hp_calmly` does the same at low priority. The command cannot reach our own streams (3 is
# closed for it, standard input is empty).
# What a command leaves running may hold its streams open for ever, so nobody waits for their end: a line with the token, and the
# exit status, follows what the command itself printed, and `hp_upto` reads up to that. It learns the token from the first
# line, since everybody on a host can see what programs are called with. It leaves `head`, which bounds it all, to itself; what
# `head` would keep in its buffer, many blanks push out.
# Errors wait for the end of the output: the `:` keeps a shell from becoming the `cat` that throws away what is too much of them,
# which would end them, and let them pass, before the command has.
_PREAMBLE = r"""
unset ENV BASH_ENV CDPATH
PATH={path} LC_ALL=C LANGUAGE=C TERM=dumb; export PATH LC_ALL LANGUAGE TERM; cd /
exec 3>&1
hp_timeout= hp_priority= hp_low=
if command -v timeout >/dev/null; then hp_timeout='timeout -k 2'; fi
if command -v nice >/dev/null; then hp_low='nice -n 10'; fi
if command -v ionice >/dev/null; then hp_low="$hp_low ionice -t -c 2 -n 7"; fi
hp_run() {{ $hp_priority ${{hp_timeout:+$hp_timeout "$1"}} sh -c "$(printf %b "$2")"; }}
hp_now() {{ read -r hp_uptime hp_rest </proc/uptime || hp_uptime=0; }} 2>/dev/null
hp_upto() {{ {{ {{ head -c "$1"; [ "$2" ] || cat >/dev/null; :; }} <&4 2>/dev/null 3>&- & }} 4<&0 | sed '1{{h;d;}}
s/^/'"$2"'/
/^=*@/{{G;/^=*\(@[^ ]*\) [0-9]*\n\1$/{{s/\n.*//;q;}};s/\n.*//;}}'; }}
hp() {{
hp_now
printf '@{token} begin %s %s\n' "$1" "$hp_uptime"
{{
printf '@{token}\n'
{{ printf '@{token}\n'; hp_run "$2" "$4" </dev/null 3>&-; printf '\n@{token} %s\n{flush}' "$?" ''; }} | hp_upto "$3" = >&3
printf '\n' >&3
printf '\n@{token} 0\n{flush}' ''
}} 2>&1 | hp_upto {stderr_read} '' | tail -c {stderr} | sed 's/^/!/'
hp_now
printf '\n@{token} end %s %s\n' "$1" "$hp_uptime"
}}
hp_calmly() {{ hp_priority=$hp_low; hp "$@"; }} 3>&1
printf '\n@{token} ready %s\n' "$(id -u)"
"""


class Garbled(Exception):
    """The host sent something that is no answer."""


def preamble(token: str) -> str:
    """The shell text that a session starts with; it answers with a `ready` line that carries the effective user id."""
    text = _PREAMBLE.format(token=token, path=SEARCH_PATH, stderr=STDERR_LIMIT, stderr_read=STDERR_READ, flush=_FLUSH)
    return f'hp_() {{ eval "$(printf %b {_word(text)})"; }}; hp_\n'


def ready_line(token: str) -> re.Pattern[bytes]:
    """Matches the line that ends the preamble; group 1 is the user id."""
    return re.compile(rb"^@" + token.encode() + rb" ready (\d+)$")


def program(commands: list[tuple[int, Command]]) -> str:
    """The shell text that runs `commands`, each with its number; see `in_order` for the order of their answers."""
    text = "".join(f"hp {_call(number, c)}\n" for number, c in commands if not c.slow)
    for number, command in commands:
        if command.slow:
            text = f"hp_calmly {_call(number, command)} | {{\n{text}cat\n}}\n"
    return text


def in_order(commands: list[tuple[int, Command]]) -> list[tuple[int, Command]]:
    """The commands of a program in the order in which their answers come: the slow ones last."""
    return sorted(commands, key=lambda numbered: numbered[1].slow)


def _call(number: int, command: Command) -> str:
    return f"{number} {command.seconds} {command.limit + SPARE} {_word(command.text)}"


def _word(text: str) -> str:
    """`text` as `printf %b` reads it: one line, in quotes in which no shell of whatever family sees an end or its history."""
    for character, escaped in (("\\", "\\\\"), ("\n", "\\n"), ("'", "\\0047"), ("!", "\\0041")):
        text = text.replace(character, escaped)
    return f"'{text}'"


@dataclass
class AnswerReader:
    r"""Turns the lines of one answer into an `Answer`.

    >>> reader = AnswerReader(Command("echo hi"), 7, "t0ken")
    >>> lines = b"@t0ken begin 7 3.00", b"=hi", b"=", b"=@t0ken 0", b"", b"!", b"!@t0ken 0", b"", b"@t0ken end 7 3.25"
    >>> [reader.take(line) for line in lines]
    [False, False, False, False, False, False, False, False, True]
    >>> reader.answer()
    Answer(command='echo hi', status=0, stdout='hi\n', stderr='', truncated=False, seconds=0.25)
    """

    command: Command
    number: int
    token: str
    _output: bytearray = field(default_factory=bytearray)  # with a newline after each line
    _errors: bytearray = field(default_factory=bytearray)
    _times: list[float] = field(default_factory=list)

    def take(self, line: bytes) -> bool:
        """Takes one line without its newline; true when the answer is complete. Raises Garbled."""
        if not self._times:
            self._times.append(self._expect(line, b"begin"))
        elif line.startswith(b"=") and not self._errors:
            self._keep(line, self._output, self.command.limit)
        elif line.startswith(b"!"):
            self._keep(line, self._errors, STDERR_LIMIT)
        elif line:  # an empty one only ends what was cut off in mid-line
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
        """The whole answer. Raises Garbled when no exit status follows an output that was not cut off."""
        stdout, status = self._before_token(self._output)
        stderr, _ = self._before_token(self._errors)
        limit = self.command.limit
        if status is None and len(stdout) <= limit:
            raise Garbled(f"no exit status but {bytes(stdout[-60:])!r}")
        return Answer(
            command=self.command.text,
            status=CUT_OFF if status is None else status,
            stdout=_decoded(stdout[:limit]),
            stderr=_decoded(stderr.removesuffix(b"\n")),
            truncated=len(stdout) > limit,
            seconds=round(max(0.0, self._times[-1] - self._times[0]), 2),
        )

    def _before_token(self, received: bytearray) -> tuple[bytearray, int | None]:
        """What came before the line with the token, and the exit status in it; None when that line did not come."""
        last = re.compile(rb"\n@%s (\d{1,3})\n\Z" % self.token.encode())
        found = last.search(received, max(0, len(received) - SPARE))
        return (received[: found.start()], int(found[1])) if found else (received, None)


def _decoded(raw: bytes | bytearray) -> str:
    return raw.decode("utf-8", errors="backslashreplace")

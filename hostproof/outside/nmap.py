"""nmap, started by us: on this machine, or on another one over ssh.

Its arguments are a list of our own making. Targets travel on its standard input, as addresses that were read as such, so that an
inventory can add neither an option nor a range. It ends when our end of that input does, however we end: nmap itself pays no
attention to a connection that broke.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from hostproof.errors import CannotTell
from hostproof.outside.calling import Away
from hostproof.outside.ports import Family, Protocol, Ranges, listed
from hostproof.outside.vantage import HERE
from hostproof.text import one_line

CURIOSITY = 180  # seconds that it may take to see what answers at one address
LONGEST = 1800  # seconds that one run may take
LIMIT = 256 * 1024 * 1024  # bytes of its answer
RETRIES: Mapping[Protocol, int] = {"tcp": 2, "udp": 1}  # with all 65535 ports one for TCP, too
# Says nothing where nmap is not; else who runs it, and what he may do.
ABLE = """
command -v nmap >/dev/null || exit 0
nmap -V >/dev/null || exit
id -u
sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status
""".strip()
SOON = 30  # seconds in which it has said that
CAP_NET_RAW = 1 << 13
# Reads the targets up to the line `end`, runs its arguments with them, and ends that when nothing more can come.
KEPT = """
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
exec 3<&0
targets=
while IFS= read -r line && [ "$line" != end ]; do
    targets="$targets$line
"
done
printf %s "$targets" | "$@" 3<&- &
nmap=$!
{ while IFS= read -r line; do :; done; kill "$nmap"; } <&3 >/dev/null 2>&1 &
watch=$!
wait "$nmap"
status=$?
kill "$watch"
exit "$status"
""".strip()


@dataclass(frozen=True)
class Questions:
    """What one run of nmap asks, of whichever targets.

    rate: packets per second and address. patience: seconds that one address may take. most: packets per second of one run,
    however many addresses it is about.
    """

    family: Family
    protocol: Protocol
    ports: Ranges
    rate: int
    patience: int = 300
    most: int = 20_000


class Nmap:
    """nmap on one machine.

    away: the machine where it runs, when that is another one than this.
    """

    def __init__(self, away: Away | None = None) -> None:
        self.place = away.origin.name if away else HERE.name
        self.away = away
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = ""
        self._lock = threading.Lock()
        self.raw = False

    def check(self) -> None:
        """See that it is there, and what it may do. Raises CannotTell."""
        try:
            said = self._run(["sh", "-c", ABLE], [], SOON).decode("ascii", "replace")
        except CannotTell as reason:
            raise CannotTell(f"nobody could look from outside: {reason}") from None
        if not said:
            raise CannotTell(f"nobody could look from outside: nmap is not installed on {self.place}")
        user, *capabilities = said.split()
        able = int(capabilities[0], 16) if capabilities and re.fullmatch(r"[0-9a-f]{16}", capabilities[0]) else CAP_NET_RAW
        self.raw = user == "0" and bool(able & CAP_NET_RAW)

    def command(self, asked: Questions, addresses: int) -> list[str]:
        """The arguments that ask these questions of so many addresses."""
        scan = "-sU" if asked.protocol == "udp" else "-sS" if self.raw else "-sT"
        rate = str(min(asked.rate * max(addresses, 1), asked.most))
        retries = 1 if sum(last - first + 1 for first, last in asked.ports) > 10_000 else RETRIES[asked.protocol]
        bounds = ["--max-retries", str(retries), "--min-rate", rate, "--max-rate", rate]
        return [
            *self._start(asked.family),
            *("-Pn", scan, "-T4", *bounds, "--host-timeout", f"{asked.patience}s", "-p", listed(asked.ports, between=",")),
        ]

    def ask(self, asked: Questions, addresses: Sequence[str]) -> bytes:
        """The XML that nmap prints about the ports of these addresses. Raises CannotTell."""
        return self._run(self.command(asked, len(addresses)), addresses)

    def who_is_there(self, family: Family, addresses: Sequence[str]) -> bytes:
        """The XML about which of the addresses give any sign of life. Raises CannotTell."""
        return self._run([*self._start(family), "-sn", *(["-PE"] if self.raw else []), "--max-retries", "2"], addresses)

    def identify(self, family: Family, ports: Ranges, addresses: Sequence[str], rate: int) -> bytes:
        """The XML about what answers at those of the ports that are open: nmap's lightest questions. Raises CannotTell."""
        asked = Questions(family, "tcp", ports, rate)
        longer = ["--host-timeout", f"{CURIOSITY}s"]
        return self._run([*self.command(asked, len(addresses)), "-sV", "--version-light", *longer], addresses)

    def recursion(self, family: Family, addresses: Sequence[str]) -> bytes:
        """The XML about which name servers look up a name for us over UDP. Raises CannotTell."""
        script = ["--script", "dns-recursion", "--script-timeout", "20s"]
        return self._run([*self._start(family), "-Pn", "-sU", "--max-retries", "1", "-p", "53", *script], addresses)

    def usual_ports(self, protocol: Protocol, count: int) -> bytes:
        """The XML that names the ports which nmap finds open most often; it has no targets and sends nothing."""
        return self._run([*self._start("v4"), "-sU" if protocol == "udp" else "-sT", "--top-ports", str(count)], [])

    @property
    def runs(self) -> bool:
        """Whether one runs now."""
        return bool(self._running)

    def stop(self, why: str) -> None:
        """End what runs, and start no more."""
        with self._lock:
            self._stopped = self._stopped or why
            for process in self._running:
                _kill(process)

    def _start(self, family: Family) -> list[str]:
        return ["nmap", "-n", *(["-6"] if family == "v6" else []), "-oX", "-", "-iL", "-"]

    def _run(self, command: list[str], addresses: Iterable[str], seconds: float = LONGEST) -> bytes:
        targets = "".join(f"{ip_address(address)}\n" for address in addresses)
        kept = ["sh", "-c", KEPT, "sh", *command]
        argv = self.away.command(kept) if self.away else kept
        with tempfile.TemporaryFile() as complaints:
            process = self._begin(argv, complaints.fileno())
            clock = threading.Timer(seconds, _kill, [process])
            clock.daemon = True
            clock.start()
            try:
                xml = _all_of(process, f"{targets}end\n".encode())
            finally:
                clock.cancel()
                with self._lock:
                    self._running.discard(process)
            complaints.seek(0)
            said = complaints.read(4096).decode("utf-8", errors="replace")
        if self._stopped:
            raise CannotTell(self._stopped)
        if process.returncode:
            raise CannotTell(f"nmap on {self.place} {_how(process.returncode)}: {_last_line(said)}")
        return xml

    def _begin(self, argv: list[str], complaints: int) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise CannotTell(self._stopped)
            try:
                process = subprocess.Popen(  # a list and no shell
                    argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, start_new_session=True
                )
            except OSError as error:
                raise CannotTell(f"cannot start {argv[0]}: {error.strerror}") from None
            self._running.add(process)
            return process


def _all_of(process: subprocess.Popen[bytes], targets: bytes) -> bytes:
    """What it prints about the targets until it ends; what prints without end is ended. Raises CannotTell."""
    to, out = process.stdin, process.stdout
    if to is None or out is None:
        raise CannotTell("nmap has no input or output")
    kept = bytearray()
    with out, suppress(OSError), to:  # the input stays open as long as it shall run
        with suppress(OSError):  # it has ended already, and its status tells why
            to.write(targets)
            to.flush()
        while chunk := out.read(1 << 16):
            kept += chunk
            if len(kept) > LIMIT:
                _kill(process)
                process.wait()
                raise CannotTell(f"nmap printed more than {LIMIT} bytes")
    process.wait()
    return bytes(kept)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)


def _how(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"


def _last_line(said: str) -> str:
    return one_line(said.strip().rpartition("\n")[2], 200) or "it did not say why"

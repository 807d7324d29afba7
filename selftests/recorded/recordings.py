"""What a recording is: `<probe>/<case>.<reading>.out`, what a host's command printed, byte for byte. Beside it:

    .status  its exit status, where that was not 0
    .err     what it printed as errors, where it did
    .json    the value that the reader has to make of that, or {"cannot tell": reason}
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface
from pathlib import Path
from typing import Any

import yaml

from hostproof import probes
from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.probe import Reading

RECORDED = Path(__file__).resolve().parent
SELFTESTS = RECORDED.parent
KINDS = sorted(path.stem for path in (SELFTESTS.parent / "lab" / "kinds").glob("*.sh"))


@dataclass(frozen=True)
class Case:
    """A host that readings are recorded of: a golden host of a kind, or what a change has made of it.

    proof: script below selftests/proofs. shell: text of one. probes: names of those that are asked.
    by_hand: where the recordings come from that the lab cannot make again.
    """

    name: str
    kind: str = ""
    profile: str = "alliance"
    proof: str = ""
    shell: str = ""
    probes: tuple[str, ...] = ()
    by_hand: str = ""

    def only(self, probes: Collection[str]) -> Case:
        """The same host, of which no other probes are asked than these."""
        return replace(self, probes=tuple(probe for probe in self.probes if probe in probes))

    def script(self) -> str:
        """The shell text that makes it of a golden host; empty where nothing is changed."""
        return (SELFTESTS / "proofs" / self.proof).read_text(encoding="utf-8") if self.proof else self.shell


@dataclass(frozen=True)
class Recording:
    """One reading of one case."""

    probe: str
    case: str
    name: str

    @property
    def output(self) -> Path:
        return RECORDED / self.probe / f"{self.case}.{self.name}.out"

    @property
    def reading(self) -> Reading[Any]:
        return getattr(probes.probe_class(self.probe), self.name)

    def answer(self) -> Answer:
        """What the host answered."""
        status, errors = self.output.with_suffix(".status"), self.output.with_suffix(".err")
        return Answer(
            self.reading.command.text,
            int(status.read_text()) if status.exists() else 0,
            _text(self.output),
            _text(errors) if errors.exists() else "",
        )

    def expected(self) -> Any:
        """What the reader has to make of it."""
        return json.loads(self.output.with_suffix(".json").read_text(encoding="utf-8"))

    def save(self, answer: Answer) -> None:
        """Write down what the host answered, and what the reader makes of it now."""
        self.output.parent.mkdir(exist_ok=True)
        for path in self.output.parent.glob(f"{self.output.stem}.*"):
            path.unlink()
        _write(self.output, answer.stdout)
        if answer.status:
            _write(self.output.with_suffix(".status"), f"{answer.status}\n")
        if answer.stderr:
            _write(self.output.with_suffix(".err"), answer.stderr)
        made = json.dumps(meaning(self.reading, answer), indent=1, ensure_ascii=False)
        _write(self.output.with_suffix(".json"), f"{made}\n")


def cases() -> dict[str, Case]:
    """Every case by its name: the kinds of host as the lab boots them, and those of cases.yml."""
    everything = tuple(name for name in sorted(probes.names()) if any(probes.probe_class(name).readings()))
    told = yaml.safe_load((RECORDED / "cases.yml").read_text(encoding="utf-8"))
    found = {kind: Case(kind, kind, probes=everything) for kind in KINDS}
    for name, facts in told.items():
        found[name] = Case(name, **{key: tuple(value) if key == "probes" else value for key, value in facts.items()})
    return found


def recordings() -> Iterator[Recording]:
    """All that there are."""
    for output in sorted(RECORDED.glob("*/*.out")):
        case, name = output.stem.split(".")
        yield Recording(output.parent.name, case, name)


def meaning(reading: Reading[Any], answer: Answer) -> Any:
    """What the reader makes of the answer, as JSON has it; {"cannot tell": reason} where it says nothing."""
    try:
        return _as_json(reading.value(answer))
    except CannotTell as reason:
        return {"cannot tell": str(reason)}


def _as_json(value: Any) -> Any:
    """Sets are sorted, ranges become first and end, addresses text."""
    if is_dataclass(value):
        return {field.name: _as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {" ".join(map(str, key)) if isinstance(key, tuple) else str(key): _as_json(v) for key, v in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(_as_json, value))
    if isinstance(value, range):
        return [value.start, value.stop]
    if isinstance(value, list | tuple):
        return [_as_json(item) for item in value]
    if isinstance(value, IPv4Address | IPv6Address | IPv4Interface | IPv6Interface):
        return str(value)
    return value


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="backslashreplace")


def _write(path: Path, text: str) -> None:
    """Without a change to line ends, which some outputs are about."""
    path.write_bytes(text.encode("utf-8"))

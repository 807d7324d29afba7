"""apt's sources: sources.list, *.list and *.sources (deb822), and the settings that weaken them.

Sources: sources.list(5), apt-secure(8), apt.conf(5); apt's own reading of file names (`GetListOfFilesInDir`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.package_sources.source import PRINT_LINES, Line, Source, Sources, origin, read_lines

SETTINGS = "apt::get::(allowunauthenticated|force-yes) |acquire::allow(insecure|weak|downgrade)|apt::key::gpgv"
PLACES = "dir |dir::etc |dir::etc::source|rootdir |apt::architecture "
COMMAND = (
    "# read apt's sources and its settings about signatures"
    + PRINT_LINES
    + rf"""
settings=$(apt-config dump) || exit
printf '%s\n' "$settings" | grep -iE '^({SETTINGS}|{PLACES})'
show /etc/apt/sources.list
visit /etc/apt/sources.list.d /etc/apt/mirrors
exit 0
"""
)
MAIN, PARTS, MIRRORS = "/etc/apt/sources.list", "/etc/apt/sources.list.d/", "/etc/apt/mirrors/"
WHERE_SOURCES_ARE = {
    "dir": "/",
    "dir::etc": "etc/apt",
    "dir::etc::sourcelist": "sources.list",
    "dir::etc::sourceparts": "sources.list.d",
    "rootdir": "",
}
NO = {"", "no", "false", "without", "off", "disable", "0"}
WEAKENING = ("trusted", "allow-insecure", "allow-weak", "allow-downgrade-to-insecure")
WORD = re.compile(r'(?:"[^"]*"|\[[^\]]*\]|[^\s"\[])+')
ENTRY = re.compile(r"(deb|deb-src)\s+(?:\[([^\]]*)\]\s*)?(.*)")


@dataclass(frozen=True)
class _Reading:
    """What entries need to be understood. mirrors: the lines of each list of mirrors. native: the host's architecture."""

    mirrors: dict[str, list[str]]
    native: str | None

    def expanded(self, text: str) -> str:
        """A URL or suite with the host's architecture in place of `$(ARCH)`."""
        if "$(ARCH)" in text and self.native is None:
            raise CannotTell(f"apt names no architecture of its own, so {text} cannot be told")
        return text.replace("$(ARCH)", self.native or "")


def read_apt(answer: Answer) -> Sources:
    """The enabled sources. Raises CannotTell when apt looks for them elsewhere, or would not understand an entry."""
    lines = list(read_lines(answer))
    mirrors: dict[str, list[str]] = {line.file: [] for line in lines if line.file.startswith(MIRRORS)}
    for line in lines:
        if line.file in mirrors and (words := line.text.partition("#")[0].split()):
            mirrors[line.file].append(words[0])
    native = re.search(r'^apt::architecture "([a-z0-9-]+)";$', answer.stdout, re.MULTILINE | re.IGNORECASE)
    reading = _Reading(mirrors, native[1] if native else None)
    enabled: list[Source] = []
    for file in dict.fromkeys(line.file for line in lines):
        within = [line for line in lines if line.file == file]
        if file == MAIN or _is_read(file, "list"):
            enabled += _one_line_entries(within, reading)
        elif _is_read(file, "sources"):
            enabled += _stanzas(within, reading)
    return Sources(tuple(enabled), tuple(_weakening_settings(answer.stdout)))


def _is_read(file: str, extension: str) -> bool:
    """Whether apt takes a file of sources.list.d: it passes over names with unusual characters."""
    return re.fullmatch(rf"{re.escape(PARTS)}[A-Za-z0-9_:-][A-Za-z0-9_:.-]*\.{extension}", file) is not None


def _weakening_settings(output: str) -> Iterator[str]:
    for name, value in re.findall(r'^([A-Za-z][\w:/-]*) "(.*)";$', output, re.MULTILINE):
        if name.lower() == "apt::architecture":
            continue
        if (expected := WHERE_SOURCES_ARE.get(name.lower())) is not None:
            if value != expected:
                raise CannotTell(f'apt looks for its sources elsewhere: {name} is "{value}"')
        elif name.lower().startswith("apt::key::gpgv") or value.lower() not in NO:
            yield f'{name} "{value}"'


def _one_line_entries(lines: list[Line], reading: _Reading) -> Iterator[Source]:
    for line in lines:
        text = re.match(r"(?:\[[^\]]*\]|[^#\[])*", line.text.strip())
        if text is None or not text[0].strip():
            continue
        entry = ENTRY.fullmatch(text[0].strip())
        words = WORD.findall(entry[3]) if entry else []
        if entry is None or len(words) < 2:
            raise CannotTell(f"apt does not understand {line.file} line {line.number}")
        options = dict(option.lower().partition("=")[::2] for option in (entry[2] or "").split())
        url, suite = (word.replace('"', "") for word in words[:2])
        yield _source(f"{line.file}:{line.number}", url, suite, options, reading)


def _stanzas(lines: list[Line], reading: _Reading) -> Iterator[Source]:
    for stanza in _paragraphs(lines):
        place = f"{lines[0].file}:{stanza['']}"
        if stanza.get("enabled", "yes").lower() in NO:
            continue
        if not stanza.get("uris") or not stanza.get("suites"):
            raise CannotTell(f"apt does not understand the entry in {place}")
        for url in stanza["uris"].split():
            for suite in stanza["suites"].split():
                yield _source(place, url, suite, stanza, reading)


def _paragraphs(lines: list[Line]) -> Iterator[dict[str, str]]:
    """Field -> value, with the number of the first line under ""."""
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        if line.text.startswith("#"):
            continue
        if not line.text.strip():
            if fields:
                yield fields
            fields = {}
        elif line.text[0] in " \t":
            fields[last] = f"{fields.get(last, '')} {line.text.strip()}"
        else:
            last, _, value = line.text.partition(":")
            last = last.strip().lower()
            fields[last] = value.strip()
            fields.setdefault("", str(line.number))
    if fields:
        yield fields


def _source(place: str, url: str, suite: str, options: dict[str, str], reading: _Reading) -> Source:
    url, suite = reading.expanded(url), reading.expanded(suite)
    base = url.removesuffix("/") + (f"/{suite}" if suite.endswith("/") else f"/dists/{suite}/")
    weak = tuple(f"{name}={options[name]}" for name in WEAKENING if options.get(name, "no").lower() not in NO)
    return Source(place, base, tuple(_origins(url, reading.mirrors)), weak)


def _origins(url: str, mirrors: dict[str, list[str]]) -> list[str]:
    scheme, _, path = url.partition(":")
    if not scheme.startswith("mirror") or not scheme.endswith("+file"):
        return [origin(url)]
    listed = mirrors.get(re.sub("^///?", "/", path))
    if not listed:
        raise CannotTell(f"apt takes the hosts of a source from {path}, which we do not read or which is empty")
    return [origin(mirror) for mirror in listed]

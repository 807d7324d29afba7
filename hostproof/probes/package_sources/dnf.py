"""dnf's repositories: dnf.conf, *.repo, and what dnf5 adds (drop-ins, overrides).

Sources: dnf.conf(5), dnf5.conf(5); dnf 4.14, dnf 4.23 and dnf5 5.4 were asked what they make of such files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from hostproof.connection.answer import Answer
from hostproof.errors import CannotTell
from hostproof.probes.package_sources.source import PRINT_LINES, Line, Source, Sources, origin, read_lines

# `dnf` is dnf5 or dnf 4, whatever else is installed.
WHICH_DNF = r"""
tool=$(command -v dnf || command -v dnf5 || command -v yum) || { echo 'neither dnf nor yum' >&2; exit 127; }
tool=$(readlink -f "$tool")
"""
COMMAND = (
    "# read dnf's repositories and its settings about signatures"
    + PRINT_LINES
    + WHICH_DNF
    + r"""
printf 'tool %s\n' "${tool##*/}"
visit /usr/share/dnf5/libdnf.conf.d /etc/dnf/libdnf5.conf.d
if [ -e /etc/dnf/dnf.conf ]; then show /etc/dnf/dnf.conf; else show /etc/yum.conf; fi
visit /etc/yum.repos.d /etc/yum/repos.d /etc/distro.repos.d /usr/share/dnf5/repos.d
visit /usr/share/dnf5/repos.override.d /etc/dnf/repos.override.d
visit /usr/share/dnf5/vars.d /etc/yum/vars /etc/dnf/vars
exit 0
"""
)
DROP_INS = ("/usr/share/dnf5/libdnf.conf.d/", "/etc/dnf/libdnf5.conf.d/")
MAIN = ("/etc/dnf/dnf.conf", "/etc/yum.conf")
REPOSITORIES = ("/etc/yum.repos.d/", "/etc/yum/repos.d/", "/etc/distro.repos.d/", "/usr/share/dnf5/repos.d/")
OVERRIDES = ("/usr/share/dnf5/repos.override.d/", "/etc/dnf/repos.override.d/")
VARIABLES = ("/usr/share/dnf5/vars.d/", "/etc/yum/vars/", "/etc/dnf/vars/")
DNF5_ONLY = ("/usr/share/dnf5/", "/etc/dnf/libdnf5.conf.d/", "/etc/dnf/repos.override.d/")
DNF4_ONLY = ("/etc/yum/",)
SWITCHES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}

Section = dict[str, str]


def read_dnf(answer: Answer) -> Sources:
    """The enabled repositories. Raises CannotTell when dnf looks for them elsewhere."""
    lines = list(read_lines(answer))
    is_dnf5 = answer.stdout.startswith("tool dnf5\n")
    ignored = DNF4_ONLY if is_dnf5 else DNF5_ONLY
    files = _by_file(line for line in lines if not line.file.startswith(ignored))
    main = _main(files)
    if "reposdir" in main:
        raise CannotTell(f"dnf looks for its repositories elsewhere: reposdir={main['reposdir']}")
    variables = {f.rpartition("/")[2]: w[0].text.strip() for f, w in files.items() if f.startswith(VARIABLES)}
    overrides = [s for file in _masked(files, OVERRIDES, ".repo") for s in _sections(files[file]).items()]
    enabled = []
    for file in files:
        if not (file in MAIN or (file.startswith(REPOSITORIES) and file.endswith(".repo"))):
            continue
        if "/." in file and not is_dnf5:  # dnf 4 passes over hidden files, dnf5 does not
            continue
        for name, section in _sections(files[file]).items():
            overriding = {k: v for glob, changes in overrides if fnmatchcase(name, glob) for k, v in changes.items()}
            repository = section | overriding
            if name != "main" and _switch(repository, "enabled", default=True):
                enabled.append(_source(f"{file} [{name}]", name, repository, main, variables))
    return Sources(tuple(enabled))


def _by_file(lines: Iterable[Line]) -> dict[str, list[Line]]:
    files: dict[str, list[Line]] = {}
    for line in lines:
        files.setdefault(line.file, []).append(line)
    return files


def _masked(files: Iterable[str], folders: tuple[str, ...], extension: str) -> list[str]:
    """Files in the order in which they are read; one in /etc replaces its namesake in /usr."""
    by_name = {f.rpartition("/")[2]: f for f in files if f.startswith(folders) and f.endswith(extension)}
    return [by_name[name] for name in sorted(by_name)]


def _main(files: dict[str, list[Line]]) -> Section:
    """The settings that all repositories inherit: those of the main file win over drop-ins."""
    settings: Section = {}
    for file in (*_masked(files, DROP_INS, ".conf"), *(file for file in MAIN if file in files)):
        settings |= _sections(files[file]).get("main", {})
    return settings


def _sections(lines: list[Line]) -> dict[str, Section]:
    sections: dict[str, Section] = {}
    section: Section = {}
    last = ""
    for text in (line.text for line in lines):
        if not text.strip() or text[0] in "#;":
            continue
        if header := re.match(r"\[([^\]]*)\]", text):
            section, last = sections.setdefault(header[1], {}), ""
        elif text[0] in " \t" and last:
            section[last] += f"\n{text.strip()}"
        else:
            name, _, value = text.partition("=")
            last = {"pkg_gpgcheck": "gpgcheck"}.get(name.strip(), name.strip())
            section[last] = value.strip()
    return sections


def _switch(settings: Section, name: str, *, default: bool) -> bool:
    """A boolean setting; dnf warns about a value that is none and goes on with the default."""
    return SWITCHES.get(settings.get(name, "").lower(), default)


def _source(place: str, name: str, repository: Section, main: Section, variables: dict[str, str]) -> Source:
    urls = [
        _expanded(url, variables)
        for setting in ("baseurl", "metalink", "mirrorlist")
        for url in re.split(r"[\s,]+", repository.get(setting, ""))
        if url
    ]
    if not urls:
        raise CannotTell(f"{place} is enabled and names no place to get packages from")
    return Source(place, name, tuple(dict.fromkeys(map(origin, urls))), tuple(_unchecked(repository, main, urls)))


def _unchecked(repository: Section, main: Section, urls: list[str]) -> Iterator[str]:
    if not _switch(repository, "gpgcheck", default=_switch(main, "gpgcheck", default=False)):
        yield f"gpgcheck={repository.get('gpgcheck', main.get('gpgcheck', 'not set'))}"
    if not _switch(repository, "sslverify", default=_switch(main, "sslverify", default=True)):
        for url in urls:
            if url.lower().startswith("https:"):
                yield f"sslverify={repository.get('sslverify', main.get('sslverify', ''))} for {url}"


def _expanded(url: str, variables: dict[str, str]) -> str:
    """The URL with the variables that files set; the others, such as $basearch, stay."""
    return re.sub(r"\$(?:(\w+)|\{(\w+)\})", lambda v: variables.get(v[1] or v[2], v[0]), url)

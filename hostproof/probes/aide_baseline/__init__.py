"""What AIDE compares with what: its rules, its baseline, and whether its checks come to an end."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from hostproof.errors import CannotTell
from hostproof.probes.aide_baseline.settings import Config, Rule, read_settings, show_settings
from hostproof.probes.aide_baseline.trace import read_trace, show_trace
from hostproof.probes.probe import Probe, Reading

_FOLDER = Path(__file__).parent


class AideBaseline(Probe):
    """AIDE's rules as AIDE itself applies them to paths, its database, and what its last check left behind.

    `aide --path-check` tells the rule for a path without looking at files or writing reports. It runs what `@@x_include` names, so
    it is asked only where those programs are the package's own.

    Example: unwatched(["/etc", "/boot"]) == ["no rule for /boot"]
    Blind spots: AIDE before 0.17 does not tell rules, so nothing is known of them; of each folder a few paths are tried, files that
    exist and one that does not; a database of another place than a file; a report that nobody reads; a baseline that was taken
    after a break-in. Baselines older than the last updates are right: whoever updates looks at the report.
    """

    settings = Reading(
        (_FOLDER / "settings.sh").read_text(encoding="utf-8"),
        read_settings,
        root=True,
        seconds=60,
        slow=True,
        shows=show_settings,
    )
    trace = Reading((_FOLDER / "trace.sh").read_text(encoding="utf-8"), read_trace, root=True, shows=show_trace)

    def faults(self, folders: Collection[str]) -> list[str]:
        """What is wrong with the configuration and the baseline. Raises CannotTell when AIDE cannot be asked."""
        config = self._config
        if config is None:
            return [f"there is no configuration of AIDE at {' or '.join(self.host.aide.configurations) or 'the usual places'}"]
        if errors := sorted({rule.text for rule in config.rules.values() if rule.status not in (0, 1)}):
            return [f"AIDE does not take {config.path}: {errors[0]}"]
        baseline = list(self._of_baseline(config, folders))
        if baseline:
            return baseline
        return self._unwatched(config, folders)

    def unhashed(self, folders: Collection[str]) -> list[str]:
        """The folders in which a file could be altered and no content of it compared. Raises CannotTell."""
        config = self._config
        if config is None:
            return ["there is no configuration of AIDE"]
        return [
            f"{path}: its rule compares {rule.attributes or 'nothing'}, no content" if rule.watches else f"no rule for {path}"
            for folder in folders
            for path, rule in self._rules_in(config, folder)
            if not rule.hashes
        ]

    @property
    def _config(self) -> Config | None:
        """The configuration that the planned checks name, or the only one there is if they name none; None: it is not there."""
        configs = self.settings
        if not configs.version:
            raise CannotTell("there is no program `aide` that answers as AIDE")
        named = self.host.aide.configurations
        chosen = [path for path in named or configs.configs if path in configs.configs]
        if len(chosen) > 1:
            raise CannotTell(f"there are several configurations of AIDE: {', '.join(chosen)}")
        return configs.configs[chosen[0]] if chosen else None

    def _of_baseline(self, config: Config, folders: Collection[str]) -> Iterator[str]:
        database = config.database
        if not config.url.startswith("file:"):
            raise CannotTell(f"the baseline is at {config.url or 'a place that the configuration does not name'}")
        if database is None:
            made = f"; {config.new} was made and never put in its place" if config.new else ""
            yield f"there is no baseline {config.url.removeprefix('file:')}{made}"
            return
        if database.mode & 0o007 or (database.mode & 0o070 and database.group != 0):
            yield f"others than root can read the baseline {database.path} (mode {database.mode:04o})"
        if database.owner not in ("root", "_aide"):
            yield f"the baseline {database.path} belongs to {database.owner}"
        if not database.entries or not database.described:
            yield f"the baseline {database.path} holds no entries"
            return
        if self.settings.installed and database.time < self.settings.installed:
            yield f"the baseline {database.path} is older than the oldest package on this host"
        for folder in folders:
            place = self.settings.folders.get(folder)
            if place and place.holds_files and not any(
                count for under, count in database.under.items() if f"{under}/".startswith(f"{place.real}/")
            ):
                yield f"the baseline {database.path} holds nothing of {folder}"

    def _unwatched(self, config: Config, folders: Collection[str]) -> list[str]:
        missing = [path for folder in folders for path, rule in self._rules_in(config, folder) if not rule.watches]
        return [f"no rule of {config.path} is for {path}" for path in missing]

    def _rules_in(self, config: Config, folder: str) -> Iterator[tuple[str, Rule]]:
        """The paths of a folder that AIDE was asked about. Raises CannotTell when it was not."""
        place = self.settings.folders.get(folder)
        if place is None:
            return
        if config.unasked:
            raise CannotTell(f"AIDE was not asked about the rules of {config.path}: {config.unasked}")
        found = {path: rule for path, rule in config.rules.items() if path.startswith(f"{place.real}/")}
        if not found:
            raise CannotTell(f"AIDE was not asked about {folder}")
        yield from found.items()

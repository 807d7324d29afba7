"""`host.service`: what systemd says about a unit, asked once; other init systems are testinfra's own business."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import testinfra.modules.service as stock

from hostproof.connection.answer import NOT_FOUND
from hostproof.errors import CannotTell
from hostproof.text import one_line

_RUNNING = {"active", "reloading", "refreshing"}
_LOADED = {"loaded", "masked", "not-found", "merged"}
# What systemd starts by itself once it has booted: all that the default target draws in, as it is now.
_BOOT = "systemctl list-dependencies --plain --full --no-pager --all default.target"


class Service(stock.Service):  # type: ignore[misc] # testinfra is typed in part
    """The service of a name, such as `ssh`, or any other unit, such as `ssh.socket` or `logrotate.timer`."""

    @classmethod
    def get_module_class(cls, host: Any) -> Any:
        found = super().get_module_class(host)
        return SystemdService if found is stock.SystemdService else found


class SystemdService(stock.SystemdService):  # type: ignore[misc] # testinfra is typed in part
    """A unit of systemd: one `systemctl show` says all but whether the boot draws it in.

    A name may be an alias, or an instance of a template. Of a template itself (`getty@`) and on a host that systemd has not
    booted (a container), testinfra's own ways are gone, with status 4 of `systemctl is-enabled` understood. Where systemd
    does not answer, CannotTell is raised.
    """

    @property
    def exists(self) -> bool:
        """Whether systemd knows a unit of exactly this name, masked ones included."""
        if self._unshown:
            return self._listed
        return bool(self._property("LoadState") != "not-found")

    @property
    def is_running(self) -> bool:
        """Whether it is active, as `systemctl is-active` has it.

        That a socket waits for it does not make it run: on a host whose ssh is started by ssh.socket, `ssh` does not run until
        somebody connects, and `ssh.socket` does.
        """
        if self._unshown:
            return bool(super().is_running)
        return self._property("ActiveState") in _RUNNING

    @property
    def is_enabled(self) -> bool:
        """Whether it starts at boot, or on demand of a socket, timer or path that starts at boot.

        What `systemctl enable` has made is enough. Any other unit (disabled, static, generated, indirect, linked, transient)
        starts when the default target draws it, or what triggers it, in. A missing or masked one does not.
        """
        if self._unshown:
            return self._enabled_offline
        loaded, state = self._property("LoadState"), self._property("UnitFileState")
        if loaded not in _LOADED:
            raise CannotTell(f"systemd cannot load {self.name}: {loaded}")
        if loaded in ("masked", "not-found") or state.startswith("masked"):
            return False
        if state in ("enabled", "enabled-runtime"):
            return True
        own = {*self._property("Names").split(), *self._property("TriggeredBy").split()}
        return not own.isdisjoint(self._started_at_boot)

    @property
    def is_valid(self) -> bool:
        """Whether `systemd-analyze verify` has nothing to say about it."""
        name = self.name if self._has_systemd_suffix() else f"{self.name}.service"
        found = self.run("systemd-analyze verify %s", name)
        if found.rc == NOT_FOUND:
            raise CannotTell("systemd-analyze: not found on this host")
        return bool((found.stdout, found.stderr) == ("", ""))

    @property
    def is_masked(self) -> bool:
        """Whether it is masked, for good or until the next boot."""
        if self._unshown:
            return str(self.run("systemctl is-enabled %s", self.name).stdout).startswith("masked")
        return self._property("LoadState") == "masked"

    @cached_property
    def systemd_properties(self) -> dict[str, str]:
        """What `systemctl show` says, without empty properties."""
        if self._shown.rc != 0:
            raise CannotTell(f"`systemctl show {self.name}` ended with status {self._shown.rc}: {_said(self._shown)}")
        found: dict[str, str] = {}
        last = ""
        for line in self._shown.stdout.rstrip("\n").split("\n"):
            key, equals, value = line.partition("=")
            if equals and key.isalnum() and key[:1].isupper():
                if key == "Id" and key in found:
                    raise CannotTell(f"{self.name} names more than one unit")
                last, found[key] = key, value
            elif last:  # a value of several lines
                found[last] += f"\n{line}"
        return found

    @cached_property
    def _shown(self) -> Any:
        return self.run("systemctl show %s", self.name)

    @property
    def _unshown(self) -> bool:
        """Whether `show` has nothing for this name because it is a template's, or because systemd does not run."""
        template = self.name.endswith("@") or "@." in self.name
        return template or (self._shown.rc != 0 and not self._host.file("/run/systemd/system/").is_directory)

    def _property(self, name: str) -> str:
        properties = self.systemd_properties
        if "LoadState" not in properties or "ActiveState" not in properties:
            raise CannotTell(f"`systemctl show {self.name}` does not say how the unit is")
        return properties.get(name, "")

    @property
    def _started_at_boot(self) -> set[str]:
        listed = self.run(_BOOT)
        units = {line.split()[-1] for line in listed.stdout.splitlines() if line.strip()}
        if listed.rc != 0 or len(units) < 2:
            raise CannotTell(f"`{_BOOT}` ended with status {listed.rc}: {_said(listed)}")
        return units

    @property
    def _listed(self) -> bool:
        name = self.name if self._has_systemd_suffix() else f"{self.name}.service"
        files = self.run("systemctl list-unit-files --full --no-pager --no-legend %s", name)
        if files.rc not in (0, 1):
            raise CannotTell(f"systemctl cannot list unit files: {_said(files)}")
        return any(line.split()[:1] == [name] for line in files.stdout.splitlines())

    @property
    def _enabled_offline(self) -> bool:
        answer = self.run("systemctl is-enabled %s", self.name)
        state = answer.stdout.strip()
        if state in ("enabled", "enabled-runtime"):
            return True
        if state in ("disabled", "masked", "masked-runtime", "linked", "linked-runtime"):
            return False
        if state in ("", "not-found"):
            sysv = not self._has_systemd_suffix()
            return sysv and bool(stock.SysvService.is_enabled.fget(self))
        raise CannotTell(f"{self.name} is {state}: whether it starts at boot is not told without a running systemd")


def _said(answer: Any) -> str:
    return one_line(answer.stderr.strip() or answer.stdout.strip(), 200) or "it said nothing"

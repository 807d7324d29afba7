"""`host.service` by what systemd prints of units in every state; the real ones are in selftests/thirdparty."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hostproof.errors import CannotTell
from hostproof.modules.service import Service

BOOT = "default.target\n  multi-user.target\n  cups.socket\n● drawn.service\n"
LOADED = "Id={0}.service\nNames={0}.service\nLoadState=loaded\nActiveState=inactive\nUnitFileState={1}\n"


def service(name: str, answers: dict[str, tuple[int, str]], booted: bool = True):
    """The unit of a host that answers commands that begin so, with status and output."""

    def run(command: str, *words: str):
        text = command % words if words else command
        found = [answer for start, answer in answers.items() if text.startswith(start)]
        status, output = found[0] if found else (1, "")
        return SimpleNamespace(rc=status, stdout=output, stderr="" if found else "Failed to connect to bus")

    host = SimpleNamespace(
        run=run,
        file=lambda path: SimpleNamespace(is_directory=booted, linked_to="/lib/systemd/systemd"),
        exists=lambda command: True,
        system_info=SimpleNamespace(type="linux"),
    )
    return Service.get_module(host)(name)


def shown(name: str, properties: str, boot: tuple[int, str] = (0, BOOT)):
    return service(name, {"systemctl show": (0, properties), "systemctl list-dependencies": boot})


@pytest.mark.parametrize(
    ("name", "state", "more", "enabled"),
    [
        ("ssh", "enabled", "", True),
        ("ssh", "enabled-runtime", "", True),
        ("ssh", "disabled", "", False),
        ("cups", "disabled", "TriggeredBy=cups.path cups.socket\n", True),
        ("cups", "disabled", "TriggeredBy=cups.path\n", False),
        ("cups", "static", "TriggeredBy=cups.socket\n", True),
        ("drawn", "static", "", True),
        ("drawn", "generated", "", True),
        ("noauto", "generated", "", False),
        ("alone", "static", "", False),
        ("alone", "indirect", "", False),
        ("alone", "linked", "", False),
        ("alone", "transient", "", False),
        ("alone", "", "", False),
        ("drawn", "masked-runtime", "", False),
    ],
)
def test_enabled_is_what_starts_at_boot_or_on_demand(name, state, more, enabled):
    assert shown(name, LOADED.format(name, state) + more).is_enabled is enabled


@pytest.mark.parametrize(
    ("active", "running"),
    [("active", True), ("reloading", True), ("inactive", False), ("failed", False), ("activating", False), ("deactivating", False)],
)
def test_running(active, running):
    assert shown("x", LOADED.format("x", "enabled").replace("=inactive", f"={active}")).is_running is running


def test_a_missing_unit():
    unit = shown("nope", "Id=nope.service\nNames=nope.service\nLoadState=not-found\nActiveState=inactive\n")

    assert (unit.exists, unit.is_running, unit.is_enabled, unit.is_masked) == (False, False, False, False)


def test_a_masked_unit():
    unit = shown("x", "Id=x.service\nNames=x.service\nLoadState=masked\nActiveState=inactive\nUnitFileState=masked-runtime\n")

    assert (unit.exists, unit.is_running, unit.is_enabled, unit.is_masked) == (True, False, False, True)


def test_a_value_of_several_lines_is_one_property():
    unit = shown("x", LOADED.format("x", "enabled") + "Description=one\ntwo = 2\nExecStart=a\nExecStart=b\n")

    assert unit.systemd_properties["Description"] == "one\ntwo = 2"
    assert unit.systemd_properties["ExecStart"] == "b"


@pytest.mark.parametrize("properties", ["", "Id=x.service\n", LOADED.format("x", "a") + LOADED.format("y", "b")])
def test_what_says_nothing_of_one_unit_is_not_taken_for_an_answer(properties):
    for question in ("exists", "is_running", "is_enabled", "is_masked"):
        with pytest.raises(CannotTell):
            getattr(shown("x", properties), question)


def test_a_unit_that_systemd_cannot_load_may_start_or_not():
    with pytest.raises(CannotTell, match="cannot load x: bad-setting"):
        _ = shown("x", LOADED.format("x", "enabled").replace("=loaded", "=bad-setting")).is_enabled


@pytest.mark.parametrize("boot", [(1, ""), (0, ""), (0, "default.target\n")])
def test_without_the_list_of_what_boots_nothing_is_guessed(boot):
    with pytest.raises(CannotTell, match="list-dependencies"):
        _ = shown("x", LOADED.format("x", "static"), boot).is_enabled


def test_a_systemd_that_does_not_answer_is_unknown():
    for question in ("exists", "is_running", "is_enabled", "is_masked"):
        with pytest.raises(CannotTell, match="Failed to connect to bus"):
            getattr(service("x", {}), question)


@pytest.mark.parametrize(
    ("answer", "enabled"),
    [((0, "enabled\n"), True), ((1, "disabled\n"), False), ((1, "masked\n"), False), ((4, "not-found\n"), False), ((1, ""), False)],
)
def test_where_systemd_has_not_booted_unit_files_are_asked(answer, enabled):
    assert service("x.timer", {"systemctl is-enabled": answer}, booted=False).is_enabled is enabled


def test_where_systemd_has_not_booted_a_static_unit_is_in_doubt():
    with pytest.raises(CannotTell, match="static"):
        _ = service("x.timer", {"systemctl is-enabled": (0, "static\n")}, booted=False).is_enabled


def test_a_template_exists_by_its_file():
    listed = {"systemctl list-unit-files": (0, "getty@.service enabled enabled\n")}

    assert service("getty@", listed).exists
    assert not service("gett@", listed).exists

"""Which archives unattended-upgrades takes packages from, as its own `match_whitelist_string` decides."""

from __future__ import annotations

import pytest

from hostproof.probes.updates.apt import Archive
from hostproof.probes.updates.unattended import BadPattern, days, read_unattended

SECURITY = Archive("", "Ubuntu", "Ubuntu", "noble-security", "noble", frozenset({"main", "universe"}), None, None)
BASE = "https://security.ubuntu.com:8443/ubuntu/dists/noble-security/"
VARIABLES = {"distro_id": "Ubuntu", "distro_codename": "noble"}


def takes(name: str, value: str) -> bool:
    return read_unattended([(f"Unattended-Upgrade::{name}::", value)]).takes_from(BASE, SECURITY, VARIABLES)


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("Allowed-Origins", "${distro_id}:${distro_codename}-security", True),
        ("Allowed-Origins", "Ubuntu noble-security", True),
        ("Allowed-Origins", "Ubuntu:noble", False),  # the suite, not the codename
        ("Allowed-Origins", "Ubuntu:*", True),
        ("Origins-Pattern", "origin=Ubuntu, archive=noble-security ,label=Ubuntu", True),
        ("Origins-Pattern", "n=noble,c=universe", True),
        ("Origins-Pattern", "site=security.ubuntu.com", True),
        ("Origins-Pattern", "o=ubuntu", False),  # letter case counts
        ("Origins-Pattern", "codename=${distro_codename}-security", False),  # Debian's spelling
    ],
)
def test_archives(name, value, taken):
    assert takes(name, value) is taken


@pytest.mark.parametrize("value", ["Ubuntu", "release=noble", "a=noble-security,c", "o=${distro_series}", "o=a=b"])
def test_what_it_stops_at(value):
    with pytest.raises(BadPattern):
        takes("Origins-Pattern", value)


@pytest.mark.parametrize(("value", "left_out"), [(".*", True), ("^.*$", True), ("", True), ("^linux-", False), ("lib.*", False)])
def test_a_list_that_leaves_out_everything(value, left_out):
    settings = read_unattended(
        [("Unattended-Upgrade::Origins-Pattern::", "o=*"), ("unattended-upgrade::package-blacklist::", value)]
    )

    assert ("leaves out every package" in settings.fault()) is left_out


@pytest.mark.parametrize(
    ("value", "wait"), [("1", 1), ("7d", 7), ("90m", 0.0625), ("always", 0), ("0", None), ("no", None), ("soon", None)]
)
def test_periods(value, wait):
    assert days(value) == wait

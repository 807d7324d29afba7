"""From where root gets in: what Match blocks let in against what is declared as the administrators' networks."""

from __future__ import annotations

import pytest

from hostproof.errors import CannotTell
from hostproof.probes.sshd.root_login import root_doors
from hostproof.probes.sshd.servers import Login, Server

ROOT = {"root": ["root"]}


def server(**permitted: str) -> Server:
    """An sshd that was asked about root from these addresses (with _ for . and __ for :), and what PermitRootLogin is there."""
    found = Server(1, "/usr/sbin/sshd", listens=["0.0.0.0:22"])
    for name, value in {"203_0_113_7": "no", **permitted}.items():
        address = name.lstrip("x").replace("__", ":").replace("_", ".")
        settings = {"permitrootlogin": [value], "passwordauthentication": ["no"], "kbdinteractiveauthentication": ["no"]}
        found.logins.append(Login("root", 0, address, address, "22", settings))
    return found


@pytest.mark.parametrize(
    ("networks", "doors"),
    [
        ([], True),
        (["10.99.0.0/24"], False),
        (["10.0.0.0/8"], False),
        (["192.168.0.0/16", "10.99.0.0/16"], False),
        (["10.99.0.0/25"], True),  # the block is twice as wide
        (["10.99.0.0/32"], True),
        (["fd99::/64"], True),
        (["0.0.0.0/0"], False),
    ],
)
def test_a_block_has_to_lie_within_a_declared_network(networks, doors):
    sshd = server(x10_99_0_0="prohibit-password", x10_99_1_0="no")

    assert bool(root_doors(sshd, "never", networks, ROOT)) == doors


def test_a_block_up_to_the_last_address_is_wider_than_its_beginning():
    sshd = server(x240_0_0_0="prohibit-password")

    assert root_doors(sshd, "never", ["240.0.0.0/8"], ROOT)
    assert not root_doors(sshd, "never", ["240.0.0.0/4"], ROOT)


def test_ipv6_is_measured_as_well():
    sshd = server(fd99____="prohibit-password", fd99__0__0__1____="no")

    assert not root_doors(sshd, "never", ["fd99::/64"], ROOT)
    assert root_doors(sshd, "never", ["fd99::/65"], ROOT)


def test_a_pattern_with_stars_is_no_network():
    sshd = server(x10_1_1_1="prohibit-password", x10_1_1_2="no")
    sshd.matches.append("User root Address 10.1.*")

    assert root_doors(sshd, "never", ["10.1.1.0/24"], ROOT)


def test_whoever_may_come_from_anywhere_is_said_to():
    (door,) = root_doors(server(x203_0_113_7="yes"), "never", ["10.0.0.0/8"], ROOT)

    assert door == "/usr/sbin/sshd on port 22 lets in root (PermitRootLogin yes) from anywhere"


@pytest.mark.parametrize("value", ["prohibit-password", "without-password", "forced-commands-only", "yes"])
def test_never_means_never_and_a_key_is_a_key(value):
    sshd = server(x203_0_113_7=value)

    assert root_doors(sshd, "never", [], ROOT)
    assert not root_doors(sshd, "key", [], ROOT)  # yes is as good, where nobody may use passwords


def test_groups_count_as_sshd_counts_them():
    sshd = server(x203_0_113_7="yes")
    for login in sshd.logins:
        login.settings["allowgroups"] = ["ssh admins"]

    assert not root_doors(sshd, "never", [], ROOT)
    assert root_doors(sshd, "never", [], {"root": ["root", "admins"]})


def test_a_level_that_nobody_knows_is_no_verdict():
    with pytest.raises(CannotTell):
        root_doors(server(), "prohibit-password", [], ROOT)

"""Whom we look at: addresses of the inventory, and no others."""

from __future__ import annotations

import json
import subprocess

import pytest

from hostproof.errors import CannotTell, UsageError
from hostproof.inventory import HostDescription
from hostproof.outside.addresses import Addresses, addresses_of, check


@pytest.fixture
def host(tmp_path):
    def describe(address="192.0.2.7", config="", connection="ssh", **variables):
        (tmp_path / "ssh_config").write_text(config)
        return HostDescription("web1", connection, address, ssh_config=str(tmp_path / "ssh_config"), variables=variables)

    return describe


def test_an_address_is_taken_as_it_is(host):
    assert addresses_of(host("192.0.2.7")) == Addresses(("192.0.2.7",))
    assert addresses_of(host("2001:db8::7")) == Addresses((), ("2001:db8::7",))


def test_the_inventory_may_name_others(host):
    named = ["203.0.113.5", "2001:db8::5"]

    assert addresses_of(host(hostproof_addresses=named)) == Addresses(("203.0.113.5",), ("2001:db8::5",))


def test_a_name_of_the_ssh_configuration_is_followed(host):
    assert addresses_of(host("web1", "Host web1\n  HostName 203.0.113.9\n")) == Addresses(("203.0.113.9",))


@pytest.mark.parametrize("how", ["ProxyJump bastion", "ProxyCommand nc %h %p"])
def test_behind_another_machine_an_address_may_be_anybodys(host, how):
    with pytest.raises(CannotTell, match="through another machine"):
        addresses_of(host("10.0.0.5", f"Host 10.0.0.5\n  {how}\n"))


def test_behind_another_machine_what_the_inventory_names_counts(host):
    described = host("10.0.0.5", "Host *\n  ProxyJump bastion\n", hostproof_addresses=["203.0.113.5"])

    assert addresses_of(described) == Addresses(("203.0.113.5",))


def test_a_name_that_does_not_resolve(host):
    with pytest.raises(CannotTell, match=r"the name no-such-host\.invalid does not resolve"):
        addresses_of(host("no-such-host.invalid"))


def test_a_machine_does_not_look_at_itself(host):
    with pytest.raises(CannotTell, match="cannot look at itself"):
        addresses_of(host("", connection="local"))


def test_this_machine_does_not_look_at_an_address_of_its_own(host):
    own = one_of_ours()

    with pytest.raises(CannotTell, match=f"{own} is an address of this machine: a machine cannot look at itself"):
        addresses_of(host(own), from_here=True)
    assert addresses_of(host(own)) == Addresses((own,))  # another machine can
    assert addresses_of(host("192.0.2.7"), from_here=True) == Addresses(("192.0.2.7",))


def one_of_ours() -> str:
    """An IPv4 address of this machine beyond loopback."""
    listed = subprocess.run(["ip", "-json", "-4", "address"], capture_output=True, check=True).stdout
    ours = (one["local"] for link in json.loads(listed) for one in link["addr_info"] if one["scope"] == "global")
    return next(ours, None) or pytest.skip("needs a network beyond loopback")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "fe80::1", "::ffff:127.0.0.1"])  # noqa: S104
def test_an_address_of_all_or_none_or_ourselves_is_not_probed(host, address):
    with pytest.raises(CannotTell, match="no address that others could reach"):
        addresses_of(host(hostproof_addresses=[address]))


@pytest.mark.parametrize(
    "named",
    ["192.0.2.0/24", "192.0.2.1-9", "web1", "--script=x", "192.0.2.1 --script x", 3221225985, ["192.0.2.1", 7], {"a": 1}, ""],
)
def test_what_is_no_address_is_a_mistake_in_the_inventory(host, named):
    with pytest.raises(UsageError, match="host web1: hostproof_addresses in the inventory has to be a list of IP addresses"):
        check(host(hostproof_addresses=named))


def test_a_host_does_not_make_us_probe_without_end(host):
    assert len(addresses_of(host(hostproof_addresses=[f"192.0.2.{n}" for n in range(1, 200)])).v4) == 8

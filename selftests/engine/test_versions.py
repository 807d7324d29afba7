"""Versions sort as dpkg and rpm sort them."""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess

import pytest

from hostproof.versions import dpkg_key, rpm_key

# Each list is in order, the oldest first. Asked of dpkg 1.21 and rpm 4.20.
DPKG = ["1.0~rc1-1", "1.0-1~bpo1", "1.0-1", "1.0-1+b9", "1.0-1+b10", "1.0-1+deb12u1", "1.0a-1", "1.9-1", "1.10-1", "1:0.1"]
RPM = ["1.0~rc1", "1.0", "1.0^git1", "1.0.a", "1.0.1", "1.9", "1.10", "553.el8_10", "553.8.1.el8_10"]


@pytest.mark.parametrize(("key", "versions"), [(dpkg_key, DPKG), (rpm_key, RPM)], ids=["dpkg", "rpm"])
def test_versions_are_in_order(key, versions):
    assert all(key(older) < key(newer) for older, newer in itertools.pairwise(versions))


def test_what_is_written_differently_may_be_the_same():
    assert dpkg_key("0:1.01-0") == dpkg_key("1.1")
    assert rpm_key("1.0_1") == rpm_key("1.0.01")


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="there is no dpkg to compare with")
def test_dpkg_agrees_about_versions_that_nobody_uses():
    chance = random.Random(20261123)  # noqa: S311 - nothing secret
    versions = ["1" + "".join(chance.choices("0139.+~abZ-", k=chance.randint(0, 7))) + chance.choice("1a~") for _ in range(60)]
    pairs = chance.sample(list(itertools.combinations(versions, 2)), 300)

    for one, other in pairs:
        told = subprocess.run(["dpkg", "--compare-versions", one, "lt", other], check=False).returncode == 0
        assert (dpkg_key(one) < dpkg_key(other)) == told, (one, other)

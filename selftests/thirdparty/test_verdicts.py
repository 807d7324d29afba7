"""A suite that knows nothing of Hostproof: stock testinfra's verdicts where they are right, and right ones where they are wrong.

The suite is that of bench/thirdparty, and further/, whose tests are all written so that they pass where answers are right.
docs/testinfra.md explains the differences.
"""

from __future__ import annotations

import pytest

# Where stock testinfra is wrong, by test: what is right. Everywhere else it is taken at its word.
RIGHT = {
    "service-does-not-exist[nft]": "pass",  # nftables.service begins so
    "socket-listens[tcp://22]": "pass",  # on all addresses of IPv4, and the host has others than loopback
    "socket-listens[tcp://127.0.0.1:22]": "pass",  # 0.0.0.0 is that address, too
    "firewall-drops-by-default": "pass",  # nftables drops; iptables' own tables are empty and say ACCEPT
}
SINCE_253 = {"service-does-not-start-at-boot": "pass"}  # stock does not know status 4 of `systemctl is-enabled`: no such unit
DIFFERENT = {"debian12": RIGHT, "debian13": RIGHT | SINCE_253}
TESTS = 60

# Tests of further/ that stock testinfra fails on debian13, where it is asked those as well.
STOCK_FAILS = {
    "clients-of-a-unix-socket",
    "masked[nope-False]",
    "masked[quiet-True]",
    "rules",
    "rules-for-ipv6",
    "socket[tcp://0.0.0.0:9001-False]",
    "socket[tcp://0.0.0.0:9004-True]",
    "socket[tcp://127.0.0.1:9001-False]",
    "socket[tcp://127.0.0.1:9005-True]",
    "socket[tcp://9002-True]",
    "socket[tcp://9004-True]",
    "socket[udp://0.0.0.0:9001-False]",
    "socket[udp://9002-True]",
    "socket[unix:///run/further.seq-True]",
    "socket[unix:///var/run/further.sock-True]",
    "unit[drawn-True-True-True]",
    "unit[idle@one-True-True-True]",
    "unit[idle@two-True-False-False]",
    "unit[never-True-True-False]",
    "unit[nope.timer-False-False-False]",
    "unit[six.socket-True-True-False]",
}
NEEDS_ROOT = {"rules", "rules-for-ipv6", "nat"}


@pytest.mark.parametrize("kind", DIFFERENT)
def test_the_suite_is_judged_rightly(kind, judged):
    of = judged[kind].suite
    right = of.stock | DIFFERENT[kind]

    assert len(right) == TESTS
    assert of.ours == right, of.reasons


@pytest.mark.parametrize("kind", DIFFERENT)
def test_stock_is_wrong_where_we_say_so(kind, judged):
    assert {test for test, verdict in DIFFERENT[kind].items() if judged[kind].suite.stock[test] == verdict} == set()


@pytest.mark.parametrize("kind", DIFFERENT)
def test_all_further_answers_are_right(kind, judged):
    further = judged[kind].further

    assert {test: further.reasons[test] for test, verdict in further.ours.items() if verdict != "pass"} == {}
    assert {test for test, verdict in further.stock.items() if verdict != "pass"} == (STOCK_FAILS if further.stock else set())
    assert len(further.ours) > len(STOCK_FAILS)


@pytest.mark.parametrize("kind", DIFFERENT)
def test_without_root_answers_are_right_or_missing(kind, judged):
    of = judged[kind].without_root
    others = {test: of.reasons[test] for test, verdict in of.ours.items() if verdict != "pass"}

    assert set(others) == NEEDS_ROOT
    assert {test for test, reason in others.items() if "needs root" not in reason} == set()

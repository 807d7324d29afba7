"""What real services on loopback turn out to be, and what is known when nobody could ask."""

from __future__ import annotations

import shutil

import pytest

from hostproof.outside.interview import MOST, Interview, Met
from hostproof.outside.nmap import Nmap
from hostproof.outside.replies import Replies

pytestmark = pytest.mark.skipif(shutil.which("nmap") is None, reason="needs nmap")
LOOPBACK = "127.0.0.1"


def met(*ports: int) -> Met:
    return Met(LOOPBACK, frozenset(ports), frozenset(), frozenset())


def test_sshd_on_an_odd_port_is_recognised_and_asked_for_log_ins(start_sshd):
    sshd = start_sshd("PasswordAuthentication no\nKbdInteractiveAuthentication yes")

    replies = Interview(Nmap(), 1000).ask([met(sshd.port)])[LOOPBACK]

    reply = replies.of(LOOPBACK, "tcp", sshd.port)
    assert (reply.service, reply.password_log_ins, replies.error) == ("ssh", ["keyboard-interactive"], "")
    assert reply.said.startswith("ssh OpenSSH")
    assert Replies.from_json(replies.as_json()) == replies


def test_a_port_that_answers_no_more_has_no_reply():
    replies = Interview(Nmap(), 1000).ask([met(1)])[LOOPBACK]

    assert replies == Replies()


def test_without_nmap_it_is_told_why():
    nmap = Nmap()
    nmap.stop("the audit was ended before nmap was")

    assert Interview(nmap, 1000).ask([met(22)]) == {LOOPBACK: Replies(error="the audit was ended before nmap was")}


def test_nobody_is_asked_without_end():
    assert len(met(*range(1, 65536)).asked) == MOST
    assert 22 in met(*range(1, 65536)).asked

"""What recorded hosts of the lab let in and out: each Debian's own nft and iptables, ufw, firewalld, fail2ban."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostproof.connection.answer import Answer, Command
from hostproof.probes.firewall import Firewall

RECORDED = Path(__file__).resolve().parents[2] / "recorded" / "firewall"
EVERYTHING = ((1, 65535),)


@pytest.fixture
def recorded(asking):
    """The probe of a recorded host."""

    def of(case: str) -> Firewall:
        names = {reading.command: name for name, reading in vars(Firewall).items() if hasattr(reading, "command")}

        def answer(command: Command) -> Answer:
            path = RECORDED / f"{case}.{names[command]}"
            status = path.with_name(f"{path.name}.status")
            code = int(status.read_text()) if status.exists() else 0
            return Answer(command.text, code, path.with_name(f"{path.name}.out").read_text())

        return asking(answer)

    return of


@pytest.mark.parametrize(
    ("case", "family", "tcp", "udp"),
    [
        ("debian11", "v4", (), ()),
        ("debian12", "v4", (), ()),
        ("debian13", "v6", (), ()),
        ("debian12-ibm-hpvs", "v4", ((22, 22),), ()),
        ("debian12-ibm-hpvs", "v6", ((22, 22),), ()),
        ("debian12-legacy", "v4", ((22, 22),), ()),
        ("debian12-legacy", "v6", ((22, 22),), ()),
        ("debian11-ufw", "v4", ((443, 443),), ((68, 68),)),
        ("debian12-ufw", "v4", ((443, 443),), ((68, 68),)),
        ("debian12-ufw", "v6", ((443, 443),), ()),
        ("debian13-firewalld", "v4", ((22, 22),), ()),
        ("debian13-firewalld", "v6", ((22, 22),), ()),
        ("debian12-fail2ban-alone", "v4", EVERYTHING, EVERYTHING),
        ("debian12-fail2ban-alone", "v6", EVERYTHING, EVERYTHING),
        ("debian12-docker-network", "v4", ((1, 21), (23, 65535)), ()),
        ("debian12-docker-network", "v6", (), ()),
    ],
)
def test_what_is_let_in(recorded, case, family, tcp, udp):
    probe = recorded(case)

    found = [probe.open_to_anyone(family, protocol) for protocol in ("tcp", "udp")]

    assert [(gates.some, gates.may) for gates in found] == [(tcp, ()), (udp, ())]


@pytest.mark.parametrize("case", sorted({path.name.split(".")[0] for path in RECORDED.iterdir()}))
def test_everything_is_let_out(recorded, case):
    probe = recorded(case)

    stopped = [
        probe.closed_outwards(family, protocol) for family in ("v4", "v6") for protocol in ("tcp", "udp", "icmp")
    ]

    assert [str(gates) for gates in stopped if gates.possible] == []


def test_the_listing_is_shown_as_text(recorded):
    probe = recorded("debian12")
    probe.open_to_anyone("v4", "tcp")

    shown = "\n".join(piece["output"] for piece in probe.host.evidence.as_json())
    assert "rule inet filter input: ip saddr 10.99.0.0/24 tcp dport 22 accept" in shown
    assert "chain inet filter input { hook input priority 0 policy drop }" in shown
    assert "eth0 veth: 10.99.0." in shown

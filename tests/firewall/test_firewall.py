"""What do the loaded rules, whatever tool wrote them, let in and out?"""

from __future__ import annotations

from itertools import product

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("firewall-default-deny")
def test_what_no_rule_lets_in_is_turned_away(host, required):
    if not host.firewall.families:
        not_applicable("no network interface leads out of this host")
    doors = [host.firewall.open_to_anyone(*kind) for kind in product(host.firewall.families, ("tcp", "udp"))]
    wide = [door for door in doors if door.certain > required.most_open_ports]
    unclear = [door for door in doors if door.possible > required.most_open_ports]
    if unclear and not wide:
        cannot_tell(f"whether anybody can reach {'; '.join(door.unclear for door in unclear)}")
    assert not wide, f"anybody can reach {'; '.join(map(str, wide))}"


@recommendation("outgoing-accepted")
def test_what_goes_out_is_let_out(host):
    if not host.firewall.families:
        not_applicable("no network interface leads out of this host")
    walls = [host.firewall.closed_outwards(*kind) for kind in product(host.firewall.families, ("tcp", "udp", "icmp"))]
    closed = [wall for wall in walls if wall.certain]
    unclear = [wall for wall in walls if wall.possible]
    if unclear and not closed:
        cannot_tell(f"whether this host can send {'; '.join(wall.unclear for wall in unclear)}")
    assert not closed, f"this host cannot send {'; '.join(map(str, closed))}"

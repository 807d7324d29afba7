"""What do the loaded rules, whatever tool wrote them, let in and out?"""

from __future__ import annotations

from itertools import product

from hostproof import cannot_tell, not_applicable, recommendation

MOST_NAMED = 20  # openings in one reason


@recommendation("firewall-default-deny")
def test_what_no_rule_lets_in_is_turned_away(host, required):
    require_a_way_in(host)
    doors = [host.firewall.open_to_anyone(*kind) for kind in product(host.firewall.families, ("tcp", "udp"))]
    wide = [door for door in doors if door.certain > required.most_open_ports]
    unclear = [door for door in doors if door.possible > required.most_open_ports]
    if unclear and not wide:
        cannot_tell(f"whether anybody can reach {'; '.join(door.unclear for door in unclear)}")
    assert not wide, f"anybody can reach {'; '.join(map(str, wide))}"


@recommendation("outgoing-accepted")
def test_what_goes_out_is_let_out(host):
    require_a_way_in(host)
    walls = [host.firewall.closed_outwards(*kind) for kind in product(host.firewall.families, ("tcp", "udp", "icmp"))]
    closed = [wall for wall in walls if wall.certain]
    unclear = [wall for wall in walls if wall.possible]
    if unclear and not closed:
        cannot_tell(f"whether this host can send {'; '.join(wall.unclear for wall in unclear)}")
    assert not closed, f"this host cannot send {'; '.join(map(str, closed))}"


@recommendation("firewall-opens-only-allowed-ports")
def test_nothing_is_let_in_but_what_is_allowed(host, required):
    require_a_way_in(host)
    beyond = [opening.beyond(required.allowed_ports) for opening in host.firewall.openings]
    reject(beyond, "the firewall lets in")


@recommendation("firewall-openings-needed")
def test_something_listens_behind_every_opening(host, required):
    require_a_way_in(host)
    openings = [opening.beyond(required.standby_ports) for opening in host.firewall.openings]
    unused = [o.unused(host.listeners.ports(o.family, o.protocol)) for o in openings if o]
    reject(unused, "nothing listens behind")


@recommendation("firewall-openings-limited-to-interfaces")
def test_administration_is_not_open_by_every_interface(host, required):
    if not any(len(host.firewall.interfaces(family)) > 1 for family in host.firewall.families):
        not_applicable("no more than one network interface leads to other machines")
    open_to_all, unclear = [], []
    for listener in [listener for service in required.admin_services for listener in host.listeners.of(service)]:
        for family in listener.socket.families:
            if len(host.firewall.interfaces(family)) > 1 and not listener.socket.bound:
                found = host.firewall.by_every_interface(family, listener.socket.protocol, listener.socket.port)
                ways = {"yes": open_to_all, "perhaps": unclear}.get(found.from_anywhere, [])
                ways.append(f"{listener} over IP{family} ({found.why})")
    if unclear and not open_to_all:
        cannot_tell(f"whether every interface lets anybody in to {'; '.join(unclear)}")
    assert not open_to_all, f"every interface lets anybody in to {'; '.join(open_to_all)}"


@recommendation("firewall-openings-name-port-and-protocol")
def test_every_opening_names_its_protocol_and_port(host, required):
    require_a_way_in(host)
    ranges = required.needed_port_ranges
    rows = host.firewall.runs_of_ports(required.most_adjacent_ports, ranges)
    reject([opening.unnamed(ranges) for opening in host.firewall.openings], "no rule names port and protocol of", rows)


@recommendation("firewall-openings-for-new-connections")
def test_openings_are_for_new_connections_only(host):
    require_a_way_in(host)
    reject(host.firewall.openings_for_strays, "packets that begin no connection are let in:")


@recommendation("firewall-rules-take-effect")
def test_every_accepting_rule_takes_effect(host):
    require_a_way_in(host)
    idle = host.firewall.idle_rules
    assert not idle, f"rules that were meant to let something in do not: {'; '.join(idle)}"


@recommendation("firewall-sources-narrow")
def test_only_declared_services_are_open_to_wide_networks(host, required):
    require_a_way_in(host)
    least = {"v4": required.min_prefix_v4, "v6": required.min_prefix_v6}
    openings = host.firewall.openings
    certain = host.firewall.senders(opening for opening in openings if opening.certain)
    wide, unclear = (
        [str(left) for s in senders if s.shortest_prefix < least[s.family] and (left := s.beside(required.public_ports))]
        for senders in (certain, host.firewall.senders(openings))
    )
    if unclear and not wide:
        cannot_tell(f"whether wide networks are let in to {'; '.join(unclear)}")
    assert not wide, f"wide networks are let in to {'; '.join(wide)}"


def require_a_way_in(host):
    if not host.firewall.families:
        not_applicable("no network interface leads out of this host")


def reject(openings, what, rows=()):
    """Fail for openings of which we are sure, and for `rows`, what else was found; doubt when we are not sure of any."""
    found = [*rows, *(str(opening) for opening in openings if opening and opening.certain)]
    unclear = [str(opening) for opening in openings if opening and not opening.certain]
    if unclear and not found:
        cannot_tell(f"whether {what} {'; '.join(unclear)}")
    more = [f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
    assert not found, f"{what} {'; '.join(found[:MOST_NAMED] + more)}"

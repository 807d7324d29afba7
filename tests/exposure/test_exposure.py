"""Who can reach the services of the machine?"""

from __future__ import annotations

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("no-private-service-exposed")
def test_no_private_service_is_open_to_everybody(host, required):
    ways_in = host.listeners.ways_in(public_ports=required.public_ports)
    exposed = [str(way) for way in ways_in if way.open == "yes"]
    unclear = [str(way) for way in ways_in if way.open == "perhaps"]
    if unclear and not exposed:
        cannot_tell(f"whether everybody can reach {'; '.join(unclear)}")
    assert not exposed, f"everybody can reach {'; '.join(exposed)}"


@recommendation("strangers-reach-only-what-is-declared")
def test_strangers_reach_only_what_is_declared(host, required):
    if not host.outside.asked:
        not_applicable("nobody was asked to look from outside (--vantage=untrusted or --probe-from does)")
    undeclared = [str(port) for port in host.outside.undeclared(required.public_ports)]
    if not undeclared and host.outside.unseen:
        cannot_tell("; ".join(host.outside.unseen))
    assert not undeclared, f"a stranger gets an answer at {', '.join(undeclared)}"

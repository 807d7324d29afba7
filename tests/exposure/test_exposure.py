"""Who can reach the services of the machine?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation


@recommendation("no-private-service-exposed")
def test_no_private_service_is_open_to_everybody(host, required):
    ways_in = host.listeners.ways_in(public_ports=required.public_ports)
    exposed = [str(way) for way in ways_in if way.open == "yes"]
    unclear = [str(way) for way in ways_in if way.open == "perhaps"]
    if unclear and not exposed:
        cannot_tell(f"whether everybody can reach {'; '.join(unclear)}")
    assert not exposed, f"everybody can reach {'; '.join(exposed)}"

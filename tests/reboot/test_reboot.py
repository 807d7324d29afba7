"""Does the host come back after a restart, and its firewall with it?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation


@recommendation("firewall-survives-reboot")
def test_a_boot_loads_the_rules_that_are_in_force(host):
    lost = host.saved_firewall.lost_at_boot()
    assert not lost, f"a reboot does not bring the firewall back: {'; '.join(lost)}"


@recommendation("firewall-loaded-at-boot")
def test_the_required_service_loads_the_firewall(host, required):
    loaders = host.saved_firewall.loaders(required.firewall_loaders)
    faults = [fault for loader in loaders for fault in loader.faults] or ["it is not there"]
    sound = [loader for loader in loaders if not loader.faults]
    assert sound, f"the firewall is not loaded by {' or '.join(required.firewall_loaders)}: {'; '.join(faults)}"
    if all(loader.unclear for loader in sound):
        cannot_tell("; ".join(loader.unclear for loader in sound))


@recommendation("firewall-rules-saved")
def test_the_loaded_rules_are_those_in_the_file(host, required):
    differences = host.saved_firewall.not_as_saved(required.firewall_saved_in)
    assert not differences, "; ".join(differences)


@recommendation("comes-back-after-reboot")
def test_the_host_comes_back_and_lets_its_users_in(host):
    obstacles = host.boot.obstacles
    assert not obstacles, "; ".join(obstacles)

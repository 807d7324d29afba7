"""Are fixes installed, known about, and in effect?"""

from __future__ import annotations

from hostproof import recommendation


@recommendation("security-updates-installed")
def test_security_updates_are_installed(host, required):
    pending = host.updates.pending_security
    assert not pending, f"{len(pending)} security updates are not installed: {', '.join(pending)}"
    host.updates.require_knowledge(required.package_lists_max_age_days)


@recommendation("package-lists-fresh")
def test_package_lists_are_fresh(host, required):
    stale = host.updates.stale_lists(required.package_lists_max_age_days)
    assert not stale, "; ".join(stale)


@recommendation("reboot-not-pending")
def test_no_restart_is_due(host):
    reasons = host.restart.reasons
    assert not reasons, f"a restart is due: {'; '.join(reasons)}"

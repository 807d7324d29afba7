"""Are fixes installed, known about, and in effect?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation

MOST_NAMED = 8  # updates in a reason; the evidence shows all


def named(updates):
    more = [f"and {len(updates) - MOST_NAMED} more"] if len(updates) > MOST_NAMED else []
    return ", ".join([*updates[:MOST_NAMED], *more])


@recommendation("security-updates-installed")
def test_security_updates_are_installed(host, required):
    pending = host.updates.pending_security
    assert not pending, f"{len(pending)} security updates are not installed: {named(pending)}"
    host.updates.require_knowledge(required.package_lists_max_age_days)


@recommendation("updates-installed")
def test_all_updates_are_installed(host, required):
    pending = host.updates.pending
    assert not pending, f"{len(pending)} updates are left to do: {named(pending)}"
    host.updates.require_fresh_lists(required.package_lists_max_age_days)


@recommendation("updated-weekly")
def test_the_host_is_upgraded_every_week(host, required):
    overdue = host.updates.overdue(required.upgrade_max_age_days) if host.updates.pending else ""
    assert not overdue, f"{overdue}, and {len(host.updates.pending)} updates are left to do: {named(host.updates.pending)}"
    host.updates.require_fresh_lists(required.package_lists_max_age_days)


@recommendation("updates-scheduled")
def test_updates_install_themselves(host, required):
    plan = host.automatic_updates.plan(required.upgrade_max_age_days)
    if plan.unclear and not plan.planned:
        cannot_tell(str(plan))
    assert plan.planned, str(plan)


@recommendation("package-lists-fresh")
def test_package_lists_are_fresh(host, required):
    stale = host.updates.stale_lists(required.package_lists_max_age_days)
    assert not stale, "; ".join(stale)


@recommendation("reboot-not-pending")
def test_no_restart_is_due(host):
    reasons = host.restart.reasons
    assert not reasons, f"a restart is due: {'; '.join(reasons)}"

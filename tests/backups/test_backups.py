"""Is there a copy of what matters?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation


@recommendation("backups-made")
def test_backups_are_made_and_succeed(host, required):
    plan = host.backups.plan(required.backup_stamps)
    if plan.agents and not plan.planned:
        cannot_tell(f"backups are driven from outside by {', '.join(plan.agents)}; only their server knows what came of them")
    if plan.planned and plan.age is None and not plan.failures:
        cannot_tell(f"{plan}; nothing shows whether one ever succeeded")
    assert plan.planned, str(plan)
    assert plan.age is not None, str(plan)
    assert plan.age <= required.backup_max_age_days, str(plan)

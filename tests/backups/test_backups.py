"""Is there a copy of what matters?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation


@recommendation("backups-made")
def test_backups_are_made_and_succeed(host, statement, required):
    plan = host.backups.plan(required.backup_stamps)
    if statement.given and plan.last is None:
        faults = [*made_from_outside(statement, required), *plan.failures]
        assert not faults, "; ".join(faults)
        return
    if plan.agents and not plan.planned:
        cannot_tell(f"backups are driven from outside by {', '.join(plan.agents)}; only their server knows what came of them")
    if plan.unseen and not plan.planned:
        cannot_tell(str(plan))
    if plan.planned and plan.age is None and not plan.failures:
        cannot_tell(f"{plan}; nothing shows whether one ever succeeded")
    assert plan.planned, str(plan)
    assert plan.age is not None, str(plan)
    assert plan.age <= required.backup_max_age_days, str(plan)


def made_from_outside(statement, required):
    """Why copies that are made past the host, as by a hypervisor or a cloud, are none that count today."""
    faults = statement.lapses(required.backup_statement_max_age_days)
    age = (statement.date - statement.newest).days
    if age < 0:
        faults.append(f"the newest copy was of {statement.newest}, after {statement.date}, when that was stated")
    if age > required.backup_max_age_days:
        faults.append(f"the newest copy was {age} days old when it was stated (at most {required.backup_max_age_days} are allowed)")
    return faults

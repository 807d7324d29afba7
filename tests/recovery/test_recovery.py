"""Would the machine come back after a loss?"""

from __future__ import annotations

from hostproof import recommendation


@recommendation("restore-rehearsed")
def test_bringing_a_copy_back_was_rehearsed(statement, required):
    faults = statement.lapses(required.restore_max_age_days)
    assert not faults, "; ".join(faults)

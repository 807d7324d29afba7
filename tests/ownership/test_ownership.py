"""Does somebody answer for the machine?"""

from __future__ import annotations

from hostproof import recommendation


@recommendation("owner-named")
def test_somebody_answers_for_the_machine(statement, required):
    faults = statement.lapses(required.owner_max_age_days)
    if orphans := [part for part in required.owner_answers_for if part not in statement.answers_for]:
        faults.append(f"{statement.owner} does not answer for {', '.join(orphans)}")
    assert not faults, "; ".join(faults)

"""Could an incident be retraced?"""

from __future__ import annotations

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("logs-kept")
def test_log_ins_are_recorded_and_kept(host):
    gaps = host.logs.gaps
    assert not gaps, "; ".join(gaps)


@recommendation("logs-rotated")
def test_logs_rotate_and_cannot_be_altered(host):
    faults = host.logs.rotation_faults
    assert not faults, "; ".join(faults)


@recommendation("logs-watched")
def test_somebody_looks_at_the_logs(host, required):
    watchers = host.log_watch.found
    if not watchers and not required.logs_watched:
        not_applicable("the profile does not ask for it, and nobody does")
    unclear = [] if watchers else host.log_watch.unclear
    if unclear:
        cannot_tell("; ".join(unclear))
    assert watchers, "nothing sends logs elsewhere, and no job reports what is in them"

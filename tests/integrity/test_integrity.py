"""Does somebody notice when files change?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation


@recommendation("aide-installed")
def test_aide_is_installed(host):
    packages = host.packages.matching("aide", "aide-dynamic", "aide-xen")
    missing = [] if packages else ["no package of it is installed"]
    if not host.aide.programs.version:
        missing.append("there is no program `aide` that answers as AIDE")
    assert not missing, f"AIDE is missing: {', '.join(missing)}"


@recommendation("aide-every-five-minutes")
def test_aide_checks_every_five_minutes(host, required):
    plan = host.aide.plan(required.aide_scheduler)
    if plan.unclear and not plan.within(required.aide_interval_seconds):
        cannot_tell(str(plan))
    assert plan.within(required.aide_interval_seconds), str(plan)


@recommendation("aide-baseline-valid")
def test_aide_has_a_valid_configuration_and_a_baseline(host, required):
    faults = host.aide_baseline.faults(required.aide_watched_folders)
    assert not faults, "; ".join(faults)


@recommendation("aide-checks-end-well")
def test_checks_of_aide_take_place_and_end_without_an_error(host, required):
    patience = 2 * required.aide_interval_seconds
    trace, plan = host.aide_baseline.trace, host.aide.plan(required.aide_scheduler)
    assert plan.gap is not None or plan.unclear, str(plan)
    if trace.last is None:
        cannot_tell(f"no log tells how a check of AIDE ended; looked at: {', '.join(trace.silent) or 'there is none'}")
    assert not trace.last.fault, f"the last check of AIDE ended with an error: {trace.last.fault} ({trace.last.source})"
    age = trace.now - trace.last.time
    # While a host is off nothing can be checked: after a boot the last check before it still counts.
    assert age <= patience or trace.up <= patience, (
        f"the last check of AIDE ended {age:.0f} s ago, and two have been due since ({trace.last.source})"
    )


@recommendation("aide-sees-changes")
def test_aide_compares_contents(host, required):
    blind = host.aide_baseline.unhashed(required.aide_compared_folders)
    assert not blind, f"AIDE does not notice what is altered there: {'; '.join(blind)}"

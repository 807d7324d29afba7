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

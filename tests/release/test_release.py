"""Does the release still get security updates?"""

from __future__ import annotations

from datetime import UTC, datetime

from hostproof import recommendation


@recommendation("release-supported")
def test_release_gets_security_updates(host):
    ends = host.release.support_ends
    assert ends >= datetime.now(UTC).date(), f"{host.release.name} has had no free security updates since {ends}"

"""Where do packages come from?"""

from __future__ import annotations

from hostproof import recommendation


@recommendation("package-sources-trusted")
def test_package_sources_are_trusted(host, required):
    sources = host.package_sources
    faults = [f"{setting} is set for all sources" for setting in sources.unchecked_everywhere]
    for source in sources.enabled:
        faults += [f"{source.place} takes packages from {origin}" for origin in source.strangers(required.trusted_package_sources)]
        faults += [f"{source.place} is not checked ({setting})" for setting in source.unchecked]
    assert not faults, "; ".join(dict.fromkeys(faults))

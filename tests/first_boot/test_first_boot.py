"""Was the host safe from its first boot? What cloud-init did, and what it was told."""

from __future__ import annotations

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("first-boot-finished")
def test_the_first_boot_came_to_its_end(host):
    state = host.cloud_init.state
    if not state.present:
        not_applicable("cloud-init did not set this host up")
    if state.never_asked:
        not_applicable("cloud-init is switched off on this host, and never ran")
    shortcomings = state.shortcomings
    assert not shortcomings, f"cloud-init: {'; '.join(shortcomings)}"


@recommendation("first-boot-no-password")
def test_cloud_init_was_not_told_a_password(host):
    if not host.cloud_init.state.present:
        not_applicable("cloud-init did not set this host up")
    told = host.cloud_init.user_data
    if not told.secrets and told.unseen:
        cannot_tell("; ".join(told.unseen))
    assert not told.secrets, f"passwords for accounts: {', '.join(told.secrets)}"

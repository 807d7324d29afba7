"""Who gets in without a key: accounts and their passwords."""

from __future__ import annotations

from hostproof import recommendation


@recommendation("accounts-no-empty-password")
def test_no_account_is_opened_without_a_password(host):
    open_to_all = host.accounts.without_password
    if not open_to_all:
        host.accounts.be_sure()
    assert not open_to_all, f"accounts without a password: {', '.join(open_to_all)}"


@recommendation("accounts-one-root")
def test_only_root_has_roots_user_id(host):
    others = sorted(set(host.accounts.roots) - {"root"})
    if not others:
        host.accounts.be_sure()
    assert not others, f"these accounts are root as well: {', '.join(others)}"


@recommendation("accounts-default-locked")
def test_the_default_account_has_no_password(host, required):
    default = {*required.default_accounts, *host.cloud_init.state.default_users}
    opened = host.accounts.with_password(default)
    if not opened:
        host.accounts.be_sure()
    assert not opened, f"default accounts that a password opens: {', '.join(opened)}"

from __future__ import annotations

from hostproof import not_applicable, recommendation


@recommendation("ssh-key-login-possible")
def test_a_key_opens_an_account(host):
    if not host.sshd.servers:
        not_applicable("no SSH server listens on this host")
    opened = host.sshd.key_logins()
    assert opened, f"no account can be logged in to with a key: {'; '.join(host.sshd.key_obstacles()) or 'no account has a shell'}"


@recommendation("ssh-no-passwords")
def test_ssh_refuses_passwords(host):
    if not host.sshd.servers:
        not_applicable("no SSH server listens on this host")
    doors = [f"{server.name} for {', '.join(server.password_doors)}" for server in host.sshd.servers if server.password_doors]
    if not doors:
        host.sshd.be_sure()
    assert not doors, f"passwords are accepted by {'; '.join(doors)}"

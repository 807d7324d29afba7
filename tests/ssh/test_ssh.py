from __future__ import annotations

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("ssh-key-login-possible")
def test_a_key_opens_an_account(host):
    if not host.sshd.servers:
        not_applicable("no SSH server listens on this host")
    opened = host.sshd.key_logins()
    assert opened, f"no account can be logged in to with a key: {'; '.join(host.sshd.key_obstacles()) or 'no account has a shell'}"


@recommendation("ssh-no-passwords")
def test_ssh_refuses_passwords(host):
    seen = host.exposure.password_log_ins()
    if not host.sshd.servers and not seen.open and not seen.unclear:
        not_applicable("no SSH server listens on this host")
    doors = [f"{server.name} for {', '.join(server.password_doors)}" for server in host.sshd.servers if server.password_doors]
    doors += [f"what answers a stranger: {way}" for way in seen.open]
    if not doors:
        host.sshd.be_sure()
        if seen.unclear:
            cannot_tell("; ".join(seen.unclear))
    assert not doors, f"passwords are accepted by {'; '.join(doors)}"


@recommendation("ssh-root-login")
def test_root_does_not_log_in_directly(host, required):
    if not host.sshd.servers:
        not_applicable("no SSH server listens on this host")
    doors = host.sshd.root_doors(required.root_login, required.root_login_networks, host.accounts.roots)
    if not doors:
        host.sshd.be_sure()
        host.accounts.be_sure()
    assert not doors, f"root can log in: {'; '.join(doors)}"


@recommendation("ssh-keys-strong")
def test_no_weak_key_opens_an_account(host, required):
    if not host.sshd.servers:
        not_applicable("no SSH server listens on this host")
    weak = host.sshd.authorised.weak(required.ssh_key_types, required.ssh_rsa_bits)
    if not weak:
        host.sshd.be_sure_of_authorised()
        if hidden := host.sshd.authorised.takes_unseen(required.ssh_key_types, required.ssh_rsa_bits):
            cannot_tell("; ".join(hidden))
    assert not weak, f"weak keys are authorised: {'; '.join(weak)}"


@recommendation("ssh-keys-personal")
def test_each_key_belongs_to_one_person(host, required):
    if not host.sshd.servers:
        not_applicable("no SSH server listens on this host")
    shared = host.sshd.authorised.shared(required.shared_ssh_keys)
    if not shared:
        host.sshd.be_sure_of_authorised()
        if commands := host.sshd.authorised.commands:
            cannot_tell(f"keys come from a command, and whose they are is not seen: {'; '.join(commands)}")
    assert not shared, f"several people have the same key: {'; '.join(shared)}"


@recommendation("ssh-no-private-keys")
def test_no_private_key_lies_on_the_host(host, required):
    found = host.sshd.private_keys
    keys = found.for_ssh(required.private_keys_allowed)
    if not keys and (doubts := found.unseen + found.perhaps_for_ssh(required.private_keys_allowed)):
        cannot_tell(f"there may be private SSH keys: {'; '.join(doubts)}")
    assert not keys, f"private SSH keys lie here: {', '.join(keys)}"

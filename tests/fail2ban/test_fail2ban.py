from __future__ import annotations

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("fail2ban-installed")
def test_fail2ban_is_installed(host, required):
    guards = required.brute_force_guards
    assert host.fail2ban.installed(guards), f"{' or '.join(guards)} is not installed"


@recommendation("fail2ban-protects-ssh")
def test_fail2ban_bans_who_guesses_at_ssh(host, required):
    if not host.sshd.servers:
        not_applicable("no SSH server listens on this host")
    server = host.fail2ban.server
    if server.stopped and (others := set(host.fail2ban.installed(required.brute_force_guards)) - {"fail2ban"}):
        cannot_tell(f"{' and '.join(others)} is here in fail2ban's place, and what it guards is not read")
    assert not server.stopped, f"no fail2ban runs: {server.stopped}"

    faults = [f"{silent} does not log failed log-ins" for silent in host.sshd.silent_servers]
    if not server.at_boot:
        faults.append(f"fail2ban does not start with the host ({server.unit or 'no unit runs it'})")
    faults += jail_faults(host, required)
    if not faults:
        host.fail2ban.be_sure()
    assert not faults, "; ".join(faults)


def jail_faults(host, required):
    """Why the jails that watch SSH would let somebody guess on; one sound jail for each port is enough."""
    jails = host.fail2ban.ssh_jails
    if not jails:
        running = ", ".join(jail.name for jail in host.fail2ban.server.jails) or "none"
        return [f"no jail counts what {host.fail2ban.logging_program} logs about failed log-ins (jails: {running})"]
    weak = {jail.name: list(weaknesses(jail, host, required)) for jail in jails}
    sound = [jail for jail in jails if not weak[jail.name]]
    if not sound:
        return [f"jail {name}: {', '.join(found)}" for name, found in weak.items()]
    ports = [port for port in host.sshd.reachable_ports if not any(jail.blocks(port) for jail in sound)]
    return [f"no jail keeps anybody away from port {port}, where SSH listens" for port in ports]


def weaknesses(jail, host, required):
    message = host.fail2ban.newest_message
    if jail.idle:
        yield "is idle"
    if message and not jail.receives(message):
        yield f"does not get what {message.program} logs: it reads {jail.source}"
    for family in ("IPv4", "IPv6"):
        if (host.fail2ban.logging_program, family) not in jail.recognises:
            yield f"does not count failed log-ins from {family} addresses"
    if 0 <= jail.ban_seconds < required.fail2ban_min_seconds:  # negative is for ever
        yield f"bans for {jail.ban_seconds} seconds (at least {required.fail2ban_min_seconds} are asked for)"
    if jail.find_seconds < required.fail2ban_min_seconds:
        yield f"forgets failures after {jail.find_seconds} seconds (at least {required.fail2ban_min_seconds} are asked for)"
    if jail.max_retry > required.fail2ban_max_retry:
        yield f"waits for {jail.max_retry} failures (at most {required.fail2ban_max_retry} are allowed)"
    if jail.spares:
        yield f"spares everybody from {' and '.join(jail.spares)}"
    if not jail.blocking:
        yield ", ".join(action.obstacle for action in jail.actions) or "has no action"

"""Does the machine run a mail server?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation


@recommendation("no-mail-server")
def test_there_is_no_mail_server(host, required):
    seen = host.exposure.mail_servers()
    listeners = host.listeners.of("mail")
    if required.mail_server == "loopback":
        found = [str(listener) for listener in listeners if not listener.socket.loopback]
    else:
        packages = [f"the package {name}" for name in host.packages.of("mail")]
        processes = [f"the process {process.title}" for process in host.processes.of("mail")]
        found = packages + processes + [str(listener) for listener in listeners]
    found += seen.open
    if seen.unclear and not found:
        cannot_tell("; ".join(seen.unclear))
    assert not found, f"there is a mail server: {', '.join(dict.fromkeys(found))}"

"""What the lab tells the rest of the world: an Ansible inventory, an ssh configuration and the hosts' ssh keys."""

from __future__ import annotations

import json
from pathlib import Path

import network
from hosts import Host
from roots import KEY
from state import LAB, STATE

INVENTORY = LAB.parent / "inventories" / "lab.yml"
SSH_CONFIG = STATE / "ssh_config"
KNOWN_HOSTS = STATE / "known_hosts"


def write(hosts: list[Host]) -> None:
    """Describes these hosts; with none, the inventory goes away."""
    if not hosts:
        INVENTORY.unlink(missing_ok=True)
        return
    _replace(KNOWN_HOSTS, "".join(_known_host(host) for host in hosts))
    _replace(SSH_CONFIG, "".join(_ssh_host(host) for host in hosts) + _SSH_ANY_HOST)
    INVENTORY.parent.mkdir(exist_ok=True)
    # JSON is YAML: quoting cannot go wrong.
    lines = [f"    {host.name}: {json.dumps(_variables(host))}\n" for host in hosts]
    _replace(INVENTORY, "# Written by lab/lab; `lab/lab down` removes it.\nall:\n  hosts:\n" + "".join(lines))


def _variables(host: Host) -> dict[str, str | list[str]]:
    variables: dict[str, str | list[str]] = {
        "ansible_host": network.addresses(host.number)[0],
        "ansible_user": "root",
        "ansible_ssh_private_key_file": str(KEY),
        "hostproof_known_hosts": str(KNOWN_HOSTS),
    }
    if any(Path(layer, "srv/repositories").is_dir() for layer in host.layers):  # what stands in for the distribution's mirrors
        variables["hostproof_trusted_package_sources"] = ["file:/srv/repositories/*"]
    return variables | ({"hostproof_profile": host.profile} if host.profile else {})


_SSH_ANY_HOST = f"""Host *
    IdentityFile {KEY}
    IdentitiesOnly yes
    UserKnownHostsFile {KNOWN_HOSTS}
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking yes
"""


def _ssh_host(host: Host) -> str:
    return f"Host {host.name}\n    HostName {network.addresses(host.number)[0]}\n    User root\n"


def _known_host(host: Host) -> str:
    names = ",".join((host.name, *network.addresses(host.number)))
    # As they were when it was made: the host itself may have been spoilt since.
    keys = sorted(key for layer in host.layers for key in Path(layer, "etc/ssh").glob("ssh_host_*_key.pub"))
    return "".join(f"{names} {' '.join(key.read_text().split()[:2])}\n" for key in keys)


def _replace(file: Path, text: str) -> None:
    draft = file.with_name(file.name + ".new")
    draft.write_text(text)
    draft.rename(file)

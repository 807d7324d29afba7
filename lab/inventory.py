"""What the lab tells the rest of the world: an Ansible inventory, an ssh configuration and the hosts' ssh keys."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import authority
import network
import roots
from hosts import Host
from roots import KEY, PLAINS_KEY
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


def _variables(host: Host) -> dict[str, object]:
    variables: dict[str, object] = {
        "ansible_host": network.addresses(host.number)[0],
        "hostproof_addresses": list(network.addresses(host.number)),
        "ansible_user": "root",
        "ansible_ssh_private_key_file": str(KEY),
        "hostproof_known_hosts": str(KNOWN_HOSTS),
        "hostproof_certificate_authorities": [str(authority.CERTIFICATE)],
    }
    if any(Path(layer, "srv/repositories").is_dir() for layer in host.layers):  # what stands in for the distribution's mirrors
        variables["hostproof_trusted_package_sources"] = ["file:/srv/repositories/*"]
    return variables | _golden(host) | ({"hostproof_profile": host.profile} if host.profile else {})


def _golden(host: Host) -> dict[str, object]:
    """What people state of a golden host, as golden/<profile>.inventory.json says. It does not grow old: see _today."""
    profile = host.profile or roots.DEFAULT_PROFILE
    variables: dict[str, object] = {}
    for name in roots.steps_to(profile) if profile in roots.profiles() else []:  # another checkout may have others
        file = LAB / "golden" / f"{name}.inventory.json"
        if file.exists():
            variables |= json.loads(_today(file.read_text()).replace("RELEASE", _release(host)))
    return variables


def _today(text: str) -> str:
    """`text` with days in the place of TODAY, TODAY-30 and TODAY+30."""
    today = datetime.now(UTC).date()
    return re.sub(r"TODAY([+-]\d+)?", lambda found: str(today + timedelta(days=int(found[1] or 0))), text)


def _release(host: Host) -> str:
    """Such as "ubuntu 22.04", of the os-release that the host was born with."""
    file = next(f for f in (Path(layer, "usr/lib/os-release") for layer in host.layers) if f.exists())
    facts = dict(re.findall(r'^(ID|VERSION_ID)="?([^"\n]*)"?$', file.read_text(), re.MULTILINE))
    return f"{facts['ID']} {facts['VERSION_ID']}"


_SSH_ANY_HOST = f"""Host *
    IdentityFile {KEY}
    IdentityFile {PLAINS_KEY}
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

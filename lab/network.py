"""The lab's networks: one namespace with a bridge and a router, one outside vantage, one namespace per host.

    this machine ---- 10.99.0.1, fd99::1 -----+
    host web -------- 10.99.0.10, fd99::10 ---+-- bridge (router: .254) --- 198.51.100.2, 2001:db8:99::2 -- outside
    host db --------- 10.99.0.11, fd99::11 ---+
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from state import LabError, run, succeeds

ROUTER, OUTSIDE, UPLINK = "hp-lab", "hp-lab-outside", "hp-lab0"
FIRST_HOST, LAST_HOST = 10, 250
OUTSIDE_ADDRESSES = ("198.51.100.2", "2001:db8:99::2")
GATEWAY = ("10.99.0.254", "fd99::254")
# A bridge has the lowest hardware address of its ports unless it is given one: then hosts that come and go would change it, and
# the others would talk to nobody until they notice.
GATEWAY_HARDWARE = "02:00:0a:63:00:fe"
# Who asks for what does not exist, such as a name server, is told so every time and at once.
SYSCTLS = {"ipv4/ip_forward": 1, "ipv6/conf/all/forwarding": 1, "ipv4/icmp_ratelimit": 0, "ipv6/icmp/ratelimit": 0}


def host_namespace(name: str) -> str:
    return f"hp-lab-host-{name}"


def addresses(number: int) -> tuple[str, str]:
    """IPv4 and IPv6 address of the host with that number; the digits are the same in both."""
    return f"10.99.0.{number}", f"fd99::{number}"


def is_up() -> bool:
    """Whether `build` has come to its end."""
    return OUTSIDE in namespaces() and succeeds("ip", "-n", OUTSIDE, "-6", "route", "get", "fd99::1")


def namespaces() -> list[str]:
    """The lab's namespaces that stand now."""
    names = [line.split()[0] for line in run("ip", "netns", "list").splitlines() if line]
    return [name for name in names if name == ROUTER or name.startswith(f"{ROUTER}-")]


def build() -> None:
    """Bridge, router and outside vantage, unless they stand already."""
    if is_up():
        return
    remove()
    for name in (ROUTER, OUTSIDE):
        _add_namespace(name)
    _batch(ROUTER, [f"link add br0 address {GATEWAY_HARDWARE} type bridge forward_delay 0 stp_state 0",
                    *_addressed("br0", *_with_length(GATEWAY))])
    settings = "; ".join(f"echo {value} >/proc/sys/net/{name}" for name, value in SYSCTLS.items())
    run("ip", "netns", "exec", ROUTER, "sh", "-ec", settings)
    run("ip", "link", "add", UPLINK, "type", "veth", "peer", "name", "machine", "netns", ROUTER)
    _batch(ROUTER, ["link set machine master br0 up"])
    _batch(None, [*_addressed(UPLINK, "10.99.0.1/24", "fd99::1/64"),
                  f"route add 198.51.100.0/24 via {GATEWAY[0]} dev {UPLINK}",
                  f"route add 2001:db8:99::/64 via {GATEWAY[1]} dev {UPLINK}"])
    run("ip", "-n", OUTSIDE, "link", "add", "eth0", "type", "veth", "peer", "name", "outside", "netns", ROUTER)
    _batch(ROUTER, _addressed("outside", "198.51.100.254/24", "2001:db8:99::fe/64"))
    _batch(OUTSIDE, [*_addressed("eth0", *_with_length(OUTSIDE_ADDRESSES)),
                     *_routed("198.51.100.254", "2001:db8:99::fe")])


def attach(name: str, number: int) -> str:
    """A fresh namespace for the host, wired to the bridge. Its name."""
    namespace = host_namespace(name)
    if namespace in namespaces():
        run("ip", "netns", "delete", namespace)
    _add_namespace(namespace)
    port = f"host{number}"
    _delete_port(port)
    # Always the same hardware address: others remember it over a reset.
    hardware = f"02:00:0a:63:00:{number:02x}"
    run("ip", "-n", namespace, "link", "add", "eth0", "address", hardware,
        "type", "veth", "peer", "name", port, "netns", ROUTER)
    _batch(ROUTER, [f"link set {port} master br0 up"])
    _batch(namespace, [*_addressed("eth0", *_with_length(addresses(number))), *_routed(*GATEWAY)])
    return namespace


def detach(name: str) -> None:
    if host_namespace(name) in namespaces():
        run("ip", "netns", "delete", host_namespace(name))


def remove() -> None:
    """Takes away every namespace of the lab and, with them, every link."""
    for name in namespaces():
        run("ip", "netns", "delete", name)
    if succeeds("ip", "link", "show", UPLINK):
        run("ip", "link", "delete", UPLINK)


def check_name(name: str) -> None:
    """A host's name ends up in file, namespace and host names."""
    if not re.fullmatch(r"[a-z]([a-z0-9-]{0,30}[a-z0-9])?", name):
        raise LabError(f"{name!r} is no host name: use up to 32 small letters, digits and hyphens, a letter first")


def _add_namespace(name: str) -> None:
    run("ip", "netns", "add", name)
    _batch(name, ["link set lo up"])


def _delete_port(port: str) -> None:
    """Take the port away. The kernel does it too, when it gets round to it, for a namespace that is deleted."""
    if not succeeds("ip", "-n", ROUTER, "link", "delete", port) and succeeds("ip", "-n", ROUTER, "link", "show", port):
        raise LabError(f"the port {port} of an earlier host cannot be deleted")


def _addressed(link: str, ipv4: str, ipv6: str) -> list[str]:
    """Commands that bring a link up; without duplicate address detection, which takes a second."""
    return [f"link set {link} up", f"address add {ipv4} dev {link}", f"address add {ipv6} dev {link} nodad"]


def _routed(ipv4: str, ipv6: str) -> list[str]:
    return [f"route add default via {ipv4}", f"-6 route add default via {ipv6}"]


def _with_length(pair: tuple[str, str]) -> tuple[str, str]:
    return f"{pair[0]}/24", f"{pair[1]}/64"


def _batch(namespace: str | None, commands: Iterable[str]) -> None:
    for command in commands:
        run("ip", *(["-n", namespace] if namespace else []), *command.split())

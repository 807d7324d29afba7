"""nmap's XML, read into views: nothing is believed that is not written there for that very port of that very address.

python-nmap's parser reads the ports that nmap lists one by one. It passes over those that nmap sums up in one line
(`extraports`), most of any host, and over hosts that were given up; these are read beside it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import nmap

from hostproof.errors import CannotTell
from hostproof.outside.ports import Family, Protocol, parsed, ranges
from hostproof.outside.view import WAYS, View
from hostproof.services import answering_as
from hostproof.text import one_line

LONGEST_PRODUCT = 80  # characters of what nmap calls the program
LIFE = {"open", "closed"}  # states that the address itself must have caused


class Recognised(NamedTuple):
    """A service by what it answers. service: its id in data/well_known_services.yml, or empty. said: nmap's words, or empty."""

    service: str
    said: str
    http: bool


def views(xml: bytes, family: Family, protocol: Protocol, addresses: Iterable[str], asked: frozenset[int]) -> list[View]:
    """A view for each of the addresses, in order. Raises CannotTell when the whole is not nmap's answer."""
    listed, hosts, how = _read(xml, protocol)
    return [_view(listed, hosts, how, family, protocol, address, asked) for address in addresses]


def answering(xml: bytes) -> set[str]:
    """The addresses that answered a run of nmap which only looks who is there. Raises CannotTell."""
    _, hosts, _ = _read(xml, "tcp")
    return {address for address, host in hosts.items() if _attribute(host, "status", "state") == "up"}


def recognised(xml: bytes) -> dict[str, dict[int, Recognised]]:
    """What nmap recognised at open TCP ports, by address and port; nothing of addresses that took too long. Raises CannotTell."""
    _, hosts, _ = _read(xml, "tcp")
    return {address: _services(host) for address, host in hosts.items() if host.get("timedout") != "true"}


def looking_up_names(xml: bytes) -> set[str]:
    """The addresses of which nmap's script dns-recursion says that they look up names. Raises CannotTell."""
    _, hosts, _ = _read(xml, "udp")
    return {address for address, host in hosts.items() if host.find("ports/port/script[@id='dns-recursion']") is not None}


def ports_scanned(xml: bytes) -> frozenset[int]:
    """The ports that a run of nmap was about. Raises CannotTell."""
    try:
        scan = ET.fromstring(xml).find("scaninfo")  # noqa: S314 # expat of today bounds what entities make of it
        return parsed("" if scan is None else scan.get("services", ""))
    except (ET.ParseError, ValueError):
        raise CannotTell("nmap does not say which ports it finds open most often") from None


def _read(xml: bytes, protocol: Protocol) -> tuple[dict[str, Any], dict[str, ET.Element], str]:
    """What python-nmap makes of it, the hosts' elements by address, and how nmap asked."""
    try:
        root = ET.fromstring(xml)  # noqa: S314 # as above
    except ET.ParseError:
        raise CannotTell("nmap ended before it had said all") from None
    if _attribute(root, "runstats/finished", "exit") != "success":
        raise CannotTell(f"nmap gave up: {one_line(_attribute(root, 'runstats/finished', 'errormsg')) or 'it does not say why'}")
    parser = nmap.PortScanner.__new__(nmap.PortScanner)  # its __init__ starts nmap here, where there may be none
    try:
        scanned = parser.analyse_nmap_xml_scan(xml.decode("utf-8", errors="replace"))["scan"]
    except Exception as error:  # a parser that stumbles has not understood it
        raise CannotTell(f"cannot read nmap's answer: {error!r}"[:200]) from error
    hosts = {_attribute(host, "address", "addr"): host for host in root.iter("host")}
    for target in root.iter("target"):
        hosts.setdefault(target.get("specification", ""), target)
    scan = next((info for info in root.iter("scaninfo") if info.get("protocol") == protocol), None)
    how = "" if scan is None else scan.get("type", "")
    return scanned, hosts, how if how in WAYS else ""


def _services(host: ET.Element) -> dict[int, Recognised]:
    found = {}
    for port in host.iterfind("ports/port"):
        number = port.get("portid", "")
        if not number.isdecimal() or _attribute(port, "state", "state") != "open":
            continue
        service = port.find("service")
        if service is None or service.get("method") != "probed":  # a guess by the port's number
            found[int(number)] = Recognised("", "", False)
            continue
        name, product = one_line(service.get("name", ""), 40), one_line(service.get("product", ""), LONGEST_PRODUCT)
        known = answering_as(name, product)
        said = ("ssl/" if service.get("tunnel") == "ssl" else "") + f"{name} {product}".strip()
        found[int(number)] = Recognised(known.id if known else "", said, name.startswith("http"))
    return found


def _view(
    listed: dict[str, Any],
    hosts: dict[str, ET.Element],
    how: str,
    family: Family,
    protocol: Protocol,
    address: str,
    asked: frozenset[int],
) -> View:
    host = hosts.get(address)
    if host is None or host.tag == "target":
        return View(family, protocol, address, error=f"no way leads from there to {address} (no route, or nobody at that address)")
    if host.get("timedout") == "true":
        return View(family, protocol, address, error=f"{address} took nmap longer than it may")
    states: dict[str, set[int]] = defaultdict(set)
    reasons: set[str] = set()
    services = {}
    for port, found in listed.get(address, {}).get(protocol, {}).items():
        states[found["state"]].add(port)
        reasons.add(found["reason"])
        if found["state"] == "open":
            services[port] = one_line(found["name"] or "", 40)
    try:
        for extra in host.iterfind("ports/extraports"):
            for told in extra.iterfind("extrareasons"):
                states[extra.get("state", "")] |= parsed(told.get("ports", ""))
                reasons.add(told.get("reason", ""))
    except ValueError:
        return View(family, protocol, address, error=f"nmap's answer about {address} cannot be read")
    return _checked(family, protocol, address, how, states, reasons, services, asked)


def _checked(
    family: Family,
    protocol: Protocol,
    address: str,
    how: str,
    states: dict[str, set[int]],
    reasons: set[str],
    services: dict[int, str],
    asked: frozenset[int],
) -> View:
    missing = asked - frozenset().union(*states.values())
    if missing:
        return View(family, protocol, address, error=f"nmap says nothing about {len(missing)} of {len(asked)} ports of {address}")
    if reasons and reasons <= {"no-route", "net-unreach", "host-unreach", "addr-unreach"}:
        return View(family, protocol, address, error=f"no way leads from there to {address} ({', '.join(sorted(reasons))})")
    kept = {state: ranges(ports & asked) for state, ports in sorted(states.items()) if ports & asked}
    return View(family, protocol, address, how, kept, services, alive=not LIFE.isdisjoint(states))


def _attribute(element: ET.Element, path: str, name: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get(name, "")

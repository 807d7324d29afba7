"""Is what the web servers say encrypted, and by whom are they vouched for?"""

from __future__ import annotations

from datetime import UTC, datetime

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("web-offers-https")
def test_the_web_server_offers_https(host, required):
    if not host.web.servers:
        not_applicable("no web server is open to everybody")
    sites = host.web.sites(required.web_names, required.certificate_authorities)
    faults = [f"{site} offers no HTTPS" for site in sites if not site.secured and not site.unclear]
    faults += [fault for site in sites for secured in site.secured for fault in weaknesses(secured, required)]
    unclear = [reason for site in sites for reason in site.unclear]
    unclear += [reason for site in sites for secured in site.secured for reason in secured.offer.unclear]
    if not required.web_names:
        unclear.append("whether the certificates are for the right names: declare them in the inventory, as hostproof_web_names")
    if unclear and not faults:
        cannot_tell(f"not seen: {'; '.join(dict.fromkeys(unclear))}")
    assert not faults, "; ".join(dict.fromkeys(faults))


def weaknesses(secured, required):
    certificate, broken = secured.offer.certificate, secured.offer.broken
    if certificate and certificate.fault:
        yield f"{secured}: {certificate.fault}"
    elif certificate and (left := certificate.days_left(datetime.now(UTC))) < required.certificate_days_left:
        yield f"{secured}: the certificate is valid for {left} more days (at least {required.certificate_days_left} are required)"
    if broken:
        yield f"{secured.place} still speaks {' and '.join(broken)}"


@recommendation("http-only-redirects")
def test_plain_http_only_redirects(host, required):
    if not host.web.servers:
        not_applicable("no web server is open to everybody")
    pages, unclear = host.web.plain_pages(required.web_names, required.web_paths)
    unclear += [page.trouble for page in pages if page.trouble]
    faults = [page.fault for page in pages if page.fault]
    if unclear and not faults:
        cannot_tell("; ".join(dict.fromkeys(unclear)))
    assert not faults, "; ".join(faults)

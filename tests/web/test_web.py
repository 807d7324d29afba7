"""Is what the web servers say encrypted, and by whom are they vouched for?"""

from __future__ import annotations

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("web-offers-https")
def test_the_web_server_offers_https(host, required):
    if not host.web.serves_everybody:
        not_applicable("no web server is open to everybody")
    sites = host.web.sites(required.web_names, required.certificate_authorities)
    offers = [offer for site in sites for offer in site.secured]
    faults = [f"{site} offers no HTTPS" for site in sites if not site.secured and not site.unclear]
    faults += [fault for offer in offers for fault in offer.faults(required.certificate_days_left)]
    unclear = [reason for seen in (*sites, *offers) for reason in seen.unclear]
    if not required.web_names:
        unclear.append("whether the certificates are for the right names: declare them in the inventory, as hostproof_web_names")
    if unclear and not faults:
        cannot_tell(f"not seen: {'; '.join(dict.fromkeys(unclear))}")
    assert not faults, "; ".join(dict.fromkeys(faults))


@recommendation("http-only-redirects")
def test_plain_http_only_redirects(host, required):
    if not host.web.serves_everybody:
        not_applicable("no web server is open to everybody")
    pages, unclear = host.web.plain_pages(required.web_names, required.web_paths)
    unclear += [page.trouble for page in pages if page.trouble]
    faults = [page.fault for page in pages if page.fault]
    if unclear and not faults:
        cannot_tell("; ".join(dict.fromkeys(unclear)))
    assert not faults, "; ".join(faults)

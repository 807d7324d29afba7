"""Is what the machine sends over the network encrypted?"""

from __future__ import annotations

from hostproof import cannot_tell, not_applicable, recommendation


@recommendation("no-clear-text-service")
def test_no_service_talks_without_encryption(host, required):
    talks = host.encryption.talks()
    clear = [str(talk) for talk in talks if talk.encrypted == "no"]
    unclear = [str(talk) for talk in talks if talk.encrypted == "perhaps"]
    if unclear and not clear:
        cannot_tell(f"whether they encrypt: {'; '.join(unclear)}")
    assert not clear, f"without encryption: {'; '.join(clear)}"


@recommendation("tls-services-trusted")
def test_services_that_encrypt_can_be_trusted(host, required):
    offers = host.encryption.offers(required.tls_names, required.certificate_authorities)
    if not offers.known and not offers.unclear:
        not_applicable("no service but public web sites speaks TLS beyond the host")
    faults = [fault for offer in offers.known for fault in offer.faults(required.certificate_days_left)]
    unclear = offers.unclear + [reason for offer in offers.known for reason in offer.unclear]
    if offers.known and not required.tls_names:
        unclear.append("whether the certificates are for the right names: declare them in the inventory, as hostproof_tls_names")
    if unclear and not faults:
        cannot_tell(f"not seen: {'; '.join(dict.fromkeys(unclear))}")
    assert not faults, "; ".join(dict.fromkeys(faults))

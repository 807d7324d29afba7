"""Is what the machine sends over the network encrypted?"""

from __future__ import annotations

from hostproof import cannot_tell, recommendation


@recommendation("no-clear-text-service")
def test_no_service_talks_without_encryption(host, required):
    talks = host.encryption.talks()
    clear = [str(talk) for talk in talks if talk.encrypted == "no"]
    unclear = [str(talk) for talk in talks if talk.encrypted == "perhaps"]
    if unclear and not clear:
        cannot_tell(f"whether they encrypt: {'; '.join(unclear)}")
    assert not clear, f"without encryption: {'; '.join(clear)}"

"""The lab's certificate authority: hosts make certificates with it (inside/every/certificate), and the inventory names it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from state import CACHE, lock, run

CERTIFICATE = CACHE / "authority" / "authority.pem"
PRIVATE_KEY = CACHE / "authority" / "authority.key"
CREATE = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256", "-days", "3650", "-subj", "/CN=Lab authority")


def files() -> tuple[Path, Path]:
    """The authority's certificate and its key, made when missing. A host may have both: nobody but the lab trusts them."""
    with lock(CACHE / "locks" / "authority"):
        if not CERTIFICATE.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as folder:
                made = Path(folder, "made")
                made.mkdir()
                run(*CREATE, "-keyout", made / PRIVATE_KEY.name, "-out", made / CERTIFICATE.name)
                made.rename(CERTIFICATE.parent)
    return CERTIFICATE, PRIVATE_KEY

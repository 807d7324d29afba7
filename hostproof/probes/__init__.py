"""What can be read on a host: one file (or folder) per subject, found by its name.

The file `sshd.py` holds the class `Sshd`, and a test reaches it as `host.sshd`; `package_sources.py` holds `PackageSources`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from hostproof.probes.probe import Probe

_MACHINERY = {"probe"}


@cache
def names() -> frozenset[str]:
    """The subjects that can be probed."""
    return frozenset(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")) - _MACHINERY


@cache
def probe_class(name: str) -> type[Probe]:
    """The probe of the subject `name`, one of `names()`."""
    module = importlib.import_module(f"{__name__}.{name}")
    found: type[Probe] = getattr(module, "".join(part.capitalize() for part in name.split("_")))
    return found

"""YAML of the repository itself: catalogue, profiles, data. What others write, such as inventories, is read with more care."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast


def parse(text: str) -> Any:
    """The data in `text`. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders

"""group_vars/ and host_vars/ beside an inventory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hostproof.errors import UsageError
from hostproof.inventory.documents import file_shown, files_under, names_in, parse, read_text
from hostproof.inventory.groups import Inventory

LARGEST_SUM = 128 * 1024 * 1024  # characters of all variable files of an inventory
SUFFIXES = ("", ".yml", ".yaml", ".json")


def read_vars_files(folder: Path, inventory: Inventory) -> None:
    """Add the variables of `folder`/group_vars and `folder`/host_vars to the groups and hosts that `inventory` has.

    Raises UsageError, or NeedsAnsible when something in them is encrypted.
    """
    size = 0
    for entities, place in ((inventory.groups, folder / "group_vars"), (inventory.hosts, folder / "host_vars")):
        present = set(names_in(place)) if os.path.isdir(place) else set()
        for name, entity in entities.items() if present else ():
            # Only the first of these that is there counts: web, web.yml, web.yaml, web.json.
            first = next((name + suffix for suffix in SUFFIXES if name + suffix in present), None)
            for file in _files(place / first) if first else ():
                where = file_shown(file)
                text = read_text(file)
                size += len(text)
                if size > LARGEST_SUM:
                    raise UsageError(f"{where}: with it, the variable files come to more than {LARGEST_SUM >> 20} MiB")
                data = parse(text, where)
                if data and not isinstance(data, dict):
                    raise UsageError(f"{where}: expected `name: value` entries")
                inventory.add_file_variables(entity, data or {}, where)


def _files(path: Path) -> Iterator[Path]:
    return files_under(path, _may_hold_variables) if os.path.isdir(path) else iter([path])


def _may_hold_variables(entry: Path) -> bool:
    suffix = os.path.splitext(entry.name)[1]
    if entry.name.startswith(".") or entry.name.endswith("~"):
        return False
    return not suffix if os.path.isdir(entry) else suffix in SUFFIXES

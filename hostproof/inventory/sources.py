"""Finding an inventory and choosing who reads it: a file, a folder of files, or Ansible itself."""

from __future__ import annotations

import os
import re
from pathlib import Path

from hostproof.errors import UsageError
from hostproof.inventory import naming
from hostproof.inventory.ansible import is_listing, read_listing, run_ansible_inventory
from hostproof.inventory.documents import NeedsAnsible, file_shown, files_under, is_program, parse, read_text
from hostproof.inventory.groups import Inventory
from hostproof.inventory.layouts import read_ini, read_yaml
from hostproof.inventory.vars_files import read_vars_files

SUFFIXES = (".yml", ".yaml", ".ini", ".json")
_NAME = re.compile(r"\w[\w.-]*")
_YAML_SUFFIXES = (".yml", ".yaml", ".json")
# What Ansible passes over in a folder.
_NO_INVENTORY = re.compile(
    r"^\.|^(?:group_vars|host_vars|vars_plugins)$|\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry)$|~$"
)


def find(word: str, folder: Path) -> Path | None:
    """The inventory that `word` means: a path, or NAME for `folder`/inventories/NAME, with or without its suffix.

    None when it can only be a host's name: a path has a slash or a suffix, else hosts could not be called as any file
    of the working directory. Raises UsageError when nothing is at the path, or when a NAME fits several files.
    """
    looks_like_path = "/" in word or word.endswith(SUFFIXES)
    if looks_like_path:
        path = Path(os.path.expanduser(word))
        for place in (path, folder / path):
            if os.path.exists(place):
                return place
    if _NAME.fullmatch(word):
        named = [folder / "inventories" / (word + suffix) for suffix in (*SUFFIXES, "")]
        named = [place for place in named if os.path.exists(place)]
        if len(named) > 1:
            choices = " or ".join(f"inventories/{place.name}" for place in named)
            raise UsageError(f"{naming.shown(word)} could be {choices}: give the file name")
        if named:
            return named[0]
    if looks_like_path:
        raise UsageError(f"{file_shown(Path(word))}: no such inventory file")
    return None


def load(path: Path | None) -> Inventory:
    """The settled inventory of a file or folder; None is Ansible's own default inventory. Raises UsageError."""
    where = file_shown(path) if path else "the default inventory of Ansible"
    inventory = Inventory(where)
    try:
        if path is None:
            raise NeedsAnsible("it")
        is_folder = os.path.isdir(path)
        wants_vars_files = False
        for file in files_under(path, _may_be_inventory) if is_folder else [path]:
            wants_vars_files |= _read(file, inventory)
        if wants_vars_files:
            read_vars_files(path if is_folder else path.parent, inventory)
    except NeedsAnsible as why:
        inventory = Inventory(where)
        read_listing(run_ansible_inventory(path, str(why), where), inventory, where)
    inventory.settle()
    return inventory


def _may_be_inventory(entry: Path) -> bool:
    return _NO_INVENTORY.search(entry.name) is None


def _read(file: Path, inventory: Inventory) -> bool:
    """Read one file; False when it already holds what group_vars/ and host_vars/ say. Raises NeedsAnsible."""
    where = file_shown(file)
    if is_program(file):
        raise NeedsAnsible("an inventory script")
    if file.suffix == ".toml":
        raise NeedsAnsible("a TOML inventory")
    text = read_text(file)
    if file.suffix not in _YAML_SUFFIXES and (file.suffix or not _looks_like_yaml(text)):
        read_ini(text, inventory, where)
        return True
    data = parse(text, where)
    if isinstance(data, dict) and data.get("plugin"):
        raise NeedsAnsible("a plugin's inventory")
    if is_listing(data):
        read_listing(data, inventory, where)
        return False
    read_yaml(data, inventory, where)
    return True


def _looks_like_yaml(text: str) -> bool:
    """For files without a suffix: does the first line that says something begin a mapping?"""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith(("#", ";")):
            return re.match(r"---|\{|[^\s\[=]+:(\s|$)", line) is not None
    return False

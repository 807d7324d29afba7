"""Step 1: from `--hosts` and inventory files to host descriptions.

    hostspec      what one word of --hosts means
    sources       a file, folder or plugin -> groups, by way of documents, layouts, ranges, vars_files, ansible
    groups        hosts, groups and variables, with Ansible's precedence
    patterns      Ansible's pattern language (ansible://PATTERN, --limit)
    connecting    a host's variables -> its description; withheld keeps secrets out
    selection     all of it together: hosts_from

Inventories are not trusted: names, addresses and users are held to a safe alphabet, nothing is executed that is not
an inventory plugin or script the user named, and sizes are bounded.
"""

from __future__ import annotations

from hostproof.inventory.description import HostDescription
from hostproof.inventory.selection import Selection, hosts_from

__all__ = ["HostDescription", "Selection", "hosts_from"]

"""Everything that can go wrong, and what it does to a run.

    HostproofError              one line a person can act on
    ├── UsageError              the call or a file is wrong        -> exit status 4
    ├── Unreachable             no session with the host           -> all its recommendations unknown
    ├── CannotTell              evidence is missing                -> this recommendation unknown
    └── NotApplicable           the question does not arise here   -> this recommendation not_applicable
"""

from __future__ import annotations


class HostproofError(Exception):
    """Root of the tree; its text is the one line that is shown."""


class UsageError(HostproofError):
    """The user has to change the command line or a file."""


class Unreachable(HostproofError):
    """No shell could be opened on the host, or `sudo` refused it."""


class CannotTell(HostproofError):
    """The evidence that a verdict needs could not be had; the text says why."""


class NotApplicable(HostproofError):
    """The recommendation asks about something that this host does not have."""

"""Whom PAM turns away, by what pam_unix makes of the fields of shadow."""

from __future__ import annotations

import pytest

from hostproof.connection.answer import Answer
from hostproof.probes.schedule.expiry import read_ages

TODAY = 20_784
CLOCK = f"clock|{TODAY * 86400 + 3600}\n"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (f"{TODAY - 91}|90|", "its password expired on 2026-11-26"),
        (f"{TODAY - 90}|90|", ""),  # the last day
        ("0||", "it has to choose a new password before anything else"),
        (f"{TODAY - 1}|90|{TODAY}", "the account expired on 2026-11-27"),
        (f"{TODAY - 1}|90|{TODAY + 1}", ""),
        (f"{TODAY + 400}|90|", ""),  # changed in the future: pam_unix lets it pass
        ("|90|", ""),  # nobody knows when it was changed
        (f"{TODAY - 91}|-1|", ""),
    ],
)
def test_why_an_account_is_turned_away(row, why):
    assert read_ages(Answer("", 0, f"{CLOCK}age|root|{row}\n")).expired.get("root", "") == why


@pytest.mark.parametrize(
    ("line", "waved"),
    [
        ("account  sufficient  pam_permit.so", True),
        ("account [success=done default=ignore] pam_rootok.so", True),
        ("account required pam_access.so", False),
        ("account include password-auth", False),
    ],
)
def test_a_stack_that_never_asks(line, waved):
    ages = read_ages(Answer("", 0, f"{CLOCK}pam|/etc/pam.d/crond|{line}\n"))

    assert ages.unasked == ({"/etc/pam.d/crond"} if waved else set())

"""Has the system been hardened by a guide, and are the gaps known?"""

from __future__ import annotations

from fnmatch import fnmatchcase

from hostproof import recommendation


@recommendation("hardening-guide-chosen")
def test_a_guide_is_chosen_that_fits_the_release(host, statement, required):
    faults = outdated(host, statement, required)
    assert not faults, "; ".join(faults)


@recommendation("hardening-guide-followed")
def test_the_guide_is_followed_for_the_greater_part(host, statement, required):
    faults = outdated(host, statement, required)
    if not any(fnmatchcase(statement.guide.lower(), pattern.lower()) for pattern in required.hardening_baselines):
        faults.append(f"{statement.guide} is none of {' or '.join(required.hardening_baselines)}")
    if statement.score <= required.hardening_more_than_percent:
        faults.append(f"{statement.score} % of it are met, which is not more than {required.hardening_more_than_percent} %")
    assert not faults, "; ".join(faults)


@recommendation("hardening-better-than-stock")
def test_the_system_does_better_than_the_stock_image(host, statement, required):
    faults = outdated(host, statement, required)
    if statement.score <= statement.stock:
        faults.append(f"{statement.score} % are met here, and {statement.stock} % by an untouched image")
    assert not faults, "; ".join(faults)


@recommendation("hardening-gaps-accepted")
def test_gaps_are_known_and_accepted(statement, required):
    faults = statement.lapses(required.hardening_max_age_days)
    assert not faults, "; ".join(faults)


def outdated(host, statement, required):
    """Why what was stated is not about this system as it is today."""
    faults = statement.lapses(required.hardening_max_age_days)
    editions = host.release.editions
    if statement.release.lower() not in editions:
        faults.append(f"the guide's edition is for {statement.release}, this is {' or '.join(sorted(editions))}")
    return faults

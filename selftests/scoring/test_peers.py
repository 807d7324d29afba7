"""What peers print is read as they mean it, and what they claim exists. printed/ is what they printed on a host of the lab.

golden: as it should be. spoilt: fail2ban purged, unsigned packages allowed. Of Lynis' log, the lines that count.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hostproof import catalogue
from selftests.accuracy import claims, lynis, openscap

REPOSITORY = Path(__file__).resolve().parents[2]
PRINTED = Path(__file__).parent / "printed"
CLAIMS = claims.load()


def read_lynis(case: str, claim: claims.Claim) -> dict[str, str]:
    return lynis.read((PRINTED / f"lynis-{case}.dat").read_text(), (PRINTED / f"lynis-{case}.log").read_text(), claim)


def test_lynis_findings_are_its_warnings_suggestions_and_points():
    claim = CLAIMS["lynis"].claims["fail2ban-installed"]

    assert read_lynis("golden", claim) == {
        "DEB-0880 Copy /etc/fail2ban/jail.conf to jail.local to prevent it being changed by updates.": "suggestion",
        "DEB-0880 points": "1 of 2",
        "TOOL-5104 points": "3 of 3",
        "TOOL-5190 points": "2 of 2",
    }
    assert read_lynis("spoilt", claim) == {
        "DEB-0880 Install fail2ban to automatically ban hosts that commit multiple authentication errors.": "suggestion",
        "DEB-0880 points": "0 of 2",
        "TOOL-5190 points": "0 of 2",
    }


def test_lynis_findings_of_other_demands_are_left_out():
    assert read_lynis("spoilt", claims.Claim(findings=["FIRE-*"])) == {}


def test_a_report_of_lynis_that_was_cut_short_is_told_from_a_whole_one():
    assert lynis.ENDED in (PRINTED / "lynis-golden.dat").read_text()


@pytest.mark.parametrize(("case", "result"), [("golden", "pass"), ("spoilt", "fail")])
def test_openscap_results_are_read_by_rule(case, result):
    assert openscap.read((PRINTED / f"openscap-{case}.txt").read_text()) == {
        "apt_conf_disallow_unauthenticated": result,
        "apt_sources_list_official": "pass",
    }


def test_openscap_results_are_read_as_it_prints_them_on_a_terminal():
    text = (PRINTED / "openscap-golden.txt").read_text().replace("\n\t", "\t")

    assert openscap.read(text) == openscap.read((PRINTED / "openscap-golden.txt").read_text())


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (None, "warning", True),
        ("suggestion", "warning", True),
        ("suggestion", None, False),
        ("3 of 3", "1 of 3", True),
        ("1 of 3", "3 of 3", False),
        ("3 of 3", None, False),
        (None, "3 of 3", False),
        (None, "0 of 5", True),
    ],
)
def test_what_lynis_holds_against_a_host(before, after, worse):
    assert lynis.is_worse(before, after) is worse


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        ("pass", "fail", True),
        ("notapplicable", "fail", True),
        ("fail", "pass", False),
        ("pass", "notapplicable", False),
        ("pass", "notchecked", False),
    ],
)
def test_what_openscap_holds_against_a_host(before, after, worse):
    assert openscap.is_worse(before, after) is worse


@pytest.mark.parametrize("name", CLAIMS)
def test_peers_claim_recommendations_that_exist_and_are_run_for_them(name):
    peer = CLAIMS[name]

    assert set(peer.claims) <= set(catalogue.load(REPOSITORY).recommendations)
    assert all(claim.findings for claim in peer.claims.values())
    assert all(bool(claim.groups) == (name == "lynis") for claim in peer.claims.values())

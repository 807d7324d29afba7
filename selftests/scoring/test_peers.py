"""What peers print is read as they mean it, and what they claim exists. printed/ is what they printed on a host of the lab.

golden: as it should be. spoilt: fail2ban purged, unsigned packages allowed. Of Lynis' log, the lines that count.
known/ is what tests and rules their packages hold: `python -m selftests.accuracy.known` asks the lab again.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path

import pytest

from hostproof import catalogue
from selftests.accuracy import claims, lynis, openscap
from selftests.accuracy.claims import known
from selftests.accuracy.known import ALWAYS

REPOSITORY = Path(__file__).resolve().parents[2]
PRINTED = Path(__file__).parent / "printed"
CLAIMS = claims.load()
LEAST = "banners"  # the quickest group of Lynis, where it has to run for nothing but what it always does


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


def all_claims(name: str) -> list[pytest.ParameterSet]:
    return [pytest.param(claim, id=recommendation) for recommendation, claim in CLAIMS[name].claims.items()]


@pytest.mark.parametrize("claim", all_claims("lynis"))
def test_each_finding_of_lynis_is_a_test_that_its_packages_hold(claim):
    tests = known("lynis")

    assert [pattern for pattern in claim.findings if not fnmatch.filter(tests, pattern)] == []


@pytest.mark.parametrize("claim", all_claims("lynis"))
def test_lynis_runs_the_groups_of_its_findings_and_no_others(claim):
    groups = {about[0] for test, about in known("lynis").items() if claim.covers(test)} - {ALWAYS}

    assert set(claim.groups) == (groups or {LEAST})


@pytest.mark.parametrize("claim", all_claims("openscap"))
def test_each_finding_of_openscap_is_a_rule_of_a_data_stream_that_is_tried(claim):
    assert sorted(set(claim.findings) - set(known("openscap"))) == []
    assert len(claim.findings) == len(set(claim.findings))


def test_openscap_judges_only_where_a_data_stream_has_a_rule_for_it():
    assert CLAIMS["openscap"].judges("comes-back-after-reboot", "ubuntu2204")
    assert not CLAIMS["openscap"].judges("comes-back-after-reboot", "ubuntu2404")
    assert not CLAIMS["openscap"].judges("comes-back-after-reboot", "debian13")


def test_the_data_streams_that_are_tried_are_those_whose_rules_are_known():
    tried = {stream for streams in (CLAIMS["openscap"].contents or {}).values() for stream in streams}

    assert {stream for streams in known("openscap").values() for stream in streams} == tried

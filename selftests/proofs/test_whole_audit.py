"""What is true of an audit as a whole, on a real host."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import jsonschema
import pytest

from hostproof import catalogue, profiles

REPOSITORY = Path(__file__).resolve().parents[2]
CATALOGUE = catalogue.load(REPOSITORY)
PLAINS_KEY = Path(os.environ.get("HOSTPROOF_LAB_CACHE", "/var/cache/hostproof-lab"), "keys", "plain_ed25519")
# What a login leaves behind, whoever logs in, and what the host's own daemons write meanwhile.
OTHER_TRACES = (
    *("/run", "/var/log/journal", "/var/log/lastlog", "/var/log/wtmp", "/var/log/btmp"),
    *("/var/log/fail2ban.log", "/var/lib/fail2ban", "/var/log/aide"),
)


@pytest.mark.parametrize("profile", ["alliance", "ibm-hpvs"])
def test_one_connection_serves_all_recommendations(golden, profile, tmp_path):
    host = golden("debian12", profile)
    logins = "journalctl --quiet --identifier=sshd --grep='Accepted publickey' --output=cat | wc -l"
    before = int(host.run(logins))

    records = host.judge(tmp_path)

    assert len(records) == len(profiles.load(REPOSITORY, profile, CATALOGUE).recommendations)
    assert int(host.run(logins)) == before + 1


@pytest.mark.parametrize("profile", ["alliance", "ibm-hpvs"])
@pytest.mark.parametrize("user", ["root", "plain"])
def test_nothing_is_written_on_the_target(golden, profile, user, tmp_path):
    host = golden("debian12", profile)
    # what is written within the same tick as the look at the clock would be missed or blamed wrongly
    time.sleep(1)
    began = host.run("date +%s.%N").strip()

    host.judge(tmp_path, *as_user(host, user))

    changed = host.run(f"find / /tmp -xdev -newermt @{began}").splitlines()
    assert [path for path in changed if not path.startswith(OTHER_TRACES) and path != "/var/log"] == []


def test_without_root_what_needs_root_is_unknown_for_that_reason(golden, tmp_path):
    host = golden("debian12", "alliance")

    records = host.judge(tmp_path, *as_user(host, "plain"))

    needs_root = {name for name, record in records.items() if record["reason"].startswith("needs root: ")}
    attested = {r.id for r in CATALOGUE.recommendations.values() if r.attested}
    unknown = {name for name, record in records.items() if record["verdict"] == "unknown"}
    assert unknown - attested == needs_root  # a host that is named on the command line has no inventory that states anything
    assert {"ssh-no-passwords", "fail2ban-protects-ssh", "firewall-default-deny", "ssh-not-public"} <= unknown


SPOILT = {
    "debian12": "ssh-no-passwords/cloud-init-dropin-says-yes-first.fail.sh",
    "fedora": "package-sources-trusted/check-not-set-anywhere.fail.sh",
}


@pytest.mark.parametrize(("kind", "user"), [("debian12", "root"), ("debian12", "plain"), ("fedora", "root")])
def test_without_a_batch_verdicts_are_the_same(golden, kind, user, tmp_path):
    host = golden(kind, "alliance")
    host.apply(Path(__file__).parent / SPOILT[kind])

    batched, alone = (told(host.judge(tmp_path / way, way, *as_user(host, user))) for way in ("--tb=no", "--no-batch"))

    assert alone == batched
    assert {"pass", "fail" if user == "root" else "unknown"} <= {verdict for verdict, _ in batched.values()}


def test_what_is_passed_on_past_the_firewall_is_named_port_by_port(golden, tmp_path):
    judged = "no-undeclared-service-public"
    host = golden("debian13", "alliance")
    host.apply(Path(__file__).parent / judged / "passed-on-past-the-firewall.fail.sh")

    record = host.judge(tmp_path, f"--recommendations={judged}")[judged]

    schema = json.loads((REPOSITORY / "docs" / "results.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(record, schema)
    rows = {(row["family"], f"{row['port']}/{row['protocol']}"): row for row in record["exposure"]}
    named = {place: {one["kind"] for one in row["disagreements"]} for place, row in rows.items()}
    assert named["v4", "9998/tcp"] == {"reachable-undeclared", "reachable-without-listener"}
    assert named["v4", "9999/tcp"] == {"reachable-undeclared", "denied-yet-reachable"}
    assert named["v6", "9999/tcp"] == set()  # over IPv6 nothing is passed on
    behind = rows["v4", "9999/tcp"]
    assert behind["outside"]["state"] == "open"
    assert (behind["listens"]["by"][0]["unit"], behind["firewall"]["accepts"]) == ("proxy.service", "nobody")
    assert "dnat" in behind["firewall"]["passed_on"]


def test_the_other_disagreements_are_named_on_a_real_host(golden, tmp_path):
    """What is passed on is named above. Nothing listens at 80 and 443, which the profile declares."""
    judged = "no-undeclared-service-public"
    host = golden("debian12", "alliance")
    script = tmp_path / "change.sh"
    script.write_text(
        "systemd-run --quiet --unit=six python3 -c 'import socket, time\n"
        's = socket.create_server(("::", 7777), family=socket.AF_INET6)\ntime.sleep(1000)\'\n'
        "until ss -ltn | grep -q :7777; do sleep 0.1; done\n"
        "nft add rule inet filter input tcp dport '{ 5005, 7777 }' accept\n"
    )
    host.apply(script)

    record = host.judge(tmp_path, f"--recommendations={judged}")[judged]

    assert record["verdict"] == "fail"
    named = {(r["family"], r["port"], r["last"]): {one["kind"] for one in r["disagreements"]} for r in record["exposure"]}
    assert named["v4", 443, 443] == named["v6", 443, 443] == {"declared-unreachable"}
    assert named["v4", 5005, 5005] == {"open-without-listener"}
    assert named["v6", 7777, 7777] == {"reachable-undeclared", "only-ipv6"}
    assert named["v4", 7777, 7777] == {"open-without-listener"}


def test_as_long_as_nobody_says_what_this_machine_is_only_a_contradiction_counts(golden, tmp_path):
    """The lab's hosts let this machine in to SSH, and to nothing else."""
    judged = "no-undeclared-service-public"
    host = golden("debian13", "alliance")
    records = host.judge(tmp_path / "golden", "--probe-from=")

    assert (records["ssh-not-public"]["verdict"], records[judged]["verdict"]) == ("pass", "pass")
    ssh = next(row for row in records[judged]["exposure"] if row["port"] == 22)
    assert (ssh["outside"]["state"], ssh["outside"]["trust"], ssh["disagreements"]) == ("open", "unsaid", [])

    host.apply(Path(__file__).parent / judged / "passed-on-at-a-port-that-nothing-names.fail.sh")
    record = host.judge(tmp_path / "passed on", f"--recommendations={judged}", "--probe-from=")[judged]

    assert record["verdict"] == "unknown"
    assert record["reason"].startswith("9998/tcp (usually distinct32) over IPv4 answers this machine, although the host says that")
    passed_on = next(row for row in record["exposure"] if (row["family"], row["port"]) == ("v4", 9998))
    assert {one["kind"] for one in passed_on["disagreements"]} == {"reachable-undeclared", "reachable-without-listener"}


def test_what_is_not_known_of_a_port_is_not_told_as_fine(golden, tmp_path):
    judged = "no-undeclared-service-public"
    host = golden("debian12", "alliance")

    record = host.judge(tmp_path, f"--recommendations={judged}", "--probe=none", *as_user(host, "plain"))[judged]

    assert record["exposure"]  # what the profile declares
    for row in record["exposure"]:
        assert (row["listens"]["state"], row["firewall"]["accepts"], row["outside"]["state"]) == ("unknown", "unknown", "not_asked")
        assert row["disagreements"] == []


def told(records: dict[str, dict]) -> dict[str, tuple[str, str]]:
    """The verdict and the reason of each recommendation."""
    return {name: (record["verdict"], record["reason"]) for name, record in records.items()}


def as_user(host, user: str) -> list[str]:
    """Arguments that reach the lab host as another user than its inventory says."""
    arguments = [f"--hosts=ssh://{user}@{host.name}", "--ssh-config=/run/hostproof-lab/ssh_config"]
    return arguments + ([f"--ssh-identity-file={PLAINS_KEY}"] if user == "plain" else [])

"""docs/accuracy.json from the work file, and docs/accuracy.md from docs/accuracy.json."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from selftests.accuracy import claims, lynis, measurements, openscap, scoring
from selftests.accuracy.scoring import Line

IS_WORSE = {"lynis": lynis.is_worse, "openscap": openscap.is_worse}
HEADINGS = {
    "proofs": "proofs",
    "right": "right",
    "false_pass": "false pass",
    "false_fail": "false fail",
    "unknown_instead": "unknown instead",
    "not_applicable_instead": "not applicable instead",
    "detected": "faults detected",
    "missed": "missed",
    "quiet": "near misses let pass",
    "false_alarms": "false alarms",
    "no_answer": "no answer",
    "hostproof_right": "Hostproof right",
}
EXAMPLES = 4  # of what a peer missed, for each recommendation


def publish(work: Path, docs: Path) -> str:
    """Write the pages when every proof is measured; what to show on the screen."""
    lines = measurements.load(work)
    wanted = measurements.wanted()
    lines = {key: line for key, line in lines.items() if key in wanted}
    if not lines:
        return "nothing was measured"
    counted = count(list(lines.values()))
    text = summary(counted)
    missing = len(wanted) - len(lines)
    if missing:
        return f"{text}\n{missing} of {len(wanted)} measurements are missing: docs/ stays as it is. --continue takes the rest."
    (docs / "accuracy.json").write_text(json.dumps(counted, indent=1) + "\n", encoding="utf-8")
    (docs / "accuracy.md").write_text(render(counted), encoding="utf-8")
    return f"{text}\nwritten: docs/accuracy.md, docs/accuracy.json"


def count(lines: list[Line]) -> dict[str, Any]:
    """What docs/accuracy.json holds."""
    own = [line for line in lines if line["judge"] == measurements.OURS]
    days = sorted(line["at"][:10] for line in lines)
    rest = scoring.ours(own)
    return {
        "measured": {"from": days[0], "to": days[-1]},
        "kinds": dict(sorted(Counter(line["kind"] for line in own).items())),
        **rest,
        "peers": {name: _peer(name, peer, lines) for name, peer in claims.load().items()},
    }


def _peer(name: str, peer: claims.Peer, lines: list[Line]) -> dict[str, Any]:
    own_right = {
        line["proof"] for line in lines if line["judge"] == measurements.OURS and line["seen"] == line["expected"]
    }
    theirs = [line for line in lines if line["judge"] == name]
    scored = scoring.peer(theirs, IS_WORSE[name])
    for recommendation, row in scored["recommendations"].items():
        row["hostproof_right"] = len(own_right & {line["proof"] for line in theirs if line["recommendation"] == recommendation})
        row["note"] = peer.claims[recommendation].note
    scored["total"]["hostproof_right"] = sum(row["hostproof_right"] for row in scored["recommendations"].values())
    judged = {line["recommendation"] for line in lines if line["judge"] == measurements.OURS}
    return {
        "title": peer.title,
        "about": peer.about,
        "versions": {kind: _one({line["version"] for line in theirs if line["kind"] == kind}) for kind in _kinds(theirs)},
        **scored,
        "not_claimed": sorted(judged - set(peer.claims)),
    }


def _kinds(lines: list[Line]) -> list[str]:
    return sorted({line["kind"] for line in lines})


def _one(versions: set[str]) -> str:
    return " and ".join(sorted(versions))


def summary(counted: dict[str, Any]) -> str:
    """The figures for the screen."""
    rows = {**counted["recommendations"], "total": counted["total"]}
    shown = ["", *(f"{name:28} {_in_words(row)}" for name, row in rows.items())]
    for peer in counted["peers"].values():
        shown += ["", f"{peer['title']}:"]
        rows = {**peer["recommendations"], "total": peer["total"]}
        shown += [f"{name:28} {_in_words(_sizes(row))}" for name, row in rows.items()]
    return "\n".join(shown)


def _in_words(row: dict[str, int]) -> str:
    return ", ".join(f"{value} {HEADINGS[cell]}" for cell, value in row.items() if value or cell in ("proofs", "right"))


def _sizes(row: dict[str, Any]) -> dict[str, int]:
    return {cell: len(value) if isinstance(value, list) else value for cell, value in row.items() if cell in HEADINGS}


def render(counted: dict[str, Any]) -> str:
    """docs/accuracy.md."""
    own = _table({**counted["recommendations"], "**total**": counted["total"]})
    peers = "\n\n".join(_peer_section(peer) for peer in counted["peers"].values())
    kinds = ", ".join(f"{kind} {number}" for kind, number in counted["kinds"].items())
    return f"""# How often the verdicts are right

Every recommendation has *proofs*: scripts that make one change to a compliant host, and whose names say which verdict must
follow. Here each of them ran on a real, booted host of the [lab](../lab/README.md), and Hostproof judged that host over ssh.
So did, on hosts of their own, Lynis and OpenSCAP, for the recommendations that they claim to check.

Measured {_dates(counted["measured"])}, each proof on the first kind of host in its header ({kinds}). The ubuntu hosts are Debian's
packages with Ubuntu's names, fedora and centos are Debian's programs with a real rpm database and dnf. To repeat it, as root, in
about an hour on two cores:

    ./selftest accuracy                     # everything; writes this page and accuracy.json
    ./selftest accuracy -k ssh-no-passwords # some proofs, only to the screen
    ./selftest accuracy --continue          # the rest of a run that was interrupted

We wrote the proofs ourselves, while we wrote the probes, and a proof that is judged wrongly is a bug that gets fixed. So the first
table says what is known to work; it is no estimate for hosts that nobody thought of. For the same reason the peers' figures
say what they do with *these* faults, many of which were chosen because simple checks miss them; they are no measure of all that the
peers can do.

## Hostproof

{own}

Each proof counts in exactly one column after *proofs*: *right* when the verdict is the expected one, else by the verdict that was
seen. A *false pass* is any pass where something else was expected, also where nothing could be known.

By expected (rows) and seen (columns) verdict:

{_verdicts(counted["verdicts"])}

{_wrong(counted["wrong"])}

## Peers

Rules, as generous as they can be:

- Only `fail` and `pass` proofs count, and only for recommendations that the peer claims, by the list in
  [`peers.yml`](../selftests/accuracy/peers.yml). Nothing is expected of a peer where the right verdict is "unknown" or "not
  applicable". What it does not claim is not held against it.
- The peer first looks twice at the golden host. Findings that differ between these two looks are left out.
- It *detects* a fault when **any** of its findings for that recommendation differs from the golden host's, for whatever reason.
  Debian 11 as it comes, no longer supported, is itself a fault of release-supported; there any finding counts.
- It lets a near miss pass when none of these findings got worse. Otherwise it is a *false alarm*.
- *Hostproof right* counts Hostproof's verdicts on the same proofs.

{peers}
"""


def _dates(measured: dict[str, str]) -> str:
    first, last = measured["from"], measured["to"]
    return f"on {first}" if first == last else f"from {first} to {last}"


def _table(rows: dict[str, dict[str, Any]]) -> str:
    columns = [cell for cell in HEADINGS if cell in next(iter(rows.values()))]
    lines = [["recommendation", *(HEADINGS[cell] for cell in columns)], ["---", *("---:" for _ in columns)]]
    lines += [[name, *(str(_sizes(row)[cell]) for cell in columns)] for name, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _verdicts(table: dict[str, dict[str, int]]) -> str:
    lines = [["expected", *table], ["---", *("---:" for _ in table)]]
    lines += [[expected, *(str(row[seen]) for seen in table)] for expected, row in table.items()]
    return "\n".join(f"| {' | '.join(line)} |".replace("not_applicable", "not applicable") for line in lines)


def _wrong(wrong: list[dict[str, str]]) -> str:
    if not wrong:
        return "No verdict was wrong."
    lines = [f"- `{w['proof']}` on {w['kind']}: {w['seen']} instead of {w['expected']}; {_code(w['reason'])}" for w in wrong]
    return "\n".join(["Wrong verdicts:", "", *lines])


def _peer_section(peer: dict[str, Any]) -> str:
    rows = peer["recommendations"]
    versions = "; ".join(f"{kind}: {version}" for kind, version in peer["versions"].items())
    parts = [
        f"### {peer['title']}",
        f"{peer['about']} Versions: {versions}.",
        _table({**rows, "**total**": peer["total"]}),
        f"Not claimed: {', '.join(peer['not_claimed']) or 'nothing'}.",
        "\n".join(["How far the claims go:", "", *(f"- {name}: {row['note']}" for name, row in rows.items() if row["note"])]),
        "\n".join(["Missed, for example:", "", *(_missed(name, row["missed"]) for name, row in rows.items() if row["missed"])]),
        "\n".join(["False alarms:", "", *(_alarm(alarm) for row in rows.values() for alarm in row["false_alarms"])]),
        "\n".join(["No answer:", "", *(f"- `{proof['proof']}`" for row in rows.values() for proof in row["no_answer"])]),
    ]
    return "\n\n".join(part for part in parts if not part.endswith(":\n"))


def _missed(name: str, proofs: list[dict[str, Any]]) -> str:
    named = ", ".join(proof["proof"].removeprefix(f"{name}/").removesuffix(".fail") for proof in proofs[:EXAMPLES])
    more = len(proofs) - EXAMPLES
    return f"- {name}: {named}{f' and {more} more' if more > 0 else ''}"


def _alarm(proof: dict[str, Any]) -> str:
    return f"- `{proof['proof']}`: {'; '.join(map(_code, proof['findings'][:2]))}"


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(39))}`"

"""The page in a real browser: what a reader sees at first, and what the controls do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROWS = """
    const rows = () => [...document.querySelectorAll('#results-table > tbody')]
        .filter((row) => row.checkVisibility())
        .map((row) => [...row.rows[0].cells].map((cell) => cell.innerText.trim()))
    const open = () => [...document.querySelectorAll('.extras-row')].filter((row) => row.checkVisibility()).length
    const box = (bucket) => document.querySelector(`input[data-test-result=${bucket}]`)
"""


@pytest.fixture(scope="module")
def page(record: Callable[..., dict], reports_of: Callable[..., Path]) -> Path:
    """Two hosts and one that cannot be reached: 2 fail, 1 + 2 unknown, 2 pass, 1 not applicable."""
    down = {"host": "web3", "reached": False, "verdict": "unknown", "evidence": [], "distribution": ""}
    refused = "host web3: unreachable: Connection refused by 192.0.2.3 port 22"
    records = [
        record(host="web10", recommendation="a"),
        record(host="web2", recommendation="a", title="Alpha", verdict="fail", severity="low", reason="it is on"),
        record(host="web10", recommendation="b", verdict="fail", severity="critical", reason="`x` is open"),
        record(host="web2", recommendation="b", verdict="unknown", severity="low", reason="needs root: `sshd -T`"),
        record(host="web10", recommendation="c", verdict="not_applicable", reason="there is none"),
        record(host="web2", recommendation="c"),
        record(recommendation="a", severity="low", reason=refused, **down),
        record(recommendation="b", severity="critical", reason=refused, **down),
    ]
    return reports_of(records, ["web10", "web2", "web3", "web4"]) / "report.html"


def test_every_verdict_is_counted_once_and_as_what_it_is(page: Path, in_browser: Callable[..., Any]) -> None:
    seen = in_browser(page, "return [...document.querySelectorAll('.tile')].map((tile) => tile.innerText)")
    counts = [" ".join(text.split("\n")[0].split()) for text in seen]
    assert counts == ["2 fail", "3 unknown", "2 pass", "1 not applicable"]
    assert "1 critical, 1 low" in seen[0]
    labels = in_browser(page, "return [...document.querySelectorAll('.filters label')].map((label) => label.innerText)")
    assert [" ".join(label.split()) for label in labels] == counts


def test_the_gravest_row_is_first_and_an_unreachable_host_is_one_row(
    page: Path, in_browser: Callable[..., Any]
) -> None:
    rows = in_browser(page, ROWS + "return rows()")
    assert [(row[0].split()[-1], *row[1:3]) for row in rows] == [
        ("FAIL", "critical", "web10"),
        ("FAIL", "low", "web2"),
        ("UNKNOWN", "critical", "web3"),
        ("UNKNOWN", "low", "web2"),
        ("PASS", "high", "web10"),
        ("PASS", "high", "web2"),
        ("APPLICABLE", "high", "web10"),
    ]
    assert rows[2][3:] == [
        "2 recommendations could not be judged",
        "host web3: unreachable: Connection refused by 192.0.2.3 port 22",
    ]


def test_hosts_without_a_verdict_stand_on_top(page: Path, in_browser: Callable[..., Any]) -> None:
    banners = in_browser(page, "return [...document.querySelectorAll('.banner')].map((banner) => banner.innerText)")
    assert any("1 host was not judged at all: web4" in banner for banner in banners)
    assert any("1 of 3 hosts could not be reached" in b and "web3: unreachable: Connection" in b for b in banners)


def test_unknown_looks_like_no_pass(page: Path, in_browser: Callable[..., Any]) -> None:
    colours = in_browser(
        page,
        "const colour = (kind) => getComputedStyle(document.querySelector(`.verdict.${kind}`)).color;"
        "return ['failed', 'error', 'passed', 'skipped'].map(colour)",
    )
    assert len(set(colours)) == 4


def test_a_filter_hides_its_verdict_and_no_other(page: Path, in_browser: Callable[..., Any]) -> None:
    for bucket, word in (("failed", "FAIL"), ("error", "UNKNOWN"), ("passed", "PASS"), ("skipped", "NOT APPLICABLE")):
        before, after = in_browser(page, ROWS + f"const all = rows(); box('{bucket}').click(); return [all, rows()]")
        assert after == [row for row in before if not row[0].endswith(word)]
        assert len(after) < len(before)


def test_fails_are_open_and_a_row_opens_by_itself(page: Path, in_browser: Callable[..., Any]) -> None:
    at_first, clicked, again, every, none = in_browser(
        page,
        ROWS
        + """
        const reason = [...document.querySelectorAll('.passed td.reason')][0]
        const said = [open()]
        reason.click(); said.push(open())
        document.querySelector('.passed button').click(); said.push(open())
        document.getElementById('show_all_details').click(); said.push(open())
        document.getElementById('hide_all_details').click(); said.push(open())
        return said
        """,
    )
    assert (at_first, clicked, again, every, none) == (2, 3, 2, 7, 0)


def test_sorted_by_host_as_people_count(page: Path, in_browser: Callable[..., Any]) -> None:
    script = ROWS + "document.querySelector('[data-column-type=host]').click(); return rows().map((row) => row[2])"
    assert in_browser(page, script) == ["web2"] * 3 + ["web3"] + ["web10"] * 3


def test_find_keeps_matching_rows_also_after_sorting(page: Path, in_browser: Callable[..., Any]) -> None:
    first, second = in_browser(
        page,
        ROWS
        + """
        document.querySelector('[data-find=web2]').click()
        const first = rows()
        document.querySelector('[data-column-type=title]').click()
        await new Promise((resume) => setTimeout(resume, 10))
        return [first, rows()]
        """,
    )
    assert len(first) == 3
    assert {row[2] for row in first + second} == {"web2"}
    assert sorted(first) == sorted(second)


def test_a_row_tells_evidence_fix_and_demands(page: Path, in_browser: Callable[..., Any]) -> None:
    text = in_browser(page, "return document.querySelector('.failed .extras-row').innerText")
    told = ("sshd -T", "exit status 0", "port 22", "FIX ON DEBIAN", "PasswordAuthentication no", "ALL-SSH-02", "alliance")
    assert [words for words in told if words not in text] == []


def test_readable_on_a_narrow_screen(page: Path, in_browser: Callable[..., Any]) -> None:
    # a frame of that width, since the window of a headless browser has a least width of its own
    script = """
        const frame = document.createElement('iframe')
        frame.style.width = '380px'
        frame.srcdoc = document.documentElement.outerHTML.replace(/<script>[^]*?<\\/script>/g, '')
        document.body.append(frame)
        await new Promise((resume) => { frame.onload = resume })
        return [frame.contentDocument.documentElement.scrollWidth, frame.clientWidth]
    """
    needed, width = in_browser(page, script, policy=False)
    assert needed <= width


def test_nothing_is_loaded_from_elsewhere(page: Path, in_browser: Callable[..., Any]) -> None:
    assert in_browser(page, "return performance.getEntriesByType('resource').map((entry) => entry.name)") == []


def test_the_policy_holds(page: Path, in_browser: Callable[..., Any]) -> None:
    script = """
        let ran = false
        window.addEventListener('pwned', () => { ran = true })
        const strange = document.createElement('script')
        strange.textContent = "window.dispatchEvent(new Event('pwned'))"
        document.body.append(strange)
        return ran
    """
    assert in_browser(page, script) is False
    assert in_browser(page, script, policy=False) is True  # or the line above could not have failed


def test_five_thousand_rows_open_within_seconds(
    record: Callable[..., dict], reports_of: Callable[..., Path], in_browser: Callable[..., Any]
) -> None:
    verdicts = ("pass", "pass", "fail", "pass", "unknown")
    output = "some line of a command's output\n" * 12
    piece = {"command": "sshd -T", "status": 0, "output": output, "truncated": False, "seconds": 0.1}
    records = [
        record(host=f"web{i // 16}", recommendation=f"r{i % 16}", verdict=verdicts[i % 5], evidence=[piece])
        for i in range(5008)
    ]
    page = reports_of(records) / "report.html"
    assert page.stat().st_size < 12_000_000
    rows, milliseconds = in_browser(
        page, "return [document.querySelectorAll('#results-table > tbody').length, performance.now()]"
    )
    assert rows == 5008
    assert milliseconds < 15_000  # about 2000 on two idle cores

"""The pages say what was counted, and the work file survives interruptions."""

from __future__ import annotations

from selftests.accuracy import measurements, page


def two_lines() -> list[dict]:
    """A fault that we see and Lynis misses."""
    proof = next(p for (judge, _), p in measurements.wanted().items() if judge == "lynis" and p.verdict == "fail")
    at = {"at": "2026-11-24T01:00:00Z"}
    findings = {"version": "Lynis 3", "golden": [{}, {}], "after": {}}
    return [
        measurements.about("hostproof", proof) | at | {"seen": "fail", "reason": "a | b `c`"},
        measurements.about("lynis", proof) | at | findings,
    ]


def test_peers_are_compared_with_us_on_the_same_proofs():
    counted = page.count(two_lines())

    total = counted["peers"]["lynis"]["total"]
    assert (total["proofs"], total["missed"], total["right"], total["hostproof_right"]) == (1, 1, 0, 1)
    assert counted["peers"]["openscap"]["total"]["proofs"] == 0
    assert "Missed, for example:" in page.render(counted)


def test_a_wrong_verdict_of_ours_is_on_the_page():
    ours, theirs = two_lines()

    text = page.render(page.count([ours | {"seen": "pass"}, theirs]))

    assert "Wrong verdicts:" in text
    assert f"`{ours['proof']}` on {ours['kind']}: pass instead of fail" in text


def test_an_incomplete_run_is_shown_and_leaves_docs_alone(tmp_path):
    work = tmp_path / "measurements.jsonl"
    for line in two_lines():
        measurements.add(work, line)

    said = page.publish(work, tmp_path)

    assert "measurements are missing" in said
    assert list(tmp_path.iterdir()) == [work]


def test_a_line_cut_short_is_passed_over_and_the_last_one_counts(tmp_path):
    work = tmp_path / "measurements.jsonl"
    ours, _ = two_lines()
    measurements.add(work, ours | {"seen": "unknown"})
    measurements.add(work, ours)
    with work.open("a") as file:
        file.write('{"judge": "hostp')

    assert list(measurements.load(work).values()) == [ours]


def test_a_measurement_of_a_script_that_changed_since_does_not_count(tmp_path):
    work = tmp_path / "measurements.jsonl"
    measurements.add(work, two_lines()[0] | {"script": "another"})

    assert measurements.load(work) == {}

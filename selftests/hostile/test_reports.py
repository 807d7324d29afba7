"""Whatever a host, an inventory or a file name says, reports show it and nothing more comes of it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hostproof.report.rows import SHORT
from hostproof.results import read
from hostproof.text import printable

RUN = "document.documentElement.dataset.pwned=1"
TEXTS = {
    "script": f"<script>{RUN}</script>",
    "image": f"<img src=x onerror={RUN}>",
    "svg": f"<svg/onload={RUN}><style>*{{display:none}}</style>",
    "leaves-the-cell": f"</code></pre></p></td></tr></tbody></table><img src=x onerror={RUN}>",
    "leaves-the-page": f"</script></style></title></template></noscript></body></html><svg onload={RUN}>",
    "leaves-an-attribute": f"\" autofocus onfocus={RUN} x=\"' autofocus onfocus={RUN} x='",
    "leaves-the-data": f"'></div><img src=x onerror={RUN}>\\'\\\"}}]",
    "link": f"<a href='javascript:{RUN}'>here</a><base href=//example.org><meta http-equiv=refresh content=0>",
    "form": "<form action=//example.org><button>Log in</button></form><iframe srcdoc='<b>'></iframe>",
    "comment": f"<!--><img src=x onerror={RUN}>--><!-- <![CDATA[",
    "entities": f"&lt;img src=x onerror={RUN}&gt; &#60;b&#62; &amp;lt; &",
    "script-template": f"${{{RUN}}} `${{{RUN}}}` \\u003cimg src=x onerror={RUN}\\u003e",
    "code": f"`<img src=x onerror={RUN}>` ``<b>`` `",
    "page-template": "{{ 7*'7' }}{% for x in ().__class__.__base__ %}{{ x }}{% endfor %}{# #}",
    "error-lines": f"fine\nE   <b>\nE</pre><img src=x onerror={RUN}>\nEnd",
    "terminal": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m \x08\x7f",
    "direction": "user\u202etxt.exe\u202c \u2066x\u2069 \u200b\ufeff",
    "line-breaks": "one\rtwo\r\nthree\x0bfour\x0cfive\x85six\u2028seven\u2029eight\x1cnine",
    "not-in-xml": "nul\x00 \x01\x1f \ufffe\uffff \U0001ffff",
    "half-a-character": "\ud800 \udcff",
    "cdata": f"]]> ]]&gt; <![CDATA[ {RUN} ]]><?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "long": "A" * 30_000,
}
VERDICTS = ("fail", "unknown", "pass", "not_applicable")


def a_port(text: str) -> dict:
    """A row of the table of ports that says the text wherever a host has a say."""
    holder = dict.fromkeys(("at", "program", "unit", "service"), text)
    return {
        **{"family": text, "protocol": text, "port": 1, "last": 2, "declared": False},
        "listens": {"state": "yes", "by": [holder, holder], "more": 3, "why": text},
        "firewall": {"accepts": "networks", "networks": text, "why": text, "passed_on": text},
        "security_group": {"accepts": text, "why": text},
        "outside": {"state": "not_asked", "vantage": text, "trust": "", "at": [text], "why": text},
        "disagreements": [{"kind": text, "sentence": text}],
    }


@pytest.fixture(scope="module")
def records_with(record: Callable[..., dict]) -> Callable[..., list[dict]]:
    """Records with the text wherever text comes from outside: one for each text and verdict, and an unreached host."""

    def said(name: str, text: str, number: int, **changes: Any) -> dict:
        piece = {"status": number, "truncated": True, "seconds": 0.1}
        judged = record(
            host=f"{number} {text}",
            address=f"at {text}",
            groups=[text, "b"],
            distribution=f"d {text}",
            recommendation=name,
            topic=text,
            title=text,
            demands=[text],
            reason=text,
            why=text,
            fix=text,
            evidence=[
                {**piece, "command": text, "output": text},
                {**piece, "status": None, "command": text, "output": ""},
            ],
            **changes,
        )
        return {**judged, "exposure": [a_port(text)], "exposure_left_out": 7}

    def all_of(texts: dict[str, str]) -> list[dict]:
        judged = [
            said(name, text, number, verdict=verdict)
            for number, (name, text) in enumerate(texts.items())
            for verdict in VERDICTS
        ]
        return judged + [
            said(name, text, -number - 1, verdict="unknown", reached=False)
            for number, (name, text) in enumerate(texts.items())
        ]

    return all_of


@pytest.fixture(scope="module")
def hostile(records_with: Callable[..., list[dict]], reports_of: Callable[..., Path]) -> Path:
    """The reports of a run in which everything is hostile, down to a broken test file's name."""
    name = f"test_<svg onload={RUN}>.py"
    secrets = {"BUILD_TAG": "ci-secret", "CI_JOB_URL": "https://ci-secret", "GITLAB_CI": "ci-secret"}
    options = ["--metadata", "<b>mine</b>", f"<img src=x onerror={RUN}>"]
    tests = {name: f"raise ValueError('<img src=x onerror={RUN}>')"}
    return reports_of(records_with(TEXTS), list(TEXTS.values()), tests, options, **secrets)


@pytest.fixture(scope="module")
def harmless(records_with: Callable[..., list[dict]], reports_of: Callable[..., Path]) -> Path:
    """The reports of a run of the same shape, in which nobody means any harm."""
    tests = {"test_broken.py": "raise ValueError('broken')"}
    words = {name: f"{name} " + "`code` " * len(re.findall("`[^`]+`", text)) for name, text in TEXTS.items()}
    scripts = {name: "\nmore" for name, text in TEXTS.items() if "\n" in text or len(text) > SHORT}
    words = {name: said + scripts.get(name, "") for name, said in words.items()}
    return reports_of(records_with({**words, "long": TEXTS["long"]}), list(TEXTS), tests)


ELEMENTS = """
    const count = {}
    for (const element of document.querySelectorAll('*')) {
        const kind = [element.tagName, ...element.getAttributeNames()].join(' ')
        count[kind] = (count[kind] || 0) + 1
    }
    return [count, document.documentElement.dataset.pwned || 'no']
"""


# With the policy nothing strange runs even where escaping fails; without it, escaping has to do alone.
@pytest.mark.parametrize("policy", [True, False])
def test_nothing_runs_and_no_element_comes_of_it(
    hostile: Path, harmless: Path, in_browser: Callable[..., Any], policy: bool
) -> None:
    elements, pwned = in_browser(hostile / "report.html", ELEMENTS, policy=policy)
    expected, _ = in_browser(harmless / "report.html", ELEMENTS, policy=policy)
    assert pwned == "no"
    assert elements == expected


def test_the_attack_would_have_worked(harmless: Path, in_browser: Callable[..., Any], tmp_path: Path) -> None:
    text = (harmless / "report.html").read_text()
    careless = tmp_path / "report.html"
    careless.write_text(text.replace("<h2>Results</h2>", f"<h2>{TEXTS['image']}</h2>"))
    elements, pwned = in_browser(careless, "await new Promise((go) => setTimeout(go, 500));" + ELEMENTS, policy=False)
    assert "IMG src onerror" in elements
    assert pwned == "1"


def test_the_page_shows_each_text_as_it_is(hostile: Path, in_browser: Callable[..., Any]) -> None:
    reasons, outputs = in_browser(
        hostile / "report.html",
        """
        const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent)
        return [texts('.failed td.reason'), texts('.failed figure pre')]
        """,
    )
    without_marks = [reason.replace("`", "") for reason in reasons]  # `such` is shown as code, without the marks
    for text in TEXTS.values():
        assert printable(text, 4000) in outputs
        assert printable(text, 4000).replace("`", "") in without_marks


def test_no_text_is_shown_at_any_length(hostile: Path) -> None:
    assert (hostile / "report.html").stat().st_size < 1_500_000
    assert (hostile / "junit.xml").stat().st_size < 1_500_000


def test_what_a_ci_system_told_pytest_is_not_published(hostile: Path) -> None:
    assert "ci-secret" not in (hostile / "report.html").read_text()


def test_junit_is_xml_and_has_every_verdict(hostile: Path) -> None:
    cases = ET.parse(hostile / "junit.xml").getroot().iter("testcase")  # noqa: S314 # our own file
    outcomes = [next((child.tag for child in case), "passed") for case in cases]
    number = len(TEXTS)
    assert {kind: outcomes.count(kind) for kind in set(outcomes)} == {
        "failure": number,
        "error": 2 * number,
        "passed": number,
        "skipped": number,
    }


def test_junit_says_each_text_as_it_is(hostile: Path) -> None:
    root = ET.parse(hostile / "junit.xml").getroot()  # noqa: S314
    told = {
        case.get("name"): case.find("failure") for case in root.iter("testcase") if case.find("failure") is not None
    }
    for name, text in TEXTS.items():
        assert printable(text, 4000) in (told[name].text or "")


def test_results_are_a_line_each_and_say_everything(hostile: Path, records_with: Callable[..., list[dict]]) -> None:
    records = records_with(TEXTS)
    path = hostile / "results.jsonl"
    assert list(read(path)) == records
    lines = path.read_text(encoding="utf-8").splitlines()  # splits at all that anybody takes for the end of a line
    assert [json.loads(line) for line in lines] == records
    assert all(line.isprintable() for line in lines)

"""docs/accuracy.md says what docs/accuracy.json says, and that adds up."""

from __future__ import annotations

import json
from pathlib import Path

from selftests.accuracy import page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_published_page_is_what_the_published_figures_say():
    counted = json.loads((DOCS / "accuracy.json").read_text())

    assert (DOCS / "accuracy.md").read_text() == page.render(counted)


def test_published_figures_add_up():
    counted = json.loads((DOCS / "accuracy.json").read_text())

    for cell, total in counted["total"].items():
        assert total == sum(row[cell] for row in counted["recommendations"].values())
    assert counted["total"]["proofs"] == sum(counted["kinds"].values())
    for peer in counted["peers"].values():
        assert peer["total"]["proofs"] == sum(row["proofs"] for row in peer["recommendations"].values())

"""What the documentation names is there."""

from __future__ import annotations

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_proofs_against_wrong_verdicts_exist():
    text = (REPOSITORY / "docs" / "wrong-verdicts.md").read_text()
    named = re.findall(r"`([a-z0-9-]+/[a-z0-9-]+\.(?:pass|fail|unknown|not_applicable))`", text)

    assert len(named) > 50
    assert [name for name in named if not (REPOSITORY / "selftests" / "proofs" / f"{name}.sh").exists()] == []

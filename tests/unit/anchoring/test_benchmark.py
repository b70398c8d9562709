"""What ``python -m benchmarks.anchoring`` counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.anchoring import main
from tests.unit.anchoring.texts import POLICY, span_of

NEW = POLICY.replace("within three days", "within two days").replace(
    "The record is open to the supervisory authority on request.", ""
)


def case(quote: str, kind: str, now: str | None) -> dict[str, object]:
    span = span_of(POLICY, quote)
    truth = span_of(NEW, now) if now else None
    return {
        "text": "policy",
        "quote": quote,
        "start": span.start,
        "end": span.end,
        "kind": kind,
        "truth": [truth.start, truth.end] if truth else None,
    }


@pytest.fixture
def revisions(tmp_path: Path) -> Path:
    cases = [
        case("what happened, whom it concerns", "intact", "what happened, whom it concerns"),
        case("Each provider shall keep a record", "intact", "no third party is harmed by it"),
        case("authority within three days", "edited", "authority within two days"),
        case("open to the supervisory authority", "gone", None),
        case("infrastructure shall test their systems", "moved", None),
    ]
    path = tmp_path / "revisions.json"
    texts = {"policy": {"old": POLICY, "new": NEW}}
    path.write_text(json.dumps({"texts": texts, "cases": cases}), encoding="utf-8")
    return path


@pytest.mark.parametrize("mode", ["both", "quote"])
def test_places_are_held_against_the_truth(
    revisions: Path, mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(revisions), "--mode", mode, "--json"]) == 0
    kinds = json.loads(capsys.readouterr().out)
    assert list(kinds) == ["intact", "edited", "moved", "gone"]
    fields = ["cases", "right_50", "right_90", "false", "lost", "median_ms", "worst_ms"]
    assert all(list(kind) == fields for kind in kinds.values())
    shares = {name: tuple(kind[f] for f in fields[:5]) for name, kind in kinds.items()}
    assert shares == {
        "intact": (2, 0.5, 0.5, 0.5, 0.0),  # the second truth is made up
        "edited": (1, 1.0, 1.0, 0.0, 0.0),
        "moved": (1, 1.0, 1.0, 0.0, 0.0),
        "gone": (1, 0.0, 0.0, 0.0, 1.0),
    }


def test_disagreements_are_shown(revisions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(revisions), "--disagreements"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("overlap") == 1
    assert "Each provider shall keep a record" in shown


def test_a_file_that_is_no_file_of_revisions_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"texts": {}, "cases": [{"kind": "edited"}]}', encoding="utf-8")
    for path in (broken, tmp_path / "missing.json"):
        assert main([str(path), "--json"]) == 1
    assert capsys.readouterr().err.count("benchmarks.anchoring: ") == 2
    with pytest.raises(SystemExit, match="2"):
        main([])

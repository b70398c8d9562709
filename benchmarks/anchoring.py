"""How many passages find their place in a changed text, how many find a wrong one, and how fast.

``python -m benchmarks.anchoring FILE [--mode both|quote] [--json | --disagreements]`` reads a JSON
file of revised texts: ``texts`` (name to ``old`` and ``new``) and ``cases`` (``text``; ``quote``,
``start`` and ``end`` in the old text; ``kind``: intact, edited, moved or gone; ``truth``: start and
end in the new text, or null). Offsets are code points.

Mode ``both`` aligns the two texts; mode ``quote`` knows of the old text only the quote and the 32
code points on either side of it.

A place is right when it and the truth have at least half (nine tenths) of their union in common. A
moved passage without a truth is right where the same words stand: the nearest copy of the quote is
its truth. Of a passage that is gone any place is false. All shares are of the kind's cases;
``right_50``, ``false`` and ``lost`` add up to one. The time of a case is that of its own search;
that of aligning two texts, coarsely and finely where cases lie, is shared by the cases on them.
Times are processor time of this one thread, so that other programs do not count.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time

from annotations.anchoring import Alignment, Placement, find_quote
from annotations.model import Span
from benchmarks.table import printing

CONTEXT = 32
"""Code points of prefix and suffix in mode ``quote``, as many as a highlight keeps."""
KINDS = ("intact", "edited", "moved", "gone")


@dataclass(frozen=True, slots=True)
class Text:
    """Two revisions of one text."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Case:
    """A passage of an old text and what became of it."""

    text: str
    """The name of the text."""
    quote: str
    start: int
    end: int
    kind: str
    truth: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a passage was placed, and how long that took."""

    case: Case
    placement: Placement
    overlap: float
    """Of the place and the truth: intersection over union, 0 where there is no truth."""
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the place is at least roughly the right one."""
        return self.placement.found and self.overlap >= 0.5


@dataclass(frozen=True, slots=True)
class Summary:
    """What is reported of one kind of case; shares are 0 to 1."""

    cases: int
    right_50: float
    right_90: float
    false: float
    lost: float
    median_ms: float
    worst_ms: float


def load(path: Path) -> tuple[dict[str, Text], list[Case]]:
    """The texts and cases of a file.

    Raises:
        OSError: It cannot be read.
        ValueError: It is not of the form described above.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        texts = {name: Text(text["old"], text["new"]) for name, text in data["texts"].items()}
        cases = [
            Case(
                case["text"],
                case["quote"],
                case["start"],
                case["end"],
                case["kind"],
                (truth[0], truth[1]) if (truth := case.get("truth")) else None,
            )
            for case in data["cases"]
        ]
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"not a file of revisions: {error!r}") from error
    for case in cases:
        if case.kind not in KINDS or case.text not in texts:
            raise ValueError(f"a case of unknown kind or text: {case.kind!r}, {case.text!r}")
        if texts[case.text].old[case.start : case.end] != case.quote:
            raise ValueError(f"the quote is not at {case.start} in {case.text}: {case.quote!r}")
    return texts, cases


def run(texts: Mapping[str, Text], cases: Sequence[Case], mode: str) -> Iterator[Outcome]:
    """Place every case, text by text."""
    for name, text in texts.items():
        own = [case for case in cases if case.text == name]
        yield from (_with_both if mode == "both" else _with_quote)(text, own)


def _with_both(text: Text, cases: Sequence[Case]) -> Iterator[Outcome]:
    begun = process_time()
    alignment = Alignment(text.old, text.new)
    for case in cases:
        alignment.segments(case.start, case.end)
    shared = (process_time() - begun) / max(1, len(cases))
    for case in cases:
        begun = process_time()
        placement = alignment.place(Span(case.start, case.end))
        seconds = process_time() - begun + shared
        yield Outcome(case, placement, _overlap(text.new, case, placement), seconds)


def _with_quote(text: Text, cases: Sequence[Case]) -> Iterator[Outcome]:
    for case in cases:
        prefix = text.old[max(0, case.start - CONTEXT) : case.start]
        suffix = text.old[case.end : case.end + CONTEXT]
        begun = process_time()
        placement = find_quote(text.new, case.quote, prefix, suffix)
        seconds = process_time() - begun
        yield Outcome(case, placement, _overlap(text.new, case, placement), seconds)


def _overlap(new: str, case: Case, placement: Placement) -> float:
    """Intersection over union of the place and the truth."""
    truth = case.truth
    if truth is None and case.kind == "moved" and placement.found:
        truth = _nearest_copy(new, case.quote, placement)
    if truth is None or not placement.found:
        return 0.0
    common = min(truth[1], placement.end) - max(truth[0], placement.start)
    union = max(truth[1], placement.end) - min(truth[0], placement.start)
    return max(0, common) / union if union else 0.0


def _nearest_copy(new: str, quote: str, placement: Placement) -> tuple[int, int] | None:
    before = new.rfind(quote, 0, placement.start + len(quote))
    after = new.find(quote, placement.start)
    copies = [at for at in (before, after) if at >= 0]
    if not copies:
        return None
    start = min(copies, key=lambda at: abs(at - placement.start))
    return start, start + len(quote)


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Summary]:
    """What is reported, kind by kind."""
    return {
        kind: _summary([outcome for outcome in outcomes if outcome.case.kind == kind])
        for kind in KINDS
    }


def _summary(outcomes: Sequence[Outcome]) -> Summary:
    count = len(outcomes)
    if not count:
        return Summary(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    times = [1000 * outcome.seconds for outcome in outcomes]
    return Summary(
        cases=count,
        right_50=sum(o.right for o in outcomes) / count,
        right_90=sum(o.placement.found and o.overlap >= 0.9 for o in outcomes) / count,
        false=sum(o.placement.found and not o.right for o in outcomes) / count,
        lost=sum(not o.placement.found for o in outcomes) / count,
        median_ms=median(times),
        worst_ms=max(times),
    )


def _print_summaries(summaries: Mapping[str, Summary]) -> None:
    print(
        f"{'kind':8}{'cases':>7}{'right 50':>10}{'right 90':>10}{'false':>9}{'lost':>9}"
        f"{'median ms':>11}{'worst ms':>10}"
    )
    for kind, s in summaries.items():
        print(
            f"{kind:8}{s.cases:>7}{s.right_50:>10.1%}{s.right_90:>10.1%}{s.false:>9.1%}"
            f"{s.lost:>9.1%}{s.median_ms:>11.2f}{s.worst_ms:>10.2f}"
        )


def _print_calibration(outcomes: Sequence[Outcome]) -> None:
    """What was said of how sure a place is, beside how often such places were right."""
    print(f"\n{'confidence':12}{'places':>8}{'said':>8}{'right':>8}")
    for low in (0.5, 0.6, 0.7, 0.8, 0.9, 0.99):
        high = {0.9: 0.99, 0.99: 1.01}.get(low, low + 0.1)
        rated = [o for o in outcomes if o.placement.found and low <= o.placement.confidence < high]
        if rated:
            said = sum(o.placement.confidence for o in rated) / len(rated)
            right = sum(o.right for o in rated) / len(rated)
            print(f"{low:.2f} to {min(high, 1):.2f}{len(rated):>8}{said:>8.2f}{right:>8.2f}")


def _print_disagreements(
    texts: Mapping[str, Text], cases: Sequence[Case], outcomes: Sequence[Outcome]
) -> None:
    """Every case in which the place and the file's truth differ, to be read by eye."""
    for outcome in outcomes:
        case, placement, text = outcome.case, outcome.placement, texts[outcome.case.text]
        if outcome.overlap >= 0.9 or (case.kind == "gone" and not placement.found):
            continue
        print(f"\n{cases.index(case)} {case.kind} {case.text} overlap {outcome.overlap:.2f}")
        print(f"   old   {_shown(text.old, case.start, case.end)}")
        if case.truth:
            print(f"   truth {_shown(text.new, *case.truth)}")
        print(
            f"   {placement.status} ({placement.confidence:.2f}) "
            f"{_shown(text.new, placement.start, placement.end)}"
        )


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 40) : start]!r} {text[start:end]!r} {text[end : end + 40]!r}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark on a file; 1 where it cannot be read, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.anchoring", description="Place the passages of revised texts."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="revised texts and their cases")
    parser.add_argument("--mode", choices=("both", "quote"), default="both")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print one object: kind to figures")
    output.add_argument(
        "--disagreements", action="store_true", help="show where places and truth differ"
    )
    options = parser.parse_args(arguments)
    try:
        texts, cases = load(options.file)
    except (OSError, ValueError) as error:
        print(f"benchmarks.anchoring: {error}", file=sys.stderr)
        return 1
    outcomes = list(run(texts, cases, options.mode))
    with printing():
        if options.json:
            print(json.dumps({kind: asdict(s) for kind, s in summarise(outcomes).items()}))
        elif options.disagreements:
            _print_disagreements(texts, cases, outcomes)
        else:
            _print_summaries(summarise(outcomes))
            _print_calibration(outcomes)
    return 0


if __name__ == "__main__":
    sys.exit(main())

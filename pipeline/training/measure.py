"""How good names are, by strict span and label, and what a margin of the tagger means as a precision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from pipeline.training.corpus import Name

LABELS = ("PER", "ORG", "LOC")
ALL = "ALL"
LEAST = 40
"""Names that a step of the table of confidence rests on, at the least."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of names, with how many there were."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        """The share of the names found that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the names there that are found."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.found + self.there) if self.right else 0.0


def joined(names: Iterable[Name]) -> list[Name]:
    """``names`` with touching places as one: some corpora cut an address at every division, we take it as one name."""
    out: list[Name] = []
    for start, end, label in sorted(names):
        if out and label == out[-1][2] == "LOC" and out[-1][1] == start:
            out[-1] = (out[-1][0], end, label)
        else:
            out.append((start, end, label))
    return out


def score(there: Iterable[Sequence[Name]], found: Iterable[Sequence[Name]]) -> dict[str, Score]:
    """Strict scores by label and of ``ALL``, of the names of each text; works are left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for names, guesses in zip(there, found, strict=True):
        gold = {n for n in joined(names) if n[2] in LABELS}
        told = {n for n in joined(guesses) if n[2] in LABELS}
        for kind, those in (("there", gold), ("found", told), ("right", gold & told)):
            for _, _, label in those:
                counts[kind, label] += 1
                counts[kind, ALL] += 1
    return {
        label: Score(counts["right", label], counts["found", label], counts["there", label]) for label in (*LABELS, ALL)
    }


def confidence_table(outcomes: Iterable[tuple[int, bool]], steps: int = 8) -> tuple[tuple[int, str], ...]:
    """``(least margin, precision)``, the margins falling, from ``(margin, whether the name was right)``.

    Equal shares of the names make a step each; neighbours whose precision does not fall with the margin are one (the
    pool-adjacent-violators rule), so that a higher margin never means less. Two decimals, 0.01 to 0.99.
    """
    ordered = sorted(outcomes, key=lambda o: -o[0])
    size = max(LEAST, -(-len(ordered) // steps))
    pools: list[tuple[int, int, int]] = []
    for at in range(0, len(ordered), size):
        part = ordered[at : at + size]
        pools.append((part[-1][0], sum(right for _, right in part), len(part)))
        while len(pools) > 1 and pools[-2][1] * pools[-1][2] <= pools[-1][1] * pools[-2][2]:
            least, right, count = pools.pop()
            pools[-1] = (least, pools[-1][1] + right, pools[-1][2] + count)
    return tuple(
        (least if i < len(pools) - 1 else 0, _two(right, count)) for i, (least, right, count) in enumerate(pools)
    )


def _two(right: int, count: int) -> str:
    share = (Decimal(right) / Decimal(count)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return str(min(max(share, Decimal("0.01")), Decimal("0.99")))

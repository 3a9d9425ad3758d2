"""The formulas of an audit: intervals of proportions, agreement of reviewers, estimates from a stratified sample.

They are few and short, and the libraries that have them are large or under other licences (krippendorff is GPL); the
tests hold them to the worked examples that were published with them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

Z = 1.959963984540054
"""The quantile of the normal distribution for 95 % of both sides."""


class Proportion(NamedTuple):
    """A proportion with its interval of 95 %; all three are None where nothing was counted."""

    value: float | None
    low: float | None
    high: float | None


NONE = Proportion(None, None, None)


def wilson(right: float, of: float) -> Proportion:
    """The proportion ``right / of`` with Wilson's score interval (J. Am. Stat. Assoc. 22, 1927)."""
    if of <= 0:
        return NONE
    p = right / of
    middle = (p + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of))
    # Rounding may put an end of 0 or 1 on the wrong side of the proportion.
    return Proportion(p, max(min(middle - half, p), 0.0), min(max(middle + half, p), 1.0))


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two reviewers (Educ. Psychol. Meas. 20, 1960) over what both judged.

    None where nothing was, or where both gave one and the same answer throughout, which leaves no chance to agree.
    """
    both = list(pairs)
    first, second = Counter(a for a, _ in both), Counter(b for _, b in both)
    n = len(both)
    chance = sum(first[answer] * second[answer] for answer in first)
    if not n or chance == n * n:
        return None
    agreed = sum(a == b for a, b in both)
    return (agreed * n - chance) / (n * n - chance)


def krippendorff_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal answers (Computing Krippendorff's Alpha-Reliability, 2011).

    ``units`` hold the answers that each item got, of any number of reviewers. None where no item has two, or where all
    answers are the same.
    """
    total: Counter[Hashable] = Counter()
    weighted: dict[tuple[Hashable, Hashable], float] = {}
    for answers in units:
        if len(answers) < 2:
            continue
        counts = Counter(answers)
        total.update(answers)
        for a, times in counts.items():
            for b, others in counts.items():
                pairs = times * (others - (a == b))
                weighted[a, b] = weighted.get((a, b), 0.0) + pairs / (len(answers) - 1)
    n = total.total()
    expected = sum(total[a] * total[b] for a in total for b in total if a != b)
    if not expected:
        return None
    observed = math.fsum(value for (a, b), value in weighted.items() if a != b)
    return 1 - (n - 1) * observed / expected


def f1(one: frozenset[Hashable], other: frozenset[Hashable]) -> float | None:
    """The F1 of two sets against each other, which is the same either way; None where both are empty."""
    sizes = len(one) + len(other)
    return 2 * len(one & other) / sizes if sizes else None


class Stratum(NamedTuple):
    """A part of a population, and what a sample of it gave."""

    population: int
    judged: int
    right: int


class Estimate(NamedTuple):
    """A proportion of a whole population, from samples of its parts.

    ``covered`` of ``population`` lie in strata of which something was judged; the proportion is of these.
    """

    proportion: Proportion
    population: int
    covered: int
    judged: int


def stratified(strata: Iterable[Stratum]) -> Estimate:
    """The proportion of all, each stratum with the weight of its population (Cochran, Sampling Techniques, 5.3).

    The interval is Wilson's at the sample size that a simple random sample of the same variance had (Korn and Graubard,
    Survey Methodology 24, 1998). A stratum's variance is that of (right + 1) / (judged + 2), so that one of which all
    or none are right has one too; strata that were judged whole have none.
    """
    every = list(strata)
    judged = [s for s in every if s.judged]
    covered = sum(s.population for s in judged)
    n = sum(s.judged for s in judged)
    total = sum(s.population for s in every)
    if not covered:
        return Estimate(NONE, total, 0, n)
    value = math.fsum(s.population / covered * s.right / s.judged for s in judged)
    smooth = {s: (s.right + 1) / (s.judged + 2) for s in judged}
    variance = math.fsum(
        (s.population / covered) ** 2 * smooth[s] * (1 - smooth[s]) / s.judged * max(1 - s.judged / s.population, 0)
        for s in judged
    )
    if not variance:
        return Estimate(Proportion(value, value, value), total, covered, n)
    middle = math.fsum(s.population / covered * smooth[s] for s in judged)
    size = middle * (1 - middle) / variance
    return Estimate(wilson(value * size, size), total, covered, n)

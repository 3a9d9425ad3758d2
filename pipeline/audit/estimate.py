"""The precision of a whole archive, from what was judged of a sample of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.audit.judged import Judged, rounded
from pipeline.audit.reviews import Key
from pipeline.audit.sample import Sampled
from pipeline.audit.statistics import Stratum, stratified
from pipeline.core.records import Record
from pipeline.output.marks import label_of

Verdicts = Mapping[Key, bool | None]
"""Whether an item of a source is right."""
SEVERAL = "several"
"""The type of a stratum whose items are of more than one."""


class Estimated(Record, frozen=True):
    """The estimate of a type, or of all: ``population`` items are in the archive, ``covered`` in strata of which
    something was judged; the precision, with its interval of 95 %, is of these."""

    name: str
    population: int
    covered: int
    sampled: int
    judged: int
    precision: float | None
    low: float | None
    high: float | None


def estimates(sample: Iterable[Sampled], found: Iterable[Judged]) -> tuple[Estimated, ...]:
    """The estimate of each type, by name, and the one of ``all`` behind them."""
    verdicts = {(one.source, one.item.identity): one.right for one in found}
    strata: dict[str, list[Sampled]] = {}
    for line in sample:
        strata.setdefault(line.stratum, []).append(line)
    types: dict[str, list[list[Sampled]]] = {}
    for lines in strata.values():
        labels = {label_of(line.item) for line in lines}
        types.setdefault(labels.pop() if len(labels) == 1 else SEVERAL, []).append(lines)
    rows = [_estimated(name, types[name], verdicts) for name in sorted(types)]
    return (*rows, _estimated("all", list(strata.values()), verdicts))


def _estimated(name: str, strata: list[list[Sampled]], verdicts: Verdicts) -> Estimated:
    counted = []
    for lines in strata:
        known = [v for line in lines if (v := verdicts.get((line.source, line.item.identity))) is not None]
        counted.append(Stratum(lines[0].population, len(known), sum(known)))
    got = stratified(counted)
    value, low, high = map(rounded, got.proportion)
    sampled = sum(map(len, strata))
    return Estimated(name, got.population, got.covered, sampled, got.judged, value, low, high)

"""Where amounts and times stand, both families settled against each other on the text alone.

The tokenizer puts word borders at what is found here, so the spans are final before any other stage runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter, gt
from typing import NamedTuple

from pipeline.core.overlap import Lost, reason, resolve
from pipeline.core.trace import Trace
from pipeline.lexis.amountscan import AmountHit, scan_amounts_all
from pipeline.lexis.timescan import TimeHit, scan_times_all
from pipeline.rulebook import Rulebook

Hit = AmountHit | TimeHit
START: Callable[[Hit], int] = attrgetter("start")
END: Callable[[Hit], int] = attrgetter("end")
SPAN: Callable[[Hit], tuple[int, int]] = attrgetter("start", "end")
PRIORITY: Callable[[Hit], int] = attrgetter("priority")


class Scan(NamedTuple):
    """What was kept, each in the order of the text, and what lost against it."""

    amounts: list[AmountHit]
    times: list[TimeHit]
    lost: list[Lost[Hit]]

    @property
    def marks(self) -> list[tuple[int, int, str]]:
        """``(start, end, tag)`` of all that was kept, in order: ``m`` for amounts, ``t`` for times."""
        both = [(h.start, h.end, "m") for h in self.amounts] + [(h.start, h.end, "t") for h in self.times]
        return sorted(both)


def scan(folded: str, rules: Rulebook) -> Scan:
    """Scan folded text for amounts and times; longest wins, then priority, then times before amounts."""
    return scan_all([folded], rules)[0]


def scan_all(texts: Sequence[str], rules: Rulebook) -> list[Scan]:
    """The scans of several texts; one family over all of them, then the other, so that each stays in the cache."""
    times, amounts = scan_times_all(texts, rules), scan_amounts_all(texts, rules)
    scans = [_settle(t, a) for t, a in zip(times, amounts, strict=True)]
    if rules.trace is not None:
        _note(rules.trace, [lost for one in scans for lost in one.lost])
    return scans


def _note(trace: Trace, lost: Sequence[Lost[Hit]]) -> None:
    for one in lost:
        c, w = one.candidate, one.against
        trace.lose(
            _type(c), (c.start, c.end), c.rule, ((_type(w), w.start, w.end), w.rule), reason(one, SPAN, PRIORITY)
        )


def _type(hit: Hit) -> str:
    return "quantity" if isinstance(hit, AmountHit) else "time"


def _settle(times: list[TimeHit], amounts: list[AmountHit]) -> Scan:
    """Settle the hits of both families, each in the order of the text; in most texts none touches another's."""
    hits: list[Hit] = [*times, *amounts]
    ordered = sorted(hits, key=START)
    if not any(map(gt, map(END, ordered), map(START, ordered[1:]))):
        return Scan(amounts, times, [])
    kept, lost = resolve(hits, SPAN, PRIORITY)
    return Scan([h for h in kept if isinstance(h, AmountHit)], [h for h in kept if isinstance(h, TimeHit)], lost)

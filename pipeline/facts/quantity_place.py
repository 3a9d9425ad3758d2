"""Where what an amount tells of is or happened: the place that its clause names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Set

from pipeline.core.model import Offsets, View
from pipeline.facts.clauses import NOUNS
from pipeline.facts.coded import Coded


def place_of(
    view: View, coded: Coded, item: int, start: int, prepositions: Set[str], taken: tuple[Offsets | None, ...]
) -> Offsets | None:
    """The last place before the amount that stands behind one of the prepositions or alone at the head of the clause,
    which begins at item ``start``.

    None where the clause names none, or only as part of what is ``taken``: of the thing, its property or its whole.
    """
    code = coded.code
    for at in range(bisect_right(coded.places, item) - 1, -1, -1):
        i = coded.places[at]
        if i < start:
            return None
        if i + 1 < len(code) and (code[i + 1] in NOUNS or code[i + 1] in "Kk"):
            continue
        behind = code[i - 1 : i] == "p" and view.folded[coded.starts[i - 1] : coded.ends[i - 1]] in prepositions
        if behind or not code[start:i].strip("TA"):
            first, last = coded.span(i, i + 1)
            if not any(span is not None and span[0] < last and first < span[1] for span in taken):
                return first, last
    return None

"""Articles for the tests of quantity facts: amounts and times marked up in the text itself.

``[52万标箱|count|标箱]`` is an amount with its kind and unit (and its value as a fourth part, else 1), ``{去年|2023}``
a time with its ISO value (a third part gives another kind than date).
"""

from __future__ import annotations

import re

from pipeline.core.model import Line, Quantity, QuantityNorm, Time, TimeNorm, View
from pipeline.lexis.fold import fold
from pipeline.rulebook import load
from pipeline.tokens.segment import segment
from pipeline.tokens.sentences import split_sentences

MARKED = re.compile(r"\[([^]|]+)\|([^]|]+)\|([^]|]*)(?:\|([^]]+))?\]|\{([^}|]+)\|([^}|]+)(?:\|([^}]+))?\}")


def measured(marked: str) -> View:
    """The article that ``marked`` spells out, as one paragraph a line."""
    text, quantities, times, at = "", [], [], 0
    for m in MARKED.finditer(marked):
        text += marked[at : m.start()]
        start, at = len(text), m.end()
        text += m[1] or m[5]
        if m[1]:
            norm = QuantityNorm(m[2], m[4] or "1", None, None, m[3], None, None)
            quantities.append(Quantity(start, len(text), norm, "quantity.given"))
        else:
            times.append(Time(start, len(text), TimeNorm(m[7] or "date", m[6]), "time.given"))
    text += marked[at:]
    view = View(text, fold(text), [Line(0, len(text))], quantities=quantities, times=times)
    marks = sorted([(q.start, q.end, "m") for q in quantities] + [(t.start, t.end, "t") for t in times])
    view.tokens = segment(view.folded, marks, load())
    view.sentences = split_sentences(view.folded, load())
    return view

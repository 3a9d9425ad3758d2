"""Sentence borders: after the signs that end a sentence and the closing marks behind them, and at every line break."""

from __future__ import annotations

import re

from pipeline.core.matchers import Matcher, matcher
from pipeline.core.model import Offsets
from pipeline.rulebook import Rulebook


def split_sentences(folded: str, rules: Rulebook) -> list[Offsets]:
    """The sentences of ``folded`` as ``[start, end)``, in order, without the space around them."""
    out: list[Offsets] = []
    for m in rules.once("sentences", _pattern).finditer(folded):
        start, end = span = m.span()
        if folded[start].isspace() or folded[end - 1].isspace():
            piece = folded[start:end]
            span = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            if span[0] >= span[1]:
                continue
        out.append(span)
    return out


def _pattern(rules: Rulebook) -> Matcher:
    settings = rules.settings("sentences")
    end, close, title = (re.escape(settings[k]) for k in ("end", "close", "title"))
    work = rules.fragment("sentences", "WORK")
    # Runs of plain signs are taken at once: a choice at each sign takes three times as long.
    return matcher(rf"(?:[^\n\r{end}{title}]++|{work}|{title})++(?:[{end}]++[{close}]*+)?|[{end}]++[{close}]*+")

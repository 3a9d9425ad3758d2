"""Whether an amount is told as a fact, as planned, as estimated, or denied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.core.model import View
from pipeline.facts.clauses import Coded
from pipeline.rulebook import Row, Rulebook

Modality = Literal["asserted", "planned", "estimated", "reported"]
Polarity = Literal["affirmed", "denied"]


def assertion_of(view: View, rules: Rulebook, coded: Coded, item: int) -> tuple[Modality, Polarity]:
    """What the words of ``rules/modality.tsv`` before ``item`` in its clause say; plans win over estimates.

    That a quotation tells it (``reported``) is seen where facts and quotations meet.
    """
    cues: Mapping[str, Row] = rules.once("facts.modality", _cues)
    start, _ = coded.clause(item)
    senses = {
        cues[word]["sense"]
        for i in range(start, item)
        if (word := view.folded[coded.starts[i] : coded.ends[i]]) in cues
    }
    modality: Modality = "asserted"
    if senses:
        modality = "planned" if "planned" in senses else "estimated" if "estimated" in senses else "asserted"
    return modality, "denied" if "denied" in senses else "affirmed"


def _cues(rules: Rulebook) -> Mapping[str, Row]:
    return rules.words("modality")

"""Whether an amount is told as a fact, as planned, as estimated, or denied."""

from __future__ import annotations

from typing import Literal

from pipeline.core.model import View
from pipeline.facts.clause_items import Coded
from pipeline.facts.letters import lexicon
from pipeline.rulebook import Rulebook

Modality = Literal["asserted", "planned", "estimated", "reported"]
Polarity = Literal["affirmed", "denied"]


def assertion_of(view: View, rules: Rulebook, coded: Coded, item: int) -> tuple[Modality, Polarity]:
    """What the words of ``rules/modality.tsv`` before ``item`` in its clause say; plans win over estimates.

    That a quotation tells it (``reported``) is seen where facts and quotations meet.
    """
    if not coded.cues:
        return "asserted", "affirmed"
    cues = lexicon(rules).cues
    start, _ = coded.clause(item)
    words = (view.folded[coded.starts[i] : coded.ends[i]] for i in coded.cues if start <= i < item)
    senses = {cues[word]["sense"] for word in words if word in cues}
    modality: Modality = "asserted"
    if senses:
        modality = "planned" if "planned" in senses else "estimated" if "estimated" in senses else "asserted"
    return modality, "denied" if "denied" in senses else "affirmed"

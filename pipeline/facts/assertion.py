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
    first, _ = coded.clause(item)
    senses = set()
    for start, end in ((coded.starts[i], coded.ends[i]) for i in coded.cues if first <= i < item):
        cue = cues.get(view.folded[start:end])
        if cue is not None:
            senses.add(cue["sense"])
            if rules.trace is not None:
                rules.trace.step("modality", start, end, cue["sense"], cue.id)
    modality: Modality = "asserted"
    if senses:
        modality = "planned" if "planned" in senses else "estimated" if "estimated" in senses else "asserted"
    return modality, "denied" if "denied" in senses else "affirmed"

"""Training: annotated texts, and texts that the rules or the last round's model have labelled, make a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import msgspec
import numpy as np

from pipeline.mentions.entities import RulesTier, Tier, settle_names
from pipeline.mentions.tagger.features import FORM, LABELS, said_rows
from pipeline.mentions.tagger.kinds import RULED, kinds_of
from pipeline.mentions.tagger.model import SCALE, Header, Model, Weights
from pipeline.mentions.tagger.names import AGREED, OWN, TaggerTier
from pipeline.rulebook import Rulebook
from pipeline.training.corpus import Corpus, Name, Sample
from pipeline.training.crf import Tell, crfsuite, fit
from pipeline.training.examples import Chain, Read, chains, read
from pipeline.training.kinds import SCALE as PAIR_SCALE
from pipeline.training.kinds import pair_table
from pipeline.training.measure import ALL, confidence_table, joined, score

HELD_OUT = 10
"""Where no texts are given to measure on, every so many-th sample is kept back for it."""
PRIOR = 6
"""What speaks for the kind of the unlabelled texts, in log-odds: they are what the program is for."""
TRUST = 0.8
"""What is added, in log-odds, to the weight of a label that the rules say."""
RELABELLED = "relabelled"
"""The kind of the texts without labels once a model has labelled them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to learn from, and how long."""

    corpora: Sequence[Corpus]
    """Annotated texts; each corpus is a kind of text of its own."""
    dev: Sequence[Sample] = ()
    """Texts to measure on; empty: some of the annotated ones are kept back."""
    unlabelled: Sequence[str] = ()
    rounds: int = 1
    """How often the unlabelled texts are learnt: labelled by the rules first, then by the model of the round before."""
    iterations: int = 100
    about: str = ""
    """What is written into the model of where it is from."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Texts of one kind as the rules read them, and their names."""

    kind: str
    texts: list[Read] = field(default_factory=list)
    names: list[Sequence[Name]] = field(default_factory=list)

    @classmethod
    def of(cls, kind: str, samples: Sequence[Sample], rules: Rulebook) -> Lessons:
        """Annotated texts."""
        return cls(kind, list(read([s.text for s in samples], rules)), [s.names for s in samples])

    @property
    def folded(self) -> list[str]:
        """The texts."""
        return [r.view.folded for r in self.texts]


def train(plan: Plan, rules: Rulebook, tell: Tell) -> Model:
    """A model of ``plan``; the same plan and rules give the same one. ``tell`` hears how far the work is.

    Raises `UsageError` where python-crfsuite is not installed.
    """
    crfsuite()
    corpora, dev = _parted(plan)
    taught = [Lessons.of(c.name, c.samples, rules) for c in corpora]
    held = Lessons.of("dev", dev, rules)
    loose = list(read(plan.unlabelled, rules))
    tell(f"{sum(len(t.texts) for t in taught)} texts to learn from, {len(dev)} to measure on, {len(loose)} unlabelled")
    teacher: Tier = RulesTier()
    tell(f"dev F1 {_f1(teacher, held):.3f} by the rules alone")
    for number in range(1, plan.rounds + 1):
        kind = RULED if number == 1 else RELABELLED
        own = [Lessons(kind, loose, [_labelled(teacher, r, rules) for r in loose])] if loose else []
        learnt = _learnt([*taught, *own], held, plan, rules, tell)
        teacher = tier = TaggerTier(learnt, rules)
        weights = np.count_nonzero(learnt.weights)
        tell(f"round {number} of {plan.rounds}: dev F1 {_f1(tier, held):.3f}, {weights} weights")
    return replace(learnt, header=msgspec.structs.replace(learnt.header, confidence=_confidence(tier, held)))


def _parted(plan: Plan) -> tuple[Sequence[Corpus], Sequence[Sample]]:
    if plan.dev:
        return plan.corpora, plan.dev
    kept = [replace(c, samples=[s for i, s in enumerate(c.samples) if i % HELD_OUT]) for c in plan.corpora]
    return kept, [s for c in plan.corpora for s in c.samples[::HELD_OUT]]


def _labelled(tier: Tier, text: Read, rules: Rulebook) -> list[Name]:
    """The names that ``tier`` and the document's own sense give a text."""
    kept = tier.names([text.view], [text.reading])[0]
    (entities,) = settle_names([text.view], [text.reading], [kept], rules)
    return [(e.start, e.end, e.label) for e in entities if e.label != "WORK"]


def _learnt(lessons: Sequence[Lessons], held: Lessons, plan: Plan, rules: Rulebook, tell: Tell) -> Model:
    pairs = pair_table([part.folded for part in lessons])
    taught = (c for kind, part in enumerate(lessons) for c in _chains(part, [kind] * len(part.texts), rules))
    kinds = tuple(part.kind for part in lessons)
    priors = tuple(PRIOR * PAIR_SCALE if kind in (RULED, RELABELLED) else 0 for kind in kinds)
    guessed = kinds_of(held.folded, pairs, priors)
    steps, weights = fit(taught, _chains(held, guessed, rules), plan.iterations, tell)
    _trust(weights)
    header = Header(FORM, LABELS, steps, kinds, priors, (0, 0), {}, plan.about)
    return Model(header, weights, pairs)


def _trust(weights: Weights) -> None:
    """Add to what the rules say: they know more of news than the annotated texts, few of which are news, can teach."""
    for label, rows in said_rows().items():
        weights[rows, LABELS.index(label)] += round(TRUST * SCALE)


def _chains(lessons: Lessons, kinds: Sequence[int], rules: Rulebook) -> Iterator[Chain]:
    return chains([r.sight for r in lessons.texts], lessons.names, kinds, rules)


def _f1(tier: Tier, lessons: Lessons) -> float:
    named = tier.names([r.view for r in lessons.texts], [r.reading for r in lessons.texts])
    return score(lessons.names, [[(c.start, c.end, c.label) for c in names] for names in named])[ALL].f1


def _confidence(tier: TaggerTier, lessons: Lessons) -> dict[str, tuple[tuple[int, str], ...]]:
    """What a margin means, for names that the rules see too and for others."""
    outcomes: dict[str, list[tuple[int, bool]]] = {AGREED: [], OWN: []}
    told = tier.margins([r.sight for r in lessons.texts], tier.kinds(lessons.folded))
    for found, text, names in zip(told, lessons.texts, lessons.names, strict=True):
        there = set(joined(names))
        seen = {(c.start, c.end, c.label) for c in text.reading.kept}
        for start, end, label, margin in found:
            name = (start, end, label)
            outcomes[AGREED if name in seen else OWN].append((margin, name in there))
    return {kind: confidence_table(those) for kind, those in outcomes.items()}

"""The spaCy side: a tokenizer and one registered component a stage, each a thin adapter over one of `STAGES`.

The characters are the truth: stages work on a `View` that travels in ``doc.user_data``; ``doc.spans`` shows what they
found. A Doc that another tokenizer made gets its View from its text, so every component works in anybody's pipeline.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from pipeline.chain.stages import STAGES, Run, plain_views, rulebook, setting
from pipeline.core.model import Entity, Mention, View
from pipeline.core.options import DEFAULT_TIER, RULES_TIER, Segmenter
from pipeline.lexis.scan import Scan
from pipeline.rulebook import Rulebook

KEY = "zhfacts"
SCAN = "zhfacts.scan"
Component = Callable[[Doc], Doc]


class Tokenizer:
    """A spaCy tokenizer: quantities and times are single tokens, the Han between is cut by rjieba or jieba."""

    def __init__(self, vocab: Vocab, rules: str | None, segmenter: Segmenter) -> None:
        """``rules``: a folder laid over the project's rules; ``segmenter``: ``rjieba`` or ``jieba``."""
        self.vocab = vocab
        self.rules = rulebook(rules)
        self.segmenter = segmenter

    def __call__(self, text: str) -> Doc:
        """A Doc of ``text`` whose tokens carry parts of speech, with its View in ``user_data``."""
        return self.batch([text])[0]

    def batch(self, texts: Sequence[str]) -> list[Doc]:
        """Docs of ``texts``, in order, worked step by step over all of them."""
        return [self._doc(view, found) for view, found in plain_views(texts, self.rules, self.segmenter)]

    def _doc(self, view: View, found: Scan) -> Doc:
        words, spaces, tags = _spell(view)
        doc = Doc(self.vocab, words=words, spaces=spaces, tags=tags)
        doc.user_data[KEY] = view
        doc.user_data[SCAN] = found
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """Docs of ``texts``, in order."""
        return map(self, texts)

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing of its own to keep: rules and segmenter stand in the config."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> Tokenizer:
        """See `to_bytes`."""
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        """See `to_bytes`."""

    def from_disk(self, path: object, **kwargs: object) -> Tokenizer:
        """See `to_bytes`."""
        return self


def _spell(view: View) -> tuple[list[str], list[bool], list[str]]:
    """Words, following spaces and tags for a Doc; other white space than one space after a word is a token."""
    text = view.text
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    at = 0
    for start, end, tag in zip(view.tokens.starts, view.tokens.ends, view.tokens.tags, strict=True):
        if at < start:
            _spell_gap(text[at:start], words, spaces, tags)
        words.append(text[start:end])
        spaces.append(False)
        tags.append(tag)
        at = end
    if at < len(text):
        _spell_gap(text[at:], words, spaces, tags)
    return words, spaces, tags


def _spell_gap(gap: str, words: list[str], spaces: list[bool], tags: list[str]) -> None:
    if gap[0] == " " and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)
        tags.append("_SP")


@registry.tokenizers("zhfacts.tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer(rules: str | None = None, segmenter: Segmenter = "rjieba") -> Callable[[Language], Tokenizer]:
    """The tokenizer's registered factory."""
    return lambda nlp: Tokenizer(nlp.vocab, rules, segmenter)


def view_of(doc: Doc, rules: Rulebook) -> tuple[View, Scan]:
    """The View that travels with ``doc``; made from its text where another tokenizer made the Doc."""
    if KEY not in doc.user_data:
        doc.user_data[KEY], doc.user_data[SCAN] = plain_views([doc.text], rules)[0]
    view: View = doc.user_data[KEY]
    found: Scan = doc.user_data[SCAN]
    return view, found


def _show(doc: Doc, name: str, mentions: Sequence[Mention]) -> None:
    """Whole tokens that cover each mention; one look at all offsets is ten times as fast as ``doc.char_span``."""
    at: list[int] = doc.to_array("IDX").tolist()
    doc.spans[name] = [
        Span(doc, bisect_right(at, m.start) - 1, bisect_left(at, m.end), label=_label(m)) for m in mentions
    ]


def _label(mention: Mention) -> str:
    return mention.label if isinstance(mention, Entity) else mention.norm.kind


class Stage:
    """A component: runs one stage on the Doc's View and shows its mentions in ``doc.spans[key]``."""

    def __init__(self, run: Run, key: str, rules: str | None, entities: str = RULES_TIER) -> None:
        """``run``: one of `STAGES`; ``key``: where its mentions are shown; ``rules``: a folder laid over the rules;
        ``entities``: what finds names, as for `pipeline.load`."""
        # Not ``self.name``: spaCy writes the component's name there.
        self.run, self.key, self.setting = run, key, setting(rulebook(rules), entities)

    def __call__(self, doc: Doc) -> Doc:
        """Run the stage on ``doc``."""
        return self._batch([doc])[0]

    def pipe(self, docs: Iterable[Doc], batch_size: int) -> Iterator[Doc]:
        """Run the stage on ``docs``, so many at once."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            yield from self._batch(batch)

    def _batch(self, docs: Sequence[Doc]) -> Sequence[Doc]:
        works = [view_of(doc, self.setting.rules) for doc in docs]
        for doc, mentions in zip(docs, self.run(works, self.setting), strict=True):
            if mentions:
                _show(doc, self.key, mentions)
        return docs


@Language.factory("zh_sentences", assigns=["token.is_sent_start"], default_config={"rules": None})
def make_sentences(nlp: Language, name: str, rules: str | None) -> Component:
    """Sentence borders, on the tokens and in the View."""
    stage = Stage(STAGES["zh_sentences"], "", rules)

    def component(doc: Doc) -> Doc:
        view: View = stage(doc).user_data[KEY]
        starts = {a for a, _ in view.sentences}
        # One array for all tokens: setting them one by one costs more than the segmentation.
        first = [1 if at in starts else -1 for at in doc.to_array("IDX").tolist()]
        return doc.from_array(["SENT_START"], np.array(first, dtype="int64").astype("uint64"))  # type: ignore[arg-type]

    return component


@Language.factory("zh_quantities", assigns=["doc.spans"], default_config={"rules": None})
def make_quantities(nlp: Language, name: str, rules: str | None) -> Component:
    """Amounts: ``doc.spans["quantities"]``, labelled with their kind."""
    return Stage(STAGES["zh_quantities"], "quantities", rules)


@Language.factory("zh_times", assigns=["doc.spans"], default_config={"rules": None})
def make_times(nlp: Language, name: str, rules: str | None) -> Component:
    """Times: ``doc.spans["times"]``, labelled with their kind."""
    return Stage(STAGES["zh_times"], "times", rules)


@Language.factory("zh_entities", assigns=["doc.spans"], default_config={"rules": None, "entities": DEFAULT_TIER})
def make_entities(nlp: Language, name: str, rules: str | None, entities: str) -> Component:
    """Names: ``doc.spans["entities"]``, labelled PER, ORG, LOC or WORK; ``entities``: the tier, as for `load`."""
    return Stage(STAGES["zh_entities"], "entities", rules, entities)


@Language.factory("zh_facts", requires=["doc.spans"], default_config={"rules": None})
def make_facts(nlp: Language, name: str, rules: str | None) -> Component:
    """Facts, in the View of the Doc."""
    return Stage(STAGES["zh_facts"], "facts", rules)


@Language.factory("zh_checks", default_config={"rules": None})
def make_checks(nlp: Language, name: str, rules: str | None) -> Component:
    """What facts have to do with each other, in the View of the Doc: which state the same, which do not add up."""
    return Stage(STAGES["zh_checks"], "checks", rules)

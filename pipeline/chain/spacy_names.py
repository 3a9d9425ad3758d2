"""Names by any spaCy pipeline that finds entities: its labels are mapped to ours (rules/entity_labels.tsv)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.core.errors import UsageError
from pipeline.core.model import Label, View
from pipeline.mentions.entities import Reading
from pipeline.mentions.grammar import Candidate
from pipeline.rulebook import Rulebook

CONFIDENCE = "0.80"
"""What is said of every name: a pipeline tells nothing of how sure it is."""


class SpacyTier:
    """The tier ``spacy:NAME``: persons, organisations and places by the pipeline, works by their marks."""

    def __init__(self, name: str, rules: Rulebook) -> None:
        """``name``: of an installed package, or a folder; raises `UsageError` where it is none that finds entities."""
        self.nlp = _pipeline(name)
        self.labels: dict[str, Label] = {w: row["label"] for w, row in rules.words("entity_labels", "labels").items()}

    def names(self, views: Sequence[View], readings: Sequence[Reading]) -> Sequence[Sequence[Candidate]]:
        """The names of each article, apart from each other, in the order of the text."""
        with self.nlp.memory_zone():
            docs = self.nlp.pipe([view.text for view in views])
            return [_named(doc, self.labels, r.kept) for doc, r in zip(docs, readings, strict=True)]


@lru_cache(maxsize=2)
def _pipeline(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except OSError:
        raise UsageError(
            f"there is no spaCy pipeline {name!r}; install it (python -m spacy download {name}) or name another"
        ) from None
    except Exception as e:  # whatever its components raise: a package that is missing, a version that does not fit
        cause = str(e).splitlines()[0] if str(e) else type(e).__name__
        raise UsageError(f"the spaCy pipeline {name!r} cannot be loaded: {cause}; install what it needs") from e
    if not any("doc.ents" in nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names):
        raise UsageError(f"the spaCy pipeline {name!r} finds no entities; name one with an ner component")
    nlp.max_length = 1 << 31
    return nlp


def _named(doc: Doc, labels: Mapping[str, Label], kept: Sequence[Candidate]) -> list[Candidate]:
    """The names of ``doc`` beside the works of ``kept``; places that touch are one, as an address is."""
    out: list[Candidate] = [c for c in kept if c.label == "WORK"]
    works = list(out)
    for ent in doc.ents:
        label, start, end = labels.get(ent.label_), ent.start_char, ent.end_char
        if label is None or any(start < w.end and w.start < end for w in works):
            continue
        last = out[-1] if out else None
        if last and label == last.label == "LOC" and last.end == start:
            out[-1] = last._replace(end=end)
        else:
            out.append(Candidate(start, end, label, f"entity.spacy.{ent.label_.lower()}", CONFIDENCE))
    return sorted(out)

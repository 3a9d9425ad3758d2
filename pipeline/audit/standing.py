"""Reviews against a document as it is now: what was decided on its items, and what no longer stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.audit.reviews import Decisions, Key, Review, key_of
from pipeline.core.items import Identified, items_of, source_digest
from pipeline.core.records import Document


@dataclass(frozen=True, slots=True)
class Standing:
    """What reviews mean for a document.

    ``on``: by the id of a mention or fact, each reviewer's decision on it. ``added``: what reviewers say is missing.
    ``lost``: decisions on items of this text that are not found in it now. ``other_source``: decisions on a document
    of this id whose text was another one: their offsets do not hold here. ``other_rules``: the digests, other than the
    document's own, of the rules that the rest were made under, sorted.
    """

    on: Mapping[str, Mapping[str, Review]]
    added: tuple[Review, ...]
    lost: tuple[Review, ...]
    other_source: tuple[Review, ...]
    other_rules: tuple[str, ...]


class Reviews:
    """Decisions, ready to be asked for document by document."""

    def __init__(self, holding: Decisions) -> None:
        """``holding`` is what `pipeline.audit.reviews.decisions` gives."""
        self._by_source: dict[str, dict[Key, Mapping[str, Review]]] = {}
        self._by_doc: dict[str, set[str]] = {}
        for key, of_item in holding.items():
            self._by_source.setdefault(key[0], {})[key] = of_item
            for review in of_item.values():
                self._by_doc.setdefault(review.doc, set()).add(key[0])

    def standing(self, document: Document) -> Standing:
        """What they mean for ``document``; raises `InputError` where it was made without its text."""
        source = source_digest(document)
        here = self._by_source.get(source, {})
        found = {(source, one.item.identity): one for one in items_of(document)}
        every = [review for of_item in here.values() for review in of_item.values()]
        rules = {review.rules for review in every} - {document.producer.rules}
        return Standing(
            on=_on(found, here),
            added=tuple(r for r in every if r.verdict == "add"),
            lost=tuple(r for r in every if r.verdict != "add" and key_of(r) not in found),
            other_source=self._elsewhere(document.doc.id, source),
            other_rules=tuple(sorted(rules)),
        )

    def _elsewhere(self, doc: str, source: str) -> tuple[Review, ...]:
        others = sorted(self._by_doc.get(doc, set()) - {source})
        every = (r for other in others for of_item in self._by_source[other].values() for r in of_item.values())
        return tuple(r for r in every if r.doc == doc)


def _on(
    found: Mapping[Key, Identified], here: Mapping[Key, Mapping[str, Review]]
) -> Mapping[str, Mapping[str, Review]]:
    judged = {one.id: _judging(here.get(key, {}).values()) for key, one in found.items()}
    return {id_: of_item for id_, of_item in judged.items() if of_item}


def _judging(reviews: Iterable[Review]) -> dict[str, Review]:
    return {review.reviewer: review for review in reviews if review.verdict != "add"}

"""What another tool gives back, against what was sent to it: each difference a decision.

What stands as it was sent is accepted, what is gone is rejected, what is other is corrected, what is new is added.
Tools give their own ids, so marks are told by their label and place first, and by what is nearest then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from msgspec import UNSET
from msgspec.structs import replace

from pipeline.audit.reviews import Correction, Review, Verdict, decisions, key_of
from pipeline.core.errors import InputError
from pipeline.core.items import Item, Provenance
from pipeline.core.offsets import slices
from pipeline.core.records import EntityMention, MentionRecord, Spans
from pipeline.core.slices import type_of
from pipeline.output.marks import ARGUMENT, ENTITIES, FACT, FACT_LABELS, LABELS, ROLES, ROLES_OF, hull, label_of

TYPE = dict.fromkeys(ENTITIES, type_of(EntityMention)) | {
    type_of(one): type_of(one) for one in get_args(MentionRecord) if one is not EntityMention
}
"""The type of a mention by its label."""


@dataclass(slots=True)
class Given:
    """A mark as a tool gives it back: ``edited`` are fields of its norm that the tool has fields for."""

    label: str
    spans: Spans
    edited: dict[str, str] = field(default_factory=dict)


class GivenLink(NamedTuple):
    """A link as a tool gives it back, from and to places in the list of marks."""

    fact: int
    role: str
    argument: int


class Returned(NamedTuple):
    """One document as one reviewer left it. ``at``: when, in ISO 8601."""

    provenance: Provenance
    text: str
    marks: Sequence[Given]
    links: Sequence[GivenLink]
    reviewer: str
    at: str


Projection = Callable[[Spans], Spans]
"""Spans as the tool can hold them: in one piece, or cut at line breaks."""


def reviews_of(returned: Returned, project: Projection) -> Iterator[Review]:
    """The decisions that a document holds: on each item that was sent, in its order, then on what is new.

    Raises `InputError` where a mark has a label or place that cannot be.
    """
    _check(returned)
    items = returned.provenance.items
    args = _arguments(returned)
    pairs = _paired(items, returned.marks, args, project)
    for id_, item in items.items():
        if id_ not in pairs:
            yield _review(returned, item, "reject")
            continue
        given = returned.marks[pairs[id_]]
        found = _correction(item, given, args.get(pairs[id_], {}), project)
        yield _review(returned, item, "correct" if found else "accept", found)
    for at in sorted(set(range(len(returned.marks))) - set(pairs.values())):
        if returned.marks[at].label != ARGUMENT:
            yield _review(returned, _added(returned, at, args.get(at, {})), "add")


def _check(returned: Returned) -> None:
    for mark in returned.marks:
        if mark.label not in LABELS:
            raise InputError(f"{returned.provenance.doc}: {mark.label!r} is no label; they are {', '.join(LABELS)}")
        if not mark.spans or any(not 0 <= a < b <= len(returned.text) for a, b in mark.spans):
            raise InputError(f"{returned.provenance.doc}: a {mark.label} stands at {list(mark.spans)}, not in the text")
    for link in returned.links:
        if link.role not in ROLES:
            raise InputError(f"{returned.provenance.doc}: {link.role!r} is no role; they are {', '.join(ROLES)}")


def _arguments(returned: Returned) -> dict[int, dict[str, Spans]]:
    """The arguments of each fact by role; several marks of one role are its pieces."""
    out: dict[int, dict[str, Spans]] = {}
    for link in returned.links:
        if returned.marks[link.fact].label in FACT_LABELS:
            of_fact = out.setdefault(link.fact, {})
            of_fact[link.role] = (*of_fact.get(link.role, ()), *returned.marks[link.argument].spans)
    return out


def _paired(
    items: Mapping[str, Item], marks: Sequence[Given], args: Mapping[int, Mapping[str, Spans]], project: Projection
) -> dict[str, int]:
    """For each item the place of its mark in the list, where there is one; each mark is of one item at the most."""
    pairs: dict[str, int] = {}
    free = {at: mark for at, mark in enumerate(marks) if mark.label != ARGUMENT}
    for exact in (True, False):
        standing = _standing(free, exact)
        for id_, item in items.items():
            if id_ not in pairs:
                name = label_of(item) if exact else item.layer
                if found := standing.get((name, project(item.spans))):
                    pairs[id_] = min(found, key=lambda at: _unlike(item, args.get(at, {}), project))
                    found.remove(pairs[id_])
                    del free[pairs[id_]]
    for id_, item in items.items():
        if id_ not in pairs:
            near = [(far, at) for at, mark in free.items() if (far := _distance(item, mark)) is not None]
            if near:
                pairs[id_] = min(near)[1]
                del free[pairs[id_]]
    return pairs


def _standing(marks: Mapping[int, Given], exact: bool) -> dict[tuple[str, Spans], list[int]]:
    """Places in the list of marks by where they stand: under a label, or as a mention or fact of any."""
    out: dict[tuple[str, Spans], list[int]] = {}
    for at, mark in marks.items():
        layer = "fact" if mark.label in FACT_LABELS else "mention"
        out.setdefault((mark.label if exact else layer, mark.spans), []).append(at)
    return out


def _unlike(item: Item, args: Mapping[str, Spans], project: Projection) -> int:
    """How many arguments of a fact are others than the item's."""
    return sum(args.get(role) != project(spans) for role, spans in item.args.items())


def _distance(item: Item, mark: Given) -> int | None:
    """How far apart the ends are; None where they do not overlap, or where the label is another one."""
    if mark.label != label_of(item):
        return None
    (a, b), (c, d) = hull(item.spans), hull(mark.spans)
    return abs(a - c) + abs(b - d) if a < d and c < b else None


def _correction(item: Item, given: Given, args: Mapping[str, Spans], project: Projection) -> Correction | None:
    spans = UNSET if given.spans == project(item.spans) else given.spans
    fact = item.layer == "fact"
    type_ = given.label.removesuffix(FACT) if fact else TYPE[given.label]
    label = given.label if given.label in ENTITIES else None
    changed = _changed(item, args, project) if fact else {}
    norm = {name: value for name, value in given.edited.items() if value != (item.norm.get(name) or "")}
    found = Correction(
        spans=spans,
        type=UNSET if type_ == item.type else type_,
        label=UNSET if label in (item.label, None) else label,
        args=changed or UNSET,
        norm=norm or UNSET,
    )
    return found if found.kinds else None


def _changed(item: Item, args: Mapping[str, Spans], project: Projection) -> dict[str, Spans | None]:
    out: dict[str, Spans | None] = {}
    for role in dict.fromkeys((*item.args, *args)):
        before = project(item.args[role]) if role in item.args else None
        after = args.get(role)
        if before != after:
            out[role] = after
    return out


def _added(returned: Returned, at: int, args: Mapping[str, Spans]) -> Item:
    given = returned.marks[at]
    fact = given.label in FACT_LABELS
    if fact:
        args = {ROLES_OF[given.label][0]: given.spans, **args}
    return Item(
        layer="fact" if fact else "mention",
        type=given.label.removesuffix(FACT) if fact else str(TYPE[given.label]),
        label=given.label if given.label in ENTITIES else None,
        rule=None,
        text=slices(returned.text, given.spans),
        spans=given.spans,
        args=args if fact else {},
        norm={name: value for name, value in given.edited.items() if value},
        confidence=None,
    )


def _review(returned: Returned, item: Item, verdict: Verdict, correction: Correction | None = None) -> Review:
    sent = returned.provenance
    return Review(
        schema="zhfacts-reviews/1",
        source=sent.source,
        doc=sent.doc,
        rules=sent.rules,
        item=item,
        verdict=verdict,
        correction=correction,
        reviewer=returned.reviewer,
        at=returned.at,
        note="",
    )


def news(fresh: Iterable[Review], log: Iterable[Review]) -> Iterator[Review]:
    """Of ``fresh``, what ``log`` does not hold yet; and an ``undo`` for what the same reviewer added to the same text
    before and has taken away since."""
    holding = decisions(log)
    kept = list(fresh)
    for review in kept:
        before = holding.get(key_of(review), {}).get(review.reviewer)
        if before is None or (before.verdict, before.correction) != (review.verdict, review.correction):
            yield review
    at = {(review.source, review.reviewer): review.at for review in kept}
    now = {(key_of(review), review.reviewer) for review in kept}
    for key, of_item in holding.items():
        for name, review in of_item.items():
            if review.verdict == "add" and (key[0], name) in at and (key, name) not in now:
                yield replace(review, verdict="undo", correction=None, at=at[key[0], name])

"""Parts that were printed apart from their article, brought back to it.

Columns are read one by one, so the end of an article may stand before its own title, or behind the article beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from pipeline.intake.articles import Draft
from pipeline.intake.items import RUN_IN, Item
from pipeline.intake.signs import Signs

HEADS = ("kicker", "title", "subtitle")
LETTERS = re.compile(r"[\u4e00-\u9fff]+|[^\W\d_]+")  # a range is looked at sooner than a category


def mend_order(drafts: list[Draft], signs: Signs) -> list[Draft]:
    """The drafts, with the last parts of each moved to the next or the one before where they speak of the same as that.

    A sentence that was cut there is made whole. An article that is only the later part of the next becomes part of it.
    """
    if len(drafts) > 1:
        mender = _Mender(drafts, signs)
        for k in range(len(drafts)):
            if not mender.move_whole(k):
                mender.move_end(k)
    for draft in drafts:
        _lede_first(draft)
    return [d for d in drafts if d.items]


def _lede_first(draft: Draft) -> None:
    """Move a first paragraph that was printed last, behind the byline, to the top: the byline stands at the lede."""
    items = draft.items
    bylines = [i for i, item in enumerate(items) if item.role == "byline" and item.kind != RUN_IN]
    if len(bylines) != 1:
        return
    at = bylines[0] + 1
    if at == len(items) or items[at].role != "paragraph":
        return
    top = next((i for i, item in enumerate(items) if item.role in ("paragraph", "heading")), at)
    if top < at - 1:
        items.insert(top, items.pop(at))


class _Mender:
    def __init__(self, drafts: list[Draft], signs: Signs) -> None:
        self._drafts = drafts
        self._signs = signs
        self._known: dict[int, list[int]] = {}
        self._moved: set[int] = set()

    def move_whole(self, k: int) -> bool:
        """Whether draft ``k`` was the later part of the next: it has no byline, and speaks of little else than that."""
        if k + 1 == len(self._drafts):
            return False
        here, following = self._drafts[k], self._drafts[k + 1]
        if "byline" in here.roles or "paragraph" not in here.roles:
            return False
        titled = "title" in here.roles
        if titled and "byline" not in following.roles or not titled and k:
            return False
        own = set(self._pairs(k))
        if len(own) < self._signs.weight("order_shortest"):
            return False
        sure = titled and self._finished(following)
        need = self._signs.weight("order_whole_titled" if sure else "order_whole")
        if _share(own, self._pairs(k + 1)) * 100 < need:
            return False
        for item in here.items:
            item.role = "heading" if item.role in HEADS else item.role
        self._append(following, here.items)
        here.items = []
        return True

    def move_end(self, k: int) -> None:
        """Move the last parts of draft ``k`` to a neighbour where their words stand there rather than before them."""
        items = self._drafts[k].items
        for other in (k + 1, k - 1):
            if not 0 <= other < len(self._drafts) or not self._drafts[other].items:
                continue
            if other < k and self._finished(self._drafts[other]):
                continue  # only an article that breaks off goes on behind the one beside it
            broken = other > k and not self._finished(self._drafts[other])
            at = self._split(items, other, "order_margin_broken" if broken else "order_margin")
            if at < len(items):
                self._append(self._drafts[other], items[at:])
                self._drafts[k].items = items[:at]
                self._known.pop(k, None)
                return

    def _split(self, items: Sequence[Item], other: int, margin: str) -> int:
        """From which index on the parts are like draft ``other``; paragraphs decide, short ones go with the next."""
        w = self._signs.weight
        found = at = len(items)
        while at > 1:
            at -= 1
            item = items[at]
            if item.role in HEADS or id(item) in self._moved:
                break
            if item.role != "paragraph":
                continue
            own = own_pairs(item, w("order_reach"))
            if len(own) < w("order_shortest"):
                continue
            there = _share(own, self._pairs(other)) * 100
            if there < w("order_least"):
                break
            if there < w(margin) + 100 * _share(own, self._pairs_of(islice(items, at))):
                break
            found = at
        while found < len(items) and found > 1 and items[found - 1].role == "heading":
            found -= 1
        return found if any(i.role == "paragraph" for i in items[:found]) else len(items)

    def _append(self, draft: Draft, part: Sequence[Item]) -> None:
        rest = list(part)
        last = _last_paragraph(draft)
        self._moved.update(id(item) for item in part)
        if last is not None and rest[0].role == "paragraph" and not self._signs.ends_sentence(last.text):
            last.extend(rest[0])
            rest = rest[1:]
        for item in rest:
            draft.add(item)

    def _finished(self, draft: Draft) -> bool:
        last = _last_paragraph(draft)
        return last is None or self._signs.ends_sentence(last.text)

    def _pairs(self, k: int) -> list[int]:
        """Those of draft ``k`` as it was when first asked for."""
        if k not in self._known:
            self._known[k] = self._pairs_of(self._drafts[k].items)
        return self._known[k]

    def _pairs_of(self, items: Iterable[Item]) -> list[int]:
        """The pairs of neighbouring characters of the parts, captions aside."""
        return pairs_of([i for i in items if i.role != "caption"], self._signs.weight("order_reach"))


def pairs_of(items: Iterable[Item], reach: int) -> list[int]:
    """The pairs of neighbouring letters, a mark of what is spoken of; of ``reach`` characters at most."""
    text = ""
    for item in items:
        if len(item.text) > reach:
            text += "".join(LETTERS.findall(item.text[:reach]))
            break
        if item.letters is None:
            item.letters = "".join(LETTERS.findall(item.text))
        text += item.letters
        reach -= len(item.text)
    return pairs_in(text)


def pairs_in(text: str) -> list[int]:
    """The pairs of neighbouring characters, each as one number.

    Two neighbours of two bytes each are read as one of four, so that every second pair is read at once; then those
    between. What is beyond the Basic Multilingual Plane has four bytes and is a pair by itself.
    """
    letters = memoryview(text.encode("utf-16-le", "surrogatepass"))
    if not letters:
        return []
    odd = len(letters) % 4  # one letter is left at one end or the other
    return letters[: len(letters) - odd].cast("I").tolist() + letters[2 : len(letters) - 2 + odd].cast("I").tolist()


def own_pairs(item: Item, reach: int) -> set[int]:
    """The `pairs_of` one part, each once."""
    if item.pairs is None:
        item.pairs = set(pairs_of((item,), reach))
    return item.pairs


def _last_paragraph(draft: Draft) -> Item | None:
    return next((i for i in reversed(draft.items) if i.role == "paragraph"), None)


def _share(own: set[int], theirs: Iterable[int]) -> float:
    """How much of ``own`` stands in ``theirs`` too, from 0 to 1."""
    return len(own.intersection(theirs)) / len(own) if own else 0.0

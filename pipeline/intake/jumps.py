"""Open ends matched with what goes on elsewhere: across a caption, furniture or another article, or backwards.

Every paragraph that breaks off is an open end; every paragraph, and what was joined loosely to one, is a start. Pairs
are weighed by what stands on both sides of the break and by the shape of the start; the best are joined, one to one. An
end without a match stays open and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.core.offsets import Span
from pipeline.intake.articles import Draft
from pipeline.intake.evidence import Decisions
from pipeline.intake.forms import Form
from pipeline.intake.fragments import Fragment, Pair, fragments_of, link
from pipeline.intake.items import Item
from pipeline.intake.lines import BEGINNING
from pipeline.intake.order import pairs_of
from pipeline.intake.prospects import ALIKE, ALONE, ELSEWHERE, HERE, NEXT, WORDS, Outlook, StartKind, prospects_of
from pipeline.intake.signs import Signs
from pipeline.intake.words import across, begins_with_verb

DIGITS_LAST = re.compile(r"\d{1,6}\Z")
DIGITS_FIRST = re.compile(r"(\d{1,6})\s?(.)")
Ranked = tuple[int, int, int, int]
"""A pair by its rank among those that may come to as much: how far it reaches, its number; then where both stand."""
BEGINNINGS = ("opening", "prose", "clause")


def match_jumps(drafts: Sequence[Draft], signs: Signs, decisions: Decisions) -> list[Span]:
    """Mend the paragraphs of ``drafts`` in place; returns the last lines of the ends that stay open.

    Each end looks at so many starts before and behind it as the rules say, so the work is linear.
    """
    fragments = [f for k, draft in enumerate(drafts) for f in fragments_of(draft.items, k, signs)]
    ends = sum([f.end and f.follows is None for f in fragments])
    if ends == len(fragments) or ends > 1 and ends * signs.weight("jump_open_share") > len(fragments):
        return []
    if any(f.end for f in fragments):
        _Matcher(fragments, signs, decisions).run()
        _rebuild(drafts, fragments)
    told = signs.weight("jump_told")
    return [f.item.spans[-1] for f in fragments if f.end and f.follows is None and len(f.item.text) >= told]


class _Matcher:
    def __init__(self, fragments: list[Fragment], signs: Signs, decisions: Decisions) -> None:
        self._signs, self._decisions = signs, decisions
        self._sorted = sorted(fragments, key=lambda f: f.place)
        self._places = {f.place: i for i, f in enumerate(self._sorted)}
        self._followed = [f.follows for f in self._sorted]
        """What goes on with each before any end has found its start."""
        self._looked: dict[int, Pair] = {}
        """The pairs of which something is looked at, by their numbers."""
        beginnings = [f.item.text[:BEGINNING] for f in self._sorted]
        lookout = signs.forms.lookout(*BEGINNINGS)
        seen = lookout.look(beginnings)
        prospects, longest = prospects_of(signs), signs.weight("jump_short")
        self._prospects = prospects
        for i, f in enumerate(self._sorted):
            f.short = len(f.item.text) <= longest and not f.end
            f.beginning = self._beginning(f, lookout.chosen(seen.get(i, 0)))
            f.sign = prospects.sign(f.beginning)
        self._kinds = "".join([f.sign for f in self._sorted])
        """A sign for each fragment: of which kind its beginning is."""

    def run(self) -> None:
        """Link each open end with its best start, where one is surely better than what follows it now.

        A pair is looked at only when no other can be better, and only until another can: most of its rivals are taken
        by then.
        """
        needs = self._signs.weight("jump_needs")
        ranked = self._pairs(needs)
        ends: set[int] = set()
        starts: set[int] = set()
        while ranked:
            most = max(ranked)
            # What is looked at comes to less, if to anything else, so no pair joins these any more.
            for way, number, i, j in sorted([r for r in ranked.pop(most) if r[2] not in ends and r[3] not in starts]):
                if i in ends or j in starts:
                    continue
                pair = self._looked.pop(number, None) or self._pair_at(i, j)
                while pair.left and pair.most == most:
                    self._look(pair)
                if pair.most == most:
                    if self._settle(pair, needs):
                        ends.add(i)
                        starts.add(j)
                elif pair.most >= needs:
                    self._looked[number] = pair
                    ranked.setdefault(pair.most, []).append((way, number, i, j))

    def _settle(self, pair: Pair, needs: int) -> bool:
        """Link a pair that no other can be better than, unless it is not worth it; whether they are linked now."""
        end, start = pair.end, pair.start
        holds = start is end.follows or self._is_better(pair.most, end, start)
        if holds:
            link(end, start)
        if start.goes_on is not end or holds:
            self._decisions.note("jump", holds, end.item.spans[-1], start.item.spans[0], pair.names, needs - 1)
        return holds

    def _pairs(self, needs: int) -> dict[int, list[Ranked]]:
        """The pairs that may come to ``needs``, by the most that they may come to."""
        ranked: dict[int, list[Ranked]] = {}
        number = 0
        for i, end in enumerate(self._sorted):
            if not end.end:
                continue
            outlook, place, draft, follows = self._prospects.outlook(end.ending), end.place, end.draft, end.follows
            for j in self._near(i, end, outlook):
                start = self._sorted[j]
                torn = outlook.counts and self._is_torn(end, start)
                where = NEXT if start is follows else HERE if start.draft == draft else ELSEWHERE
                most = outlook.most(start.sign, torn, where)
                if most >= needs:
                    ranked.setdefault(most, []).append((abs(start.place - place), number, i, j))
                    number += 1
        return ranked

    def _pair_at(self, i: int, j: int) -> Pair:
        """A pair of the page as it was before any end had found its start."""
        start = self._sorted[j]
        return self._pair(self._sorted[i], start, self._followed[i], start.beginning.orphan)

    def _is_better(self, score: int, end: Fragment, start: Fragment) -> bool:
        """Whether the pair is worth parting what either is joined with now, and makes no ring."""
        margin = self._signs.weight("jump_margin")
        for a, b in ((end, end.follows), (start.goes_on, start)):
            if a is not None and b is not None:
                pair = self._pair(a, b, a.follows, b.short and b.follows is None)
                if score < self._score(pair) + margin:
                    return False
        here: Fragment | None = end
        while here is not None and here is not start:
            here = here.goes_on
        return here is None

    def _beginning(self, start: Fragment, may_have: Sequence[Form]) -> StartKind:
        signs, text = self._signs, start.item.text
        return StartKind(
            signs.contact.begin(text[0]),
            _closes(text, signs),
            any([form.search(text[:BEGINNING]) is not None for form in may_have]),
            start.short and start.follows is None,
        )

    def _near(self, i: int, end: Fragment, outlook: Outlook) -> list[int]:
        """The starts around ``end`` that it may go on with, by their kinds."""
        reach = self._signs.weight("jump_reach")
        near = [m.start() for m in outlook.hopeful().finditer(self._kinds, max(0, i - reach), i + reach)]
        if end.follows is not None:
            j = self._places[end.follows.place]
            if j not in near:
                near.append(j)
        return [j for j in near if j != i]

    def _is_torn(self, end: Fragment, start: Fragment) -> bool:
        """Whether digits stand on both sides of the break and make no number."""
        return "n" in start.beginning.sign and not _makes_number(end.item.text, start.item.text, self._signs)

    def _pair(self, end: Fragment, start: Fragment, follows: Fragment | None, orphan: bool) -> Pair:
        """The pair, with what signs and places say of it; ``follows`` goes on with the end now, ``orphan``: whether
        nothing does with the start, one short sentence."""
        outlook = self._prospects.outlook(end.ending)
        torn = outlook.counts and self._is_torn(end, start)
        place = NEXT if start is follows else HERE if start.draft == end.draft else ELSEWHERE
        names, score = outlook.told(start.sign, torn, place)
        left = (WORDS, ALIKE, ALONE) if orphan else (WORDS,)
        return Pair(end, start, names, score + sum([outlook.may_add[step] for step in left]), list(left))

    def _look(self, pair: Pair) -> None:
        """Look at the next of what is left to look at, and name what it says; of words only where they can decide."""
        step = pair.left.pop()
        found: tuple[str, ...] = ()
        if step == ALONE:
            found = self._orphan(pair.start)
        elif step == ALIKE:
            found = ("jump_alike",) if self._are_alike(pair.end, pair.start) else ()
        elif pair.most >= self._signs.weight("jump_needs"):
            kind = across(pair.end.item.text, pair.start.item.text, self._signs)
            found = (f"jump_{kind}",) if kind else ()
        pair.names += found
        pair.most += self._signs.sum(found) - self._prospects.outlook(pair.end.ending).may_add[step]

    def _score(self, pair: Pair) -> int:
        """The sum of all that speaks for and against the open end going on with the start."""
        while pair.left:
            self._look(pair)
        return pair.most

    def _orphan(self, start: Fragment) -> tuple[str, ...]:
        """What the start looks like: 推动两岸融合。 alone is the rest of a sentence rather than a paragraph."""
        if start.verb is None:
            start.verb = begins_with_verb(start.item.text, self._signs)
        return ("jump_short_start", "jump_verb_start") if start.verb else ("jump_short_start",)

    def _are_alike(self, end: Fragment, start: Fragment) -> bool:
        """Whether a good part of the pairs of letters in ``start`` stands in ``end`` too."""
        reach = self._signs.weight("order_reach")
        own = start.pairs = start.pairs or pairs_of([start.item.text], reach)
        theirs = end.pairs = end.pairs or pairs_of([end.item.text], reach)
        return bool(own) and len(own & theirs) * 100 >= len(own) * self._signs.weight("jump_alike_share")


def _makes_number(before: str, after: str, signs: Signs) -> bool:
    """Whether the digits on both sides are one number that may stand before what follows: 1/6 时, but not 21/7月."""
    left, right = DIGITS_LAST.search(before), DIGITS_FIRST.match(after)
    if left is None or right is None:
        return True
    largest = signs.settings["largest"].get(right[2])
    return largest is None or int(left[0] + right[1]) <= largest


def _closes(text: str, signs: Signs) -> bool:
    """Whether ``text`` closes a bracket that it does not open, within its first sentence."""
    depth = 0
    for mark in signs.marks.findall(text[: 2 * BEGINNING]):
        depth += 1 if mark in signs.opening else -1
        if depth < 0:
            return True
    return False


def _rebuild(drafts: Sequence[Draft], fragments: Sequence[Fragment]) -> None:
    """Paragraphs out of linked fragments, each where its beginning stands."""
    first: dict[Span, Fragment] = {}
    for f in fragments:
        first[f.item.spans[0]] = f
    for draft in drafts:
        items: list[Item] = []
        for item in draft.items:
            if item.role != "paragraph":
                items.append(item)
                continue
            items += _paragraphs(item, first)
        draft.items = items


def _paragraphs(item: Item, first: dict[Span, Fragment]) -> Iterator[Item]:
    """What begins within ``item``."""
    for span in item.spans:
        f = first.get(span)
        if f is None or f.goes_on is not None:
            continue
        whole, rest = f.item, f.follows
        whole.loose = []
        while rest is not None:
            whole.spans = whole.spans + rest.item.spans
            whole.text += rest.item.text
            rest = rest.follows
        yield whole

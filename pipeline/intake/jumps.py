"""Open ends matched with what goes on elsewhere: across a caption, furniture or another article, or backwards.

Every paragraph that breaks off is an open end; every paragraph, and what was joined loosely to one, is a start. Pairs
are weighed by what stands on both sides of the break and by the shape of the start; the best are joined, one to one. An
end without a match stays open and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from msgspec.structs import replace

from pipeline.core.offsets import Span
from pipeline.intake.articles import Draft
from pipeline.intake.evidence import Decisions
from pipeline.intake.fragments import NONE, Fragment, ending_of, fragments_of, is_whole, link, rebuild
from pipeline.intake.lines import BEGINNING
from pipeline.intake.order import own_pairs
from pipeline.intake.prospects import (
    ALIKE,
    ELSEWHERE,
    HERE,
    NEXT,
    SHORT,
    SHORT_VERB,
    Outlook,
    prospects_of,
)
from pipeline.intake.signs import Signs
from pipeline.intake.words import across, begins_with_verb

# A pair of an end and a start is one number, its code, by which those that may come to as much are sorted: from the
# highest bits on how far it reaches, the number of its end, whether its start is beyond reach, the number of that, and
# what has been found of the pair.
BITS = 2
FRESH, UNLIKE, LIKE = range(3)
"""Nothing was looked at yet; the start does not, or does, speak of the same as the end."""
WIDTH = 32
NUMBER = (1 << WIDTH) - 1
END = BITS + WIDTH + 1
BEGINNINGS = ("opening", "prose", "clause", "field")


def match_jumps(drafts: Sequence[Draft], wrapped: bool, signs: Signs, decisions: Decisions) -> list[Span]:
    """Mend the paragraphs of ``drafts`` in place; returns the last lines of the ends that stay open.

    ``wrapped``: whether lines are broken where a column ends, so that one may break off behind any sign.

    Each end looks at so many starts before and behind it as the rules say, so the work is linear.
    """
    fragments = fragments_of(drafts, wrapped, signs)
    many = sum([f.end and f.follows == NONE for f in fragments])
    if many == len(fragments) or many > 1 and many * signs.weight("jump_open_share") > len(fragments):
        return []
    if any(f.end for f in fragments):
        ordered = sorted(fragments, key=attrgetter("number"))
        if _Matcher(ordered, signs, decisions).run():
            rebuild(drafts, ordered)
    told = signs.weight("jump_told")
    ends = [f.item for f in fragments if f.end and f.follows == NONE and len(f.item.text) >= told]
    return [item.spans[-1] for item in ends if not is_whole(item.text, signs)]


class _Matcher:
    def __init__(self, fragments: Sequence[Fragment], signs: Signs, decisions: Decisions) -> None:
        """``fragments``: those of the page, by number."""
        self._signs, self._decisions, self._fragments = signs, decisions, fragments
        self._needs, self._reach = signs.weight("jump_needs"), signs.weight("jump_reach")
        self._followed = [f.follows for f in fragments]
        """What goes on with each before any end has found its start."""
        self._words: dict[int, str] = {}
        """What the words over the break say of those pairs of which they were looked at, by rank: a code without what
        has been found."""
        self._levels: dict[int, list[int]] = {}
        """The codes of the pairs that are not settled, by the most that they may come to."""
        self._ends, self._starts = bytearray(len(fragments)), bytearray(len(fragments))
        """Which have found theirs."""
        prospects, longest = prospects_of(signs), signs.weight("jump_short")
        self._prospects = prospects
        for f in fragments:
            f.short = len(f.item.text) <= longest and not f.end
        self._glances = "".join([self._glance(f) for f in fragments])
        """A sign for each fragment: of which kind its beginning is at a glance."""

    def run(self) -> bool:
        """Link each open end with its best start, where one is surely better than what follows it now; whether any was.

        A pair is looked at only when no other can be better, and only until another can: most of its rivals are taken
        by then.
        """
        self._rank()
        levels, fragments = self._levels, self._fragments
        while levels:
            level = max(levels)
            # What is looked at comes to less, if to anything else, so no pair joins these any more.
            for code in sorted(self._alike(levels.pop(level), level)):
                i, j = code >> END & NUMBER, code >> BITS & NUMBER
                if self._ends[i] or self._starts[j]:
                    continue
                end, start = fragments[i], fragments[j]
                score = level + self._over(end, start, code >> BITS)
                if score != level:
                    self._put(score, code)
                elif self._settle(end, start, score, code):
                    self._ends[i] = self._starts[j] = True
        return any([f.follows != before for f, before in zip(fragments, self._followed, strict=True)])

    def _put(self, most: int, code: int) -> None:
        """Keep a pair that may come to ``most``, where that may be enough."""
        if most >= self._needs:
            self._levels.setdefault(most, []).append(code)

    def _alike(self, codes: Iterable[int], level: int) -> list[int]:
        """The codes of those pairs that may come to ``level`` still, once ends and starts are compared."""
        found = []
        ends, starts, fragments = self._ends, self._starts, self._fragments
        for code in codes:
            i, j = code >> END & NUMBER, code >> BITS & NUMBER
            if ends[i] or starts[j]:
                continue
            start, most = fragments[j], level
            if start.beginning.orphan and code & (UNLIKE | LIKE) == FRESH:
                alike = self._are_alike(fragments[i], start)
                code |= LIKE if alike else UNLIKE
                most += (self._signs.weight(ALIKE) if alike else 0) - self._prospects.alike
            if most == level:
                found.append(code)
            else:
                self._put(most, code)
        return found

    def _over(self, end: Fragment, start: Fragment, rank: int) -> int:
        """What the words over the break say, less the most that they may; nothing where it has been reckoned."""
        if rank in self._words:
            return 0
        kind = self._words[rank] = across(end.item.text, start.item.text, self._signs)
        return self._prospects.across[kind] - self._outlook(end).over(start.beginning)

    def _outlook(self, end: Fragment) -> Outlook:
        """What ``end`` may go on with by its last sign."""
        if end.outlook is None:
            end.outlook = self._prospects.outlook(ending_of(end, self._signs))
        return end.outlook

    def _rank(self) -> None:
        """Put the pairs that may come to what a jump needs by the most that they may come to."""
        fragments, needs, by_words = self._fragments, self._needs, self._prospects.by_words
        near = [(end, self._near(end)) for end in fragments if end.end]
        self._look_at([fragments[j] for j in sorted({j for _, found in near for j, _ in found})])
        for end, found in near:
            outlook, i, place, draft, follows = self._outlook(end), end.number, end.place, end.draft, end.follows
            counts, most_of = outlook.counts, outlook.most
            for j, beyond in found:
                start = fragments[j]
                where = NEXT if j == follows else HERE if start.draft == draft else ELSEWHERE
                most = most_of(start.sign, counts and self._is_torn(end, start), where)
                if most >= needs:
                    if start.beginning.orphan:
                        most += by_words[start.alone or self._alone(start)]
                    code = ((abs(start.place - place) << WIDTH | i) << 1 | beyond) << WIDTH | j
                    self._put(most, code << BITS)

    def _near(self, end: Fragment) -> list[tuple[int, bool]]:
        """The numbers of the starts around ``end`` that it may go on with by their kinds, and of what follows it now
        where that is beyond these."""
        reach, i = self._reach, end.number
        near = [m.start() for m in self._outlook(end).hopeful().finditer(self._glances, max(0, i - reach), i + reach)]
        found = [(j, False) for j in near if j != i]
        if end.follows not in near and end.follows not in (NONE, i):
            found.append((end.follows, True))
        return found

    def _settle(self, end: Fragment, start: Fragment, score: int, code: int) -> bool:
        """Link a pair that no other can be better than, unless it is not worth it; whether they are linked now."""
        holds = start.number == end.follows or self._is_better(score, end, start)
        if holds:
            link(end, start, self._fragments)
        if self._decisions.asked and (start.goes_on != end.number or holds):
            names = self._names(end, start, code)
            self._decisions.note("jump", holds, end.item.spans[-1], start.item.spans[0], names, self._needs - 1)
        return holds

    def _is_better(self, score: int, end: Fragment, start: Fragment) -> bool:
        """Whether the pair is worth parting what either is joined with now, and makes no ring."""
        margin, fragments = self._signs.weight("jump_margin"), self._fragments
        for i, j in ((end.number, end.follows), (start.goes_on, start.number)):
            if i != NONE and j != NONE and score < self._score(fragments[i], fragments[j]) + margin:
                return False
        here = end.number
        while here != NONE and here != start.number:
            here = fragments[here].goes_on
        return here == NONE

    def _glance(self, start: Fragment) -> str:
        item, orphan = start.item, start.short and start.follows == NONE
        return self._prospects.glance(item.text[0], _closes(item.text, self._signs), orphan, item.edge, item.resumes)

    def _look_at(self, starts: Sequence[Fragment]) -> None:
        """Note of which kind the beginnings of ``starts`` are: done for those with which an end may go on."""
        beginnings, lookout = [start.item.text[:BEGINNING] for start in starts], self._signs.forms.lookout(*BEGINNINGS)
        seen = lookout.look(beginnings)
        for k, (start, beginning) in enumerate(zip(starts, beginnings, strict=True)):
            opens = any([form.search(beginning) is not None for form in lookout.chosen(seen.get(k, 0))])
            opens = opens or self._signs.is_item(beginning)
            start.beginning = replace(self._prospects.kinds[self._glances[start.number]], opens=opens)
            start.sign = self._prospects.sign(start.beginning)

    def _is_torn(self, end: Fragment, start: Fragment) -> bool:
        """Whether digits stand on both sides of the break and make no number."""
        return "n" in start.beginning.sign and not self._signs.contact.makes_number(end.item.text, start.item.text)

    def _score(self, end: Fragment, start: Fragment) -> int:
        """The sum of all that speaks for and against the start, which goes on with the open end now."""
        signs, outlook = self._signs, self._outlook(end)
        _, score = outlook.told(start.sign, outlook.counts and self._is_torn(end, start), NEXT)
        if start.short and start.follows == NONE:
            score += signs.sum(self._alone(start))
            score += signs.weight(ALIKE) if self._are_alike(end, start) else 0
        if score + outlook.over(start.beginning) < self._needs:
            return score
        return score + self._prospects.across[across(end.item.text, start.item.text, signs)]

    def _names(self, end: Fragment, start: Fragment, code: int) -> tuple[str, ...]:
        """The names of what was found of a pair of the page as it was before any end had found its start."""
        outlook, follows = self._outlook(end), self._followed[end.number]
        place = NEXT if start.number == follows else HERE if start.draft == end.draft else ELSEWHERE
        names, _ = outlook.told(start.sign, outlook.counts and self._is_torn(end, start), place)
        if start.beginning.orphan:
            names += self._alone(start)
        if code & LIKE:
            names += (ALIKE,)
        kind = self._words[code >> BITS]
        return (*names, f"jump_{kind}") if kind else names

    def _alone(self, start: Fragment) -> tuple[str, ...]:
        """What an orphan's first words say: 推动两岸融合。 alone is the rest of a sentence rather than a paragraph."""
        if not start.alone:
            verb = begins_with_verb(start.item.text, self._signs)
            start.alone = SHORT_VERB if verb else SHORT
        return start.alone

    def _are_alike(self, end: Fragment, start: Fragment) -> bool:
        """Whether a good part of the pairs of letters in ``start`` stands in ``end`` too."""
        reach = self._signs.weight("order_reach")
        own, theirs = own_pairs(start.item, reach), own_pairs(end.item, reach)
        return bool(own) and len(own & theirs) * 100 >= len(own) * self._signs.weight("jump_alike_share")


def _closes(text: str, signs: Signs) -> bool:
    """Whether ``text`` closes a bracket that it does not open, within its first sentence."""
    depth = 0
    for mark in signs.marks.findall(text[: 2 * BEGINNING]):
        depth += 1 if mark in signs.opening else -1
        if depth < 0:
            return True
    return False

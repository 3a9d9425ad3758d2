"""Numbers without a unit: what happened to people (2死5伤), and what only their surroundings make an amount."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.lexis.amountcontext import Contexts, Reading, around, contexts
from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountids import Ids, ids
from pipeline.lexis.amountnumber import Number
from pipeline.lexis.amountread import Hits, Read, hits, modifier_of
from pipeline.rulebook import Rulebook


class Bare:
    """Decides what a number without a unit is. Get it by `bare`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities`` and its contexts."""
        s = rules.settings("quantities")
        self._hits: Hits = hits(rules)
        self._contexts: Contexts = contexts(rules)
        self._ids: Ids = ids(rules)
        self._shared_scales, self._several = s["shared_scales"], tuple(s["vague_alone"])
        self._big, self._fused_guards = s["bare_scales"], tuple(s["fused_guards"])
        self._marks, self._deaths = frozenset(s["scale_marks"]), tuple(s["deaths"])
        self._sexes, self._sex_guards = tuple(s["sexes"]), tuple(s["sex_guards"])
        self.fates = frozenset(w[0] for w in (*self._deaths, *self._sexes))
        """The first characters of what happened to people or says which they were: 2死5伤, 3男."""
        self._death_guards, self._people = tuple(s["death_guards"]), s["people"]

    def judge(self, read: Read) -> AmountHit | None:
        """The amount that was read; None where it is none."""
        text, blotted, last, start = read.text, read.blotted, read.last, read.left.start
        number = last.number
        if number.form == "half":
            return None
        fate = self._fate(read) if blotted[last.end : last.end + 1] in self.fates else ""
        near = start and not fate and not text[start - 1].isspace()
        if near and (sign := self._ids.id(text, read.first.number, start, last.end)):
            return self._hits.no(*sign)
        if fate and number.value is not None and number.form != "bare":
            guards = self._sex_guards if fate in self._sexes else self._death_guards
            if not blotted.startswith(guards, last.end + len(fate)):
                return replace(self._hits.of(read), kind="count", rule="quantity.count.deaths", unit=self._people)
        if number.form == "fused":
            if blotted.endswith(self._fused_guards, 0, start):
                return None
            return replace(self._hits.of(read), kind="count", rule="quantity.count")
        surroundings = around(text, start, last.end)
        alone = surroundings.strip() == "#"
        if not alone and not near and (sign := self._ids.id(text, read.first.number, start, last.end)):
            return self._hits.no(*sign)
        if not alone and self._contexts.blocks(text, start, last.end, True):
            return None
        return self._told(read, surroundings, alone)

    def _fate(self, read: Read) -> str:
        """死 or 重伤 behind the number, 男 or 女 behind one that is no 一; empty where none stands."""
        words = self._deaths if read.last.number.form == "one" else (*self._deaths, *self._sexes)
        return next((w for w in words if read.blotted.startswith(w, read.last.end)), "")

    def _told(self, read: Read, surroundings: str, alone: bool) -> AmountHit | None:
        """The amount that ``surroundings`` make of a number."""
        number, modifier = read.last.number, modifier_of(read)
        scaled = not self._marks.isdisjoint(number.text) and (number.form != "bare" or modifier is not None)
        long = number.form == "han" and len(number.text) > 1
        reading = self._contexts.bare(surroundings, scaled, long)
        if reading is None:
            return self._hits.no("it has no unit, and nothing around it makes it an amount")
        if self._is_word(number, modifier, reading, alone):
            return None
        decimal = "." in number.text and not any(c in number.text for c in self._big)
        kind = "number" if reading.scaled and decimal else reading.kind
        if kind == "number" and not alone and number.text[-1] in self._shared_scales:
            kind = "count"  # 增至5.6万 counts as 5.6万户 does
        return replace(self._hits.of(read), kind=kind, rule=reading.rule, unit=reading.code)

    def _is_word(self, number: Number, modifier: str | None, reading: Reading, alone: bool) -> bool:
        """Whether a number that is ``alone``, or among other words, is but a part of a word: 涉数公司."""
        if not alone and reading.kind == "count" and number.text in self._several:
            return True
        if number.form == "bare":
            return not modifier and not (alone and len(number.text) > 1)
        if alone:
            return False
        return number.form == "spelled" or number.form == "one" and reading.scaled and not modifier


def bare(rules: Rulebook) -> Bare:
    """What decides on numbers without a unit for ``rules``, made once."""
    return rules.once(Bare, Bare)

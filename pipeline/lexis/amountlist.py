"""Amounts of one unit in a row: 净利润分别为35.39/40.73/46.29亿元, 提高2.8和1.4个基点, 画幅35×40厘米."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec.structs import replace

from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountnumber import Number
from pipeline.lexis.amountpiece import PieceReader, piece_reader
from pipeline.lexis.amountread import KINDS, RULES
from pipeline.lexis.fragments import Fragment
from pipeline.rulebook import Rulebook

SLASH, POINT, LENGTH = "/", ".", "m"
REACH = 20
"""Characters before the list in which a word may say that its members are respective ones."""


class Lists:
    """Reads such lists. Get it by `lists`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the fragment LISTED and the settings of ``quantities``."""
        self._list = Fragment(rules, "quantities", "LISTED")
        s = rules.settings("quantities")
        self._words = tuple(s["respective"])
        self.signs: str = s["list_signs"]
        """What may stand between the members."""
        self._sign = re.compile(f"[{re.escape(self.signs)}]")
        self._each: str = s["each_point"]
        self._sides = frozenset(s["side_signs"])
        self._pieces: PieceReader = piece_reader(rules)

    def read(self, text: str, start: int) -> list[AmountHit]:
        """The amounts of the list that begins at ``start``, none where there is no list of one unit.

        Scale and unit stand with the last. Two members with a slash need a word like 分别 before them (6/8英寸 is a
        choice), and so do whole numbers with another sign (9、24层 are names). Sides are
        lengths: 2×66万千瓦 is one amount.
        """
        m = self._list.match(text, start)
        if m is None or text[start - 1 : start] in self.signs:
            return []
        members = self._sign.split(m["members"])[:-1]
        before = text[max(0, start - REACH) : start]
        sure = len(members) > 1 if SLASH in m["members"] else all(POINT in member for member in members)
        sides = not self._sides.isdisjoint(m["members"])
        if not sure and not sides and not any(word in before for word in self._words):
            return []
        last = self._pieces.read(text, m.end("members"))
        if last is None or last.unit is None or last.role not in KINDS or last.number.value is None:
            return []
        if last.number.form not in ("arabic", "han") or sides and last.unit.si != LENGTH:
            return []
        kind = KINDS[last.role]
        scale = self._pieces.scale(last)
        hits, at = [], start
        for member in members:
            value = Number(len(member), member, "arabic", Decimal(member)).times(scale).value
            hits.append(AmountHit(at, at + len(member), RULES[kind], 0, kind, value, unit=last.code))
            at += len(member) + 1
        end = AmountHit(at, last.end, RULES[kind], 0, kind, last.number.value, unit=last.code, modifier=last.modifier)
        return [*hits, end]

    def share(self, text: str, hits: list[AmountHit], last: AmountHit) -> None:
        """Give the members before ``last`` their unit, of which they have but the measure word: 1.5个、2.2个百分点."""
        at, start = len(hits) - 1, last.start
        while at >= 0 and hits[at].unit == self._each and hits[at].end == start - 1 and text[start - 1] in self.signs:
            start = hits[at].start
            hits[at] = replace(hits[at], kind=last.kind, rule=last.rule, unit=last.unit)
            at -= 1


def lists(rules: Rulebook) -> Lists:
    """The reader for ``rules``, made once."""
    return rules.once(Lists, Lists)

"""Amounts that do not begin with a numeral (首届, 翻两番, 半斤, 超半数), and scores (3∶2, 2比1)."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from pipeline.core.matchers import Match
from pipeline.lexis.amountcontext import Contexts, around, contexts
from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountnumber import EXACT, SIX
from pipeline.lexis.amountpiece import Piece, PieceReader, piece_reader
from pipeline.lexis.approximators import Approximators
from pipeline.lexis.fragments import Fragment
from pipeline.lexis.numerals import Numerals, numerals
from pipeline.lexis.units import Units, units
from pipeline.rulebook import Rulebook

Step = tuple[AmountHit | None, int]
"""A hit or none, and where the scan goes on."""


class Specials:
    """Finds them. Get it by `specials`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the fragments and settings of ``quantities`` and the approximators."""
        s = rules.settings("quantities")
        self._numerals: Numerals = numerals(rules)
        self._units: Units = units(rules)
        self._pieces: PieceReader = piece_reader(rules)
        self._contexts: Contexts = contexts(rules)
        self._before, self._after = Approximators(rules, "before", True), Approximators(rules, "after", False)
        self._half_whole = s["half_whole"]
        self._doubling = Fragment(rules, "quantities", "DOUBLING")
        self._score = Fragment(rules, "quantities", "SCORE")
        self._first, self._half = s["first"], s["half"]
        self._first_guards, self._first_words = tuple(s["first_guards"]), tuple(s["first_words"])
        self.chars = frozenset(
            (*self._first, *self._half, self._half_whole[0], *s["double"], *s["vague_alone"], *s["pairs"])
        )
        self._slash = Fragment(rules, "quantities", "SLASH")
        self._colons = s["colons"]
        self._first_before = tuple(s["first_before"])
        self._half_number, self._half_heads = s["half_number"], tuple(s["half_of"])
        self._half_ends = tuple(s["half_ends"])
        self._score_words = frozenset(s["score_words"])
        self._ratio_sign, self._score_guards = s["ratio_sign"], tuple(s["score_guards"])

    def find(self, text: str, start: int, end: int) -> Step | None:
        """The amount at ``start``, where one of ``chars`` stands and no numeral begins; None where one does."""
        char = text[start]
        if char == self._first:
            return self._ordinal(text, start)
        if char == self._half:
            return self._half_of(text, start)
        if text.startswith(self._half_whole, start):
            return self._one_half(text, start)
        if (m := self._doubling.match(text, start)) is not None:
            return self._doubled(m)
        return None if self._pieces.begins(text, start) else (None, end)

    def _ordinal(self, text: str, start: int) -> Step:
        """首届 首批: the first; a measure word must follow and nothing that makes another word (首都, 首先)."""
        at = start + 1
        unit = self._units.at(text, at)
        if text.startswith(self._first_guards, at) or text.endswith(self._first_before, 0, start):
            return None, at
        if unit is None or unit.role != "count":
            word = next((w for w in self._first_words if text.startswith(w, at)), None)
            if word is None:
                return None, at
            return AmountHit(start, at + len(word), "quantity.ordinal.first", 1, "ordinal", Decimal(1), unit=word), at
        end = at + len(unit.word)
        return AmountHit(start, end, "quantity.ordinal.first", 1, "ordinal", Decimal(1), unit=unit.code), end

    def _half_of(self, text: str, start: int) -> Step:
        whole = self._most(text, start)
        if whole is not None:
            return whole
        piece = self._pieces.half(text, start)
        if piece is None or piece.unit is None or piece.role == "open":
            return None, start + 1
        found = self._before.before(text, start)
        begin, modifier = (start - len(found[0]), found[1]) if found else (start, None)
        kind = piece.role if piece.role in ("measure", "count", "percent", "ratio") else "measure"
        hit = AmountHit(begin, piece.end, f"quantity.{kind}", 0, kind, piece.number.value, unit=piece.code)
        return replace(hit, modifier=piece.modifier or modifier), piece.end

    def _most(self, text: str, start: int) -> Step | None:
        """超半数, 半数以上, 近半: half of a whole, with an approximator; 半数 alone is a word."""
        number = text.startswith(self._half_number, start)
        end = start + (len(self._half_number) if number else len(self._half))
        before, behind = self._before.before(text, start), self._after.behind(text, end) if number else None
        if before is None and text.endswith(self._half_heads, 0, start) and number:
            before = text[start - 1], "more_than"
        near = before is not None and before[0] in self._half_heads
        if behind is None and not near:
            return None
        if not number and text[end : end + 1].isalnum() and not text.startswith(self._half_ends, end):
            return None
        begin = start - len(before[0]) if before and near else start
        modifier = behind[1] if behind else before[1] if before else None
        end += len(behind[0]) if behind else 0
        return AmountHit(begin, end, "quantity.ratio", 0, "ratio", Decimal("0.5"), modifier=modifier), end

    def _one_half(self, text: str, start: int) -> Step:
        """一半, 超过一半, 一半以上."""
        end = start + len(self._half_whole)
        before, behind = self._before.before(text, start), self._after.behind(text, end)
        begin = start - len(before[0]) if before else start
        end = end + len(behind[0]) if behind else end
        modifier = behind[1] if behind else before[1] if before else None
        return AmountHit(begin, end, "quantity.ratio", 0, "ratio", Decimal("0.5"), modifier=modifier), end

    def _doubled(self, m: Match) -> Step:
        """翻番 doubles, 翻两番 makes four times as much."""
        times = self._numerals.value(m["times"]) if m["times"] else Decimal(1)
        value = Decimal(2 ** int(times or 1))
        found = self._before.before(m["about"], len(m["about"])) if m["about"] else None
        modifier = "more_than" if m["more"] else found[1] if found else None
        start, rule = m.start(), "quantity.ratio.doubled"
        return AmountHit(start, m.end(), rule, 0, "ratio", value, unit="x", modifier=modifier), m.end()

    def score(self, text: str, blotted: str, piece: Piece) -> Step | None:
        """3∶2, 2比1, 1-3 at ``piece`` as a score or a mixing ratio; None where it is neither."""
        if (slash := self._slash.match(blotted, piece.start)) is not None:
            return self._sliced(text, slash)
        m = self._score.match(blotted, piece.start)
        if m is None or m.end() <= piece.end or not self._free(blotted, m):
            return None
        a, b = self._numerals.value(m["a"]), self._numerals.value(m["b"])
        if a is None or b is None:
            return None
        unit = self._units.at(blotted, m.end())
        if unit is not None and unit.word not in self._score_words and m["sign"] not in self._ratio_sign:
            return None
        surroundings = around(text, m.start(), m.end())
        rule, start, end = "quantity.score", m.start(), m.end()
        if b and self._contexts.fits("quantity.ratio.colon", surroundings) and m["sign"] not in "-–—":
            if not self._contexts.fits(rule, surroundings) or self._contexts.fits(
                "quantity.ratio.strict", surroundings
            ):
                value = EXACT.divide(a, b).quantize(SIX, context=EXACT).normalize(EXACT)
                return AmountHit(start, end, "quantity.ratio.colon", 1, "ratio", value), end
        if m["sign"] not in self._ratio_sign and not self._contexts.fits(rule, surroundings):
            return None
        clock = m["sign"] in self._colons and len(m["b"]) == 2 and a < 25 and b < 60
        if clock and not self._contexts.fits("quantity.score.clock", surroundings):
            return None
        return AmountHit(start, end, rule, 1, "score", points=f"{a:f}:{b:f}"), end

    def _sliced(self, text: str, m: Match) -> Step | None:
        """1/3的受访者: a fraction with a slash, where a word of sharing stands next to it (1/4决赛 is none)."""
        found, behind = self._before.before(text, m.start()), self._after.behind(text, m.end())
        start = m.start() - len(found[0]) if found else m.start()
        end = m.end() + len(behind[0]) if behind else m.end()
        if not self._contexts.fits("quantity.ratio.slash", around(text, m.start(), m.end())):
            return None, m.end()
        share = EXACT.divide(Decimal(m["a"]), Decimal(m["b"])).quantize(SIX, context=EXACT).normalize(EXACT)
        modifier = behind[1] if behind else found[1] if found else None
        return AmountHit(start, end, "quantity.ratio.slash", 0, "ratio", share, modifier=modifier), end

    def _free(self, text: str, m: Match) -> bool:
        """Not a part of 1:2:3, 第3比2 or a longer number."""
        before = text[m.start() - 1 : m.start()] if m.start() else ""
        return not (
            before and (before in ".-–—:∶" or before.isascii() and before.isalnum() or before in self._score_guards)
        )


def specials(rules: Rulebook) -> Specials:
    """The finder for ``rules``, made once."""
    return rules.once(Specials, Specials)

"""What grows to the left of a number: sign, approximator, currency mark, 每平方米, 第; and 时速, which stands near."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import regex

from pipeline.lexis.amountpiece import Piece
from pipeline.lexis.approximators import Approximators
from pipeline.lexis.fragments import Fragment
from pipeline.lexis.units import Units, units
from pipeline.rulebook import Rulebook

YEARS = 1000
"""From here on the number before 年 is that of a year."""
ROW = 12
"""Characters before a number in which the 第 of its row may stand."""
EACH = 2
"""The length of the 每-phrases that stand between an approximator and its number: 每股."""


class Left(msgspec.Struct, gc=False):
    """Where the amount begins, and what was found there. ``mark`` is a currency's code, ``per`` a denominator's;
    ``either``: it lies as far below nought as above it (±3%)."""

    start: int
    negative: bool = False
    either: bool = False
    modifier: str | None = None
    mark: str = ""
    per: str = ""
    ordinal: bool = False
    top: bool = False
    silent: bool = False
    whole: str = ""
    """A whole unit that the words before give: km/h behind 时速, a denominator /mu behind 亩产."""

    @property
    def plain(self) -> bool:
        """Whether it changes neither kind nor unit: an approximator, or nothing."""
        marked = self.negative or self.either or self.mark or self.per
        return not (marked or self.ordinal or self.top or self.silent or self.whole)


def _by_last(words: Iterable[str]) -> dict[str, list[str]]:
    """The words by their last characters, in order."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[-1], []).append(word)
    return found


class LeftReader:
    """Grows amounts to the left. Get it by `left_reader`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the settings of ``quantities``, the approximators and the currency marks."""
        s = rules.settings("quantities")
        self._trace = rules.trace
        self._units: Units = units(rules)
        self._before, self._scale = Approximators(rules, "before", True), Approximators(rules, "scale", True)
        self._plus, self._closing = tuple(s["plus"]), s["closing"]
        self._minus = tuple(sorted(s["minus"], key=len, reverse=True))
        self._not_minus = tuple(s["not_minus"])
        self._either, self._poles = tuple(s["either"]), frozenset(s["poles"])
        self._either_ends = frozenset(w[-1] for w in self._either)
        own = (*self._minus, *self._plus, *self._either)
        self._sign_ends = frozenset((" ", *(w[-1] for w in own)))
        self._ordinal, self._top, self._each = s["ordinal"], s["top"], s["each"]
        self._counted = frozenset(s["ordinal_times"])
        self._row_signs, self._row = frozenset(s["row_signs"]), Fragment(rules, "quantities", "ROW_BEFORE")
        self._each_words, self._top_guards = tuple(s["each_words"]), tuple(s["top_guards"])
        self._top_follow = s["top_follow"]
        self._top_words, self._top_units = frozenset(s["top_words"]), tuple(s["top_units"])
        self._parted_words = frozenset(s["parted_words"])
        self._marks = _by_last(sorted(self._units.marks, key=lambda w: -len(w)))
        links = "|".join(s["yield_links"])
        heads = {**s["speed"], **{w: "/mu" for w in s["yield"]}}
        self._heads = heads
        self._head = regex.compile(f"(?P<head>{'|'.join(heads)})(?:{links})*$")
        signs = (" ", *own, self._ordinal, *self._each_words, self._top, *self._units.marks)
        self._words: dict[str, tuple[str, ...]] = {}
        """What may stand right before an amount and belong to it, by its last character."""
        for word in (*signs, *self._before.words, *self._scale.words):
            if self._each not in word:
                self._words[word[-1]] = (*self._words.get(word[-1], ()), word)
        self._yield, self._yielded = Fragment(rules, "quantities", "YIELD"), frozenset(s["yield_units"])
        self.far = (self._each, *heads)
        """What need not stand right before an amount that it belongs to: 每 of 每平方米3万元, 亩产, 时速."""
        self._per_yield = next((code for word, code in heads.items() if word in s["yield"]), "")
        self._head_ends = frozenset(w[-1] for w in (*self._heads, *s["yield_links"]))
        self._parted_ends = frozenset(w[-1] for w in self._parted_words)
        self.verb_ends = frozenset(verb[-1] for verb in s["parted_verbs"])
        """The last characters of the verbs that `parted` looks for."""
        self._verbs = _by_last(s["parted_verbs"])

    def may(self, before: str) -> bool:
        """Whether an amount may grow to its left behind the one or two characters ``before`` it."""
        if before[-1:] in self._row_signs and before[:1].isnumeric():
            return True
        return any(w.endswith(before) or before.endswith(w) for w in self._words.get(before[-1:], ()))

    def grow(self, text: str, piece: Piece, number: Piece, floor: int) -> Left:
        """What stands to the left of ``piece`` (a range's first) and belongs to it, not before ``floor``.

        ``number`` is the piece that has the unit.
        """
        left = Left(piece.start)
        if text[left.start - 1 : left.start] in self._sign_ends:
            self._sign(text, left, piece)
        if text.startswith(self._ordinal, left.start - 1) and left.start > 0:
            if self._trace is not None:
                self._trace.step("ordinal", left.start - 1, left.start, "ordinal")
            left.start, left.ordinal = left.start - 1, True
            return left
        if text[left.start - 1 : left.start] in self._row_signs and self._in_row(text, number):
            left.ordinal = True
            return left
        if text.endswith(self._each_words, 0, left.start):
            left.silent = True
            return left
        if self._is_top(text, left, number):
            left.start, left.top = left.start - 1, True
            return left
        for _ in range(3):
            was = left.start
            if not (self._word(text, left, piece) or self._mark(text, left, number) or self._per(text, left, number)):
                break
            if left.start < floor:
                left.start, left.modifier, left.mark, left.per = was, None, "", ""
                break
        self._near(text, left, number)
        return left

    def counted(self, first: Piece, last: Piece) -> bool:
        """Whether a number with a unit of time may tell which one it is behind 第: 第三个月, no 第2023年."""
        if last.unit is None or last.unit.word not in self._counted or first is not last:
            return False
        return first.number.value is not None and first.number.value < YEARS

    def _in_row(self, text: str, piece: Piece) -> bool:
        """Whether a number goes on with the ordinals before it: 第一、二、|三名, but 第一、|二产业."""
        low = max(0, piece.start - ROW)
        if (
            text.find(self._ordinal, low, piece.start) < 0
            or not piece.role
            and text[piece.end : piece.end + 1] not in self._row_signs
        ):
            return False
        return piece.role in ("", "count") and self._row.search(text, low, piece.start) is not None

    def begin(self, text: str, piece: Piece) -> int:
        """Where ``piece`` begins with its approximator: 下跌|约74点."""
        found = self._before.before(text, piece.start)
        return piece.start - len(found[0]) if found is not None else piece.start

    def sign(self, text: str, piece: Piece) -> tuple[int, bool]:
        """Where ``piece`` begins with its sign, and whether it is negative: the right end of 零下6℃至零下2℃."""
        left = Left(piece.start)
        self._sign(text, left, piece)
        return left.start, left.negative

    def _sign(self, text: str, left: Left, piece: Piece) -> None:
        at = left.start
        if at and text[at - 1] == " ":
            at -= 1
        if text.endswith(self._plus, 0, at):
            left.start = at - len(self._plus[0])
            return
        if text[at - 1 : at] in self._either_ends and text.endswith(self._either, 0, at):
            left.either = piece.unit is not None and piece.code not in self._poles  # no tolerance: ±500千伏
            word = next(w for w in self._either if text.endswith(w, 0, at))
            left.start = at - len(word) if left.either else left.start
            return
        if not text.endswith(self._minus, 0, at):
            return
        for word in self._minus:
            if not text.endswith(word, 0, at):
                continue
            begin = at - len(word)
            if not word.isalpha() and (piece.number.form != "arabic" or not self._dash_is_minus(text, begin, piece)):
                return
            if word.isalpha() and text.endswith(self._not_minus, 0, begin):
                return  # 为企业减负1.4亿元
            if self._trace is not None:
                self._trace.step("sign", begin, at, "-")
            left.start, left.negative = begin, True
            return

    def _dash_is_minus(self, text: str, begin: int, piece: Piece) -> bool:
        """A dash is a minus at the start and behind a mark; behind a word only with a point or a unit (歼-20)."""
        before = text[begin - 1 : begin]
        if not before or before.isspace() or (not before.isalnum() and before not in self._closing):
            return True
        return not before.isascii() and before.isalpha() and (piece.unit is not None or "." in piece.number.text)

    def _is_top(self, text: str, left: Left, piece: Piece) -> bool:
        at = left.start - 1
        if at < 0 or text[at] != self._top or text.endswith(self._top_guards, 0, at):
            return False
        if piece.unit is not None:
            return piece.unit.word in self._top_words
        behind = text[piece.end : piece.end + 1]
        return not behind.isalnum() or behind in self._top_follow or text.startswith(self._top_units, piece.end)

    def _word(self, text: str, left: Left, piece: Piece) -> bool:
        if left.modifier is not None:
            return False
        end = left.start - text.endswith(" ", 0, left.start)  # titles keep their spaces: 涨超 7%
        found = self._before.before(text, end)
        if (
            found is None
            and piece.number.form == "bare"
            and piece.number.modifier is None
            and left.start == piece.start
        ):
            if piece.modifier is None:
                end, found = left.start, self._scale.before(text, left.start)
        if found is None:
            return False
        left.start, left.modifier = end - len(found[0]), found[1]
        self._before.note(found[0], left.start, found[1])
        return True

    def _mark(self, text: str, left: Left, piece: Piece) -> bool:
        if left.mark or (piece.unit is not None and piece.role not in ("money", "coin", "open")):
            return False
        at = left.start - 1 if text.endswith(" ", 0, left.start) else left.start
        if piece.number.form != "arabic" and piece.unit is None:
            return False
        for mark in self._marks.get(text[at - 1 : at], ()):
            if text.endswith(mark, 0, at) and not (
                mark[0].isascii()
                and text[at - len(mark) - 1 : at - len(mark)].isalpha()
                and text[at - len(mark) - 1 : at - len(mark)].isascii()
            ):
                left.start, left.mark = at - len(mark), self._units.marks[mark]
                if self._trace is not None:
                    self._trace.step("currency", left.start, at, left.mark)
                return True
        return False

    def _per(self, text: str, left: Left, piece: Piece) -> bool:
        if left.per or piece.compound or piece.role not in ("money", "measure", "count", "coin"):
            return False
        if text.find(self._each, max(0, left.start - 7), left.start) < 0:
            return False
        found = self._units.each(text, left.start)
        if found is not None and piece.role == "count" and found[0].role == "count":
            return False
        if found is None or not text.startswith(self._each, found[1] - 1) or found[1] == 0:
            return False
        if self._trace is not None:
            self._trace.step("denominator", found[1] - 1, left.start, f"/{found[0].code}", found[0].rule)
        left.start, left.per = found[1] - 1, found[0].code
        return True

    def _near(self, text: str, left: Left, piece: Piece) -> None:
        if piece.role == "measure" and not piece.compound and piece.code in self._yielded:
            if self._yield.search(text, max(0, left.start - 16), left.start):
                left.whole = self._per_yield
        if text[left.start - 1 : left.start] in self._head_ends and piece.role == "measure" and not piece.compound:
            m = self._head.search(text, max(0, left.start - 10), left.start)
            code = self._heads[m["head"]] if m is not None else ""
            if code[:1] == "/" or code and piece.code == code.partition("/")[0]:
                left.whole = code
                if self._trace is not None and m is not None:
                    self._trace.step("unit", *m.span("head"), code)
        if left.modifier is None:
            left.modifier = self.parted(text, left.start)

    def parted(self, text: str, end: int) -> str | None:
        """The modifier of an approximator that a verb or what each is parts from its number at ``end``: 至少跌3.2%,
        不超过每股15元."""
        if text.startswith(self._each, end - EACH) and end >= EACH:
            return self._parting(text, end - EACH)
        for verb in self._verbs.get(text[end - 1 : end], ()):
            at = end - len(verb)
            if text[at - 1 : at] in self._parted_ends and text.endswith(verb, 0, end):
                modifier = self._parting(text, at)
                if modifier is not None:
                    return modifier
        return None

    def _parting(self, text: str, end: int) -> str | None:
        """The modifier of an approximator that may stand apart, where one ends at ``end``."""
        found = self._before.before(text, end)
        if found is None or found[0] not in self._parted_words:
            return None
        self._before.note(found[0], end - len(found[0]), found[1])
        return found[1]


def left_reader(rules: Rulebook) -> LeftReader:
    """The reader for ``rules``, made once."""
    return rules.once(LeftReader, LeftReader)

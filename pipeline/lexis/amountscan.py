"""Where amounts stand in folded text, and what they are: a regular expression finds numerals, and they grow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.core.trace import Trace
from pipeline.lexis.amountblot import Blotter, blotter
from pipeline.lexis.amountcontext import WINDOW
from pipeline.lexis.amounthit import AmountHit
from pipeline.lexis.amountjudge import Judge, judge
from pipeline.lexis.amountleft import Left, LeftReader, left_reader
from pipeline.lexis.amountlist import Lists, lists
from pipeline.lexis.amountnumber import NumberReader, number_reader
from pipeline.lexis.amountpiece import Piece, PieceReader, piece_reader
from pipeline.lexis.amountread import Read
from pipeline.lexis.amountspecial import Specials, specials
from pipeline.lexis.amountsure import Sure, sure
from pipeline.lexis.currencies import Homes, homes
from pipeline.lexis.fragments import Fragment
from pipeline.lexis.units import Units, units
from pipeline.rulebook import Rulebook

__all__ = ["AmountHit", "scan_amounts", "scan_amounts_all"]


PERCENT = "percent"
DIGITS = frozenset("0123456789")
NO_AMOUNT = {
    "date": ("it is a year, month or day", "quantities.dates"),
    "code": ("it is the code of a share", "quantities.SHARE_CODE"),
}
"""Why digits are none that are told at once: most numerals of news are years, months, days and codes of shares."""


Span = tuple[Piece, Piece, bool]
"""One number or a range of two: the first piece, the last, which has the unit, and whether its right end carries its
own minus."""


class Scanner:
    """The scan, compiled. Get hits by `scan_amounts`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads everything that the amounts need of ``rules``."""

        def compiled(name: str) -> Fragment:
            return Fragment(rules, "quantities", name)

        self._trace = rules.trace
        self._start, self._separator = compiled("START"), compiled("SEPARATOR")
        self._spread, self._from = compiled("SPREAD"), compiled("FROM")
        self._near = compiled("NEAR")
        self._tied, self._big = compiled("TIED"), compiled("BIG")
        self._units: Units = units(rules)
        self._numbers: NumberReader = number_reader(rules)
        self._pieces: PieceReader = piece_reader(rules)
        self._left: LeftReader = left_reader(rules)
        self._judge: Judge = judge(rules)
        self._sure: Sure = sure(rules)
        self._specials: Specials = specials(rules)
        self._blotter: Blotter = blotter(rules)
        self._homes: Homes = homes(rules)
        self._lists: Lists = lists(rules)
        self._list_signs = frozenset(self._lists.signs)
        self._begins = re.compile(rules.fragment("quantities", "START_CHARS")).search
        self._told = re.compile(_told(rules, self._pieces.goes_on | set(self._lists.signs))).match
        s = rules.settings("quantities")
        self._separators = frozenset(s["separator_starts"])
        self._score_starts = frozenset(s["score_starts"])
        self._tied_starts = frozenset(s["tied_starts"])
        self._verb_ends, self._ordinal = self._left.verb_ends, s["ordinal"]
        self._changes, self._scales = tuple(s["change_ends"]), s["shared_scales"]
        self._levels = frozenset(s["change_levels"])
        self._compared = Fragment(rules, "quantities", "COMPARED")

    def scan(self, texts: Sequence[str]) -> list[list[AmountHit]]:
        """The amounts of each of the folded ``texts``, in order, none inside another."""
        settled = self._homes.settled
        return [
            settled(text, self._scan(text, blotted))
            for text, blotted in zip(texts, self._blotter.blot(texts), strict=True)
        ]

    def _scan(self, text: str, blotted: str) -> list[AmountHit]:
        hits: list[AmountHit] = []
        at, floor = 0, 0
        begins, told, trace = self._begins, self._told, self._trace
        amount, with_unit = self._amount, self._pieces.with_unit
        signs = self._list_signs
        parsed, known = self._numbers.parsed, self._numbers.known
        while (begin := begins(blotted, at)) is not None:
            start = begin.start()
            if trace is not None:
                trace.begin()
            found = told(blotted, start)
            if found is not None and found.lastgroup == "number":
                value = parsed(found[0]) if trace is None else known(found[0], start)
                assert value is not None
                hit, at = amount(text, blotted, with_unit(blotted, start, found.end(), value, None, found.end()), floor)
            elif found is not None:
                at = found.end()
                if trace is not None:
                    trace.why(*NO_AMOUNT[found.lastgroup or ""])
                    self._note(trace, None, start, at)
                continue
            elif (other := self._start.match(blotted, start)) is None:
                at = start + 1
                continue
            elif blotted[other.end() : other.end() + 1] in signs and (several := self._lists.read(blotted, start)):
                hits += several
                at = floor = several[-1].end
                continue
            else:
                hit, at = self._other(text, blotted, start, floor, other[0])
            if hit is not None:
                if hit.kind == PERCENT and hits and hits[-1].end == hit.start - 1:
                    self._lists.share(text, hits, hit)
                hits.append(hit)
                floor = hit.end
            if trace is not None:
                self._note(trace, hit, start, at)
        return hits

    def _other(self, text: str, blotted: str, start: int, floor: int, run: str) -> tuple[AmountHit | None, int]:
        """What begins with something else than a plain number, and where the scan goes on."""
        if blotted[start] in self._specials.chars:
            special, run = self._specials.find(blotted, start, start + len(run)), ""
            if special is not None:
                return special[0], max(special[1], start + 1)
        piece = self._pieces.read(blotted, start, run)
        if piece is None:
            return None, start + 1
        if piece.number.form == "long":
            return self._judge.too_long(piece), piece.end
        return self._amount(text, blotted, piece, floor)

    @staticmethod
    def _note(trace: Trace, hit: AmountHit | None, start: int, end: int) -> None:
        if hit is None:
            trace.why("it states no amount")
            trace.reject("quantity", start, end)
        else:
            trace.keep("quantity", hit.start, hit.end, WINDOW)

    def _amount(self, text: str, blotted: str, piece: Piece, floor: int) -> tuple[AmountHit | None, int]:
        """The amount that begins with ``piece``, or none, and where the scan goes on."""
        unit, start = piece.unit, piece.start
        behind = blotted[piece.stop : piece.stop + 1]
        if unit is None:
            if self._sure.is_nothing(text, blotted, piece):
                return None, piece.end
            if behind in self._score_starts and (score := self._specials.score(text, blotted, piece)) is not None:
                return score
        first, last, negative = piece, piece, False
        if blotted[piece.end : piece.end + 1] in self._separators:
            first, last, negative = self._neighbours(blotted, piece) or self._range(blotted, piece)
        nth = blotted[start - 1 : start] == self._ordinal
        if last.role == "time" and not (nth and self._left.counted(first, last)):
            if self._trace is not None:
                self._trace.why(
                    "what follows is a unit of time, or a word that counts nothing",
                    last.unit.rule if last.unit else "",
                )
            return None, last.end
        if alone := self._sure.alone(text, start):
            parted = text[start - 1 : start] in self._verb_ends
            left = Left(start, modifier=self._left.parted(blotted, start) if parted else None)
        else:
            left = self._left.grow(blotted, first, last, floor)
            alone = left.start < start and left.plain and self._sure.alone(text, left.start)
        if alone and first is last and (told := self._sure.amount(text, piece, left)) is not None:
            return told, piece.end
        loose = last.unit is None and first is last and last.end == piece.stop and piece.number.text[-1].isascii()
        if loose and behind in self._tied_starts and piece.number.form == "arabic" and not left.ordinal:
            if (tied := self._tied.match(blotted, last.end)) is not None:
                if self._trace is not None:
                    self._trace.why("signs and letters tie it to what follows: an id", "quantities.TIED")
                return None, tied.end()
        hit = self._judge.judge(Read(text, blotted, first, last, left, negative))
        return hit, max(last.end, hit.end if hit is not None else 0)

    def _range(self, text: str, first: Piece) -> Span:
        """Join 3—5万元, 零下6℃至零下2℃, 50元—58元/瓶; a left end takes the scale and the unit of the right one."""
        alone = first, first, False
        sign = self._separator.match(text, first.end)
        if sign is None or first.role == "time" or first.number.form in ("vague", "bare"):
            return alone
        at, negative = self._past_sign(text, sign.end())
        second = self._pieces.read(text, at)
        if second is None or second.number.form in ("long", "vague", "one"):
            return alone
        if second.role == "time":
            return (first, second, False) if first.unit is None else alone
        if first.unit is None:
            loose = second.unit is None and second.number.text[-1] not in self._scales
            if loose and sign[0].strip() in ("-", "—", "–"):
                return alone
            # with the unit -10至-5℃ begins below zero, as -10℃ does
            first = replace(self._pieces.shared(first, second), unit=second.unit)
        elif second.unit is None or second.code.partition("/")[0] != first.code and second.code != first.code:
            return alone
        elif first.code not in self._levels and text.endswith(self._changes, 0, self._left.begin(text, first)):
            if not self._spans(text, first, second):
                return alone
        elif self._from.fullmatch(text, max(0, first.start - 1), first.start) and not self._spread.match(
            text, second.end
        ):
            return alone
        low, high = first.number.value, second.number.value
        if low is None or high is None:
            return alone
        below = self._left.sign(text, first)[1]
        if (-low if below else low) >= (-high if negative else high):
            if below or negative or low == high or not self._spread.match(text, second.end):
                return alone
            # 51045-47300美元区间: the higher end may stand first
            first, second = replace(first, number=second.number), replace(second, number=first.number)
        return first, second, negative

    def _spans(self, text: str, first: Piece, second: Piece) -> bool:
        """Whether two amounts behind a verb of change are the bounds of the change: 比上年增加4亿元至6亿元 is no change
        to 6, which would be of less than itself."""
        low, high = first.number.value, second.number.value
        if low is None or high is None or high >= 2 * low:
            return False
        begin = self._left.begin(text, first)
        return self._compared.search(text, max(0, begin - WINDOW), begin) is not None

    def _neighbours(self, text: str, first: Piece) -> Span | None:
        """五、六家, 三、四百人: two neighbouring digits with a mark between them; 三、四、五班 is a list."""
        if (
            first.unit is not None
            or first.number.form not in ("arabic", "han", "one")
            or text[first.start - 1] == text[first.end]
        ):
            return None
        m = self._near.match(text, first.start)
        if m is None:
            return None
        second = self._pieces.read(text, m.start("high"))
        if second is None or second.unit is None or second.role == "time" or second.number.value is None:
            return None
        low = self._pieces.neighbour(m["low"], m["high"], second)
        return None if low is None else (replace(first, number=low), second, False)

    def _past_sign(self, text: str, at: int) -> tuple[int, bool]:
        """Where the number behind a separator begins, and whether a minus stands before it."""
        if text[at : at + 1] in DIGITS or (m := self._start.search(text, at, at + 6)) is None or m.start() == at:
            return at, False
        number = self._pieces.read(text, m.start())
        if number is None:
            return at, False
        begin, negative = self._left.sign(text, number)
        return (m.start(), True) if begin == at and negative else (at, False)


def _told(rules: Rulebook, goes_on: frozenset[str]) -> str:
    """What is told at once: digits of a date or a share code, a number of digits (万 or 亿 behind it), a Han digit.

    ``goes_on``: the characters behind digits that a reader must look at.
    """
    s = rules.settings("quantities")
    dates, guards, after = (
        "|".join(map(re.escape, some)) or "(?!)" for some in (s["dates"], s["date_guards"], sorted(goes_on))
    )
    code, digits, han = (rules.fragment("quantities", name) for name in ("SHARE_CODE", "DIGITS", "HAN_ALONE"))
    dated = f"(?<!{re.escape(s['ordinal'])})[0-9]++(?=(?:{dates})(?!{guards}))"
    return f"(?P<date>{dated})|(?P<code>{code})|(?P<number>(?:{digits}|{han})(?!{after}))"


def scan_amounts(folded: str, rules: Rulebook) -> list[AmountHit]:
    """The amounts of ``folded``, in order of the text; pure in text and rules, linear in the text's length."""
    return rules.once(Scanner, Scanner).scan([folded])[0]


def scan_amounts_all(texts: Sequence[str], rules: Rulebook) -> list[list[AmountHit]]:
    """The same of each of ``texts``."""
    return rules.once(Scanner, Scanner).scan(texts)

"""The items of a sentence and how they are collected: words parted and joined, signs, 每-phrases and mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from pipeline.core.model import Quantity
from pipeline.facts.clause_marks import PERSON, PLACE, Mark, apart
from pipeline.facts.clause_parts import ATTRIBUTES, PAIR, Parts
from pipeline.facts.clause_turns import CHANGED, LIST, compared, dated, grouped, itemised
from pipeline.facts.coded import Coded
from pipeline.facts.letters import BEYOND, COMPOUND, CUE, EACH, IDIOM, OF, SILENT, WORD, Lexicon

SIGNS = frozenset("():")
"""What is known of brackets and colons."""


AHEAD = 2
"""How many items may stand from a cue to the colon behind which it is told what is planned: 目标|为：……"""


class Items(Parts):
    """The items of a sentence while they are collected; words that hang together are parted, parted ones joined."""

    __slots__ = (
        "marks", "_amounts", "_cues", "_persons", "_brackets", "_open", "_hanging", "_idiom", "_aim",
    )  # fmt: skip

    def __init__(self, folded: str, lex: Lexicon, marks: Mapping[int, Mark], amounts: Sequence[int]) -> None:
        """Nothing collected yet; ``marks`` are the article's mentions by their starts, ``amounts`` where its
        quantities start."""
        super().__init__(folded, lex)
        self.marks, self._amounts, self._hanging = marks, amounts, lex.hanging
        self._cues: list[int] = []
        self._persons: list[int] = []
        self._brackets: dict[int, int] = {}
        self._open: list[int] = []
        self._idiom = self._aim = -1

    def mention(self, mark: Mark, start: int) -> None:
        """Add a mention; it may part the word before it (规模较|3月末)."""
        end, letter, record = mark
        if record is not None:
            if self.ends and self._folded[self.ends[-1] - 1] in self._hanging:
                self._part_before()
            if isinstance(record, Quantity):
                last = -2 if self.letters[-1:] == ["z"] and self.letters[-2:-1] else -1  # 成长到|400亿元
                if self.letters and self._folded[self.starts[last] : self.ends[last]] in self._lex.beside:
                    self.letters[last] = "G"
                if self.letters and self.letters[-1] == "H":
                    self._part_compared()
                elif self.letters and (size := self.ends[-1] - self.starts[-1]) == PAIR:
                    self._part_object()
                elif self.letters and size == 2 and self._folded[self.ends[-1] - 1] in self._lex.sizes:
                    if record.norm.kind == "measure":
                        self._part_size()
                self._quantities[len(self.letters)] = record
            else:
                self._times[len(self.letters)] = record
        elif letter == PERSON:
            self._persons.append(len(self.letters))
            letter = "I"
        elif letter == PLACE:
            self._places.append(len(self.letters))
            letter = "N"
        self.letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)

    def other(self, letter: str, start: int, end: int, tag: str, stop: int) -> int:
        """Add the word ``[start, end)`` of which ``letter`` is known; where to go on, at most at ``stop``."""
        if letter == COMPOUND:
            return self._compound(start, end, tag)
        if letter == SILENT:
            return start + 1
        if letter == OF:
            return self._of(start, end)
        if letter == WORD:
            self._word(self._folded[start:end], start, end, tag)
            return end
        if letter == CUE:
            word = self._folded[start:end]
            if word in self._lex.stuffs and self.letters and self.letters[-1] in ATTRIBUTES:
                letter = "N"
            else:
                self._cues.append(len(self.letters))
                letter = self._lex.letter(word, tag)
        elif letter == EACH:
            return self._each(start)
        elif letter in SIGNS:
            return self._sign(letter, start, stop)
        self.add(letter, start, end)
        return end

    def last_amount(self, end: int) -> int:
        """Where the last quantity before ``end`` starts."""
        return self._amounts[bisect_left(self._amounts, end) - 1]

    def parted(self, start: int, end: int, named: bool) -> bool:
        """Whether the space ``[start, end)`` parts two headlines: 净利润下滑四成 股东减持.

        ``named``: whether a name stands behind it, which no amount of things counts (新增12例 西安新增7例).
        """
        before, behind = self._folded[start - 1 : start], self._folded[end : end + 1]
        if behind.isascii() or not self.letters or (before.isascii() and not (before == "%" or before.isdigit())):
            return False
        last = self._quantities.get(len(self.letters) - 1)
        if last is None or named or end - start > 1 or last.norm.kind in ("percent", "money") or not last.norm.unit:
            return True
        # What it counts stands before it: 新建公园31座 绿地面积增一成; a link stands before: 病例超1万例 学校停课.
        return "".join(self.letters[-3:-1]) == "VN" or self.letters[-2:-1] in (["E"], ["G"], ["g"], ["z"])

    def _sign(self, kind: str, start: int, end: int) -> int:
        """Add what the sign at ``start`` is for the patterns; where to go on (behind a remark)."""
        if kind == "(":
            close, held = self._bracket(start, end)
            if not held:
                return close
            self._open.append(len(self.letters))
            self.add(",", start, start + 1)
        elif kind == ")" and self._open:
            self._brackets[self._open.pop()] = len(self.letters)
            self.add(",", start, start + 1)
        elif kind == ")":
            self.add(",", start, start + 1)  # 【再创新高！销量破百万】|云岭药业
        elif kind == ":":
            if self._cues and self._aim < 0 and self._cues[-1] >= len(self.letters) - AHEAD:
                self._aim = self._cues[-1]
            self.add("E" if self._is_value(start + 1) else ",", start, start + 1)
        return start + 1

    def _is_value(self, start: int) -> bool:
        """Whether an amount opens at ``start`` that no noun follows: 注册资本:7亿元, but no 昨日发生火灾:一栋民宅."""
        mark = self.marks.get(start)
        if mark is None or mark[1] != "Q" or not isinstance(mark[2], Quantity):
            return False
        return mark[2].norm.kind != "count" or not self._folded[mark[0] : mark[0] + 1].isalnum()

    def _bracket(self, start: int, end: int) -> tuple[int, bool]:
        """Where the remark in brackets that opens at ``start`` ends, and whether it holds a quantity."""
        closing = self._lex.closes.search(self._folded, start + 1, end)
        close = closing.start() if closing else max(end, start + 1)
        at = bisect_left(self._amounts, start)
        return min(close + 1, end), at < len(self._amounts) and self._amounts[at] < close

    def _of(self, start: int, end: int) -> int:
        """Add 的 behind a word, which is an attribute by its ending; its end."""
        if self.letters and self.letters[-1] == "N" and self._qualifies():
            self.letters[-1] = "J"
        self.add("d", start, end)
        return end

    def _compound(self, start: int, end: int, tag: str) -> int:
        """Add the compound that begins with the word ``[start, end)``, else the word alone; its end."""
        word, folded = self._folded[start:end], self._folded
        if folded.startswith(self._lex.openings[word[0]], start):
            for compound, letter in self._lex.compounds[word[0]]:
                stop = start + len(compound)
                if stop >= end and folded.startswith(compound, start) and apart(self.marks, end, stop):
                    self.add(letter, start, stop)
                    return stop
        self._word(word, start, end, tag)
        return end

    def _word(self, word: str, start: int, end: int, tag: str) -> None:
        """Add a word that is no mention, joined to the one before where both are one (占|比, 机收|率)."""
        lex, letters = self._lex, self.letters
        known = lex.words.get(word)
        letter = lex.guess(word, tag) if known is None else known
        if known is None and end - start > 1:
            start, letter = self._part(start, end, word, tag, letter)
            if tag == IDIOM:
                self._idiom = len(letters)
        if letters:
            if word in lex.seconds or (letter == "P" and end - start == 1):
                if self.ends[-1] == start and self._join(word, letter, end):
                    return
            elif (
                word in lex.heads
                and letters[-1] == "V"
                and self._folded[self.starts[-1] : self.ends[-1]] not in lex.words
            ):
                letters[-1] = "J"
            elif letter == "d" and letters[-1] == "N" and self._qualifies():
                letters[-1] = "J"
        if self._folded[start:end] in lex.cues:
            self._cues.append(len(letters))
        letters.append(letter)
        self.starts.append(start)
        self.ends.append(end)

    def _qualifies(self) -> bool:
        """Whether the noun before 的 is an attribute: by its end (黑色的), or a phrase behind an amount
        (2名违规操作的)."""
        last = len(self.letters) - 1
        if last == self._idiom and last and self.letters[last - 1] == "Q":
            return True
        return self._folded.endswith(self._lex.attributes, self.starts[last], self.ends[last])

    def _part(self, start: int, end: int, word: str, tag: str, letter: str) -> tuple[int, str]:
        """Where the rest of an unknown word starts once its head is added as an item of its own, and its letter."""
        lex, opens = self._lex, not self.letters or self.letters[-1] in ",TAk"
        if word[0] in lex.leading and word[1:] in lex.words or lex.leads_change(word):
            if word[0] in lex.cues:
                self._cues.append(len(self.letters))
            self.add(lex.words[word[0]], start, start + 1)
            return start + 1, lex.words[word[1:]]
        if word[-1] in lex.hanging and lex.words.get(word[:-1]) == "P":
            # 价格比|节前
            self._word(word[:-1], start, end - 1, tag)
            return end - 1, lex.words[word[-1]]
        if end - start == 4 and (word[2:] in lex.changes or lex.words.get(word[2:]) == "P" and opens):
            # 同比增加, 价格下降, 粮食产量 at the head of its clause: two words that the segmenter keeps as one.
            self._word(word[:2], start, start + 2, tag)
            return start + 2, lex.words[word[2:]]
        if end - start == 4 and letter in "NnV" and lex.words.get(word[:2]) == "A":
            # 大力发展, 顺利完成: an adverb and its verb.
            if word[:2] in lex.cues:
                self._cues.append(len(self.letters))
            self.add("A", start, start + 2)
            return start + 2, lex.letter(word[2:], "v")
        return start, letter

    def _each(self, start: int) -> int:
        """Add the 每-phrase that opens at ``start``; its end, which is where a mention starts at the latest."""
        self._part_before()
        end = self._lex.per_end(self._folded, start)
        end = next((p for p in range(start + 1, end) if p in self.marks), end)
        self.add("e", start, end)
        return end

    def _join(self, word: str, letter: str, end: int) -> bool:
        before = self.letters[-1]
        first = self._folded[self.starts[-1] : self.ends[-1]]
        noun = before == "V" and word in self._lex.seconds
        if noun and word not in self._lex.doers:
            noun = word in self._lex.instruments and first not in self._lex.words
        joined = "N" if noun else self._lex.joined.get(first + word)
        if joined is None and letter == "P" and len(word) == 1 and before in "NnVJP":
            joined = "P"
        if joined is None:
            return False
        if word in self._lex.doers and self._cues[-1:] == [len(self.letters) - 2]:
            del self.letters[-2], self.starts[-1], self.ends[-2], self._cues[-1]  # 尚未|决定者
        self.letters[-1], self.ends[-1] = joined, end
        return True

    def _then(self) -> int:
        """The cue of which the clauses behind it tell: 届时, 预期目标为：……"""
        folded, starts, ends, onward = self._folded, self.starts, self.ends, self._lex.onward
        for i in self._cues:
            if folded[starts[i] : ends[i]] in onward:
                return i
        aims = self._aim >= 0 and folded[starts[self._aim] : ends[self._aim]] in self._lex.aims
        return self._aim if aims else -1

    def coded(self, start: int, end: int, goes_on: bool) -> Coded:
        """What was collected, as the sentence ``[start, end)``; ``goes_on``: in the paragraph of the one before."""
        code = "".join(self.letters)
        code = itemised(code, self._folded, self.starts, self.ends) if LIST in code else code
        code = dated(code, self._folded, self.starts, self.ends, self._lex.sessions) if CHANGED in code else code
        code = compared(code, self._folded, self.starts, self.ends, self._lex.differing) if BEYOND in code else code
        code = grouped(code, self._folded, self._quantities) if len(self._quantities) > 1 else code
        then = self._then() if self._cues else -1
        return Coded(
            start, end, code, self.starts, self.ends, self._quantities, self._times, self._cues,
            self._persons, self._places, self._brackets, then, goes_on,
        )  # fmt: skip

"""Words and names with a numeral frozen in them (一方面, 三一重工) are blotted out before numerals are read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.lexis.units import Units, units
from pipeline.rulebook import Rulebook

BLOT, ESCAPE = "\0", "\x1b"
REACH = 8
"""Characters behind a word that are looked at."""
FROZEN = "a word or name with a numeral frozen in it"


class Blotter:
    """Blots. Get it by `blotter`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the table ``not_amounts`` and what it needs to tell whether a numeral goes on."""
        self._trace = rules.trace
        self._units: Units = units(rules)
        rows = [row for row in rules.rows("not_amounts") if row["role"] != "time"]
        self._rows = {w: row.id for row in rows for w in row["words"]}

        def words(*roles: str) -> list[str]:
            return list(dict.fromkeys(w for row in rows if row["role"] in roles for w in row["words"]))

        # Loose words are looked for in what is left: 提高二叠纪 holds the frozen 二叠纪, and no 高二.
        passes = words("frozen", "keep"), words("loose", "keep")
        self._passes = [(some, _automaton(some)) for some in passes if some]
        self._loose, self._kept = frozenset(words("loose")), frozenset(words("keep"))
        self._guards = {w: row["guards"] for row in rows if row["guards"] for w in row["words"]}
        s = rules.settings("quantities")
        self._long: int = s["long_text"]
        # in the standard library's dialect: there it costs a third
        self._repeated = re.compile(rules.fragment("quantities", "REPEATED"))
        self._escape = re.compile(rules.fragment("quantities", "ESCAPE"))
        self._more = re.compile(f",[0-9]{{3}}(?![0-9])|{rules.fragment('quantities', 'SEPARATOR')}[0-9]")
        self._read_numerals(rules, s["ordinal"], s["vague_inside"])

    def _read_numerals(self, rules: Rulebook, ordinal: str, vague: str) -> None:
        self._scales = rules.word_set("numerals", "role", "tens", "scale")
        self._points = rules.word_set("numerals", "role", "point")
        self._numeral = rules.word_set("numerals", "role", "digit") | self._scales | set("0123456789") | {ordinal}
        self._heads = self._numeral - {ordinal} | set(vague)
        inner = {w for w in rules.word_set("approximators", "side", "inner") if w.isalpha()}
        self._behind = self._numeral | self._heads | self._points | inner

    def blot(self, texts: Sequence[str]) -> Sequence[str]:
        """``texts`` with such words and the escapes of a terminal blotted out, of the same lengths.

        Of a long text noise without end is blotted out too.

        One automaton after the other goes over all of them: each is as large as the cache.
        """
        texts = [self._repeated.sub(_blotted, text) if len(text) >= self._long else text for text in texts]
        texts = [self._escape.sub(_blotted, text) if ESCAPE in text else text for text in texts]
        for words, automaton in self._passes:
            texts = [self._pass(text, words, automaton) for text in texts]
        return texts

    def _pass(self, text: str, words: list[str], automaton: AhoCorasick) -> str:
        parts: list[str] = []
        at = 0
        for which, start, end in automaton.find_matches_as_indexes(text):
            word = words[which]
            # 三万一千 holds no 万一, 至少数百 no 少数, 第一步 no 一步
            if start and word[0] in self._heads and text[start - 1] in self._behind:
                continue
            if word in self._kept or (word in self._loose or word.isdigit()) and self._has_unit(text, end):
                continue
            behind = text[end : end + REACH]
            if self._goes_on(word, behind):
                continue
            if (guards := self._guards.get(word)) is not None and behind.startswith(guards):
                start = end - 1  # 家数 before 据 is 家|数据
                end += next(len(guard) for guard in guards if behind.startswith(guard))
            if self._trace is not None:
                self._trace.reject("quantity", start, end, FROZEN, self._rows[word])
            parts += text[at:start], BLOT * (end - start)
            at = end
        return "".join((*parts, text[at:])) if parts else text

    def _has_unit(self, text: str, end: int) -> bool:
        """Whether a unit follows: 提高三|倍 holds no 高三, 12306|吨 no hotline."""
        unit = self._units.at(text, end)
        return unit is not None and unit.role not in ("time", "open")

    def _goes_on(self, word: str, behind: str) -> bool:
        """Whether the numeral that ends ``word`` goes on ``behind`` it: 少数|百, 一点|五, 高一|点八, 360|0, 996|至."""
        first = behind[:1]
        if first in self._scales or word[-1].isdigit() and (first.isdigit() or self._more.match(behind) is not None):
            return True
        if word in self._loose and first in self._points:
            return behind[1:2] in self._numeral
        return word[-1] in self._points and first in self._numeral


def _blotted(found: re.Match[str]) -> str:
    return BLOT * len(found[0])


def _automaton(words: list[str]) -> AhoCorasick:
    """The words as a table of states: half the time of the default."""
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def blotter(rules: Rulebook) -> Blotter:
    """The blotter for ``rules``, made once."""
    return rules.once(Blotter, Blotter)

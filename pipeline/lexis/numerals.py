"""Numerals to numbers: Arabic with separators, Chinese, formal, mixed, by the characters of rules/numerals.tsv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

import regex

from pipeline.rulebook import Rulebook

TIMES, BASE, MINUS = "×", "10", "−"
LONGEST = 400
"""Digits that a numeral may have; a longer one has no value (issue ``numeral.too-long``)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A run of Arabic digits or one character of a numeral; ``power`` of ten for tens and scales."""

    role: str
    number: int
    power: int = 0
    text: str = ""
    size: int = 1
    """How many characters it has as written."""


Part = tuple[int, int, str]
"""A stretch of a numeral, from and to which token, and what it says: ``35.6``, ``×10^4``."""


class Numerals:
    """The value of numeral strings. Get it by `numerals`."""

    def __init__(self, rules: Rulebook) -> None:
        """Reads the table ``numerals``."""
        self._tokens: dict[str, Token] = {}
        groups: dict[str, str] = {}
        for row in rules.rows("numerals"):
            role, number = row["role"].removeprefix("formal_"), int(row["value"])
            role = "digit" if role == "formal" else role
            power = len(str(number)) - 1 if role in ("tens", "scale") else 0
            for char in row["words"]:
                self._tokens[char] = Token(role, number, power, char)
                groups[row["role"]] = groups.get(row["role"], "") + char
        self.chars: Mapping[str, str] = groups
        """The characters of each role of the table as one string, fit for a character class."""
        commas = regex.escape(groups.pop("group", ","))
        self._grouped = regex.compile(rf"[0-9]{{1,3}}(?:[{commas}][0-9]{{3}})++|[0-9]++")
        self._zero = frozenset(c for c, t in self._tokens.items() if t.role == "digit" and t.number == 0)

    def value(self, text: str, parts: list[Part] | None = None) -> Decimal | None:
        """The exact number that the folded numeral ``text`` states, precision as written (185.30, 1.50万 is 15000).

        None where it is no numeral or has more than `LONGEST` characters. The sign and 半 are the caller's. What each
        part of it says is appended to ``parts``, by tokens; see `steps`.
        """
        if len(text) > LONGEST:
            return None
        if text.isascii() and text.isdigit():
            return Decimal(text)
        if TIMES in text:
            return self._powered(text)
        tokens = list(self._read("".join(text.split())))
        if not tokens or any(t.role == "bad" for t in tokens):
            return None
        roles = {t.role for t in tokens}
        if roles <= {"digit", "number"} and len(tokens) > 1:
            return self._spelled(tokens)
        if "point" in roles:
            return self._decimal(tokens, parts)
        return self._whole(tokens, parts)

    def steps(self, text: str) -> list[Part]:
        """What each part of the numeral says, by offsets: ``(0, 5, "35.6")`` and ``(5, 6, "×10^4")`` of 三十五点六万.

        They are noted while the value is read; empty where there is but one part.
        """
        parts: list[Part] = []
        self.value(text, parts)
        places = [i for i, c in enumerate(text) if not c.isspace()]
        ends = [0]
        for token in self._read("".join(text.split())) if len(parts) > 1 else ():
            ends.append(ends[-1] + token.size)
        return [(places[ends[i]], places[ends[j] - 1] + 1, said) for i, j, said in parts if len(parts) > 1]

    def _read(self, text: str) -> Iterator[Token]:
        i = 0
        while i < len(text):
            run = self._grouped.match(text, i)
            if run is not None:
                i = run.end()
                digits = "".join(c for c in run[0] if c.isdigit())
                yield Token("number", int(digits), 0, digits, len(run[0]))
                continue
            yield self._tokens.get(text[i], Token("bad", 0))
            i += 1

    def _powered(self, text: str) -> Decimal | None:
        """1.5×10^6, 3.2×10⁻⁵: what stands before the sign, so many places on."""
        head, _, power = text.partition(TIMES)
        value = self.value(head.rstrip())
        places = normalize("NFKC", power).replace(MINUS, "-").strip().removeprefix(BASE).removeprefix("^")
        return None if value is None or not places.lstrip("-").isdecimal() else Decimal(f"{value:f}E{places}")

    def _spelled(self, tokens: list[Token]) -> Decimal | None:
        """二〇二四 is read digit by digit; 1 234 after 2 (a mixture) is no numeral."""
        if any(t.role == "number" for t in tokens):
            return None
        return Decimal("".join(str(t.number) for t in tokens))

    def _decimal(self, tokens: list[Token], parts: list[Part] | None = None) -> Decimal | None:
        """三点五, 1.5万亿: a whole part, the point, digits one by one, then scales only."""
        at = next(i for i, t in enumerate(tokens) if t.role == "point")
        end = at + 1
        while end < len(tokens) and tokens[end].role in ("digit", "number"):
            end += 1
        behind, scales = tokens[at + 1 : end], tokens[end:]
        if not behind or any(t.role not in ("tens", "scale") for t in scales):
            return None
        if any(t.role == "number" for t in behind) and len(behind) > 1:
            return None
        head = self._whole(tokens[:at]) if at else Decimal(0)
        if head is None:
            return None
        digits = "".join(t.text if t.role == "number" else str(t.number) for t in behind)
        if parts is not None:
            parts.append((0, end, f"{head:f}.{digits}"))
            parts += [(i, i + 1, _power(t)) for i, t in enumerate(scales, end)]
        return Decimal(f"{head:f}.{digits}E{sum(t.power for t in scales)}")

    def _whole(self, tokens: list[Token], parts: list[Part] | None = None) -> Decimal | None:
        """三千五百零六万 by sections; 三万五 and 一百五 leave out their last ten."""
        total = section = 0
        digit: int | None = None
        last, lowest, begin = 0, 0, 0
        for i, token in enumerate(tokens):
            if token.role == "tens":
                if digit is None and section and last != token.power:
                    section = section * token.number if token.power >= last else section + token.number
                else:
                    section += (digit or 1) * token.number  # 一百零十: a zero multiplies nothing
                digit, last = None, token.power
            elif token.role == "scale":
                held = section + (digit or 0)
                if parts is not None:
                    parts += [(begin, i, str(held))] * (begin < i) + [(i, i + 1, _power(token))]
                    begin = i + 1
                if token.power >= lowest and total:
                    total = (total + held) * token.number
                else:
                    total += (held or (0 if digit == 0 else 1)) * token.number
                section, digit, last, lowest = 0, None, token.power, token.power
            elif token.role == "joined" and digit is None:
                section, last = section + token.number, 1
            elif token.role in ("digit", "number"):
                if digit:
                    return None
                digit = token.number
                if token.text in self._zero:
                    last = 0
            else:
                return None
        if digit and last > 1 and len(str(digit)) == 1:
            digit *= 10 ** (last - 1)
        if parts is not None and begin < len(tokens):
            parts.append((begin, len(tokens), str(section + (digit or 0))))
        return Decimal(total + section + (digit or 0))


def _power(token: Token) -> str:
    return f"\u00d710^{token.power}"


def numerals(rules: Rulebook) -> Numerals:
    """The numerals of ``rules``, made once."""
    return rules.once(Numerals, Numerals)

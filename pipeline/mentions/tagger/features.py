"""What the tagger sees of each character, as rows of its table of weights: characters, words, signs, what rules say.

A feature is a template and a value. Both are mixed into a number of `BITS` bits, the row of the feature: two features
may share one, which costs less than a dictionary of all values would. All is done on arrays over the characters of a
batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items

BITS = 19
"""Bits of a feature's row."""
FORM = "2"
"""The name of this set of features."""
LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
"""What a character is, in the order of the columns of weights: begins a name, goes on in one, is outside."""

_EDGE = "|"
"""The sign and the tag of what stands between texts."""
_BETWEEN = "\n\n"
"""Around the texts of a batch, as wide as a character sees: none sees one of another text."""
_MULTIPLIER = 0x9E3779B97F4A7C15
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_MIXER = np.uint64(0xBF58476D1CE4E5B9)
TEMPLATES = (
    *("rules", "rules and rule", "rules and kind", "rules with rule and kind", "rules before", "rules after"),
    *("rules and character", "rules and character before", "rules and character after"),
    *("character", "character before", "character after", "second character before", "second character after"),
    *("pair before", "pair after", "second pair before", "second pair after", "characters around"),
    *("sign", "sign before", "sign after", "signs before", "signs after", "signs around", "second sign before"),
    *("second sign after", "part of speech", "parts of speech before", "parts of speech after"),
    *("word", "word before", "word after", "sign and character", "sign and kind", "kind"),
)
"""The templates of features, in the order of their numbers: what each looks at."""
_FIRST, _LAST = 1, 2
"""What is added to the code of a name's first and last character."""
_TEMPLATE, _ALL = 0xD6E8FEB86659FD93, (1 << 64) - 1
_SHIFT = np.uint64(31)

Codes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sight:
    """One text as the tagger sees it."""

    folded: str
    items: Items
    kept: Sequence[Candidate]
    """The names that the rules see, apart from each other."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The texts of a batch, one after the other."""

    text: str
    chars: npt.NDArray[np.uint32]
    offsets: tuple[int, ...]
    """Where each text begins in ``text``."""
    ends: tuple[int, ...]


def lay_out(sights: Sequence[Sight]) -> Strip:
    """The texts of ``sights`` one after the other, with something between them."""
    text = _BETWEEN + "".join([s.folded + _BETWEEN for s in sights])
    offsets, ends, at = [], list[int](), len(_BETWEEN)
    for s in sights:
        offsets.append(at)
        ends.append(at + len(s.folded))
        at = ends[-1] + len(_BETWEEN)
    return Strip(text, np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32), tuple(offsets), tuple(ends))


def rows_of(sights: Sequence[Sight], strip: Strip, kinds: Sequence[int]) -> Iterator[Rows]:
    """For each template the row of each character of ``strip``, which holds the texts of ``sights``, of ``kinds``."""
    sizes = np.diff(strip.offsets, prepend=0, append=len(strip.chars))
    kind = np.repeat(np.array([0, *kinds], np.uint64), sizes)
    for number, values in enumerate(_templates(sights, strip.chars.astype(np.uint64), strip.offsets, kind)):
        yield _template_rows(number, values)


def said_rows() -> Mapping[str, Sequence[int]]:
    """The rows that say what the rules say of a character, and nothing else, for each label that it has then."""
    out: dict[str, Sequence[int]] = {}
    for label in ("PER", "ORG", "LOC"):
        values = np.array([_tag(label) * 4 + place for place in range(4)], np.uint64)
        rows = _template_rows(0, values).tolist()
        out[f"B-{label}"] = [rows[place] for place in (_FIRST, _FIRST + _LAST)]
        out[f"I-{label}"] = [rows[place] for place in (0, _LAST)]
    return out


def _template_rows(number: int, values: Codes) -> Rows:
    return mixed(values + np.uint64((number + 1) * _TEMPLATE & _ALL), BITS)


def mixed(values: Codes, bits: int) -> Rows:
    """``values`` mixed into numbers of so many ``bits``."""
    out = values ^ values >> _SHIFT
    out *= _MIXER
    rows: Rows = (out >> np.uint64(64 - bits)).view(np.int64)
    return rows


def _pair(a: Codes, b: Codes) -> Codes:
    return a * np.uint64(_MULTIPLIER) + b


def _templates(sights: Sequence[Sight], char: Codes, offsets: Sequence[int], kind: Codes) -> Iterator[Codes]:
    """The values of each template, in a fixed order: the weights are learnt for it."""
    yield from _of_rules(sights, char, offsets, kind)
    yield from _of_characters(char)
    yield from _of_words(sights, char, offsets, kind)
    yield kind


def _of_characters(char: Codes) -> Iterator[Codes]:
    before, after = _shift(char, 1), _shift(char, -1)
    yield char
    yield before
    yield after
    yield _shift(char, 2)
    yield _shift(char, -2)
    yield _pair(before, char)
    yield _pair(char, after)
    yield _pair(_shift(char, 2), before)
    yield _pair(after, _shift(char, -2))
    yield _pair(before, after)


def _of_words(sights: Sequence[Sight], char: Codes, offsets: Sequence[int], kind: Codes) -> Iterator[Codes]:
    starts, ends, signs, tags = _words(sights, offsets)
    sign = np.frombuffer(signs.encode("utf-32-le"), np.uint32).astype(np.uint64)
    tag = np.array([_tag(t) for t in tags], np.uint64)
    word = _hashes(char, starts, ends)
    of = np.searchsorted(starts, np.arange(len(char)), "right") - 1
    of[of < 0] = 0
    at = np.arange(len(char))
    place = (at == starts[of]).astype(np.uint64) + np.uint64(2) * (at >= ends[of] - 1).astype(np.uint64)
    before, after = _shift(sign, 1), _shift(sign, -1)
    lone = np.uint64(4)
    here = sign[of] * lone + place
    yield here
    yield before[of] * lone + place
    yield after[of] * lone + place
    yield _pair(here, before[of])
    yield _pair(here, after[of])
    yield _pair(_pair(here, before[of]), after[of])
    yield _pair(_shift(sign, 2)[of] * lone + place, before[of])
    yield _pair(_shift(sign, -2)[of] * lone + place, after[of])
    yield tag[of] * lone + place
    yield _pair(tag[of] * lone + place, _shift(tag, 1)[of])
    yield _pair(tag[of] * lone + place, _shift(tag, -1)[of])
    yield word[of] * lone + place
    yield _shift(word, 1)[of] * lone + place
    yield _shift(word, -1)[of] * lone + place
    yield _pair(here, char)
    yield _pair(here, kind)


def _words(sights: Sequence[Sight], offsets: Sequence[int]) -> tuple[Rows, Rows, str, list[str]]:
    """Starts, ends, signs and tags of the words of all texts; each sign between texts is a word too."""
    between = len(_BETWEEN)
    starts, ends = list(range(between)), list(range(1, between + 1))
    signs, tags = [_EDGE * between], [_EDGE] * between
    for s, offset in zip(sights, offsets, strict=True):
        after = offset + len(s.folded)
        starts += [a + offset for a in s.items.starts]
        ends += [b + offset for b in s.items.ends]
        starts += range(after, after + between)
        ends += range(after + 1, after + between + 1)
        signs += [s.items.signs, _EDGE * between]
        tags += [*s.items.tags, *[_EDGE] * between]
    return np.array(starts, np.int64), np.array(ends, np.int64), "".join(signs), tags


def _of_rules(sights: Sequence[Sight], char: Codes, offsets: Sequence[int], kind: Codes) -> Iterator[Codes]:
    said, why = np.zeros(len(char), np.uint64), np.zeros(len(char), np.uint64)
    for s, offset in zip(sights, offsets, strict=True):
        for c in s.kept:
            a, b = c.start + offset, c.end + offset
            label = _tag(c.label)
            said[a:b] = label * 4
            said[a] += np.uint64(_FIRST)
            said[b - 1] += np.uint64(_LAST)
            why[a:b] = _tag(c.rule)
    yield said
    yield _pair(said, why)
    yield _pair(said, kind)
    yield _pair(_pair(said, why), kind)
    yield _pair(said, _shift(said, 1))
    yield _pair(said, _shift(said, -1))
    yield _pair(said, char)
    yield _pair(said, _shift(char, 1))
    yield _pair(said, _shift(char, -1))


def _hashes(char: Codes, starts: Rows, ends: Rows) -> Codes:
    """A number for each word, the same wherever it stands: differences of one running sum."""
    powers, inverses = _powers(1 << len(char).bit_length())
    total = np.zeros(len(char) + 1, np.uint64)
    np.cumsum(char * powers[: len(char)], out=total[1:])
    out: Codes = (total[ends] - total[starts]) * inverses[starts]
    return out


@lru_cache(maxsize=1)
def _powers(size: int) -> tuple[Codes, Codes]:
    up, down = np.full(size, _MULTIPLIER, np.uint64), np.full(size, _INVERSE, np.uint64)
    up[0] = down[0] = 1
    return np.cumprod(up), np.cumprod(down)


@lru_cache(maxsize=256)
def _tag(name: str) -> int:
    return crc32(name.encode())


def _shift(values: npt.NDArray[Any], by: int) -> npt.NDArray[Any]:
    """``values`` moved so that each place holds what stands ``by`` before it; zero where nothing does."""
    out = np.zeros_like(values)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out

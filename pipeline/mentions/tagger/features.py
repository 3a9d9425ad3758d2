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

from pipeline.core.slices import Record
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
_REMEMBERED = 4096
"""Names whose numbers are kept."""

Codes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


class Sight(Record, frozen=True):
    """One text as the tagger sees it."""

    folded: str
    items: Items
    kept: Sequence[Candidate]
    """The names that the rules see, apart from each other."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a batch, one after the other; each sign between texts is one too."""

    starts: Rows
    ends: Rows
    signs: Codes
    """The code point of the sign of each."""
    tags: Codes
    """A number for the part of speech of each."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The texts of a batch, one after the other."""

    text: str
    chars: npt.NDArray[np.uint32]
    offsets: tuple[int, ...]
    """Where each text begins in ``text``."""
    words: Words
    said: Codes
    """What the rules say of each character: 0, or the label of its name and whether it is the first or the last."""
    why: Codes
    """Which rule says it."""


def lay_out(sights: Sequence[Sight]) -> Strip:
    """The texts of ``sights`` one after the other, with something between them."""
    text = _BETWEEN + "".join([s.folded + _BETWEEN for s in sights])
    offsets, at = [], len(_BETWEEN)
    for s in sights:
        offsets.append(at)
        at += len(s.folded) + len(_BETWEEN)
    chars = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return Strip(text, chars, tuple(offsets), _words(sights, offsets), *_said(sights, offsets, len(chars)))


def rows_of(strip: Strip, kinds: Sequence[int], at: Rows) -> Iterator[Rows]:
    """For each template the row of each character of ``strip`` that stands ``at`` a place; texts are of ``kinds``."""
    of = np.searchsorted(strip.offsets, at, "right")
    kind = np.array([0, *kinds], np.uint64)[of]
    for number, values in enumerate(_templates(strip, kind, at)):
        yield _template_rows(number, values)


def said_rows() -> Mapping[str, Sequence[int]]:
    """The rows that say what the rules say of a character, and nothing else, for each label that it has then."""
    out: dict[str, Sequence[int]] = {}
    for label in ("PER", "ORG", "LOC"):
        values = np.array([_TAGS[label] * 4 + place for place in range(4)], np.uint64)
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


def _templates(strip: Strip, kind: Codes, at: Rows) -> Iterator[Codes]:
    """The values of each template, in a fixed order: the weights are learnt for it."""
    char = strip.chars.astype(np.uint64)
    here, before, after = _around(char, at, 0, -1, 1)
    yield from _of_rules(strip, (here, before, after), kind, at)
    yield from _of_characters(char, (here, before, after), at)
    yield from _of_words(strip, here, kind, at)
    yield kind


def _of_characters(char: Codes, around: Sequence[Codes], at: Rows) -> Iterator[Codes]:
    here, before, after = around
    second_before, second_after = _around(char, at, -2, 2)
    yield here
    yield before
    yield after
    yield second_before
    yield second_after
    yield _pair(before, here)
    yield _pair(here, after)
    yield _pair(second_before, before)
    yield _pair(after, second_after)
    yield _pair(before, after)


def _of_words(strip: Strip, char: Codes, kind: Codes, at: Rows) -> Iterator[Codes]:
    starts, ends = strip.words.starts, strip.words.ends
    word = _hashes(strip.chars.astype(np.uint64), starts, ends)
    of = np.maximum(np.searchsorted(starts, at, "right") - 1, 0)
    place = (at == starts[of]).astype(np.uint64) + np.uint64(2) * (at >= ends[of] - 1).astype(np.uint64)
    lone = np.uint64(4)
    own, before, after, second_before, second_after = _around(strip.words.signs, of, 0, -1, 1, -2, 2)
    here = own * lone + place
    yield here
    yield before * lone + place
    yield after * lone + place
    yield _pair(here, before)
    yield _pair(here, after)
    yield _pair(_pair(here, before), after)
    yield _pair(second_before * lone + place, before)
    yield _pair(second_after * lone + place, after)
    speech, speech_before, speech_after = _around(strip.words.tags, of, 0, -1, 1)
    spoken = speech * lone + place
    yield spoken
    yield _pair(spoken, speech_before)
    yield _pair(spoken, speech_after)
    for one in _around(word, of, 0, -1, 1):
        yield one * lone + place
    yield _pair(here, char)
    yield _pair(here, kind)


def _words(sights: Sequence[Sight], offsets: Sequence[int]) -> Words:
    between = len(_BETWEEN)
    starts = list(range(between))
    signs, tags = [_EDGE * between], [_EDGE] * between
    counts = [between]
    for s in sights:
        after = len(s.folded)
        starts += s.items.starts
        starts += range(after, after + between)
        signs += [s.items.signs, _EDGE * between]
        tags += s.items.tags
        tags += [_EDGE] * between
        counts.append(len(s.items.starts) + between)
    places = np.array(starts, np.int64) + np.repeat(np.array([0, *offsets], np.int64), counts)
    return Words(
        places,
        np.append(places[1:], places[-1] + 1),  # white space is a word too: nothing lies between two
        np.frombuffer("".join(signs).encode("utf-32-le"), np.uint32).astype(np.uint64),
        np.array(list(map(_TAGS.__getitem__, tags)), np.uint64),
    )


def _of_rules(strip: Strip, around: Sequence[Codes], kind: Codes, at: Rows) -> Iterator[Codes]:
    said, said_before, said_after = _around(strip.said, at, 0, -1, 1)
    why = strip.why[at]
    yield said
    yield _pair(said, why)
    yield _pair(said, kind)
    yield _pair(_pair(said, why), kind)
    yield _pair(said, said_before)
    yield _pair(said, said_after)
    for char in around:
        yield _pair(said, char)


def _said(sights: Sequence[Sight], offsets: Sequence[int], size: int) -> tuple[Codes, Codes]:
    """What the rules say of each character, and which rule: names do not overlap."""
    said, why = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    names = [
        (c.start + offset, c.end + offset, _TAGS[c.label], _TAGS[c.rule])
        for s, offset in zip(sights, offsets, strict=True)
        for c in s.kept
    ]
    if names:
        starts, ends, labels, rules = np.array(names, np.int64).T
        sizes = ends - starts
        within = np.arange(int(sizes.sum())) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        said[within] = np.repeat(labels * 4, sizes)
        why[within] = np.repeat(rules, sizes)
        said[starts] += np.uint64(_FIRST)
        said[ends - 1] += np.uint64(_LAST)
    return said, why


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


class _Tags(dict[str, int]):
    """A number for each part of speech, label and rule."""

    def __missing__(self, name: str) -> int:
        number = crc32(name.encode())
        if len(self) < _REMEMBERED:
            self[name] = number
        return number


_TAGS = _Tags()


def _around(values: npt.NDArray[Any], at: Rows, *by: int) -> Iterator[npt.NDArray[Any]]:
    """The values ``by`` so many places from each place ``at``; at the ends the last one again."""
    for distance in by:
        yield values.take(at + distance, mode="clip")

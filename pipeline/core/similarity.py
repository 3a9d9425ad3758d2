"""How alike two texts are, by a sketch of their runs of characters, and which of many texts stood there before.

The sketch of a text is the smallest hashes of its n-grams (bottom-k sampling: Cohen and Kaplan, Summarizing data using
bottom-k sketches, 2007), the share of common ones among the smallest of both estimates the Jaccard similarity of the
sets of n-grams (Broder, On the resemblance and containment of documents, 1997).
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from struct import unpack_from
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

GRAM = 5
"""Characters of a run: long enough to stand in few texts by chance."""
SIZE = 64
"""Hashes of a sketch; the estimate's standard error is 1 / (2 * sqrt(SIZE)) = 0.06 at most."""
SHORTEST = 60
"""Letters and digits below which a text has no sketch: short notices are alike without being reprints."""
ALIKE = 0.7
"""The similarity from which a text is a reprint: some sentences may be cut or changed."""
KEYS = 12
"""Hashes by which a text is looked up."""
SHARED = 2
"""How many of these two texts that are alike nearly surely have in common; one alone is of a phrase that many have."""
CROWD = 8
"""How many texts are kept for one hash: phrases that stand everywhere (本报讯) tell nothing."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)

Sketch = bytes
"""Ascending 64-bit hashes, eight bytes each, the lowest first: many are kept, and few are looked into."""
Codes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Key = TypeVar("Key", bound=Hashable)


def sketches(texts: Sequence[str]) -> list[Sketch]:
    """The sketch of each text, empty where that is too short. Space and signs do not count.

    Each is a pure function of its text, the same on every machine; linear in its length. The hashes are made of all
    texts at once: most articles are so short that the steps cost more than the work.
    """
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "replace"), dtype="<u4")
    lettered = _lettered(codes)
    before = np.append(0, np.cumsum(lettered))
    bounds = before[np.cumsum([0, *map(len, texts)])]
    hashes = _hashes(codes[lettered].astype(np.uint64))
    long = np.flatnonzero(bounds[1:] - bounds[:-1] >= SHORTEST)
    starts, ends = bounds[long], bounds[long + 1] - GRAM + 1
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        hashes[start:end].sort()
    out = [b""] * len(texts)
    for place, own in zip(long.tolist(), _smallest(hashes, starts, ends), strict=True):
        out[place] = own
    return out


def _lettered(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Whether each of a row of code points is that of a letter or a digit."""
    if not len(codes):
        return np.zeros(0, np.bool_)
    there = np.zeros(int(codes.max()) + 1, np.bool_)
    there[codes] = True
    met = np.flatnonzero(there)
    there[met] = np.char.isalnum(met.astype("<u4").view("<U1"))
    lettered: npt.NDArray[np.bool_] = there[codes]
    return lettered


def _hashes(codes: Codes) -> Codes:
    """The hash of the n-gram at each place of a row of code points."""
    hashes = np.zeros(max(len(codes) - GRAM + 1, 0), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for k in range(GRAM):
            hashes *= _MULTIPLIER
            hashes += codes[k : k + len(hashes)]
        # The finalizer of splitmix64 (Steele and others, 2014): neighbouring values fall far apart.
        hashes = (hashes ^ (hashes >> np.uint64(30))) * _MIX
        hashes ^= hashes >> np.uint64(31)
    return hashes


def _smallest(hashes: Codes, starts: Places, ends: Places) -> list[Sketch]:
    """The ``SIZE`` smallest different ones of the ascending hashes of each run from a start to an end."""
    if not len(starts):
        return []
    first = np.append(True, hashes[1:] != hashes[:-1])
    first[starts] = True  # though it be the last of the run before
    kept = np.cumsum(first)
    starts, ends = kept[starts] - 1, kept[ends - 1]
    octets = hashes[first].astype("<u8", copy=False).tobytes()
    bounds = zip((starts * 8).tolist(), (np.minimum(starts + SIZE, ends) * 8).tolist(), strict=True)
    return [octets[start:end] for start, end in bounds]


def hashes_of(own: Sketch, most: int = SIZE) -> tuple[int, ...]:
    """The first ``most`` hashes of a sketch."""
    count = min(most, len(own) // 8)
    return unpack_from(f"<{count}Q", own)


def similarity(one: Sketch, other: Sketch) -> float:
    """The estimated Jaccard similarity of two sketched texts, from 0 to 1; 0 where one has no sketch."""
    if not one or not other:
        return 0.0
    mine, theirs = hashes_of(one), hashes_of(other)
    both = set(mine).intersection(theirs)
    union = sorted({*mine, *theirs})[:SIZE]
    return len(both.intersection(union)) / len(union)


class Reprints(Generic[Key]):
    """The texts of a run, in bounded memory: of each new one it tells which earlier one it is most like."""

    def __init__(self, largest: int = 50_000) -> None:
        """``largest``: how many texts are kept; with more the oldest are forgotten."""
        self._largest = largest
        self._sketches: OrderedDict[Key, Sketch] = OrderedDict()
        self._by_hash: dict[int, Key] = {}
        """The first text with each hash."""
        self._more: dict[int, list[Key]] = {}
        """Further ones: few hashes stand in more than one text."""

    def add(self, key: Key, own: Sketch) -> tuple[Key, float] | None:
        """Keep the text with the sketch ``own`` under ``key``; returns the earlier text that it is a reprint of and
        their similarity.

        Of several that are equally alike the earliest counts. A key that is there already is not compared with itself.
        """
        if not own:
            return None
        keys = hashes_of(own, KEYS)
        best = None
        if not self._by_hash.keys().isdisjoint(keys):
            known = [h for h in keys if h in self._by_hash]
            least = min(SHARED, len(keys))
            if len(known) >= least:
                met = Counter([k for h in known for k in (self._by_hash[h], *self._more.get(h, ())) if k != key])
                near = [k for k, count in met.items() if count >= least]
                best = self._most_like(own, near) if near else None
            if key in self._sketches:
                return best
            for h in known:
                more = self._more.setdefault(h, [])
                if len(more) < CROWD - 1:
                    more.append(key)
        self._keep(key, own, keys)
        return best

    def _most_like(self, own: Sketch, near: Iterable[Key]) -> tuple[Key, float] | None:
        """The first of those ``near`` that are most like the text with the sketch ``own``, if any is a reprint."""
        mine = frozenset(hashes_of(own))
        # Two that are alike have most hashes in common; that many texts share a phrase is told at once.
        found = [
            (similarity(own, other), k)
            for k in near
            if len(mine.intersection(hashes_of(other := self._sketches[k]))) >= ALIKE * len(mine)
        ]
        best = max(found, key=lambda pair: pair[0], default=None)
        return (best[1], best[0]) if best is not None and best[0] >= ALIKE else None

    def _keep(self, key: Key, own: Sketch, keys: Sequence[int]) -> None:
        self._sketches[key] = own
        for h in keys:
            self._by_hash.setdefault(h, key)
        if len(self._sketches) > self._largest:
            gone, old = self._sketches.popitem(last=False)
            self._forget(gone, old)

    def _forget(self, key: Key, old: Sketch) -> None:
        for h in hashes_of(old, KEYS):
            more = self._more.get(h, [])
            if key in more:
                more.remove(key)
            elif self._by_hash.get(h) == key:
                del self._by_hash[h]
                if more:
                    self._by_hash[h] = more.pop(0)
            if not more:
                self._more.pop(h, None)

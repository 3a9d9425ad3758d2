"""Which mentions name one thing: ids in the order of first mention, full names, codes of divisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from pipeline.core.model import Entity, EntityNorm
from pipeline.core.numbered import numbered
from pipeline.mentions.gazetteer import Gazetteer, stem
from pipeline.mentions.grammar import Candidate

MOST = 60
"""Organisations of an article, the shortest first, that are looked at for one being the short form of another."""

SHARE = "%"
"""The last sign of a price, which may be set into a name: 云岭资源(15.90,0.00,0.00%)股份有限公司."""

OPEN: tuple[None, tuple[str, ...]] = (None, ())
"""The code of what is no place of the tables."""


def identify(
    text: str, kept: Sequence[Candidate], texts: Sequence[str], full: Mapping[str, str], names: Gazetteer
) -> list[Entity]:
    """The entities of ``kept``, which read ``texts`` once folded; ``full`` gives the full name of the short forms that
    the article uses."""
    if not kept:
        return []
    shown = [text[c[0] : c[1]] for c in kept]
    long_names = _long_names(kept, texts) | _surnames(kept, texts)
    places = Places(kept, texts, names)
    ids: dict[tuple[str, str], str] = {}
    free = numbered("e", len(kept))
    norms: dict[tuple[str, str], EntityNorm] = {}
    out = []
    for (start, end, label, rule, confidence, _), read, seen in zip(kept, texts, shown, strict=True):
        key = label, seen
        if key in norms:
            norm = norms[key]
        else:
            code, candidates = places.code(read) if label == "LOC" else OPEN
            name = (
                full.get(read)
                or long_names.get((label, read))
                or (names.price.sub("", seen) if SHARE in seen else seen)
            )
            if code and read in names.codes:
                name = names.full[code]
            thing = ("code", code) if code else key if name is seen else (label, name)
            ident = ids.get(thing)
            if ident is None:
                ident = ids[thing] = free[len(ids)]
            norm = norms[key] = EntityNorm(name, ident, code, candidates)
        out.append(Entity(start, end, label, norm, rule, confidence))
    return out


class Places:
    """The places of an article, which tell of which places of one name it speaks."""

    def __init__(self, kept: Sequence[Candidate], texts: Sequence[str], names: Gazetteer) -> None:
        """``kept`` read ``texts``."""
        self._named = kept, texts
        self._names = names
        self._sure: tuple[Set[str], Set[str]] | None = None

    def code(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """The code of a place and, where it stays open, the codes it may have: 鼓楼区 where no city is named."""
        codes = self._names.codes.get(text) or _last_part(text, self._names)
        if not codes:
            return OPEN
        if len(codes) > 1:
            provinces, cities = self._sure = self._sure or self._above()
            upper = tuple(c for c in codes if c.endswith("00"))
            near = tuple(c for c in codes if c[:4] in cities) or tuple(c for c in codes if c[:2] in provinces)
            codes = near if len(near) == 1 else upper if len(upper) == 1 else codes
        return (codes[0], ()) if len(codes) == 1 else (None, codes)

    def _above(self) -> tuple[Set[str], Set[str]]:
        """The stems of the provinces and cities of those places of which there is but one."""
        codes = self._names.codes
        there = (codes.get(text, ()) for c, text in zip(*self._named, strict=True) if c.label == "LOC")
        sure = [those[0] for those in there if len(those) == 1]
        return {code[:2] for code in sure}, {code[:4] for code in sure}


def _last_part(text: str, names: Gazetteer) -> tuple[str, ...]:
    """The codes of the last division in 浙江省温岭市: those under the divisions named before it."""
    for size in range(min(len(text) - 1, 12), 1, -1):
        codes = names.codes.get(text[-size:])
        if not codes:
            continue
        for above in _named_in(text[:-size], names):
            codes = tuple(c for c in codes if any(c.startswith(stem(a)) for a in above)) or codes
        if len(codes) == 1 or text[:-size] in names.codes:
            return codes
    return ()


def _named_in(text: str, names: Gazetteer) -> Iterator[tuple[str, ...]]:
    """The codes of each division that stands in ``text``."""
    for start in range(len(text)):
        # No division's name is longer; a made-up name of thousands of signs must not be gone through in pairs.
        for end in range(min(len(text), start + 12), start + 1, -1):
            if text[start:end] in names.codes:
                yield names.codes[text[start:end]]


def _long_names(kept: Sequence[Candidate], texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """Short organisations whose signs stand in this order in one full name: 市发改委 -> 深圳市发展和改革委员会."""
    orgs = [text for c, text in zip(kept, texts, strict=True) if c[2] == "ORG"]
    if len(orgs) < 2:
        return {}
    orgs = sorted(dict.fromkeys(orgs), key=len)[:MOST]
    out: dict[tuple[str, str], str] = {}
    longer = ""
    for i in range(len(orgs) - 1, -1, -1):
        short = orgs[i]
        # Most organisations have a sign that is in no longer one.
        if len(short) > 2 and short[0] in longer and short[-1] in longer:
            fits = [o for o in orgs[i + 1 :] if _is_short_of(short, o)]
            if len(fits) == 1:
                out["ORG", short] = fits[0]
        longer += short
    return out


def _is_short_of(short: str, name: str) -> bool:
    """Whether ``short`` may be the short form of ``name``."""
    if len(name) <= len(short) or short[-1] not in name[-3:] and not name.startswith(short):
        return False
    at = 0
    for sign in short:
        at = name.find(sign, at) + 1
        if not at:
            return False
    return True


def _surnames(kept: Sequence[Candidate], texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """Bare surnames of an article's only person of that name: 郭子平 … 郭主任."""
    if 1 not in map(len, texts):
        return {}
    persons = dict.fromkeys(t for c, t in zip(kept, texts, strict=True) if c.label == "PER")
    out: dict[tuple[str, str], str] = {}
    for surname in (p for p in persons if len(p) == 1):
        bearers = [p for p in persons if len(p) > 1 and p[0] == surname]
        if len(bearers) == 1:
            out["PER", surname] = bearers[0]
    return out

"""Which mentions name one thing: ids in the order of first mention, full names, codes of divisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.core.model import Entity, EntityNorm, View
from pipeline.mentions.gazetteer import Gazetteer, gazetteer, stem
from pipeline.mentions.grammar import Candidate
from pipeline.rulebook import Rulebook


def identify(view: View, kept: Sequence[Candidate], full: Mapping[str, str], rules: Rulebook) -> list[Entity]:
    """The entities of ``kept``; ``full`` gives the full name of the short forms that the article uses."""
    if not kept:
        return []
    names = gazetteer(rules)
    texts = [view.folded[c.start : c.end] for c in kept]
    sure = [
        codes[0]
        for c, t in zip(kept, texts, strict=True)
        if c[2] == "LOC" and len(codes := names.codes.get(t, ())) == 1
    ]
    provinces, cities = {code[:2] for code in sure}, {code[:4] for code in sure}
    long_names = {**_long_names(kept, texts), **_surnames(kept, texts)}
    ids: dict[tuple[str, str], str] = {}
    out = []
    norms: dict[tuple[str, str], EntityNorm] = {}
    for c, text in zip(kept, texts, strict=True):
        shown = view.text[c.start : c.end]
        norm = norms.get((c.label, shown))
        if norm is None:
            code, candidates = _code(text, names, provinces, cities) if c.label == "LOC" else (None, ())
            name = (
                names.full[code] if code and text in names.codes else full.get(text) or long_names.get((c.label, text))
            )
            key = ("code", code) if code else (c.label, name or shown)
            ident = ids.setdefault(key, f"e{len(ids) + 1}")
            norm = norms[c.label, shown] = EntityNorm(name or shown, ident, code, candidates)
        out.append(Entity(c.start, c.end, c.label, norm, c.rule, c.confidence))
    return out


def _code(text: str, names: Gazetteer, provinces: set[str], cities: set[str]) -> tuple[str | None, tuple[str, ...]]:
    """The code of a place and, where it stays open, the codes it may have: 鼓楼区 in an article that names no city."""
    codes = names.codes.get(text) or _last_part(text, names)
    if not codes:
        return None, ()
    if len(codes) > 1:
        upper = tuple(c for c in codes if c.endswith("00"))
        near = tuple(c for c in codes if c[:4] in cities) or tuple(c for c in codes if c[:2] in provinces)
        codes = near if len(near) == 1 else upper if len(upper) == 1 else codes
    return (codes[0], ()) if len(codes) == 1 else (None, codes)


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
    if len(kept) < 2:
        return {}
    orgs = sorted({t for c, t in zip(kept, texts, strict=True) if c.label == "ORG"}, key=len)
    out: dict[tuple[str, str], str] = {}
    if len(orgs) > 60:
        orgs = orgs[:60]
    for i, short in enumerate(orgs):
        if len(short) < 3:
            continue
        longer = [o for o in orgs[i + 1 :] if len(o) > len(short) and short[-1] in o[-3:] or o.startswith(short)]
        fits = [o for o in longer if len(o) > len(short) and _stands_in(short, o)]
        if len(fits) == 1:
            out["ORG", short] = fits[0]
    return out


def _surnames(kept: Sequence[Candidate], texts: Sequence[str]) -> dict[tuple[str, str], str]:
    """Bare surnames of an article's only person of that name: 郭子平 … 郭主任."""
    persons = dict.fromkeys(t for c, t in zip(kept, texts, strict=True) if c.label == "PER")
    out: dict[tuple[str, str], str] = {}
    for surname in (p for p in persons if len(p) == 1):
        bearers = [p for p in persons if len(p) > 1 and p[0] == surname]
        if len(bearers) == 1:
            out["PER", surname] = bearers[0]
    return out


def _stands_in(short: str, name: str) -> bool:
    at = 0
    for sign in short:
        at = name.find(sign, at) + 1
        if not at:
            return False
    return True

"""Places: what touches and is no one place is parted, a preposition that was cut together with a name is left out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass

from pipeline.core.matchers import Late
from pipeline.mentions.gazetteer import Gazetteer, gazetteer, stem
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

KNOWN = "entity.loc.known"
SPOTS = ("entity.loc.spot", "entity.loc.crossing", "entity.loc.seat")
"""Places of which nothing is left out."""
UNKNOWN = "nrvMRQ"
"""Signs that the segmenter gives words of no dictionary: 向淘宝, 而国腾, 对誉衡."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What places are settled with."""

    names: Gazetteer
    before: str
    """Prepositions that the tagger joins to names."""
    strip: str
    storms: tuple[str, ...]
    storm: str
    """What all ``storms`` hold."""
    ends: tuple[str, ...]
    """Words at the end of a place that are no part of it."""
    last: str
    """Their last signs."""
    divisions: str
    """What divisions end with."""
    sides: str
    """What belongs to the name of one behind it: 东|爪哇省."""
    seat_head: str
    seat: Late
    thing: Late
    """What makes a thing of a place behind an opening quote: “华岭|一号”."""
    quotes: str
    divided: frozenset[str]
    """Words that a division's head begins: 滨江|市场."""
    undivided: tuple[str, ...]
    """What stands behind the head where it does not: 滨江市|区域."""


def _settling(rules: Rulebook) -> Settling:
    settings = rules.settings("entities")
    ends = tuple(settings["place_without"].split("|"))
    return Settling(
        gazetteer(rules),
        settings["joined_before"],
        settings["strip_before"],
        tuple(settings["storms"]),
        settings["storm"],
        ends,
        "".join(end[-1] for end in ends),
        settings["division_ends"],
        settings["division_sides"],
        settings["seat_head"],
        Late(settings["seat"]),
        Late(settings["place_thing"]),
        settings["quotes"],
        frozenset(settings["place_divided"]),
        tuple(settings["place_undivided"]),
    )


def settle_places(texts: Texts, rules: Rulebook) -> None:
    """Parts places where one does not lie in the other (杭州市余杭区|深圳), leaves out names of storms."""
    known = rules.once("settling", _settling)
    for text in texts.all:
        if text.found:
            text.found = list(_settled(text.found, text.folded, text.items, known))


def _settled(found: Sequence[Candidate], folded: str, items: Items, known: Settling) -> Iterator[Candidate]:
    names, before, strip = known.names, known.before, known.strip
    orgs: Set[int] | None = None
    seats = {m.end(): m.start() for m in known.seat.finditer(folded)} if known.seat_head in folded else {}
    stormy = known.storm in folded
    for c in found:
        start, end, label, rule, _, _ = c
        if label == "PER":
            yield c
            continue
        if end in seats and start == seats[end] and folded[start : start + 2] in names.signs:
            label, rule = "LOC", "entity.loc.seat"
            c = c._replace(label=label, rule=rule)
        if label == "LOC":
            if stormy and folded.endswith(known.storms, 0, start):
                continue
            if start and folded[start - 1] in known.quotes and known.thing.match(folded, end):
                continue
            if folded[end - 1] in known.last and folded.endswith(known.ends, start + 2, end):
                c = _without(c, folded, known.ends, names)
                end = c.end
            if rule == KNOWN and folded[end - 1 : end + 1] in known.divided and _is_divided(folded, start, end, known):
                c = c._replace(end=end - 1)
                end -= 1
            if folded[end - 1] in known.divisions and folded[max(start - 1, 0)] in known.sides:
                c = _with_side(c, folded, items, names)
        first = folded[start]
        if rule != KNOWN and first not in strip and first not in before:
            yield c
            continue
        i = items.at(start)
        if orgs is None and first in before:
            orgs = {c[1] for c in found if c[2] == "ORG"}
        joined = first in before and (_is_guess(items, i, names) or _is_alone(items, i, c) or _goes_on(c, orgs or ()))
        if first in strip or joined:
            c = c._replace(start=start + 1)
        if rule == KNOWN and items.ends[i] < end:
            yield from _parted(c, i, items, names)
        else:
            yield c


def _is_divided(folded: str, start: int, end: int, known: Settling) -> bool:
    """Whether the head at the end of a place begins the word behind it: 滨江|市场, but not 滨江市|区域."""
    return end - start > 2 and not folded.startswith(known.undivided, end)


def place_end(c: Candidate, folded: str, rules: Rulebook) -> int:
    """Where a place ends without what only says where in it: 东北|地区."""
    known = rules.once("settling", _settling)
    cut = folded[c.end - 1] in known.last and folded.endswith(known.ends, c.start + 2, c.end)
    return _without(c, folded, known.ends, known.names).end if cut else c.end


def _with_side(c: Candidate, folded: str, items: Items, names: Gazetteer) -> Candidate:
    """A division abroad with the side that its name begins with (东|爪哇省); 以东|山东省 are two words."""
    apart = c.start > 0 and items.is_edge(c.start - 1) and folded[c.start : c.end] not in names.codes
    return c._replace(start=c.start - 1) if apart and items.words[items.at(c.start)] not in names.codes else c


def _without(c: Candidate, folded: str, ends: tuple[str, ...], names: Gazetteer) -> Candidate:
    """A place without what only says where in it, or whose home it is (东北|地区, 台湾|同胞); 阿里地区 is a name."""
    end = next(c.end - len(end) for end in ends if folded.endswith(end, c.start, c.end))
    return c if folded[c.start : c.end] in names.codes or c.rule in SPOTS else c._replace(end=end)


def country_signs(texts: Texts, rules: Rulebook) -> None:
    """Countries by one sign before an office or behind a visit, or by several before what they share: 中坦关系."""
    visit, *patterns = rules.once("country signs", _country_patterns)
    for text, start, end, _ in texts.begun(*visit):
        items, i = text.items, text.items.at(start)
        # 访华 or 驻华大使 is one word; in 对|华为 the sign begins another one.
        if items.starts[i] == start and (items.ends[i] >= end or items.is_edge(end)):
            text.found.append(Candidate(end - 1, end, "LOC", "entity.loc.visited", "0.85"))
    for pattern in patterns:
        for text, start, end, _ in texts.begun(*pattern):
            if text.items.is_edge(start):
                text.found.append(Candidate(start, end, "LOC", "entity.loc.country-sign", "0.80", 3))


def _country_patterns(rules: Rulebook) -> list[tuple[Late, list[CharSet]]]:
    """Each pattern with the sets of the characters that it begins with."""
    settings = rules.settings("entities")
    keys = ("visit_sign", "country_sign", "country_pair")
    return [(Late(settings[key], re.compile), [char_set(chars) for chars in settings["begins"][key]]) for key in keys]


def find_towns(texts: Texts, rules: Rulebook) -> None:
    """Towns and villages whose names were cut into words of other kinds, and roads by their number."""
    known = rules.once("towns", _towns)
    for text in texts.signed("town"):
        text.found += _cut(text.items, *known)
    for key, road in rules.once("roads", _roads).items():
        for text in texts.holding(key):
            text.found += [
                Candidate(*m.span(), "LOC", "entity.loc.numbered-road", "0.85") for m in road.finditer(text.folded)
            ]


def _roads(rules: Rulebook) -> dict[str, Late]:
    """The patterns of roads by the key of what they need."""
    return {key: Late(rules.settings("entities")[key], re.compile) for key in ("numbered_road", "trunk_road")}


def _cut(items: Items, town: Late, heads: Set[str], no_name: Set[str]) -> Iterator[Candidate]:
    for m in town.finditer(items.signs):
        i, j = m.end() - 2, m.end()
        start = next(k for k in range(m.start(), j) if items.signs[k] != "L")
        size = items.starts[j - 1] - items.starts[start]
        if items.words[i + 1] in heads and 1 < size < 4 and no_name.isdisjoint(items.words[start : j - 1]):
            yield Candidate(items.starts[m.start()], items.ends[j - 1], "LOC", "entity.loc.town", "0.80")


def _towns(rules: Rulebook) -> tuple[Late, Set[str], Set[str]]:
    settings = rules.settings("entities")
    heads, no_name = (frozenset(settings[key].split("|")) for key in ("town_heads", "town_not"))
    return Late(settings["town"]), heads, no_name


def _is_guess(items: Items, i: int, names: Gazetteer) -> bool:
    """Whether the word ``i`` is one that only the tagger takes for a name (为玉塘), or in no dictionary (在鸿冠)."""
    word = items.words[i]
    if len(word) < 3 or word in names.signs:
        return False
    return items.signs[i] in "LzX" or items.signs[i] in UNKNOWN and not is_known(word)


def _goes_on(c: Candidate, orgs: Container[int]) -> bool:
    """Whether an organisation stands right before another: …有限公司|和康诺亚科技有限公司."""
    return c.label == "ORG" and c.start in orgs and c.end - c.start > 4


def _is_alone(items: Items, i: int, c: Candidate) -> bool:
    """Whether the first word of a name is a preposition alone: 为|嘉宝有限公司."""
    return items.ends[i] - items.starts[i] == 1 and items.starts[i] == c.start and c.end - c.start > 3


def _parted(c: Candidate, i: int, items: Items, names: Gazetteer) -> Iterator[Candidate]:
    start = c.start
    above: tuple[str, ...] = ()
    while i < len(items.starts) and items.starts[i] < c.end:
        codes = names.codes.get(items.words[i], ())
        if (
            above
            and _is_whole(items.words[i], codes, names)
            and not any(code.startswith(stem(a)) for a in above for code in codes)
        ):
            yield c._replace(start=start, end=items.starts[i])
            start = items.starts[i]
        above = codes
        i += 1
    yield c._replace(start=start)


def _is_whole(word: str, codes: tuple[str, ...], names: Gazetteer) -> bool:
    """Whether a word is a division of its own: a city or province, or any in full; 南澳 may be a place in 深圳 too."""
    return bool(codes) and (word in names.official or any(code.endswith("00") for code in codes))

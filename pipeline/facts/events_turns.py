"""Parties of an event that a word before the trigger tells: 将…质押, 被…收购, 甲与乙相撞, 所持…解除质押."""

from __future__ import annotations

from itertools import pairwise

from pipeline.core.model import Offsets
from pipeline.facts.events_agents import agent_of
from pipeline.facts.events_nouns import (
    NUMERAL,
    PREPOSITION,
    VERB,
    after_attribute,
    before_verb,
    outside,
    parted,
    span_of,
    up_to,
)
from pipeline.facts.events_sites import Site
from pipeline.facts.events_subjects import subject_before

ASPECTS = ("ul", "ug")
"""Parts of speech of 了 and 过."""
TIME = "t"
"""The part of speech of times."""
ADVERB = "d"
"""The part of speech of adverbs."""


def held_by(site: Site, before: range) -> tuple[Offsets | None, Offsets] | None:
    """Who has the shares and the shares: 控股股东何苗所持|200万股解除质押."""
    start, end = (site.starts[before[0]], site.ends[before[-1]]) if before else (0, 0)
    for word in site.frames.held:
        at = site.folded.rfind(word, start + 1, end)
        if at > 0 and at + len(word) < end:
            if site.scene.is_border(at):
                return agent_of(site, up_to(site, before, at)), (at + len(word), end)
            start += next((len(w) for w in site.frames.reports if site.folded.startswith(w, start)), 0)
            owner = (start, at) if at - start > 1 else None  # 获悉|其|所持有的股份
            return owner, (at + len(word), end)
    return None


def performed(site: Site, before: range) -> tuple[Offsets | None, Offsets] | None:
    """Who does what, of a verb with what is done behind it: 云岭药业|完成|股份回购."""
    words, performs = site.words, site.frames.performs
    if performs.isdisjoint(words[before.start : before.stop]):
        return None
    at = next(i for i in reversed(before) if words[i] in performs)
    stretch = after_attribute(site, range(at + 1, before.stop))
    while stretch and site.tags[stretch[0]] in ASPECTS:
        stretch = stretch[1:]
    thing = span_of(site, stretch)
    if thing is None or site.scene.covering(site.starts[at]) is not None or site.tags[before[-1]][0] != "n":
        return None
    return agent_of(site, range(before.start, at)) or subject_before(site), thing


def pairs_of(site: Site) -> list[Offsets]:
    """The pairs of those who sign one by one: 甲公司与乙公司、丙公司与丁公司; none where fewer than two stand there."""
    names = site.scene.entities(site.clause, site.start)
    between = [site.folded[a.end : b.start] for a, b in pairwise(names)]
    pairs: list[Offsets] = []
    for i in range(0, len(between), 2):
        if between[i] not in site.frames.mutual or i and between[i - 1] not in site.frames.lists:
            break
        pairs.append((names[i].start, names[i + 1].end))
    return pairs if len(pairs) > 1 else []


def target_of(site: Site, before: range) -> Offsets | None:
    """In what somebody puts money: 甲公司以8亿元对|乙公司|进行增资."""
    at = next((i for i in reversed(before) if site.words[i] in site.frames.targets), None)
    if at is None or at == before.start:
        return None
    return span_of(site, after_attribute(site, parted(site, range(at + 1, before.stop))))


def moved_thing(site: Site, before: range) -> tuple[int, Offsets] | None:
    """What 将 or 把 puts before the trigger (将200万股质押): where the phrase begins, and its noun."""
    movers = site.frames.movers
    if movers.isdisjoint(site.words[before.start : before.stop]):
        return None
    at = next(i for i in reversed(before) if site.words[i] in movers)
    stretch = parted(site, after_attribute(site, range(at + 1, before.stop)))
    if stretch and site.words[stretch[0]] in site.frames.held:
        stretch = stretch[1:]  # 将所持|200万股
    found = span_of(site, stretch)
    if found is None or site.tags[stretch[0]] in (VERB, PREPOSITION, ADVERB):
        return None
    return None if before_verb(site, stretch[0]) else (site.starts[at], found)


def one_there(site: Site, start: int, end: int) -> int | None:
    """Where the one begins whom it befell, behind where it befell: 青岚区富民街|一家面包店."""
    if site.folded[start] in site.frames.ones:
        return None  # 一辆面包车与前面的一辆货车
    for i in site.scene.tokens(start, end):
        at = site.starts[i]
        if at > start + 1 and site.words[i][0] in site.frames.ones and site.tags[i] == NUMERAL:
            return at if site.scene.covering(at) is None else None
    return None


def both(site: Site, before: range) -> tuple[Offsets | None, Offsets | None, Offsets | None] | None:
    """甲车与乙车相撞: the one and the other, and where, if that stands before the one: 青岚桥上|一辆客车."""
    at = next((i for i in before[:-1] if site.words[i] in site.frames.mutual), None)
    if at is None:
        return None
    nouns = after_attribute(site, range(before.start, at))
    where = next((i for i in nouns[1:] if site.words[i] in site.frames.places), nouns.stop)
    where = _up_to_deed(site, range(nouns.start, where)).stop
    while where - 1 > nouns.start and site.tags[where - 1] == TIME:
        where -= 1  # 货轮|昨日|与渔船相撞
    first = span_of(site, range(nouns.start, where))  # 渔船|在月亮湾海域与货轮相撞
    if first is None and site.clause > site.sentence:
        first = subject_before(site)
    place = None
    if first is not None and (one := one_there(site, *first)) is not None:
        place, first = (first[0], one), (one, first[1])
    return first, span_of(site, after_attribute(site, range(at + 1, before.stop))), place


def _up_to_deed(site: Site, nouns: range) -> range:
    """``nouns`` without what the first of them did before: 轿车|翻过花坛与客车相撞."""
    named = False
    for i in nouns:
        if named and site.tags[i] == VERB and site.scene.covering(site.starts[i] + 1) is None:
            return range(nouns.start, i)
        named = named or site.tags[i][:1] == "n"
    return nouns


def passive_of(site: Site, before: range) -> tuple[Offsets | None, Offsets] | None:
    """甲公司被乙公司收购, 新规由市政府发布: whom it befalls and who does it; None where nothing says so.

    In an attribute whom it befalls stands behind: 由市政府发布的新规.
    """
    passives = site.frames.passives
    if passives.isdisjoint(site.words[before.start : before.stop]):
        return None
    for i in reversed(before[:-1]):
        if site.words[i] in passives and outside(site, range(before.start, i + 1)):
            by = parted(site, range(i + 1, before.stop))
            if by.stop < before.stop and site.tags[by.stop] == VERB:
                return None  # 获证监会|批准发布公告
            if by and site.words[by[0]] in site.frames.parting:
                return None  # 被|指在上月举行公投
            doer = after_attribute(site, by)
            done_by, befallen = span_of(site, doer), agent_of(site, range(before.start, i))
            behind = site.folded[site.end : site.end + 1] in site.frames.attributes
            # 由总统签署命令, and not 由市水务局主办的|推介会举行
            alone = doer == by and (i == before.start and all(site.tags[k] in site.frames.moved_tags for k in by))
            if doer == by and by and site.words[i] in site.frames.doers:
                alone = alone or site.tags[by[-1]][0] == "n"
            return (befallen, done_by) if done_by and (befallen or behind or alone) else None
    return None

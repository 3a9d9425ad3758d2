"""When and where an event happens: the time and the place that its clause or sentence states."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.core.model import Offsets, Time
from pipeline.facts.events_nouns import VERB, outside, span_of
from pipeline.facts.events_sites import Site

REMARK = 24
"""Characters of a remark in brackets behind a time, and of a place without a name, at the most."""
FEWEST = 2
"""Characters that tell no place: 在此处, 在上."""
SEATED = ("meeting", "release")
"""Kinds of events that happen at the seat of an institution."""
YEAR = "YYYY"
"""The form of a value that tells the year only."""


def time_of(site: Site, behind: Time | None) -> str | None:
    """The time of an event: the one ``behind`` its trigger, else the one that stands nearest before in its clause,
    else the one its sentence begins with."""
    if behind is not None:
        return behind.norm.value
    scene = site.scene
    if not scene.view.times:
        return None
    year = None
    for time in reversed(scene.times(site.sentence, site.start)):
        value = time.norm.value
        if not dated(value):
            continue
        if time.start >= site.clause:
            if len(value) > len(YEAR):
                if not _of_attribute(site, time):
                    return value
            elif year is None and not _of_attribute(site, time):
                year = value  # 2月7日，2025年全市招商大会举行: the day is closer
        elif (year is None or value.startswith(year)) and _goes_for_all(site, time):
            return value
    return year


def _goes_for_all(site: Site, time: Time) -> bool:
    """Whether a time of a clause before goes for the clauses behind: the sentence begins with it, or it fills a clause.

    昨天中午，北环路上，…; 据台网测定，7日22时24分，…
    """
    if time.start == site.sentence:
        return True
    end = time.end
    if site.folded[end : end + 1] in site.frames.brackets:  # 20日12时（北京时间21日2时），
        end = max((site.folded.find(close, end, end + REMARK) for close in site.frames.pairs.values()), default=-1) + 1
    if site.folded[end : end + 1] not in site.frames.borders:
        return False
    opened = site.folded[time.start - 1 : time.start] in site.frames.openings
    return opened or site.folded.endswith(site.frames.clocks, site.sentence, time.start)


def _of_attribute(site: Site, time: Time) -> bool:
    """Whether a time tells when something else was done to what the event is about: 将于5月质押的股份|解除质押."""
    first = bisect_right(site.ends, time.end)
    verb = next(
        (i for i in range(first, site.at) if site.tags[i] == VERB or site.words[i] in site.frames.movers), site.at
    )
    if site.words[verb] in site.frames.movers:
        return False  # 于5月将质押给某行的股份|解除质押
    return any(
        site.words[i] in site.frames.attributes and outside(site, range(first, i + 1)) for i in range(verb + 1, site.at)
    )


def time_behind(site: Site) -> Time | None:
    """The time behind the trigger: 成立于2007年, 发生于北京时间12日14时."""
    at, ends = site.after, site.ends
    if at >= len(ends) or site.words[at] not in site.frames.places:
        return None
    start = ends[at]
    while at + 1 < len(ends) and site.folded[start : ends[at + 1]] in site.frames.clocks:
        at += 1
        start = ends[at]
    found = site.scene.times(start, start + 5)
    return found[0] if found and dated(found[0].norm.value) else None


def dated(value: str) -> bool:
    """Whether a TIMEX3 value is a date and no duration, set or vague reference."""
    return bool(value) and value[0] not in "PFT" and "REF" not in value


def place_of(site: Site) -> Offsets | None:
    """The place behind 在 or 于 before the trigger, else one that fills a clause of its own before it."""
    alone = None
    for name in site.scene.entities(site.sentence, site.start):
        if name.label != "LOC":
            if name.label == "ORG" and name.end == site.start and _holds(site, name.start):
                return name.start, name.end  # 在北京大学|举行讲座
            continue
        if name.start >= site.clause:
            if _led(site, name.start):
                return name.start, name.end
        elif alone is None and site.folded[name.end : name.end + 1] in site.frames.borders:
            alone = name.start, name.end  # 昨天中午，北环路三公里处，两车相撞
    if alone is None and site.frame.place == "always":
        return _unnamed(site)
    return alone


def _unnamed(site: Site) -> Offsets | None:
    """The place without a name behind the last 在 or 于 of the clause, up to the last word that ends one:
    在|一个农贸市场附近|发生爆炸, 在|旧桥东侧路口处|与客车相撞."""
    first = bisect_right(site.ends, site.clause)
    led = next((i for i in range(site.at - 1, first - 1, -1) if site.words[i] in site.frames.places), -1)
    if led < 0:
        return None
    start = site.ends[led]
    last = next(
        (i for i in range(site.at - 1, led, -1) if site.folded.endswith(site.frames.sites, start, site.ends[i])), led
    )
    end = site.ends[last]
    if not FEWEST < end - start < REMARK or site.words[last + 1] in site.frames.whiles or site.scene.times(start, end):
        return None  # 在|行至路口处|时, 在|一个小时内
    return start, end


def place_behind(site: Site, behind: Offsets) -> Offsets | None:
    """火灾发生于城东某街: what stands behind the trigger is the place."""
    at = bisect_right(site.ends, behind[0])
    if at >= len(site.words) or site.words[at] not in site.frames.places:
        return None
    first = site.ends[at]
    name = site.scene.begins.get(first)
    if name is not None:
        return name.start, name.end
    end = behind[1]
    if site.folded.endswith(site.frames.passive, first, end):  # 发生在青岚市南部|的客运站爆炸事件
        end = next(
            (site.starts[i] for i in site.scene.tokens(first, end) if site.words[i] in site.frames.attributes), end
        )
    return (first, end) if end > first else None


def noun_behind(site: Site, end: int) -> Offsets | None:
    """发生在青岚市的|山林火灾: the noun behind the place's 的."""
    frames = site.frames
    at = bisect_right(site.ends, end)
    while at < len(site.words) and site.starts[at] < end + 12 and site.words[at] not in frames.attributes:
        if site.words[at] in frames.borders:
            return None
        at += 1
    if at >= len(site.words) or site.words[at] not in frames.attributes:
        return None
    nouns = site.scene.tokens(site.ends[at], site.ends[at] + 16)
    over = (i for i in nouns if site.tags[i] not in frames.noun_tags or site.words[i] in frames.borders)
    end = stop = next(over, nouns.stop)
    while (
        stop < nouns.stop
        and site.tags[stop] in (*frames.noun_tags, VERB)
        and site.words[stop] not in frames.object_ends
    ):
        stop += 1
    if site.words[stop - 1].endswith(frames.passive):
        end = stop  # 客运站|爆炸|事件
    return span_of(site, range(nouns.start, end))


def _led(site: Site, start: int) -> bool:
    """Whether 在 or 于 stands right before ``start``."""
    at = bisect_right(site.ends, start) - 1
    return at >= 0 and site.words[at] in site.frames.places


def _holds(site: Site, start: int) -> bool:
    """Whether somebody does it at the seat of the institution that is named at ``start``: 何苗在北京大学|举行讲座, and
    not 在市文旅局举行的发布会上."""
    at = bisect_right(site.ends, start) - 1
    told = _led(site, start) and site.starts[at] > site.clause and site.tags[at - 1][:1] in ("n", "t")
    return told and site.frame.type in SEATED and site.folded[site.end : site.end + 1] not in site.frames.attributes

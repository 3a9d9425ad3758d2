"""The thing before the trigger that an event is about: what comes about, what is signed, whom it befalls and where."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.core.model import Offsets
from pipeline.facts.events_headlines import DOERS
from pipeline.facts.events_nouns import (
    NUMERAL,
    PREPOSITION,
    VERB,
    after_attribute,
    of_name,
    outside,
    parted,
    span_of,
    within_attribute,
)
from pipeline.facts.events_sites import Site
from pipeline.facts.events_subjects import subject_before

RELEASE = "release"
"""The kind of event of what is made public."""
TIME = "t"
"""The part of speech of times."""


def signed(site: Site, before: range) -> tuple[Offsets | None, Offsets] | None:
    """Who signs and what, of a noun before: 甲公司与乙公司的|供水合作签约, 三个项目签约; None where the noun signs."""
    thing = thing_before(site, before)
    if thing is None or site.scene.entities(*thing) or site.folded.endswith(site.frames.parties, *thing):
        return None
    names = site.scene.entities(site.starts[before[0]], thing[0])
    return (names[0].start, names[-1].end) if names else None, thing


def names_body(site: Site, thing: Offsets) -> bool:
    """Whether ``thing`` is the name of an institution or a person, which is not made public but does it."""
    name = site.scene.begins.get(thing[0])
    return name is not None and name.end == thing[1] and name.label in DOERS


def thing_before(site: Site, before: range) -> Offsets | None:
    """The subject of what comes about: 花卉博览会在昆明开幕."""
    words, tags, frames = site.words, site.tags, site.frames
    before = _dating(site, before)
    if before and words[before[0]] in frames.places:
        return None
    if before and (tags[before[0]] == PREPOSITION or words[before[0]] in frames.leading | frames.causes):
        before = before[1:]  # 随着新规出台，……
    if site.frame.type == RELEASE and (works := _works(site, before)) is not None:
        return works
    if not frames.there_is.isdisjoint(words[before.start : before.stop]):
        before = range(next(i for i in reversed(before) if words[i] in frames.there_is) + 1, before.stop)
    stretch = _over(site, before)
    befalls = site.frame.place == "always"
    if befalls:
        if not frames.heads_off.isdisjoint(words[stretch.start : stretch.stop]):
            last = next(i for i in reversed(stretch) if words[i] in frames.heads_off)
            stretch = range(last + 1, stretch.stop)
        stretch = parted(site, stretch)
    while stretch and _leads_to_it(site, stretch[-1]):
        stretch = stretch[:-1]
    verbal = (
        not stretch or tags[stretch[0]] == VERB and frames.attributes.isdisjoint(words[stretch.start : stretch.stop])
    )
    if befalls and verbal and site.clause > site.sentence:
        if (found := subject_before(site)) is not None:
            return found  # 货车为避让小轿车，失控|侧翻
    return span_of(site, after_attribute(site, stretch))


def _leads_to_it(site: Site, i: int) -> bool:
    """Whether token ``i`` tells how, when or whether it comes about: 《…条例》|自|颁布以来, 地铁5号线|预计|今年通车,
    酒店|可能|会|坍塌."""
    asserting = site.frames.asserting
    if site.light(i) or site.tags[i] == PREPOSITION or site.words[i] in asserting:
        return True
    return site.tags[i] == VERB and i > 0 and site.words[i - 1] in asserting


def _dating(site: Site, before: range) -> range:
    """``before`` without what is told when this comes about: 涨幅在|会议纪要|发布后扩大, but not 新规在云岭市发布后."""
    at = next((i for i in reversed(before[:-1]) if site.words[i] in site.frames.places), None)
    if at is None or site.frame.place == "always" or not _dates(site):
        return before
    name = site.scene.begins.get(site.starts[at + 1])
    if name is not None and name.label == "LOC":
        return before
    times = site.scene.times(site.starts[at + 1], site.starts[at + 1] + 1)
    return range(bisect_right(site.ends, times[0].end) if times else at + 1, before.stop)


def _dates(site: Site) -> bool:
    """Whether the trigger tells when something else was done: 发布|后, 公布|五天前."""
    if site.folded.startswith(site.frames.then, site.end):
        return True
    times = site.scene.times(site.end, site.end + 1)
    return any(site.folded.endswith(site.frames.then, time.start, time.end) for time in times)


def _over(site: Site, before: range) -> range:
    """The tokens of ``before`` up to where, why or when it comes about, outside names and attributes."""
    words, tags, frames = site.words, site.tags, site.frames
    if site.frame.place == "always" and not frames.causes.isdisjoint(words[before.start : before.stop]):
        cause = next(i for i in reversed(before) if words[i] in frames.causes)
        if VERB not in tags[cause : before.stop]:
            return range(cause + 1, before.stop)  # 某县因|水塔倒塌
    for i in before[1:]:
        if words[i] in frames.places or words[i] in frames.causes or tags[i] == TIME and not _in_name(site, before, i):
            if not within_attribute(site, i, before.stop) and outside(site, range(before.start, i + 1)):
                return range(before.start, i)
    return before


def _in_name(site: Site, before: range, i: int) -> bool:
    """Whether the year at token ``i`` belongs to the name of what is held: 北京|2022年|冬奥会, 经济|夏季|发布会."""
    if i + 1 < before.stop and of_name(site, i):
        return True
    name = site.scene.begins.get(site.starts[before[0]])
    placed = name is not None and name.label == "LOC" and name.end == site.starts[i]
    return placed and i + 1 < before.stop and site.words[i + 1].endswith(site.frames.gatherings)


def _works(site: Site, before: range) -> Offsets | None:
    """The titles of what comes out: 《…条例》《…办法》|制定出台."""
    if not before:
        return None
    works = [e for e in site.scene.entities(site.starts[before[0]], site.start) if e.label == "WORK"]
    return (works[0].start, works[-1].end) if works else None


def placed_in(site: Site, thing: Offsets) -> tuple[Offsets, Offsets] | None:
    """Where it befell what, of a place right before a counted thing: 云岭市青岚区|一栋居民楼起火."""
    name = site.scene.begins.get(thing[0])
    if name is None or name.label != "LOC" or name.end >= thing[1]:
        return None
    counted = site.tags[bisect_right(site.ends, name.end)] == NUMERAL
    return ((name.start, name.end), (name.end, thing[1])) if counted else None

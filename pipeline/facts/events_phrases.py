"""The noun phrases of an event: its agent and its object before, around and behind the trigger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.events_agents import PRONOUN, agent_of, agent_or_place, organiser, subject_before, topic_before
from pipeline.facts.events_assertion import asserted
from pipeline.facts.events_nouns import (
    ACQUIRE,
    NUMERAL,
    PREPOSITION,
    VERB,
    after_attribute,
    behind,
    goes_on,
    headed,
    is_saying,
    noun_behind,
    nouns_before,
    outside,
    parted,
    place_behind,
    span_of,
    stretch_before,
    up_to,
    within_attribute,
)
from pipeline.facts.events_sites import Site
from pipeline.facts.events_times import place_of, time_behind, time_of
from pipeline.facts.events_turns import both, held_by, moved_thing, one_there, passive_of, target_of

APPOINT = "appoint"
"""The kind of event of who comes into office or leaves it."""
SIGN = "sign"
"""The kind of event of what is agreed upon."""
RELEASE = "release"
"""The kind of event of what is made public."""


DOERS = ("ORG", "PER")
"""Names of those who act."""
APART = ("v", "vn", "c", PREPOSITION)
"""Parts of speech between who does something else and what is done by others."""


class Found(Record, frozen=True):
    """What stands around a trigger."""

    agent: Offsets | None
    object: Offsets | None
    place: Offsets | None
    time: str | None
    planned: bool
    estimated: bool
    denied: bool


def arguments(sites: Sequence[Site]) -> list[Found]:
    """The arguments of each trigger within its clause, and the time of its clause or sentence."""
    times = [time_behind(site) for site in sites]
    parties = [_parties(site, timed=time is not None) for site, time in zip(sites, times, strict=True)]
    places = [place or place_of(site) for site, (_, _, place) in zip(sites, parties, strict=True)]
    dates = [time_of(site, time) for site, time in zip(sites, times, strict=True)]
    told = [asserted(site) for site in sites]
    return [
        Found(agent, thing, place, date, *how)
        for (agent, thing, _), place, date, how in zip(parties, places, dates, told, strict=True)
    ]


Parties = tuple[Offsets | None, Offsets | None, Offsets | None]
"""Agent, object and, where it stands behind the trigger or in the subject's stead, the place."""


def _parties(site: Site, timed: bool) -> Parties:
    """Who takes part. ``timed``: whether a time stands behind the trigger, so that nothing else does."""
    before, frame = stretch_before(site, site.clause, site.at), site.frame
    turned = not site.frames.turning.isdisjoint(site.words[before.start : before.stop])
    if (found := _all_before(site, before, turned)) is not None:
        return found
    if frame.takes == "before" and (thing := headed(site)) is not None:
        return None, thing, None
    following = behind(site) if frame.takes in ("after", "either") else None
    if following and (timed or frame.nouns and goes_on(site, following)):
        following = None
    where = place_behind(site, following) if following else None
    if where and (noun := noun_behind(site, where[1])):
        return None, noun, where
    done_by = passive_of(site, before) if turned else None
    if following is None and done_by is not None:
        return done_by[1], done_by[0], where
    if frame.type == SIGN and following is None and (pair := _signed(site, before)) is not None:
        return *pair, where
    if frame.type == ACQUIRE and following is None and (pair := held_by(site, before)) is not None:
        return *pair, where
    tells = is_saying(site) and not _is_issued(site, before)
    if where or following is None and not tells and frame.takes in ("before", "either"):
        thing = _thing(site, before)
        if thing is None and frame.topic and following is None and site.clause > site.sentence:
            thing = topic_before(site)
        if thing and frame.place == "always" and (placed := _placed(site, thing)):
            where, thing = where or placed[0], placed[1]
        if thing and frame.type == ACQUIRE and (target := target_of(site, before)):
            return agent_of(site, before), target, where
        if thing and frame.type == ACQUIRE and not site.folded.endswith(site.frames.stakes, *thing):
            return agent_of(site, before), None, where  # 双方股东增资后
        if thing and frame.type == RELEASE and _names_body(site, thing):
            return thing, None, where  # 市统计局将择机发布
        return organiser(site, up_to(site, before, thing[0])) if thing else None, thing, where
    if done_by is not None:
        return done_by[1], following, None
    if frame.type == APPOINT and following and (leaver := _behind_office(site, following)):
        return *leaver, None
    agent, place = _acting(site, before)
    return agent, following, place


def _signed(site: Site, before: range) -> tuple[Offsets | None, Offsets] | None:
    """Who signs and what, of a noun before: 甲公司与乙公司的|供水合作签约, 三个项目签约; None where the noun signs."""
    thing = _thing(site, before)
    if thing is None or site.scene.entities(*thing) or site.folded.endswith(site.frames.parties, *thing):
        return None
    names = site.scene.entities(site.starts[before[0]], thing[0])
    return (names[0].start, names[-1].end) if names else None, thing


def _is_issued(site: Site, before: range) -> bool:
    """Whether what stands before the trigger is itself made public, by nobody who is named: 中标公告发布，……"""
    return bool(before) and site.folded.endswith(site.frames.issued, site.clause, site.ends[before[-1]])


def _behind_office(site: Site, following: Offsets) -> tuple[Offsets, Offsets] | None:
    """The person behind the office and 的, and the office: 辞去总经理职务的|何苗."""
    person = site.scene.ends.get(following[1])
    if person is None or person.label != "PER" or person.start - 1 <= following[0]:
        return None
    joined = site.folded[person.start - 1] in site.frames.attributes
    return ((person.start, person.end), (following[0], person.start - 1)) if joined else None


def _all_before(site: Site, before: range, turned: bool) -> Parties | None:
    """The parties where nothing behind the trigger is one; None where something may be.

    ``turned``: whether a mover or a passive stands before it.
    """
    if before and site.words[before[-1]] in site.frames.attributes:
        # 《…目录》的出台: the noun before 的; 商会完成了首届大会的召开 names the agent before it
        noun = nouns_before(site, before[:-1])
        return agent_of(site, up_to(site, before, noun[0])) if noun else None, noun, None
    moved = moved_thing(site, before) if turned and site.frame.takes != "none" else None
    if moved is not None:
        at, thing = moved
        mover = up_to(site, before, at)
        if site.tags[bisect_right(site.ends, thing[0])] == PRONOUN:
            thing = behind(site) or thing  # 将其质押给某行的200万股解除质押
        return agent_of(site, mover) if mover else subject_before(site), thing, None
    if site.frame.mutual and (pair := both(site, before)) is not None:
        return pair
    return None


def _acting(site: Site, before: range) -> tuple[Offsets | None, Offsets | None]:
    """Who acts, told by the clause or by one before it, and a place that stands in the subject's stead."""
    frame, frames, folded = site.frame, site.frames, site.folded
    agent, place = agent_or_place(site, before)
    qualifies = folded[site.end : site.end + 1] in frames.attributes
    if qualifies and (doer := _adjoining(site, before)) is not None:
        agent = doer
    elif agent and qualifies and _told_apart(site, agent, before):
        agent = None  # 大家在议论刚才发生的地震; 何苗参加6月举行的公开赛
    if frame.sites:
        place = place or place_of(site)
    quoted = folded[site.clause - 1 : site.clause] in site.frames.quotes
    if agent is None and place is None and site.clause > site.sentence and not quoted and not qualifies:
        agent = subject_before(site)
    if agent and not place and frame.sites:
        there = next((len(w) for w in frames.sites if folded.startswith(w, agent[1])), 0)
        if there and agent[1] + there <= site.start:
            return None, (agent[0], agent[1] + there)  # 某国使馆|附近发生爆炸
        name = site.scene.begins.get(agent[0])
        town = name is not None and name.label == "LOC" and folded.endswith(site.frames.admin_ends, *agent)
        if town or folded.endswith(site.frames.sites, *agent):
            return None, agent  # 小吃街内发生火灾
        end = site.ends[before[-1]] if before and agent[0] >= site.clause else agent[1]
        if (one := one_there(site, agent[0], end)) is not None:
            return (one, max(agent[1], end)), (agent[0], one)
    return agent, place


def _adjoining(site: Site, before: range) -> Offsets | None:
    """Who is named right before the attribute that the trigger ends: 取得|工信部|颁发的证书; of two none."""
    name = site.scene.ends.get(site.ends[before[-1]]) if before else None
    if name is None or name.label not in DOERS:
        return None
    first = bisect_right(site.ends, name.start)
    beside = first > before.start and site.words[first - 1] in site.frames.mutual
    return None if beside else (name.start, name.end)


def _told_apart(site: Site, agent: Offsets, before: range) -> bool:
    """Whether a verb stands between ``agent`` and the attribute that the trigger ends, so that it is another's deed."""
    if site.frame.sites and before and agent[1] < site.ends[before[-1]]:
        return True
    between = range(max(bisect_right(site.ends, agent[1]), before.start), before.stop)
    words, tags = site.words, site.tags
    joins = site.frames.places | site.frames.mutual
    return any(tags[i] in APART and words[i] not in joins and not site.light(i) for i in between)


def _names_body(site: Site, thing: Offsets) -> bool:
    """Whether ``thing`` is the name of an institution or a person, which is not made public but does it."""
    name = site.scene.begins.get(thing[0])
    return name is not None and name.end == thing[1] and name.label in DOERS


def _thing(site: Site, before: range) -> Offsets | None:
    """The subject of what comes about: 花卉博览会在昆明开幕."""
    words, tags, frames = site.words, site.tags, site.frames
    if before and words[before[0]] in frames.places:
        return None
    if before and (tags[before[0]] == PREPOSITION or words[before[0]] in frames.leading | frames.causes):
        before = before[1:]  # 随着新规出台，……
    if site.frame.type == RELEASE and (works := _works(site, before)) is not None:
        return works
    there = next((i for i in reversed(before) if words[i] in frames.there_is), None)
    stretch = _over(site, before if there is None else range(there + 1, before.stop))
    befalls = site.frame.place == "always"
    if befalls:
        last = next((i for i in reversed(stretch) if words[i] in frames.heads_off), None)
        stretch = parted(site, stretch if last is None else range(last + 1, stretch.stop))
    # 《…条例》自|颁布以来, 地铁5号线预计|今年通车
    while stretch and (
        site.light(stretch[-1]) or tags[stretch[-1]] == PREPOSITION or words[stretch[-1]] in frames.asserting
    ):
        stretch = stretch[:-1]
    verbal = (
        not stretch or tags[stretch[0]] == VERB and frames.attributes.isdisjoint(words[stretch.start : stretch.stop])
    )
    if befalls and verbal and site.clause > site.sentence:
        if (found := subject_before(site)) is not None:
            return found  # 货车为避让小轿车，失控|侧翻
    return span_of(site, after_attribute(site, stretch))


def _over(site: Site, before: range) -> range:
    """The tokens of ``before`` up to where, why or when it comes about, outside names and attributes."""
    words, tags, frames = site.words, site.tags, site.frames
    cause = next((i for i in reversed(before) if words[i] in frames.causes), None)
    if cause is not None and site.frame.place == "always" and VERB not in tags[cause : before.stop]:
        return range(cause + 1, before.stop)  # 某县因|水塔倒塌
    for i in before[1:]:
        if words[i] in frames.places or words[i] in frames.causes or tags[i] == "t":
            if not within_attribute(site, i, before.stop) and outside(site, range(before.start, i + 1)):
                return range(before.start, i)
    return before


def _works(site: Site, before: range) -> Offsets | None:
    """The titles of what comes out: 《…条例》《…办法》|制定出台."""
    if not before:
        return None
    works = [e for e in site.scene.entities(site.starts[before[0]], site.start) if e.label == "WORK"]
    return (works[0].start, works[-1].end) if works else None


def _placed(site: Site, thing: Offsets) -> tuple[Offsets, Offsets] | None:
    """Where it befell what, of a place right before a counted thing: 云岭市青岚区|一栋居民楼起火."""
    name = site.scene.begins.get(thing[0])
    if name is None or name.label != "LOC" or name.end >= thing[1]:
        return None
    counted = site.tags[bisect_right(site.ends, name.end)] == NUMERAL
    return ((name.start, name.end), (name.end, thing[1])) if counted else None

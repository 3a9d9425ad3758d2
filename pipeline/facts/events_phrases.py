"""The noun phrases of an event: its agent and its object before, around and behind the trigger."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.events_agents import agent_of, agent_or_place, without_former
from pipeline.facts.events_assertion import asserted
from pipeline.facts.events_headlines import DOERS
from pipeline.facts.events_nouns import (
    PREPOSITION,
    PRONOUN,
    nouns_before,
    parted,
    span_of,
    stretch_before,
    tells_victims,
    up_to,
)
from pipeline.facts.events_objects import begun_then, behind, goes_on, headed
from pipeline.facts.events_sites import ACQUIRE, APPOINT, Site, is_saying
from pipeline.facts.events_subjects import doer_within, organiser, subject_before, topic_before
from pipeline.facts.events_things import RELEASE, names_body, placed_in, signed, thing_before
from pipeline.facts.events_times import noun_behind, place_behind, place_of, time_behind, time_of
from pipeline.facts.events_turns import (
    both,
    held_by,
    moved_thing,
    one_there,
    pairs_of,
    passive_of,
    performed,
    target_of,
)

SIGN = "sign"
"""The kind of event of what is agreed upon."""
EXCHANGES = (SIGN, ACQUIRE)
"""Kinds of events of which the thing may stand before the trigger with who does it."""
DONE_TO = (ACQUIRE, APPOINT)
"""Kinds of events that are done to somebody: 云岭药业对|青山制药的收购."""
FEW = 3
"""How many characters stand before a town's name that point to it: 我省|云岭县."""
DOING = ("v", "d", PREPOSITION)
"""Parts of speech of what is no place."""
LATER = ("t", "d", "uj")
"""Parts of speech of what stands between those who sign and the verb."""
APART = ("v", "vn", "c", PREPOSITION)
"""Parts of speech between who does something else and what is done by others."""


class Found(Record, frozen=True):
    """What stands around a trigger."""

    agent: Offsets | None
    object: Offsets | None
    place: Offsets | None
    pairs: list[Offsets]
    """Those of whom each pair signs."""
    time: str | None
    planned: bool
    estimated: bool
    rumoured: bool
    denied: bool


def arguments(sites: Sequence[Site]) -> list[Found]:
    """The arguments of each trigger within its clause, and the time of its clause or sentence."""
    times = [time_behind(site) for site in sites]
    parties = [_parties(site, timed=time is not None) for site, time in zip(sites, times, strict=True)]
    places = [place or place_of(site) for site, (_, _, place) in zip(sites, parties, strict=True)]
    dates = [time_of(site, time) for site, time in zip(sites, times, strict=True)]
    told = [asserted(site) for site in sites]
    pairs = [pairs_of(site) if site.frame.type == SIGN else [] for site in sites]
    return [
        Found(agent, thing, place, pair, date, *how)
        for (agent, thing, _), place, pair, date, how in zip(parties, places, pairs, dates, told, strict=True)
    ]


Parties = tuple[Offsets | None, Offsets | None, Offsets | None]
"""Agent, object and, where it stands behind the trigger or in the subject's stead, the place."""


def _parties(site: Site, timed: bool) -> Parties:
    """Who takes part. ``timed``: whether a time stands behind the trigger, so that nothing else does."""
    before, frame = stretch_before(site, site.clause, site.at), site.frame
    if frame.type == APPOINT:
        before = without_former(site, before)
    turned = not site.frames.turning.isdisjoint(site.words[before.start : before.stop])
    if (found := _all_before(site, before, turned)) is not None:
        return found
    if frame.takes == "before" and (thing := headed(site)) is not None:
        return None, thing, None
    following = behind(site) if frame.takes in ("after", "either") else None
    if following and (timed or frame.nouns and goes_on(site, following) or _is_none(site, before, following)):
        following = None
    if following is None and frame.topic and (thing := begun_then(site)) is not None:
        return None, thing, None
    where = place_behind(site, following) if following else None
    if where and (noun := noun_behind(site, where[1])):
        return None, noun, where
    done_by = passive_of(site, before) if turned else None
    if following is None and done_by is not None:
        return done_by[1], done_by[0], where
    if following is None and frame.type in EXCHANGES and (pair := _exchanged(site, before)) is not None:
        return *pair, where
    tells = is_saying(site) and not _is_issued(site, before)
    if where or following is None and not tells and frame.takes in ("before", "either"):
        return _comes_about(site, before, where, following)
    if done_by is not None:
        return done_by[1], following, None
    if frame.type == APPOINT and following and (leaver := _behind_office(site, following)):
        return *leaver, None
    agent, place = _acting(site, before)
    return _with_other(site, agent) if agent and frame.type == SIGN else agent, following, place


def _is_none(site: Site, before: range, following: Offsets) -> bool:
    """Whether what stands behind the trigger is no object of it: 三车相撞|2死5伤, 新规出台|的时机."""
    if site.frame.mutual:
        return tells_victims(site, following)
    rule = site.frame.type == RELEASE and not site.frame.says
    return rule and site.folded[site.end] in site.frames.attributes and _is_issued(site, before)


def _with_other(site: Site, agent: Offsets) -> Offsets:
    """``agent`` with the other one who signs: 甲公司|与乙公司|签署协议."""
    at = bisect_right(site.ends, agent[1])
    if site.words[at] not in site.frames.mutual or site.starts[at] != agent[1]:
        return agent
    other = parted(site, range(at + 1, site.at))
    while other and (site.light(other[-1]) or site.tags[other[-1]] in LATER):
        other = other[:-1]
    found = span_of(site, other) if other and site.tags[other[-1]][:1] == "n" else None
    return (agent[0], found[1]) if found else agent


def _exchanged(site: Site, before: range) -> tuple[Offsets | None, Offsets] | None:
    """Who signs and what, who holds the shares and the shares, where both stand before the trigger."""
    if site.frame.type == SIGN:
        return signed(site, before)
    return held_by(site, before) or performed(site, before)


def _comes_about(site: Site, before: range, where: Offsets | None, following: Offsets | None) -> Parties:
    """The parties where the subject is the thing that it is about, or does what takes no object."""
    frame = site.frame
    thing = thing_before(site, before)
    if thing is None and frame.topic and following is None and site.clause > site.sentence:
        thing = topic_before(site)
    if thing and frame.place == "always" and (placed := placed_in(site, thing)):
        where, thing = where or placed[0], placed[1]
    if thing and frame.type == ACQUIRE and (target := target_of(site, before)):
        return agent_of(site, before), target, where
    if thing and frame.type == ACQUIRE and not _is_stake(site, thing):
        return agent_of(site, before), None, where  # 双方股东增资后
    if thing and frame.type == RELEASE and names_body(site, thing):
        return thing, None, where  # 市统计局将择机发布
    return organiser(site, up_to(site, before, thing[0])) if thing else None, thing, where


def _is_stake(site: Site, thing: Offsets) -> bool:
    """Whether ``thing`` is what is bought and sold: 公司股份, and not 公司."""
    frames = site.frames
    return site.folded.endswith(frames.stakes, *thing) and site.folded[slice(*thing)] not in frames.themselves


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
        doer = up_to(site, before, noun[0]) if noun else None
        done_to = site.frame.type in DONE_TO or not doer or site.words[doer[-1]] not in site.frames.targets
        if not doer or not done_to:
            return None, noun, None  # 何苗对|商会的成立|表示祝贺: somebody else founded it
        return agent_of(site, doer), noun, None
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
    if qualifies and (other := doer_within(site, before)) is not None:
        agent = other
    if qualifies and (doer := _adjoining(site, before)) is not None:
        agent = doer
    elif agent and qualifies and _told_apart(site, agent, before):
        agent = None  # 大家在议论刚才发生的地震; 何苗参加6月举行的公开赛
    if frame.sites:
        place = place or place_of(site)
    quoted = folded[site.clause - 1 : site.clause] in site.frames.quotes
    if agent is None and place is None and site.clause > site.sentence and not quoted and not qualifies:
        agent = subject_before(site)
        if agent and frame.sites and agent[0] in site.scene.begins and site.scene.begins[agent[0]].label == "PER":
            agent = None  # 罗霁告诉记者，20时发生地震时，……
    if agent and not place and frame.sites:
        there = next((len(w) for w in frames.sites if folded.startswith(w, agent[1])), 0)
        if there and agent[1] + there <= site.start:
            return None, (agent[0], agent[1] + there)  # 某国使馆|附近发生爆炸
        until = site.ends[before[-1]] if before and agent[0] >= site.clause else agent[1]
        if until > agent[1] and folded.endswith(frames.sites, agent[1], until) and _is_place(site, agent[1], before):
            return None, (agent[0], until)  # 云岭药业|停车场内突发火灾
        if (town := _town(site, *agent)) is not None:
            return None, town
        if folded.endswith(site.frames.sites, *agent):
            return None, agent  # 小吃街内发生火灾
        if (one := one_there(site, agent[0], until)) is not None:
            return (one, max(agent[1], until)), (agent[0], one)
    return agent, place


def _town(site: Site, start: int, end: int) -> Offsets | None:
    """The town that ``[start, end)`` names, where it happened: 我省|云岭县, 云岭县(北纬25度)|发生地震."""
    name = site.scene.begins.get(start)
    if name is None and site.tags[bisect_right(site.ends, start)] == PRONOUN:
        name = site.scene.ends.get(end)
        start = start if name is not None and name.start - start < FEW else end
    if name is None or name.label != "LOC" or start == end:
        return None
    if site.folded.endswith(site.frames.admin_ends, start, end):
        return start, end
    remarked = (
        name.end < end and site.folded[name.end] in site.frames.brackets and site.folded[end - 1] in site.frames.close
    )
    town = remarked and site.folded.endswith(site.frames.admin_ends, start, name.end)
    return (start, name.end) if town else None


def _is_place(site: Site, start: int, before: range) -> bool:
    """Whether nothing but nouns, joined or not, stands from ``start`` on: 云岭药业|停车场内, 南湖大道|与西街交汇处, and
    not 地震|还在村里."""
    rest = range(bisect_right(site.ends, start), before.stop)
    return all(site.tags[i] not in DOING or site.words[i] in site.frames.mutual for i in rest)


def _adjoining(site: Site, before: range) -> Offsets | None:
    """Who is named right before the attribute that the trigger ends: 取得|工信部|颁发的证书; of two none."""
    name = site.scene.ends.get(site.ends[before[-1]]) if before else None
    if name is None or name.label not in DOERS:
        return None
    first = bisect_right(site.ends, name.start)
    while first > before.start and site.tags[first - 1][:1] == "n":
        first -= 1  # 何苗在与|云岭药业董事长马文涛|举行的会谈中
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

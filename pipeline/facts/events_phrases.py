"""The noun phrases of an event: its agent and its object before, around and behind the trigger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.core.model import Entity, Offsets
from pipeline.core.slices import Record
from pipeline.facts.events_assertion import asserted
from pipeline.facts.events_frames import Site, clause_start, place_of, time_behind, time_of
from pipeline.facts.events_nouns import (
    VERB,
    after_attribute,
    behind,
    goes_on,
    is_saying,
    noun_behind,
    nouns_before,
    outside,
    place_behind,
    span_of,
)

PREPOSITION = "p"
"""The part of speech of prepositions."""
NUMERAL = "m"
"""The part of speech of numerals."""
ACTS = ("v", "i")
"""Parts of speech of what is done, with which nobody's name begins."""
NOBODY = ("f", "m", "q")
"""Parts of speech with which nobody ends who acts: 会上, 全球首个."""
ADVERB = "d"
"""The part of speech of adverbs."""


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


def _parties(site: Site, timed: bool) -> tuple[Offsets | None, Offsets | None, Offsets | None]:
    """Agent, object and, where it stands behind the trigger or in the subject's stead, the place.

    ``timed``: whether a time stands behind the trigger, so that nothing else does.
    """
    before, frame = _before(site, site.clause, site.at), site.frame
    if before and site.words[before[-1]] in site.frames.attributes:
        # 《…目录》的出台: the noun before 的; 商会完成了首届大会的召开 names the agent before it
        noun = nouns_before(site, before[:-1])
        return _agent(site, _up_to(site, before, noun[0])) if noun else None, noun, None
    turned = not site.frames.turning.isdisjoint(site.words[before.start : before.stop])
    moved = _moved(site, before) if turned else None
    if moved is not None:
        return _agent(site, _up_to(site, before, moved[0])), moved[1], None
    if frame.mutual and (pair := _mutual(site, before)) is not None:
        return *pair, None
    following = behind(site) if frame.takes != "before" else None
    if following and (timed or frame.nouns and goes_on(site, following)):
        following = None
    where = place_behind(site, following) if following else None
    if where and (noun := noun_behind(site, where[1])):
        return None, noun, where
    done_by = _passive(site, before) if turned else None
    if following is None and done_by is not None:
        return done_by[1], done_by[0], where
    if where or following is None and not is_saying(site) and frame.takes != "after":
        return None, _thing(site, before), where
    if done_by is not None:
        return done_by[1], following, None
    agent, place = _agent_or_place(site, before)
    if frame.sites:
        place = place or place_of(site)
    quoted = site.folded[site.clause - 1 : site.clause] in site.frames.quotes
    if agent is None and place is None and site.clause > site.sentence and not quoted:
        agent = _subject_before(site)
    if agent and not place and frame.sites and site.folded[agent[0] : agent[1]].endswith(site.frames.sites):
        agent, place = None, agent  # 小吃街内发生火灾
    return agent, following, place


def _before(site: Site, start: int, stop: int) -> range:
    """The tokens of a clause from offset ``start`` to token ``stop``, without times and adverbs at both ends."""
    words, tags, frames = site.words, site.tags, site.frames
    first = bisect_right(site.ends, start)
    while first < stop and (tags[first] in frames.adverb_tags or words[first] in frames.lights):
        first += 1
    while first < stop and (tags[stop - 1] in frames.adverb_tags or words[stop - 1] in frames.lights):
        if words[stop - 1] in frames.attributes:
            break
        stop -= 1
    return range(first, stop)


def _up_to(site: Site, stretch: range, end: int) -> range:
    """The tokens of ``stretch`` that are over before the offset ``end``."""
    return range(stretch.start, min(stretch.stop, bisect_right(site.ends, end)))


def _parted(site: Site, stretch: range) -> range:
    """The tokens up to the first preposition or adverb outside names."""
    words, tags, frames = site.words, site.tags, site.frames
    for i in stretch[1:]:
        word = words[i]
        if word not in frames.agent_ends and tags[i] not in frames.adverb_tags:
            continue
        if word in frames.parting or word in frames.places or word in frames.denied:
            ends = True
        else:
            # 一正在装修的酒店, 一由东向西行驶的轿车: what is said in an attribute parts nothing.
            ends = frames.attributes.isdisjoint(words[i : stretch.stop])
        if ends and site.scene.covering(site.starts[i]) is None:
            return range(stretch.start, i)
    return stretch


def _thing(site: Site, before: range) -> Offsets | None:
    """The subject of what comes about: 花卉博览会在昆明开幕."""
    words, tags, frames = site.words, site.tags, site.frames
    if before and words[before[0]] in frames.places:
        return None
    there = next((i for i in reversed(before) if words[i] in frames.there_is), None)
    before = before if there is None else range(there + 1, before.stop)
    stretch = before
    for i in before[1:]:
        over = words[i] in frames.places or words[i] in frames.causes or tags[i] == "t"
        if over and outside(site, range(before.start, i + 1)):
            stretch = range(before.start, i)
            break
    # 《…条例》自|颁布以来, 地铁5号线预计|今年通车
    while stretch and (
        site.light(stretch[-1]) or tags[stretch[-1]] == PREPOSITION or words[stretch[-1]] in frames.asserting
    ):
        stretch = stretch[:-1]
    if site.frame.place == "always":
        last = next((i for i in reversed(stretch) if words[i] in frames.heads_off), None)
        stretch = stretch if last is None else range(last + 1, stretch.stop)
    return span_of(site, after_attribute(site, stretch))


def _agent_or_place(site: Site, before: range) -> tuple[Offsets | None, Offsets | None]:
    """The agent; a place in the subject's stead (月亮湾海域将举办…) that is no town or country is the place."""
    agent, place = _agent(site, before), site.frame.place
    name = site.scene.begins.get(agent[0]) if agent and place else None
    if agent and name is not None and name.label == "LOC" and name.end >= agent[1]:
        if place == "always" or not site.folded[name.start : name.end].endswith(site.frames.admin_ends):
            return None, (name.start, name.end)
    return agent, None


def _agent(site: Site, before: range) -> Offsets | None:
    """The noun phrase that the clause begins with, of 局长周启明 the person; behind a pivot the one who acts."""
    frames = site.frames
    if not frames.pivots.isdisjoint(site.words[before.start : before.stop]):
        pivot = next(i for i in reversed(before) if site.words[i] in frames.pivots)
        acts = range(pivot + 1, before.stop)
        if acts and site.tags[acts[0]] in frames.moved_tags and site.tags[acts[-1]] not in NOBODY:
            if outside(site, range(before.start, acts[0])) and (agent := _agent(site, acts)):
                return agent
    stretch = _parted(site, before)
    if stretch and site.words[stretch[0]] in frames.cites and site.folded[site.end : site.end + 1] in frames.attributes:
        stretch = stretch[1:]
    if not stretch:
        return None
    head = stretch[0]
    if site.words[head] in frames.places or site.words[head] in frames.parting:
        return None
    start, end = site.starts[head], site.ends[stretch[-1]]
    if site.tags[head] in ACTS and site.scene.covering(start + 1) is None:
        return None  # 行至路口时, 遥遥领先于他人
    if len(stretch) == 1 and site.tags[head] == NUMERAL:
        return None  # 第四，尽快召开发布会
    if (name := site.scene.covering(start)) is not None:
        start = name.start  # 方来|股份, of which the first word looks like an adverb
    names = site.scene.entities(start, end)
    if names and (named := _agent_named(site, names, start, end)) is not None:
        return named
    return span_of(site, after_attribute(site, stretch))


def _agent_named(site: Site, names: list[Entity], start: int, end: int) -> Offsets | None:
    """The person of the noun phrase ``[start, end)``, or the institution that it is or begins with."""
    person = next((e for e in names if e.label == "PER"), None)
    strict = site.frame.place == "always"  # 张培雄家庭作坊: the house, not its owner
    if person is not None and not (strict and person.end < end):
        return person.start, person.end
    last = names[-1]
    if len(names) == 1 and last.label == "ORG" and (last.end == end or _bracket_at(site, last.end)):
        return last.start, last.end
    first = last = names[0]
    if first.start != start or first.label != "ORG":
        return None
    for name in names[1:]:
        if name.label == "ORG" and name.start - last.end == 1:
            last = name
    rest = range(bisect_right(site.ends, last.end), bisect_right(site.ends, end - 1) + 1)
    whole = rest and not strict and "\n" not in site.folded[last.end : end] and site.tags[rest[-1]][0] == "n"
    if whole and all(site.tags[i] in site.frames.moved_tags for i in rest):
        return first.start, end  # 云岭药业|股东
    return first.start, last.end


def _bracket_at(site: Site, at: int) -> bool:
    """Whether a remark in brackets follows, as behind a company's name: 某公司（002798.SZ）."""
    return site.folded[at : at + 1] in site.frames.brackets


def _subject_before(site: Site) -> Offsets | None:
    """The subject of a clause before, where the trigger's own has none: 轿车失控，撞坏护栏; but not of 某人说，…"""
    start = site.clause
    for _ in range(3):
        end = start - 1
        if end <= site.sentence:
            return None
        start = clause_start(site.scene, site.frames, site.sentence, end)
        stretch = _before(site, start, bisect_left(site.starts, end))
        if stretch and site.words[stretch[-1]] in site.frames.says:
            return None
        found = _agent(site, _up_to_verb(site, _parted(site, stretch)))
        if found is not None:
            return found
    return None


def _up_to_verb(site: Site, stretch: range) -> range:
    """The tokens of a clause before its verb: 一辆货车|驶上便道; one within an attribute is none, nor 一辆奔驰."""
    named = False
    for i in stretch:
        if named and site.tags[i] == VERB and site.frames.attributes.isdisjoint(site.words[i : stretch.stop]):
            return range(stretch.start, i)
        named = named or site.tags[i][:1] == "n"
    return stretch


def _moved(site: Site, before: range) -> tuple[int, Offsets | None] | None:
    """What 将 or 把 puts before the trigger (将200万股质押): where the phrase begins, and its noun."""
    movers = site.frames.movers
    if movers.isdisjoint(site.words[before.start : before.stop]):
        return None
    at = next(i for i in reversed(before) if site.words[i] in movers)
    stretch = _parted(site, after_attribute(site, range(at + 1, before.stop)))
    found = span_of(site, stretch)
    if found is None or site.tags[stretch[0]] in (VERB, PREPOSITION, ADVERB):
        return None
    return site.starts[at], found


def _mutual(site: Site, before: range) -> tuple[Offsets | None, Offsets | None] | None:
    """甲车与乙车相撞: the one and the other."""
    at = next((i for i in before[:-1] if site.words[i] in site.frames.mutual), None)
    if at is None:
        return None
    first = span_of(site, after_attribute(site, range(before.start, at)))
    if first is None and site.clause > site.sentence:
        first = _subject_before(site)
    return first, span_of(site, after_attribute(site, range(at + 1, before.stop)))


def _passive(site: Site, before: range) -> tuple[Offsets | None, Offsets] | None:
    """甲公司被乙公司收购, 新规由市政府发布: whom it befalls and who does it; None where nothing says so.

    In an attribute whom it befalls stands behind: 由市政府发布的新规.
    """
    passives = site.frames.passives
    if passives.isdisjoint(site.words[before.start : before.stop]):
        return None
    for i in reversed(before[:-1]):
        if site.words[i] in passives and outside(site, range(before.start, i + 1)):
            parted = _parted(site, range(i + 1, before.stop))
            if parted.stop < before.stop and site.tags[parted.stop] == VERB:
                return None  # 获证监会|批准发布公告
            doer = after_attribute(site, parted)
            done_by, befallen = span_of(site, doer), _agent(site, range(before.start, i))
            behind = site.folded[site.end : site.end + 1] in site.frames.attributes
            alone = i == before.start and all(site.tags[k] in site.frames.moved_tags for k in doer)
            return (befallen, done_by) if done_by and (befallen or behind or alone) else None
    return None

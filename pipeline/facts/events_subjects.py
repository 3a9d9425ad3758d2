"""Whom an event is about where its own clause names nobody: the subject of a clause before, who organises it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter

from pipeline.core.model import Offsets
from pipeline.facts.events_agents import LEADING, agent_of
from pipeline.facts.events_assertion import asserted
from pipeline.facts.events_headlines import DOERS
from pipeline.facts.events_nouns import (
    MEETING,
    NUMERAL,
    PRONOUN,
    VERB,
    after_attribute,
    nouns_before,
    of_name,
    outside,
    parted,
    span_of,
    stretch_before,
)
from pipeline.facts.events_sites import ACQUIRE, APPOINT, Site, clause_start

MEASURES = (NUMERAL, "t", "q")
"""Parts of speech with which ends how long or how much something is."""
MEASURED = (*MEASURES, "n", "vn", "p", VERB)
"""Parts of speech of what is told before that: 试用期|为|一年."""
QUALIFYING = "b"
"""The part of speech of words like 总, which qualify a noun."""
DONE = "ul"
"""The part of speech of 了 behind a verb."""


def subject_before(site: Site) -> Offsets | None:
    """The subject of a clause before, where the trigger's own has none: 轿车失控，撞坏护栏; but not of 某人说，…"""
    start = site.clause
    for _ in range(3):
        end = start - 1
        if end <= site.sentence or site.folded[end] in site.frames.beginnings:
            return None
        start = clause_start(site.scene, site.frames, site.sentence, end)
        stretch = stretch_before(site, start, bisect_left(site.starts, end))
        if len(stretch) == 1 and site.tags[stretch[0]] == NUMERAL and site.words[stretch[0]][0] in site.frames.points:
            return None  # 市政府……；第四，|尽快召开发布会
        if stretch and site.words[stretch[-1]] in site.frames.says:
            return _itself(site, stretch)
        if stretch and site.words[stretch[-1]] in site.frames.notices and (teller := _notifier(site, stretch)):
            return teller
        if stretch and site.words[parted(site, stretch)[-1]] in site.frames.aspects:
            continue  # 湿地保护方面，将出台新规划, and not 何苗在湿地保护方面，……
        if stretch and (site.starts[stretch[0]], site.ends[stretch[0]]) in _triggers_in(site, stretch[:1]):
            continue  # 任命何苗为局长；|免去周启明的职务
        if site.frame.type == APPOINT and _is_measured(site, start, end):
            continue  # 任命何苗为局长，|试用期一年；|免去周启明的职务
        found = agent_of(site, _up_to_verb(site, parted(site, stretch)))
        if found is not None and site.folded.endswith(site.frames.outlets, *found):
            return None  # 县政府网站|公布人事任免：任命……
        if found is not None and (not site.folded.endswith(site.frames.passive, *found) or _is_name(site, found)):
            return found  # but of 事故发生后，…… and 股份办理了质押，…… the next one before
    return None


def _is_measured(site: Site, start: int, end: int) -> bool:
    """Whether the clause ``[start, end)`` tells but how long or how much something is, which does nothing:
    试用期|一年."""
    clause = range(bisect_right(site.ends, start), bisect_left(site.starts, end))
    return bool(clause) and site.tags[clause[-1]] in MEASURES and all(site.tags[i] in MEASURED for i in clause)


def _notifier(site: Site, stretch: range) -> Offsets | None:
    """Whose notice of what was done a company gets: 公司接到|何苗|关于股份解除质押的通知，解除质押700万股."""
    at = next((i for i in stretch if site.words[i] in site.frames.receives), None)
    if at is None or site.frame.type != ACQUIRE:
        return None
    names = site.scene.entities(site.ends[at], site.ends[stretch[-1]])
    name = next((name for name in names if name.label in DOERS), None)
    return None if name is None else (name.start, name.end)


def _triggers_in(site: Site, stretch: range) -> set[Offsets]:
    """The triggers that begin within ``stretch``."""
    triggers, out = site.scene.hits.triggers, set()
    at = bisect_left(triggers, site.starts[stretch[0]], key=itemgetter(1))
    while at < len(triggers) and triggers[at][1] < site.ends[stretch[-1]]:
        out.add(triggers[at][1:])
        at += 1
    return out


def doer_within(site: Site, before: range) -> Offsets | None:
    """Who does what an attribute tells of the object of another deed: 云岭公园获得|园林协会|颁发的奖牌."""
    triggers = _triggers_in(site, before) if len(before) > 2 else ()
    first = next((i for i in reversed(before) if (site.starts[i], site.ends[i]) in triggers), before.stop) + 1
    found = nouns_before(site, range(first, before.stop)) if first < before.stop else None
    return found if found is not None and found[0] == site.starts[first] else None


def _is_name(site: Site, found: Offsets) -> bool:
    """Whether ``found`` is a name: 云岭股份."""
    name = site.scene.begins.get(found[0])
    return name is not None and name.end == found[1]


def topic_before(site: Site) -> Offsets | None:
    """What the sentence is about, where the trigger's own clause names nothing: 大桥长6公里，总投资8亿元，去年开工."""
    topic, end = None, site.clause - 1
    while end > site.sentence and site.folded[end] not in site.frames.beginnings:
        start = clause_start(site.scene, site.frames, site.sentence, end)
        stretch = stretch_before(site, start, bisect_left(site.starts, end))
        if stretch and site.words[stretch[-1]] in site.frames.says:
            break
        named = _topic(site, stretch)
        if named is not None and not (topic and site.folded.endswith(site.frames.admin_ends, *named)):
            topic = named  # but of 云岭市将建2号线，线路长26公里，明年通车 the line
        end = start - 1
    return topic


def _topic(site: Site, stretch: range) -> Offsets | None:
    """The thing that a clause begins with: 大桥|长6公里, 云岭公司|董事长何苗, 市里主办的|茶会; of 总投资8亿元 none."""
    tags, frames = site.tags, site.frames
    if not stretch or site.folded.startswith(frames.topicless, site.starts[stretch[0]]) or tags[stretch[0]] in LEADING:
        return None
    first = after_attribute(site, stretch)
    held = site.frame.type == MEETING and site.words[stretch[-1]].endswith(frames.gatherings)
    whole = all(tags[i] in frames.noun_tags for i in first)
    if held and len(first) < len(stretch):
        return span_of(site, first)  # 贵宾来访的|正式欢迎仪式，在广场举行
    if not whole:
        first = stretch
    nouns = range(first.start + (tags[first.start] == PRONOUN), first.stop)  # 该|项目
    whole_name = (i for i in nouns if tags[i] not in frames.noun_tags and not _named(site, i))
    verb = next((i for i in whole_name if not (tags[i] == MEASURES[1] and of_name(site, i))), first.stop)
    number = next((i for i in range(first.start + 1, verb) if tags[i] == NUMERAL), None)
    if number is not None and not _named(site, number):
        verb = number - 1  # 大桥|全长|68公里, 工程|总|投资|5亿元
        verb -= tags[verb - 1] == QUALIFYING and verb - 1 > first.start
    name = site.scene.begins.get(site.starts[first.start])
    if name is not None and name.label == "ORG":
        return name.start, name.end
    if name is not None and name.label == "PER":
        return None
    return span_of(site, range(first.start, verb))


def _named(site: Site, i: int) -> bool:
    """Whether token ``i`` belongs to a name."""
    return site.starts[i] in site.scene.begins or site.scene.covering(site.starts[i] + 1) is not None


def _itself(site: Site, stretch: range) -> Offsets | None:
    """The institution whose announcement the clause tells, of what it plans itself or gives notice of; others report of
    somebody else, and so does a notice of a person or of what the institution suffers."""
    last = stretch[-1] - (len(stretch) > 1 and site.words[stretch[-1]] in site.frames.told)  # 发布公告|称
    frames, name = site.frames, site.scene.begins.get(site.starts[stretch[0]])
    if name is None or name.label != "ORG":
        return None
    own = site.words[last] in frames.pledges and asserted(site)[0]
    if not own and site.words[last] in frames.notifies:
        of_others = any(e.label == "PER" for e in site.scene.entities(site.clause, site.start))
        own = not of_others and not site.folded.startswith(frames.suffers, site.clause)
    if own and site.folded[name.end : name.end + 1] in frames.lists:
        return agent_of(site, range(stretch.start, last))  # 云岭药业、白石制药等公司均|发布公告
    return (name.start, name.end) if own else None


def organiser(site: Site, attribute: range) -> Offsets | None:
    """Who organises what is held: 由甲局主办、乙局承办的|推介会举行; of several the first, in a clause before."""
    words, organises = site.words, site.frames.organises
    if organises.isdisjoint(words[attribute.start : attribute.stop]):
        return None
    verb = next((i for i in attribute if words[i] in organises and outside(site, range(attribute.start, i + 1))), None)
    if verb is None:
        return None
    stretch, start = range(attribute.start, verb), site.clause
    for _ in range(3):
        end = start - 1
        if end <= site.sentence:
            break
        start = clause_start(site.scene, site.frames, site.sentence, end)
        before = stretch_before(site, start, bisect_left(site.starts, end))
        if not before or words[before[-1]] not in organises:
            break
        stretch = before[:-1]
    stretch = parted(site, stretch)  # 第一次|按新规举办的联赛
    while stretch and (site.light(stretch[-1]) or words[stretch[-1]] in organises or site.tags[stretch[-1]] == NUMERAL):
        stretch = stretch[:-1]
    led = next((i for i in stretch if words[i] in site.frames.passives), stretch.start - 1)
    return span_of(site, range(led + 1, stretch.stop))


def _up_to_verb(site: Site, stretch: range) -> range:
    """The tokens of a clause before its verb: 一辆货车|驶上便道; one within an attribute is none, nor 一辆奔驰."""
    named, triggers = False, _triggers_in(site, stretch) if len(stretch) > 1 else ()
    for i in stretch:
        # 市政府|任命何苗为局长, of which the segmenter takes the verb for a noun
        does = site.tags[i] == VERB or (site.starts[i], site.ends[i]) in triggers
        done = does and site.tags[i + 1 : i + 2] == [DONE]  # 货车受到|了强大的冲击
        if named and (done or does and site.frames.attributes.isdisjoint(site.words[i : stretch.stop])):
            return range(stretch.start, i)
        person = site.tags[i] == PRONOUN and site.words[i].endswith(site.frames.parties)
        named = named or person or site.tags[i][:1] == "n"
    return stretch

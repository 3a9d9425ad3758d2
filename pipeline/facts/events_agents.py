"""Who acts in an event: the noun phrase before its trigger, or the subject of a clause before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.core.model import Entity, Offsets
from pipeline.facts.events_assertion import asserted
from pipeline.facts.events_nouns import NUMERAL, VERB, after_attribute, outside, parted, span_of, stretch_before
from pipeline.facts.events_sites import Site, clause_start

ACTS = ("v", "i")
"""Parts of speech of what is done, with which nobody's name begins."""
ALONE = (NUMERAL, "b", "zg", "tg")
"""Parts of speech of one word that names nobody."""
PRONOUN = "r"
"""The part of speech of pronouns."""
DONE = "ul"
"""The part of speech of 了 behind a verb."""
LEADING = ("p", "c")
"""Parts of speech behind which somebody stands who does not act alone: 与何苗."""
CLOSING = ("f", "w")
"""Parts of speech that a phrase of time or place ends before, and marks."""
NOBODY = ("f", "m", "q")
"""Parts of speech with which nobody ends who acts: 会上, 全球首个."""


def agent_or_place(site: Site, before: range) -> tuple[Offsets | None, Offsets | None]:
    """The agent; a place in the subject's stead (月亮湾海域将举办…) that is no town or country is the place."""
    if site.frame.sites:
        before = _reported(site, before)
    agent, place = agent_of(site, before), site.frame.place
    name = site.scene.begins.get(agent[0]) if agent and place else None
    if agent and name is not None and name.label == "LOC" and name.end >= agent[1]:
        if place == "always" or not site.folded[name.start : name.end].endswith(site.frames.admin_ends):
            return None, (name.start, name.end)
    return agent, None


def _reported(site: Site, before: range) -> range:
    """The tokens behind who tells of it: 大队接到报警|仓库发生火灾."""
    last = next((i for i in reversed(before) if site.words[i] in site.frames.reports), None)
    return before if last is None else range(last + 1, before.stop)


def agent_of(site: Site, before: range) -> Offsets | None:
    """The noun phrase that the clause begins with, of 局长周启明 the person; behind a pivot the one who acts."""
    frames = site.frames
    if not frames.pivots.isdisjoint(site.words[before.start : before.stop]):
        pivot = next(i for i in reversed(before) if site.words[i] in frames.pivots)
        acts = range(pivot + 1, before.stop)
        if acts and site.tags[acts[0]] in frames.moved_tags and site.tags[acts[-1]] not in NOBODY:
            if outside(site, range(before.start, acts[0])) and (agent := agent_of(site, acts)):
                return agent
    if _is_within(site, before):
        return None
    before = _behind_code(site, before)
    stretch = parted(site, before)
    if stretch and site.words[stretch[0]] in frames.cites and site.folded[site.end : site.end + 1] in frames.attributes:
        stretch = stretch[1:]
    if stretch and site.words[stretch[0]] in frames.reports:
        stretch = stretch[1:]  # 获悉|何苗将所持股份解除质押
    if stretch and site.words[stretch[0]] in frames.located:
        stretch = after_attribute(site, stretch)  # 位于旧街的|一家面包店
    if not stretch:
        return None
    head = stretch[0]
    first = site.words[head]
    if site.words[stretch[-1]] in frames.whiles:
        return None  # 会议期间举办讲座
    if first in frames.places or first in frames.parting or first in frames.denied or first in frames.causes:
        return None
    start, end = site.starts[head], site.ends[stretch[-1]]
    if site.tags[head] in ACTS and first not in frames.qualifying and site.scene.covering(start + 1) is None:
        return None  # 行至路口时, 遥遥领先于他人
    if len(stretch) == 1 and site.tags[head] in ALONE:
        return None  # 第四，尽快召开发布会; 主要是刚收购了……
    if first in frames.others and (len(stretch) == 1 or site.tags[head + 1] == VERB):
        return None  # 获悉其将股份质押; 各出资一半成立公司
    if (name := site.scene.covering(start)) is not None:
        start = name.start  # 方来|股份, of which the first word looks like an adverb
    names = site.scene.entities(start, site.ends[before[-1]])
    if names and (last := _right_before(site, names[-1], before)) is not None:
        return last
    names = [name for name in names if name.end <= end]
    if names and (named := _agent_named(site, names, start, end)) is not None:
        return named
    return span_of(site, after_attribute(site, stretch))


def _is_within(site: Site, before: range) -> bool:
    """Whether the trigger stands in a phrase of time or place that is the main verb's, not the subject's before it:
    何苗在昨天召开的座谈会上表示……"""
    if site.folded[site.end : site.end + 1] not in site.frames.attributes:
        return False
    opened = next((i for i in reversed(before) if site.words[i] in site.frames.places), None)
    if opened is None or opened == before.start:
        return False
    close = next((i for i in range(site.after + 1, len(site.tags)) if site.tags[i] in CLOSING), len(site.tags))
    return site.tags[close : close + 1] == [NOBODY[0]]


def _right_before(site: Site, name: Entity, before: range) -> Offsets | None:
    """The person right before the trigger, whatever a headline tells before: …披露…云岭药业副总经理彭江宇|辞职."""
    if name.label != "PER" or name.end != site.ends[before[-1]]:
        return None
    first = bisect_right(site.ends, name.start)
    while first > before.start and site.tags[first - 1][:1] == "n" and site.words[first - 1] not in site.frames.leads:
        first -= 1
    ahead = site.words[first - 1]
    led = first > before.start and (site.tags[first - 1] in LEADING or ahead in site.frames.leads)
    return None if led else (name.start, name.end)


def _agent_named(site: Site, names: list[Entity], start: int, end: int) -> Offsets | None:
    """The person of the noun phrase ``[start, end)``, or the institution that it is or begins with."""
    person = next((e for e in names if e.label == "PER"), None)
    strict = site.frame.place == "always"  # 张培雄家庭作坊: the house, not its owner
    if person is not None and not (strict and person.end < end):
        until = person.end
        for name in names[names.index(person) + 1 :]:
            until = name.end if name.label == "PER" and name.start - until == 1 else until  # 何苗、马文涛
        if site.folded.startswith(site.frames.companies, until, end):
            return person.start, end  # 何苗|团队
        return person.start, until
    last = names[-1]
    if site.folded[last.end : last.end + 1] in site.frames.lists and names[0].start == start:
        return start, end  # 云岭药业、青山制药、江南等公司
    if _bracket_at(site, last.end) and (owned := _behind_bracket(site, last.end, end)) is not None:
        return owned
    if len(names) == 1 and last.label == "ORG" and (last.end == end or _bracket_at(site, last.end)):
        return start if site.folded[last.start - 1] in site.frames.lists else last.start, last.end
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


def _behind_code(site: Site, before: range) -> range:
    """The nouns between a company's code and the trigger, whatever a headline tells before:
    停牌5月云岭药业(600873)|股东南山基金|合计减持; else all of ``before``."""
    closing = site.frames.pairs.values()
    close = next((i for i in reversed(before) if site.words[i] in closing), None)
    if close is None:
        return before
    opening = max(site.folded.rfind(mark, 0, site.starts[close]) for mark in site.frames.brackets)
    rest = range(close + 1, before.stop)
    while rest and site.light(rest[-1]):
        rest = rest[:-1]
    if not rest or not site.folded[opening + 1 : opening + 2].isdigit() or site.tags[rest[-1]][0] != "n":
        return before
    fits = (*site.frames.noun_tags, VERB, NUMERAL)
    led = site.tags[rest[0]] in (*ACTS, "vn") and site.words[rest[0]] not in site.frames.qualifying
    if led or site.words[rest[0]].startswith(site.frames.suffers):
        return before
    return range(rest[0], before.stop) if all(site.tags[i] in fits for i in rest) else before


def _behind_bracket(site: Site, at: int, end: int) -> Offsets | None:
    """Who is of the company before a bracket: 云岭药业（600300）|二股东减持; None where no noun is there."""
    close = max(site.folded.rfind(mark, at, end) for mark in site.frames.pairs.values()) + 1
    rest = range(bisect_right(site.ends, close), bisect_right(site.ends, end - 1) + 1)
    if rest and site.words[rest[0]].startswith(site.frames.suffers):
        return None  # 云岭药业（600300）遭二股东减持
    nouns = close and rest and all(site.tags[i] in site.frames.noun_tags or site.tags[i] == VERB for i in rest)
    return span_of(site, rest) if nouns and site.tags[rest[-1]][0] == "n" else None


def subject_before(site: Site) -> Offsets | None:
    """The subject of a clause before, where the trigger's own has none: 轿车失控，撞坏护栏; but not of 某人说，…"""
    start = site.clause
    for _ in range(3):
        end = start - 1
        if end <= site.sentence or site.folded[end] in site.frames.beginnings:
            return None
        start = clause_start(site.scene, site.frames, site.sentence, end)
        stretch = stretch_before(site, start, bisect_left(site.starts, end))
        if stretch and site.words[stretch[-1]] in site.frames.says:
            return _itself(site, stretch)
        found = agent_of(site, _up_to_verb(site, parted(site, stretch)))
        if found is not None and (not site.folded.endswith(site.frames.passive, *found) or _is_name(site, found)):
            return found  # but of 事故发生后，…… and 股份办理了质押，…… the next one before
    return None


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
        topic = _topic(site, stretch) or topic
        end = start - 1
    return topic


def _topic(site: Site, stretch: range) -> Offsets | None:
    """The thing that a clause begins with: 大桥|长6公里, 云岭公司|董事长何苗, 市里主办的|茶会; of 总投资8亿元 none."""
    tags, frames = site.tags, site.frames
    if not stretch or site.folded.startswith(frames.topicless, site.starts[stretch[0]]) or tags[stretch[0]] in LEADING:
        return None
    first = after_attribute(site, stretch)
    whole = all(tags[i] in frames.noun_tags for i in first)
    if not whole:
        first = stretch
    nouns = range(first.start + (tags[first.start] == PRONOUN), first.stop)  # 该|项目
    verb = next((i for i in nouns if tags[i] not in frames.noun_tags and not _named(site, i)), first.stop)
    number = next((i for i in range(first.start + 1, verb) if tags[i] == NUMERAL), None)
    if number is not None and not _named(site, number):
        verb = number - 1  # 大桥|全长|68公里
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
    """The institution whose announcement the clause tells, of what it plans itself; others report of somebody else."""
    own = site.words[stretch[-1]] in site.frames.pledges and asserted(site)[0]
    name = site.scene.begins.get(site.starts[stretch[0]]) if own else None
    return (name.start, name.end) if name is not None and name.label == "ORG" else None


def organiser(site: Site, attribute: range) -> Offsets | None:
    """Who organises what is held: 由甲局主办、乙局承办的|推介会举行; of several the first, in a clause before."""
    words, organises = site.words, site.frames.organises
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
    while stretch and (site.light(stretch[-1]) or words[stretch[-1]] in organises):
        stretch = stretch[:-1]
    led = next((i for i in stretch if words[i] in site.frames.passives), stretch.start - 1)
    return span_of(site, range(led + 1, stretch.stop))


def _up_to_verb(site: Site, stretch: range) -> range:
    """The tokens of a clause before its verb: 一辆货车|驶上便道; one within an attribute is none, nor 一辆奔驰."""
    named = False
    for i in stretch:
        done = site.tags[i] == VERB and site.tags[i + 1 : i + 2] == [DONE]  # 货车受到|了强大的冲击
        if named and (done or site.tags[i] == VERB and site.frames.attributes.isdisjoint(site.words[i : stretch.stop])):
            return range(stretch.start, i)
        named = named or site.tags[i][:1] == "n"
    return stretch

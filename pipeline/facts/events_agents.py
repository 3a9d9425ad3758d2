"""Who acts in an event: the noun phrase before its trigger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from pipeline.core.model import Entity, Offsets
from pipeline.facts.events_headlines import ACTS, behind_bracket, behind_code, bracket_at
from pipeline.facts.events_nouns import MEETING, NUMERAL, VERB, after_attribute, outside, parted, span_of
from pipeline.facts.events_sites import APPOINT, Site

ALONE = (NUMERAL, "b", "zg", "tg")
"""Parts of speech of one word that names nobody."""
SUMS = ("money", "percent", "ratio", "measure")
"""Kinds of amounts that are nobody."""
HEADS = ("n", "r", "j", "l", "e")
"""With these begin the parts of speech of nouns, pronouns and names."""
NOTHING = ("v", "d", "p", "c", "u", "t", "z", "y")
"""With these begin the parts of speech of words that name nobody."""
DONE = (VERB, "vn")
"""Parts of speech of what a person does, of which an attribute tells."""
QUALIFIES = ("vn", "a", "b")
"""Parts of speech of what qualifies the noun behind: 理财|公司."""
LEADING = ("p", "c")
"""Parts of speech behind which somebody stands who does not act alone: 与何苗."""
NOBODY = ("f", "m", "q")
"""Parts of speech with which nobody ends who acts: 会上, 全球首个."""


def agent_or_place(site: Site, before: range) -> tuple[Offsets | None, Offsets | None]:
    """The agent; a place in the subject's stead (月亮湾海域将举办…) that is no town or country is the place."""
    told = _reported(site, before)
    agent, place = agent_of(site, told), site.frame.place
    if told != before and not site.frame.sites and (agent is None or site.folded.endswith(site.frames.passive, *agent)):
        agent = agent_of(site, before)  # 云岭市发布关于|设立园区的公告
    name = site.scene.begins.get(agent[0]) if agent and place else None
    if agent and name is not None and name.label == "LOC" and name.end >= agent[1]:
        if place == "always" or not site.folded[name.start : name.end].endswith(site.frames.admin_ends):
            return None, (name.start, name.end)
    if agent and place == "always" and (last := site.scene.ends.get(agent[1])) is not None and last.label == "LOC":
        return None, agent  # 印度南部城市|海得拉巴
    return agent, None


def _reported(site: Site, before: range) -> range:
    """The tokens behind who tells of it: 大队接到报警|仓库发生火灾, 有传闻|称云岭药业将收购茶厂, 传闻|称英|伟达将……"""
    words, starts, scene = site.words, site.starts, site.scene
    for i in reversed(before):
        if words[i][0] in site.frames.report_signs and scene.covering(starts[i]) is None:
            told = words[i] in site.frames.reports
            if told or words[i][0] in site.frames.reports and starts[i] + 1 in scene.begins:
                return range(i + told, before.stop)
    return before


def agent_of(site: Site, before: range) -> Offsets | None:
    """The noun phrase that the clause begins with, of 局长周启明 the person; behind a pivot the one who acts."""
    if not site.frames.pivots.isdisjoint(site.words[before.start : before.stop]):
        if (agent := _behind_pivot(site, before)) is not None:
            return agent
    if _is_within(site, before):
        return None
    if site.frame.type == APPOINT and (person := _person_before(site, before)) is not None:
        return person  # 接受|何苗|辞去会长职务的请求
    before = behind_code(site, before)
    stretch = parted(site, before)
    if stretch and site.words[stretch[0]] in site.frames.introduces:
        stretch = _without_leads(site, stretch)
    while len(stretch) > 1 and (site.words[stretch[-1]] in site.frames.asserting or _is_adverb(site, stretch[-1])):
        stretch = stretch[:-1]  # 公司|可能|就建议的回购……, 炸弹|先后|在公园里爆炸
    if stretch and site.folded[site.ends[stretch[-1]] - 1] in site.frames.sum_ends:
        stretch = _without_sum(site, stretch)
    if not stretch or _is_nobody(site, stretch):
        return None
    start, end = site.starts[stretch[0]], site.ends[stretch[-1]]
    if (name := site.scene.covering(start)) is not None:
        start = name.start  # 方来|股份, of which the first word looks like an adverb
    if (name := site.scene.covering(end)) is not None:
        end = name.end  # 英|伟达|斥资3亿元, of which the last does
    names = site.scene.entities(start, site.ends[before[-1]])
    if names and (last := _right_before(site, names[-1], before)) is not None:
        return last
    if (names := [name for name in names if name.end <= end]) and (owned := _of_person(site, names, stretch)):
        names, start, stretch = [name for name in names if name.start >= owned[0]], owned[0], owned[1]
    if names and (named := _agent_named(site, names, start, end)) is not None:
        return named
    found = after_attribute(site, stretch)
    if found and site.tags[found[-1]][:1] in NOTHING and site.scene.covering(start + 1) is None:
        if all(site.tags[i][:1] in NOTHING for i in found):
            return None  # 对于|上线存管系统的平台
    return span_of(site, found)


def _is_adverb(site: Site, i: int) -> bool:
    """Whether token ``i`` tells how or when something is done, and ends no name: 双方|已, and not 华润置|地."""
    return site.light(i) and (site.tags[i] == "d" or site.tags[i] in ("t", "c") and len(site.words[i]) > 1)


def _of_person(site: Site, names: list[Entity], stretch: range) -> tuple[int, range] | None:
    """Where what acts begins, and its tokens, where a person is told of only in its attribute:
    何苗控制的|云岭药业|收购青山制药."""
    if site.frames.attributes.isdisjoint(site.words[stretch.start : stretch.stop]):
        return None
    behind = after_attribute(site, stretch)
    if not behind or behind == stretch:
        return None
    start = site.starts[behind[0]]
    person = next((name for name in reversed(names) if name.end < start), None)
    if person is None or person.label != "PER":
        return None
    done = range(bisect_right(site.ends, person.end), behind[0] - 1)
    verbal = done and all(site.tags[i] in DONE or site.light(i) for i in done) and site.tags[done[-1]] in DONE
    return (start, behind) if verbal else None


def _behind_pivot(site: Site, before: range) -> Offsets | None:
    """The one who acts behind a pivot: 县里支持|企业|举办交易会."""
    pivot = next(i for i in reversed(before) if site.words[i] in site.frames.pivots)
    if not site.frames.matters.isdisjoint(site.words[before.start : pivot]):
        return None  # 两国|就|推动走廊建设|达成共识
    acts = range(pivot + 1, before.stop)
    if not acts:
        return None
    head = acts[0] + (site.words[acts[0]] in site.frames.quotes)  # 推动|“之友小组”各国签订协定
    begins = site.tags[head] in site.frames.moved_tags
    if not begins and site.tags[acts[-1]][:1] == HEADS[0]:  # 已有|理财公司|成立一级部门
        begins = site.tags[head] in QUALIFIES or site.words[head] in site.frames.qualifying
    if begins and site.tags[acts[-1]] not in NOBODY:
        return agent_of(site, acts) if outside(site, range(before.start, acts[0])) else None
    return None


def _without_leads(site: Site, stretch: range) -> range:
    """``stretch`` without what leads to the noun phrase: who tells of it, where it is."""
    frames = site.frames
    if stretch and site.words[stretch[0]] in frames.cites and site.folded[site.end : site.end + 1] in frames.attributes:
        stretch = stretch[1:]
    if stretch and site.words[stretch[0]] in frames.reports:
        stretch = stretch[1:]  # 获悉|何苗将所持股份解除质押
    if stretch and site.words[stretch[0]] in frames.located:
        stretch = after_attribute(site, stretch)  # 位于旧街的|一家面包店
    if stretch and site.words[stretch[0]] in frames.doers:
        stretch = after_attribute(site, stretch)  # 由两局组成的|委员会达成协议
    return stretch


def _is_nobody(site: Site, stretch: range) -> bool:
    """Whether ``stretch`` is a phrase of time, place or cause, or what is done, and no one who acts."""
    frames, head = site.frames, stretch[0]
    first = site.words[head]
    if site.words[stretch[-1]] in frames.whiles:
        return True  # 会议期间举办讲座
    if first in frames.places or first in frames.parting or first in frames.denied or first in frames.causes:
        return True
    if site.tags[head] in ACTS and first not in frames.qualifying:
        if site.scene.covering(site.starts[head] + 1) is None:
            return True  # 行至路口时, 遥遥领先于他人
    if site.tags[head] == DONE[1] and head in stretch[:-1] and site.words[head + 1][0] in frames.ones:
        return True  # 加快|培育一批企业
    if len(stretch) == 1 and first in frames.asserting:
        return True  # 他支持开矿，并|主张|成立企业
    if len(stretch) == 1 and site.tags[head] in ALONE and not _are_actors(site, head):
        return True  # 第四，尽快召开发布会; 主要是刚收购了……
    # 获悉其将股份质押; 各出资一半成立公司
    return first in frames.others and (len(stretch) == 1 or site.tags[head + 1] == VERB)


def _are_actors(site: Site, i: int) -> bool:
    """Whether token ``i`` counts those who act, though no noun follows: 9国|签署协定."""
    quantities = site.scene.view.quantities
    found = quantities[bisect_left(quantities, site.starts[i], key=attrgetter("start")) :][:1]
    return bool(found) and found[0].end == site.ends[i] and found[0].norm.unit in site.frames.actors


def _without_sum(site: Site, stretch: range) -> range:
    """``stretch`` without the sum that it ends with and what is done with it: 云岭药业|斥资3亿元|收购茶厂."""
    quantities = site.scene.view.quantities
    end = site.ends[stretch[-1]]
    at = bisect_left(quantities, end, key=attrgetter("start")) - 1
    if at < 0 or quantities[at].end != end or quantities[at].norm.kind not in SUMS:
        return stretch
    stretch = range(stretch.start, max(bisect_right(site.ends, quantities[at].start), stretch.start))
    while stretch and site.words[stretch[-1]] not in site.frames.close:
        if site.tags[stretch[-1]][:1] in HEADS and site.words[stretch[-1]] not in site.frames.spends:
            break
        stretch = stretch[:-1]
    return stretch


def _is_within(site: Site, before: range) -> bool:
    """Whether the trigger stands in a phrase of time or place that is the main verb's, not the subject's before it:
    何苗在昨天召开的座谈会上表示……"""
    if site.folded[site.end : site.end + 1] not in site.frames.attributes:
        return False
    opened = next((i for i in reversed(before) if site.words[i] in site.frames.places), None)
    if opened is None or opened == before.start:
        return False
    name = site.scene.begins.get(site.starts[before.start])
    if site.frame.type == MEETING and name is not None and name.label == "PER":
        return True  # 何苗在昆明举行的公开赛，……
    tags, borders = site.tags, site.frames.borders
    over = (i for i in range(site.after + 1, len(tags)) if tags[i] == NOBODY[0] or site.words[i] in borders)
    close = next(over, len(tags))
    return site.tags[close : close + 1] == [NOBODY[0]]


def without_former(site: Site, before: range) -> range:
    """``before`` without the one whose place somebody takes: 何苗|接替马文涛|出任会长."""
    over = next((i for i in before if site.words[i] in site.frames.instead), before.stop)
    return range(before.start, over)


def _person_before(site: Site, before: range) -> Offsets | None:
    """The person whose name ends right before the trigger, in its own clause."""
    if not before or site.starts[before[0]] < site.clause:
        return None
    name = site.scene.ends.get(site.ends[before[-1]])
    return None if name is None else _right_before(site, name, before)


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
    if bracket_at(site, last.end) and (owned := behind_bracket(site, last.end, end)) is not None:
        return owned
    if len(names) == 1 and last.label == "ORG" and (last.end == end or bracket_at(site, last.end)):
        return start if site.folded[last.start - 1] in site.frames.lists else last.start, last.end
    first = last = names[0]
    if first.start != start or first.label != "ORG":
        return None
    for name in names[1:]:
        if name.label == "ORG" and name.start - last.end == 1:
            last = name
    rest = range(bisect_right(site.ends, last.end), bisect_right(site.ends, end - 1) + 1)
    behind = site.folded[last.end : end]
    planned = behind in site.frames.planned  # 文旅部|将, of which 部将 is a word to the segmenter
    whole = rest and not planned and not strict and "\n" not in behind and site.tags[rest[-1]][0] == "n"
    if whole and all(site.tags[i] in site.frames.moved_tags for i in rest):
        return first.start, end  # 云岭药业|股东
    return first.start, last.end

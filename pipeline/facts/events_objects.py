"""What stands behind a trigger: its object, the noun that its attribute tells of, the place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.core.model import Offsets, Time
from pipeline.facts.events_frames import DASH
from pipeline.facts.events_headlines import one_headline
from pipeline.facts.events_nouns import (
    CONJUNCTION,
    MEETING,
    NUMERAL,
    PREPOSITION,
    VERB,
    after_attribute,
    outside,
    span_of,
    without_purpose,
)
from pipeline.facts.events_sites import ACQUIRE, APPOINT, FOUND, Site, joins, spaced, trigger_in
from pipeline.facts.events_times import dated

GOES_ON = (VERB, "d", PREPOSITION, CONJUNCTION)
"""Parts of speech with which something else is told."""
DOCUMENTS = ("release", "sign")
"""The kinds of events of what is written."""
LOCALITY = "f"
"""The part of speech of words like 中 and 上."""
SPENT = (VERB, "vn", PREPOSITION, CONJUNCTION)
"""Parts of speech of what is told behind a sum: 投资5亿元|建设新厂, 5亿元|在云岭县."""
DOES = (VERB, "d", "ul")
"""Parts of speech of what is done, and of nothing that it is done to."""
PERSON = "nr"
"""The part of speech of people's names."""
HOW_DONE = (["d", VERB], ["ad", VERB])
"""Parts of speech that another deed begins with: 积极|组织."""
FAR_BEHIND = 12
"""Tokens within which an attribute ends."""
TAILS = (CONJUNCTION, PREPOSITION, "d", "ad", "ul", "y")
"""Parts of speech with which no noun phrase ends."""


def behind(site: Site) -> Offsets | None:
    """What stands behind the trigger up to the end of the clause or of its noun phrase."""
    frames, folded = site.frames, site.folded
    start = site.end
    while folded.startswith(frames.after_trigger, start):
        start += next(len(w) for w in frames.after_trigger if folded.startswith(w, start))
    limit = min(site.scene.line(start)[1], start + frames.longest_object)
    first = bisect_right(site.ends, start, site.at)
    stretch = _up_to_end(site, range(first, bisect_left(site.starts, limit, first)))
    if stretch and folded[site.end] in frames.attributes and (told := _told_of(site, stretch)) is not None:
        return told
    if site.frame.type == MEETING:
        stretch = _gathering(site, stretch)
    elif site.frame.type == FOUND:
        stretch = without_purpose(site, stretch)
    elif site.frame.type == ACQUIRE and stretch:
        stretch = _dealt_in(site, one_headline(site, stretch))
    if site.frame.sum:
        stretch = range(first, next((i for i in stretch if site.tags[i] in SPENT), stretch.stop))
    elif site.frame.type == APPOINT and stretch:
        stretch = _dealt_in(site, stretch)
        if (called := _called(site, stretch)) is not None:
            return called
        over = next((i for i in stretch[1:] if site.words[i] in frames.called), stretch.stop)
        if over < stretch.stop and site.scene.covering(site.starts[over]) is None:
            stretch = range(first, over)  # 任命何苗|为局长, 任命何苗|可能会影响……
    if stretch and site.words[stretch[0]] in frames.datives:
        stretch = _received(site, stretch)
    work = site.scene.begins.get(site.starts[stretch[0]]) if stretch else None
    if work is not None and work.label == "WORK":
        alone = site.frame.type in DOCUMENTS and not folded.startswith(frames.after_works, work.end)
        if alone or folded.startswith(frames.work_kinds, work.end):
            return work.start, work.end  # 颁布的《…条例》|规定, 《…》|一文流传很广
    while stretch and (site.words[stretch[-1]] in frames.object_tails or site.tags[stretch[-1]] in TAILS):  # 地震|已
        stretch = stretch[:-1]
    if stretch and _is_time(site, stretch):
        return None  # 成立|不足三年
    if not stretch or site.words[stretch[0]] in frames.object_starts_not and not _leads_to(site, stretch):
        return None
    if site.starts[stretch[0]] < start:
        one = site.ends[stretch[0]] - start == 1  # 撞上|去
        return None if one else (start, site.ends[stretch[-1]])  # 发布|公告 as one token
    if site.tags[stretch[0]] == DOES[1] and all(site.tags[i] in DOES for i in stretch):
        return None  # 回购|已完成
    if site.tags[stretch[-1]] == VERB and len(stretch) > 1 and site.words[stretch[-1]].endswith(frames.told):
        end = next(len(w) for w in frames.told if site.words[stretch[-1]].endswith(w))
        return site.starts[stretch[0]], site.ends[stretch[-1]] - end  # 研|报称
    return span_of(site, after_attribute(site, stretch) if site.frame.head else stretch)


def _called(site: Site, stretch: range) -> Offsets | None:
    """Who is called to an office that follows the name at once, of which the segmenter may take the first character
    for the name's last: 任命|王志恒|为局长."""
    start = site.starts[stretch[0]]
    names = site.scene.entities(start, site.ends[stretch[-1]])
    called = (e.end for e in names if e.label == "PER" and site.folded.startswith(site.frames.offices, e.end))
    end = next(called, start)
    if end == start and site.frames.called.isdisjoint(site.words[stretch.start : stretch.stop]):
        glued = (i for i in stretch[:-1] if site.tags[i] == PERSON and site.words[i][-1] in site.frames.called)
        end = next((site.ends[i] - 1 for i in glued), start)
    return (start, end) if end - start > 1 else None


def _dealt_in(site: Site, stretch: range) -> range:
    """``stretch`` without the deal that its attribute tells of: 收购青山制药的|交易已经完成."""
    words, frames = site.words, site.frames
    for i in stretch[:-1]:
        if words[i] in frames.attributes and words[i + 1] in frames.deals:
            return range(stretch.start, i)
    return stretch


def _told_of(site: Site, stretch: range) -> Offsets | None:
    """The noun that an attribute with the trigger tells of, where what is told of it follows:
    何苗创办的|药厂|昨日停产, and not 举行的|中外合作|办学研讨会."""
    words, tags, frames = site.words, site.tags, site.frames
    name = site.scene.begins.get(site.starts[stretch[0]])
    if name is not None and name.label == "WORK":
        return None
    first = bisect_right(site.ends, name.end) if name is not None else stretch.start
    if name is not None and name.label == "ORG" and site.frame.type == FOUND:
        if first < stretch.stop and tags[first] not in frames.noun_tags:
            return name.start, name.end  # 何苗创办的|云岭药业|的股东昨日增持
    fits = frames.noun_tags | {VERB}
    end = next((i for i in range(first, stretch.stop) if tags[i] not in fits), stretch.stop)
    if end in (stretch.start, stretch.stop) or not frames.attributes.isdisjoint(words[end : stretch.stop]):
        return None
    over = words[end] in frames.lights or words[end] in frames.brackets or _only_time(site, end)
    over = over or words[end] in frames.places  # 发布的决定书|在网络流传
    return (
        span_of(site, range(stretch.start, end)) if over and (name or tags[end - 1].startswith(("n", "vn"))) else None
    )


def _only_time(site: Site, i: int) -> bool:
    """Whether a time stands at token ``i`` that no noun follows: 发布的|央行|12月纪要."""
    times = site.scene.times(site.starts[i], site.starts[i] + 1)
    behind = bisect_right(site.ends, times[-1].end) if times else len(site.tags)
    return bool(times) and site.tags[behind : behind + 1] != ["n"]


def _is_time(site: Site, stretch: range) -> bool:
    """Whether ``stretch`` tells nothing but when, and what was done then: 成立|不到三年, 成立|于5年之内,
    收购|在年内将增厚利润, 发布|次日卖出."""
    led = site.words[stretch.start] in site.frames.places
    first = stretch.start + led
    times = site.scene.times(site.starts[first], site.starts[first] + 1) if first < stretch.stop else []
    return any(led or time.end >= site.ends[stretch[-1]] or _done_then(site, time) for time in times)


def _done_then(site: Site, time: Time) -> bool:
    """Whether ``time`` tells when something else was done than what is told before it: 财报公布五天前|买入."""
    ends = dated(time.norm.value) and site.folded.endswith(site.frames.then, time.start, time.end)
    return ends and VERB in site.tags[(at := bisect_right(site.ends, time.end)) : at + 1]


def _leads_to(site: Site, stretch: range) -> bool:
    """Whether ``stretch`` tells where a line leads and ends with the line: 开通|至南港市的航线."""
    if site.words[stretch[0]] not in site.frames.routes or site.tags[stretch[-1]][:1] != "n":
        return False
    if site.tags[stretch[0] + 1] == NUMERAL:
        return False  # 增持至30%
    name = site.scene.begins.get(site.ends[stretch[0]])
    return site.ends[stretch[-1]] > (name.end if name is not None else site.ends[min(stretch[0] + 1, stretch[-1])])


def _up_to_end(site: Site, stretch: range) -> range:
    """The tokens of ``stretch`` up to a sign or word that ends a noun phrase, outside marks and names."""
    words, starts, folded, frames = site.words, site.starts, site.folded, site.frames
    depth, first = 0, stretch.start
    for i in stretch:
        word = words[i]
        if folded[starts[i] - 1] == " " and spaced(frames, folded, starts[i] - 1):
            if i > first or word not in frames.open:
                return range(first, i)  # 规划发布| 机构占比超过八成
        if word in frames.lists and site.frame.type == ACQUIRE and not depth and joins(site.scene, frames, starts[i]):
            return range(first, i)
        if word in frames.lists and not depth and _done_next(site, i + 1, stretch.stop):
            return range(first, i)  # 撞倒路人|、撞穿外墙, 启动预案|、积极组织抢救
        if word not in frames.stretch_ends:
            if word[0] == DASH and i > first and not depth and folded[starts[i] + 1 : starts[i] + 2] == DASH:
                if site.scene.covering(starts[i]) is None:
                    return range(first, i)  # 公布数据|——即将过去的一年
            continue
        depth += (word in frames.open) - (word in frames.close)
        over = word in frames.borders or i > first and word in frames.object_ends and not _tells_which(site, first, i)
        if depth < 0 or over and not depth and site.scene.covering(starts[i]) is None:
            return range(first, i)
    return stretch


def _done_next(site: Site, i: int, stop: int) -> bool:
    """Whether token ``i``, behind a sign between the members of a list, begins another deed."""
    tags = site.tags[i : i + 2]
    if tags[:1] == [VERB]:
        return site.frame.mutual
    return tags in HOW_DONE and site.frames.attributes.isdisjoint(site.words[i:stop])


def _tells_which(site: Site, first: int, i: int) -> bool:
    """Whether token ``i`` tells why, right behind the number of what an attribute tells of: 一起|因追尾引起的事故."""
    which = i == first + 1 and site.tags[first] == NUMERAL and site.words[i] in site.frames.causes
    return which and not site.frames.attributes.isdisjoint(site.words[i : i + FAR_BEHIND])


def _gathering(site: Site, stretch: range) -> range:
    """The tokens of ``stretch`` up to the end of what is held, before a verb, an adverb: 召开会议|部署工作.

    All of it where it ends with what is held: 举行协会|成立大会.
    """
    if stretch and site.words[stretch[-1]].endswith(site.frames.gatherings):
        return stretch
    for i in stretch[1:]:
        if site.tags[i] in GOES_ON and site.words[i - 1].endswith(site.frames.gatherings):
            if outside(site, range(stretch.start, i + 1)):
                return range(stretch.start, i)
    return stretch


def _received(site: Site, stretch: range) -> range:
    """What stands between the first 的 and the next 的, adverb or trigger: 质押给某行的|200万股流通股|全部解除."""
    words, attributes = site.words, site.frames.attributes
    first = next((i for i in stretch if words[i] in attributes), stretch.stop - 1) + 1
    rest = range(first, stretch.stop)
    end = next((i for i in rest if words[i] in attributes or site.light(i)), rest.stop)
    return range(first, trigger_in(site, range(first, end)))


def begun_then(site: Site) -> Offsets | None:
    """What an attribute tells of that ends with the time when it began: 成立于2013年的|云岭药业."""
    if site.after >= len(site.words) or site.words[site.after] not in site.frames.places:
        return None
    at = site.ends[site.after]
    times = site.scene.times(at, at + 1)
    return headed(site, times[-1].end) if times else None


def headed(site: Site, end: int | None = None) -> Offsets | None:
    """What an attribute that ends with the trigger, or at ``end``, tells of: 昨晚开幕的|第十三届博览会."""
    end = site.end if end is None else end
    if site.folded[end : end + 1] not in site.frames.attributes:
        return None
    first = bisect_right(site.ends, end + 1)
    limit = min(site.scene.line(end)[1], end + site.frames.longest_object)
    if site.folded[end + 1 : end + 2] in site.frames.quotes:
        close = site.folded.find(site.frames.pairs[site.folded[end + 1]], end + 2, limit)
        return (end + 2, close) if close > end + 2 else None
    nouns = range(first, bisect_left(site.starts, limit))
    for i in nouns:
        if site.scene.covering(site.starts[i] + 1) is not None or site.starts[i] in site.scene.begins:
            continue
        if site.tags[i] == NUMERAL and i > first + 1:
            return span_of(site, range(first, i - 1))  # 去年通车的大桥|全长|5公里
        inside = site.tags[i] in site.frames.noun_tags and site.tags[i] != LOCALITY
        if not inside or site.words[i] in site.frames.stretch_ends:
            return span_of(site, range(first, _held(site, i, nouns.stop)))
    return span_of(site, nouns)


def _held(site: Site, end: int, stop: int) -> int:
    """Where the name of what is held ends, of which token ``end`` is a verb: 今天开幕的节水|推进|合伙人大会|上; else
    ``end``."""
    if site.frame.type != MEETING or site.tags[end][0] != VERB:
        return end
    for i in range(end + 1, stop):
        if site.words[i].endswith(site.frames.gatherings):
            return i + 1
        if site.tags[i] not in site.frames.noun_tags or site.words[i] in site.frames.stretch_ends:
            break
    return end


def goes_on(site: Site, following: Offsets) -> bool:
    """Whether a verb follows, which a frame that takes nouns alone does not take: 平台上线运行."""
    return site.tags[bisect_right(site.ends, following[1] - 1)] == VERB

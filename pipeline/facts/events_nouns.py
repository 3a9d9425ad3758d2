"""Noun phrases around a trigger: stretches of words without marks and attributes, and what stands behind it.

A stretch is the range of its tokens.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.core.model import Offsets
from pipeline.facts.events_headlines import one_headline
from pipeline.facts.events_sites import Site, spaced

VERB = "v"
"""The part of speech of verbs."""
CONJUNCTION = "c"
"""The part of speech of conjunctions."""
PREPOSITION = "p"
"""The part of speech of prepositions."""
ACQUIRE = "acquire"
"""The kind of event of what changes hands."""
MEETING = "meeting"
"""The kind of event of what is held."""
GOES_ON = (VERB, "d", PREPOSITION, CONJUNCTION)
"""Parts of speech with which something else is told."""
DOCUMENTS = ("release", "sign")
"""The kinds of events of what is written."""
NUMERAL = "m"
"""The part of speech of numerals."""
LOCALITY = "f"
"""The part of speech of words like 中 and 上."""
TAILS = (CONJUNCTION, PREPOSITION, "d", "ul", "y")
"""Parts of speech with which no noun phrase ends."""


def span_of(site: Site, stretch: range) -> Offsets | None:
    """The offsets of ``stretch`` without outer marks, None where it is empty or too long for a noun phrase."""
    if not stretch:
        return None
    start, end = site.starts[stretch[0]], site.ends[stretch[-1]]
    frames, folded = site.frames, site.folded
    if end - start > 2 and folded[start] in frames.quotes and folded[end - 1] in frames.close:
        if frames.quotes.isdisjoint(folded[start + 1 : end - 1]):
            start, end = start + 1, end - 1
    if folded.startswith(frames.glued, end - 1) and folded[end : end + 1].isdigit():
        end -= 1  # 股东黄奕|波于7月
    while folded.endswith(frames.clocks, start, end):
        end -= next(len(c) for c in frames.clocks if folded.endswith(c, start, end))  # 某国|北京时间10时发生
    return (start, end) if 0 < end - start <= frames.longest_subject else None


def within_attribute(site: Site, i: int, stop: int) -> bool:
    """Whether what token ``i`` begins tells where the thing is that is named before ``stop``: 停|在桥头的货车."""
    return site.tags[i - 1] == VERB and not site.frames.attributes.isdisjoint(site.words[i:stop])


def after_attribute(site: Site, stretch: range) -> range:
    """The tokens behind the last 的 that is not inside marks: 甲乙承办的|推介会."""
    words, frames, depth = site.words, site.frames, 0
    for i in reversed(stretch):
        word = words[i]
        if word in frames.turns:
            depth += (word in frames.close) - (word in frames.open)
            if depth <= 0 and word in frames.attributes:
                return range(i + 1, stretch.stop)
    return stretch


def behind(site: Site) -> Offsets | None:
    """What stands behind the trigger up to the end of the clause or of its noun phrase."""
    frames, folded = site.frames, site.folded
    start = site.end
    while folded.startswith(frames.after_trigger, start):
        start += next(len(w) for w in frames.after_trigger if folded.startswith(w, start))
    limit = min(site.scene.line(start)[1], start + frames.longest_object)
    first = bisect_right(site.ends, start, site.at)
    stretch = _up_to_end(site, range(first, bisect_left(site.starts, limit, first)))
    if site.frame.type == MEETING:
        stretch = _gathering(site, stretch)
    elif site.frame.type == ACQUIRE and stretch:
        stretch = one_headline(site, stretch)
    if site.frame.sum:
        stretch = range(first, next((i for i in stretch if site.tags[i] == VERB), stretch.stop))
    if stretch and site.words[stretch[0]] in frames.datives:
        stretch = _received(site, stretch)
    work = site.scene.begins.get(site.starts[stretch[0]]) if stretch else None
    if work is not None and work.label == "WORK" and folded.startswith(frames.work_kinds, work.end):
        return work.start, work.end  # 《…》|一文流传很广
    alone = work is not None and work.label == "WORK" and not folded.startswith(frames.after_works, work.end)
    if work is not None and alone and site.frame.type in DOCUMENTS:
        return work.start, work.end  # 颁布的《…条例》|规定
    while stretch and (site.words[stretch[-1]] in frames.object_tails or site.tags[stretch[-1]] in TAILS):  # 地震|已
        stretch = stretch[:-1]
    if not stretch or site.words[stretch[0]] in frames.object_starts_not:
        return None
    if site.starts[stretch[0]] < start:
        return start, site.ends[stretch[-1]]  # 发布|公告 as one token
    if site.tags[stretch[-1]] == VERB and len(stretch) > 1 and site.words[stretch[-1]].endswith(frames.told):
        end = next(len(w) for w in frames.told if site.words[stretch[-1]].endswith(w))
        return site.starts[stretch[0]], site.ends[stretch[-1]] - end  # 研|报称
    return span_of(site, after_attribute(site, stretch) if site.frame.head else stretch)


def _up_to_end(site: Site, stretch: range) -> range:
    """The tokens of ``stretch`` up to a sign or word that ends a noun phrase, outside marks and names."""
    words, starts, folded, frames = site.words, site.starts, site.folded, site.frames
    depth, first = 0, stretch.start
    for i in stretch:
        word = words[i]
        if i > first and folded[starts[i] - 1] == " " and spaced(frames, folded, starts[i] - 1):
            return range(first, i)
        if word not in frames.stretch_ends:
            continue
        depth += (word in frames.open) - (word in frames.close)
        over = word in frames.borders or i > first and word in frames.object_ends
        if depth < 0 or over and not depth and site.scene.covering(starts[i]) is None:
            return range(first, i)
    return stretch


def _gathering(site: Site, stretch: range) -> range:
    """The tokens of ``stretch`` up to the end of what is held, before a verb, an adverb: 召开会议|部署工作."""
    for i in stretch[1:]:
        if site.tags[i] in GOES_ON and site.words[i - 1].endswith(site.frames.gatherings):
            if outside(site, range(stretch.start, i + 1)):
                return range(stretch.start, i)
    return stretch


def _received(site: Site, stretch: range) -> range:
    """What stands between the first 的 and the next 的 or adverb: 质押给某行的|200万股流通股|全部解除."""
    attributes = site.frames.attributes
    first = next((i for i in stretch if site.words[i] in attributes), stretch.stop - 1) + 1
    end = next((i for i in range(first, stretch.stop) if site.words[i] in attributes or site.light(i)), stretch.stop)
    return range(first, end)


def headed(site: Site) -> Offsets | None:
    """What an attribute that ends with the trigger tells of: 昨晚开幕的|第十三届博览会."""
    if site.folded[site.end : site.end + 1] not in site.frames.attributes:
        return None
    first = bisect_right(site.ends, site.end + 1)
    limit = min(site.scene.line(site.end)[1], site.end + site.frames.longest_object)
    nouns = range(first, bisect_left(site.starts, limit))
    for i in nouns:
        if site.scene.covering(site.starts[i] + 1) is not None or site.starts[i] in site.scene.begins:
            continue
        if site.tags[i] == NUMERAL and i > first + 1:
            return span_of(site, range(first, i - 1))  # 去年通车的大桥|全长|5公里
        inside = site.tags[i] in site.frames.noun_tags and site.tags[i] != LOCALITY
        if not inside or site.words[i] in site.frames.stretch_ends:
            return span_of(site, range(first, i))
    return span_of(site, nouns)


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
    return span_of(site, range(nouns.start, next(over, nouns.stop)))


def place_behind(site: Site, behind: Offsets) -> Offsets | None:
    """火灾发生于城东某街: what stands behind the trigger is the place."""
    at = bisect_right(site.ends, behind[0])
    if at >= len(site.words) or site.words[at] not in site.frames.places:
        return None
    first = site.ends[at]
    name = site.scene.begins.get(first)
    return (name.start, name.end) if name else (first, behind[1]) if behind[1] > first else None


def goes_on(site: Site, following: Offsets) -> bool:
    """Whether a verb follows, which a frame that takes nouns alone does not take: 平台上线运行."""
    return site.tags[bisect_right(site.ends, following[1] - 1)] == VERB


def is_saying(site: Site) -> bool:
    """Whether what follows is said, not done: 某公司公布，…"""
    following = site.folded[site.end : site.end + 1]
    return site.frame.says and following in site.frames.borders and following not in site.frames.stops


def outside(site: Site, stretch: range) -> bool:
    """Whether the last token of ``stretch`` stands outside marks and names."""
    words, frames, inside = site.words[stretch.start : stretch.stop], site.frames, 0
    if not frames.marks.isdisjoint(words):
        inside = sum([w in frames.open for w in words]) - sum([w in frames.close for w in words])
    return inside <= 0 and site.scene.covering(site.starts[stretch[-1]]) is None


def nouns_before(site: Site, stretch: range) -> Offsets | None:
    """The run of nouns that ``stretch`` ends with."""
    scene, noun_tags = site.scene, site.frames.noun_tags
    first = stretch.stop
    for i in reversed(stretch):
        start = site.starts[i]
        if site.tags[i] not in noun_tags and (scene.covering(start + 1) or scene.begins.get(start)) is None:
            break
        first = i
    return span_of(site, range(first, stretch.stop))


def stretch_before(site: Site, start: int, stop: int) -> range:
    """The tokens of a clause from offset ``start`` to token ``stop``, without times and adverbs at both ends."""
    words, tags, frames = site.words, site.tags, site.frames
    first = bisect_right(site.ends, start)
    while first < stop and (tags[first] in frames.adverb_tags or words[first] in frames.lights):
        if words[first] in frames.without or words[first] in frames.causes:
            break  # 未经有关部门批准，…… 由于疫情打击零售，……
        if words[first] in frames.movers and _moves(site, first + 1, stop):
            break  # ，将其持有的200万股质押
        first += 1
    while first < stop and (tags[stop - 1] in frames.adverb_tags or words[stop - 1] in frames.lights):
        if words[stop - 1] in frames.attributes:
            break
        stop -= 1
    return range(first, stop)


def _moves(site: Site, first: int, stop: int) -> bool:
    """Whether a noun begins at token ``first``, or one with an attribute: 将|原质押给某行的200万股解除质押."""
    if first >= stop or site.tags[first] == PREPOSITION:
        return False
    return site.tags[first] in site.frames.moved_tags or not site.frames.attributes.isdisjoint(site.words[first:stop])


def up_to(site: Site, stretch: range, end: int) -> range:
    """The tokens of ``stretch`` that are over before the offset ``end``."""
    return range(stretch.start, min(stretch.stop, bisect_right(site.ends, end)))


def parted(site: Site, stretch: range) -> range:
    """The tokens up to the first preposition or adverb outside names."""
    words, tags, frames = site.words, site.tags, site.frames
    for i in _behind_told(site, stretch)[1:]:
        word = words[i]
        if word not in frames.agent_ends and tags[i] not in frames.adverb_tags:
            continue
        if tags[i] == CONJUNCTION and i + 1 < stretch.stop and tags[i - 1][:1] == "n" == tags[i + 1][:1]:
            continue  # 公司|和|承销商
        if word in frames.all and tags[i + 1 : i + 2] == ["n"]:
            continue  # 公司|全部|股份
        if word in frames.places:
            ends = not within_attribute(site, i, stretch.stop)
        elif word in frames.parting or word in frames.denied:
            ends = True
        else:
            # 一正在装修的酒店, 一由东向西行驶的轿车: what is said in an attribute parts nothing.
            ends = frames.attributes.isdisjoint(words[i : stretch.stop])
        if ends and site.scene.covering(site.starts[i]) is None:
            return range(stretch.start, i)
    return stretch


def _behind_told(site: Site, stretch: range) -> range:
    """The tokens from the first 的 on of one that is told of before: 一辆|车牌号为云A0001|的小轿车|从后面."""
    words, attributes = site.words, site.frames.attributes
    if not stretch or words[stretch[0]][0] not in site.frames.ones or site.tags[stretch[0]] != NUMERAL:
        return stretch
    of = next((i for i in stretch if words[i] in attributes), None)
    return stretch if of is None else range(of, stretch.stop)

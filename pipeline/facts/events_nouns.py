"""Noun phrases around a trigger: stretches of words without marks and attributes.

A stretch is the range of its tokens.
"""

from __future__ import annotations

from bisect import bisect_right

from pipeline.core.model import Offsets
from pipeline.facts.events_sites import Site

VERB = "v"
"""The part of speech of verbs."""
CONJUNCTION = "c"
"""The part of speech of conjunctions."""
PREPOSITION = "p"
"""The part of speech of prepositions."""
MEETING = "meeting"
"""The kind of event of what is held."""
PRONOUN = "r"
"""The part of speech of pronouns."""
NUMERAL = "m"
"""The part of speech of numerals."""


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


def of_name(site: Site, i: int) -> bool:
    """Whether token ``i``, which is tagged as a time, is none but belongs to the noun behind it: 石桥港|三期|工程."""
    return site.tags[i + 1 : i + 2] == ["n"] and not site.scene.times(site.starts[i], site.ends[i])


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
        if words[first] in frames.all and tags[first + 1][:1] == "n":
            break  # 新中国成立
        if words[first] in frames.matters and tags[first + 1] in frames.noun_tags:
            break  # ，就煤炭出口举行会谈
        if words[first] in frames.movers and _moves(site, first + 1, stop):
            break  # ，将其持有的200万股质押
        first += 1
    if first + 1 < stop and words[first] in frames.places:
        times = site.scene.times(site.starts[first + 1], site.starts[first + 1] + 1)
        over = bisect_right(site.ends, times[0].end) if times else stop
        if over < stop and (tags[over] == PRONOUN or site.starts[over] in site.scene.begins):
            first = over  # 于9月17日|该公司斥资3亿元
    while first < stop and (tags[stop - 1] in frames.adverb_tags or words[stop - 1] in frames.lights):
        if words[stop - 1] in frames.attributes:
            break
        stop -= 1
    return range(first, stop)


def _moves(site: Site, first: int, stop: int) -> bool:
    """Whether a noun begins at token ``first``, or one with an attribute: 将|原质押给某行的200万股解除质押."""
    if first >= stop or site.tags[first] == PREPOSITION:
        return False
    if before_verb(site, first):
        return False
    return site.tags[first] in site.frames.moved_tags or not site.frames.attributes.isdisjoint(site.words[first:stop])


def before_verb(site: Site, i: int) -> bool:
    """Whether token ``i`` is an adverb of the verb behind it, though it may be tagged as a noun: 将|着力|推动各国签订
    协定, and not 将|合计|200万股质押."""
    return site.words[i] in site.frames.lights and site.tags[i + 1 : i + 2] == [VERB]


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
        if word in frames.all and tags[i + 1 : i + 2] and tags[i + 1][:1] == "n":
            continue  # 公司|全部|股份, 邻国|首都|云岭
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


def without_purpose(site: Site, stretch: range) -> range:
    """``stretch`` up to what is done to others with it: 成立了专家组|对患者进行救治; but 关于对某厂进行处罚的|决定."""
    words, frames = site.words, site.frames
    at = next((i for i in stretch[1:] if words[i] in frames.targets), stretch.stop)
    rest = words[at : stretch.stop]
    done = not frames.performs.isdisjoint(rest) and frames.attributes.isdisjoint(rest)
    return range(stretch.start, at) if done and outside(site, range(stretch.start, at)) else stretch


def tells_victims(site: Site, following: Offsets) -> bool:
    """Whether a number of persons and what befell them stands from ``following`` on: 三车相撞|2死5伤."""
    first, last = bisect_right(site.ends, following[0]), bisect_right(site.ends, following[1] - 1)
    return site.tags[first] == NUMERAL and site.tags[last] == VERB

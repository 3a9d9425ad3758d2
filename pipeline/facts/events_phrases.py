"""The noun phrases of an event: its agent and its object before, around and behind the trigger."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.model import Offsets
from pipeline.facts.events_frames import Site, clause_start, place_of, spaced, time_behind, time_of


@dataclass(frozen=True, slots=True)
class Found:
    """What stands around a trigger."""

    agent: Offsets | None
    object: Offsets | None
    place: Offsets | None
    time: str | None
    planned: bool
    denied: bool


def arguments(site: Site) -> Found:
    """The arguments of a trigger within its clause, and the time of its clause or sentence."""
    tokens = site.scene.view.tokens
    words = {site.word(i) for i in tokens.within(max(site.clause, site.hit.start - 12), site.hit.start)}
    agent, thing, place = _parties(site)
    return Found(
        agent, thing, place or place_of(site), time_of(site),
        bool(words & site.frames.sets["planned"]), bool(words & site.frames.sets["denied"]),
    )  # fmt: skip


def _parties(site: Site) -> tuple[Offsets | None, Offsets | None, Offsets | None]:
    """Agent, object and, where it stands behind the trigger or in the subject's stead, the place."""
    before, tokens = _before(site, site.clause, site.hit.start), site.scene.view.tokens
    if before and site.among(before[-1], "attributes"):
        # 《…目录》的出台: the noun before 的; 商会完成了首届大会的召开 names the agent before it
        noun = _nouns_before(site, before[:-1])
        return _agent(site, [i for i in before if noun and tokens.ends[i] <= noun[0]]), noun, None
    moved = _moved(site, before)
    if moved is not None:
        return _agent(site, [i for i in before if tokens.ends[i] <= moved[0]]), moved[1], None
    if site.hit.rule.get("mutual") and (pair := _mutual(site, before)) is not None:
        return *pair, None
    behind = _behind(site) if site.hit.takes != "before" else None
    if behind and time_behind(site):
        behind = None
    where = _place_behind(site, behind) if behind else None
    if where and (noun := _noun_behind(site, where[1])):
        return None, noun, where
    if where or behind is None and not _says(site) and site.hit.takes != "after":
        return None, _thing(site, before), where
    agent, place = _agent_or_place(site, before)
    if site.hit.rule.get("sites"):
        place = place or place_of(site)
    if agent is None and place is None and site.clause > site.sentence:
        agent = _subject_before(site)
    if agent and not place and site.hit.rule.get("sites"):
        if site.scene.folded[agent[0] : agent[1]].endswith(site.frames.sites):
            agent, place = None, agent  # 小吃街内发生火灾
    return agent, behind, place


def _before(site: Site, start: int, end: int) -> list[int]:
    """The tokens of a clause before the trigger, without times and adverbs at both ends."""
    span = list(site.scene.view.tokens.within(start, end))
    while span and site.light(span[0]):
        span.pop(0)
    while span and (site.light(span[-1]) and not site.among(span[-1], "attributes")):
        span.pop()
    return span


def _span(site: Site, tokens: list[int]) -> Offsets | None:
    """The stretch of ``tokens`` without outer marks, None where it is empty or too long for a noun phrase."""
    if not tokens:
        return None
    start, end = site.scene.view.tokens.starts[tokens[0]], site.scene.view.tokens.ends[tokens[-1]]
    frames, folded = site.frames, site.scene.folded
    if end - start > 2 and folded[start] in frames.quotes and folded[end - 1] in frames.close:
        inner = folded[start + 1 : end - 1]
        if not any(c in inner for c in frames.quotes):
            start, end = start + 1, end - 1
    while folded.endswith(frames.clocks, start, end):
        end -= next(len(c) for c in frames.clocks if folded.endswith(c, start, end))  # 某国|北京时间10时发生
    return (start, end) if 0 < end - start <= frames.longest_subject else None


def _parted(site: Site, span: list[int]) -> list[int]:
    """The tokens up to the first preposition or adverb outside names."""
    starts = site.scene.view.tokens.starts
    for n, i in enumerate(span):
        ends = n and (site.among(i, "parting") or site.among(i, "places") or site.light(i) or site.among(i, "denied"))
        moves = n and site.among(i, "motions") and not any(site.among(j, "attributes") for j in span[n:])
        if (ends or moves) and site.scene.covering(starts[i]) is None:
            return span[:n]
    return span


def _after_attribute(site: Site, span: list[int]) -> list[int]:
    """The tokens behind the last 的 that is not inside marks: 甲乙承办的|推介会."""
    depth = 0
    for n in range(len(span) - 1, -1, -1):
        word = site.word(span[n])
        depth += (word in site.frames.close) - (word in site.frames.open)
        if depth <= 0 and site.among(span[n], "attributes"):
            return span[n + 1 :]
    return span


def _thing(site: Site, before: list[int]) -> Offsets | None:
    """The subject of what comes about: 花卉博览会在昆明开幕."""
    span = before
    for n, i in enumerate(span):
        over = site.among(i, "places") or site.among(i, "causes") or site.tag(i) == "t"
        if n and over and _outside(site, span[: n + 1]):
            span = span[:n]
            break
    if span and site.among(span[0], "places"):
        return None
    while span and site.light(span[-1]):
        span = span[:-1]
    if site.hit.rule.get("place") == "always":
        last = max((n for n, i in enumerate(span) if site.among(i, "heads_off")), default=-1)
        span = span[last + 1 :]
    return _span(site, _after_attribute(site, span))


def _outside(site: Site, span: list[int]) -> bool:
    words = [site.word(i) for i in span]
    inside = sum(w in site.frames.open for w in words) - sum(w in site.frames.close for w in words)
    return inside <= 0 and site.scene.covering(site.scene.view.tokens.starts[span[-1]]) is None


def _agent_or_place(site: Site, before: list[int]) -> tuple[Offsets | None, Offsets | None]:
    """The agent; a place in the subject's stead (月亮湾海域将举办…) that is no town or country is the place."""
    agent = _agent(site, before)
    name = site.scene.begins.get(agent[0]) if agent else None
    if agent and name is not None and name.label == "LOC" and name.end >= agent[1]:
        text = site.scene.folded[name.start : name.end]
        if (
            site.hit.rule.get("place") == "always"
            or site.hit.rule.get("place")
            and not text.endswith(site.frames.admin_ends)
        ):
            return None, (name.start, name.end)
    return agent, None


def _agent(site: Site, before: list[int]) -> Offsets | None:
    """The noun phrase that the clause begins with; of 局长周启明 the person."""
    span = _parted(site, before)
    if not span or site.among(span[0], "places") or site.among(span[0], "parting"):
        return None
    if site.tag(span[0]) == "v" and site.scene.covering(site.scene.view.tokens.starts[span[0]] + 1) is None:
        return None  # 行至路口时
    starts, ends = site.scene.view.tokens.starts, site.scene.view.tokens.ends
    names = site.scene.entities(starts[span[0]], ends[span[-1]])
    person = next((e for e in names if e.label == "PER"), None)
    strict = site.hit.rule.get("place") == "always"  # 张培雄家庭作坊: the house, not its owner
    if person is not None and not (strict and person.end < ends[span[-1]]):
        return person.start, person.end
    if names and names[-1].label == "ORG" and (names[-1].end == ends[span[-1]] or _bracket_at(site, names[-1].end)):
        if len(names) == 1:
            return names[0].start, names[0].end
    if names and names[0].start == starts[span[0]] and names[0].label == "ORG":
        last = names[0]
        for name in names[1:]:
            if name.label == "ORG" and name.start - last.end == 1:
                last = name
        return names[0].start, last.end
    return _span(site, _after_attribute(site, span))


def _bracket_at(site: Site, at: int) -> bool:
    """Whether a remark in brackets follows, as behind a company's name: 某公司（002798.SZ）."""
    following = site.scene.folded[at : at + 1]
    return bool(following) and following in site.frames.brackets


def _subject_before(site: Site) -> Offsets | None:
    """The subject of a clause before, where the trigger's own has none: 轿车失控，撞坏护栏; but not of 某人说，…"""
    start = site.clause
    for _ in range(3):
        end = start - 1
        if end <= site.sentence:
            return None
        start = clause_start(site.scene, site.frames, site.sentence, end)
        span = _before(site, start, end)
        if span and site.among(span[-1], "says"):
            return None
        found = _agent(site, span)
        if found is not None:
            return found
    return None


def _moved(site: Site, before: list[int]) -> tuple[int, Offsets | None] | None:
    """What 将 or 把 puts before the trigger (将200万股质押): where the phrase begins, and its noun."""
    for n in range(len(before) - 1, -1, -1):
        if site.among(before[n], "movers"):
            span = _parted(site, _after_attribute(site, before[n + 1 :]))
            found = _span(site, span)
            if found is None or site.tag(span[0]) in ("v", "p", "d"):
                return None
            return site.scene.view.tokens.starts[before[n]], found
    return None


def _mutual(site: Site, before: list[int]) -> tuple[Offsets | None, Offsets | None] | None:
    """甲车与乙车相撞: the one and the other."""
    for n, i in enumerate(before):
        if site.among(i, "mutual") and n + 1 < len(before):
            first = _span(site, _after_attribute(site, before[:n])) or (
                _subject_before(site) if site.clause > site.sentence else None
            )
            return first, _span(site, _after_attribute(site, before[n + 1 :]))
    return None


def _nouns_before(site: Site, span: list[int]) -> Offsets | None:
    """The run of nouns that ``span`` ends with."""
    tokens = site.scene.view.tokens
    out: list[int] = []
    for i in reversed(span):
        name = site.scene.covering(tokens.starts[i] + 1) or site.scene.begins.get(tokens.starts[i])
        if name is None and site.tag(i) not in site.frames.sets["noun_tags"]:
            break
        out.insert(0, i)
    return _span(site, out)


def _says(site: Site) -> bool:
    """Whether what follows is said, not done: 某公司公布，…"""
    following = site.scene.folded[site.hit.end : site.hit.end + 1]
    said = following in site.frames.borders and following not in site.frames.stops
    return bool(site.hit.rule.get("says")) and said


def _behind(site: Site) -> Offsets | None:
    """What stands behind the trigger up to the end of the clause or of its noun phrase."""
    scene, frames = site.scene, site.frames
    start = site.hit.end
    while scene.folded.startswith(frames.after_trigger, start):
        start += next(len(w) for w in frames.after_trigger if scene.folded.startswith(w, start))
    limit = min(scene.line(start)[1], start + frames.longest_object)
    tokens, depth = scene.view.tokens, 0
    span: list[int] = []
    for i in tokens.within(start, limit):
        word = site.word(i)
        depth += (word in frames.open) - (word in frames.close)
        over = word in frames.borders or span and word in frames.sets["object_ends"]
        if span and spaced(scene.folded, tokens.starts[i] - 1):
            break
        if depth < 0 or over and not depth and scene.covering(tokens.starts[i]) is None:
            break
        span.append(i)
    if span and site.among(span[0], "datives"):
        span = _received(site, span)
    if not span or site.among(span[0], "object_starts_not"):
        return None
    if tokens.starts[span[0]] < start:
        return start, tokens.ends[span[-1]]  # 发布|公告 as one token
    return _span(site, _after_attribute(site, span) if site.hit.rule.get("head") else span)


def _received(site: Site, span: list[int]) -> list[int]:
    """What stands between the first 的 and the next 的 or adverb: 质押给某行的|200万股流通股|全部解除."""
    first = next((n for n, i in enumerate(span) if site.among(i, "attributes")), len(span))
    rest = span[first + 1 :]
    end = next((n for n, i in enumerate(rest) if site.among(i, "attributes") or site.light(i)), len(rest))
    return rest[:end]


def _noun_behind(site: Site, end: int) -> Offsets | None:
    """发生在青岚市的|山林火灾: the noun behind the place's 的."""
    tokens = site.scene.view.tokens
    at = tokens.at(end)
    while at < len(tokens) and tokens.starts[at] < end + 12 and not site.among(at, "attributes"):
        if site.word(at) in site.frames.borders:
            return None
        at += 1
    if at >= len(tokens) or not site.among(at, "attributes"):
        return None
    span: list[int] = []
    for i in tokens.within(tokens.ends[at], tokens.ends[at] + 16):
        if site.tag(i) not in site.frames.sets["noun_tags"] or site.word(i) in site.frames.borders:
            break
        span.append(i)
    return _span(site, span)


def _place_behind(site: Site, behind: Offsets) -> Offsets | None:
    """火灾发生于城东某街: what stands behind the trigger is the place."""
    tokens = site.scene.view.tokens
    at = tokens.at(behind[0])
    if at >= len(tokens) or not site.among(at, "places"):
        return None
    first = tokens.ends[at]
    name = site.scene.begins.get(first)
    return (name.start, name.end) if name else (first, behind[1]) if behind[1] > first else None

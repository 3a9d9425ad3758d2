"""Noun phrases around a trigger: stretches of words without marks and attributes, and what stands behind it."""

from __future__ import annotations

from pipeline.core.model import Offsets
from pipeline.facts.events_frames import Site, spaced


def span_of(site: Site, tokens: list[int]) -> Offsets | None:
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


def after_attribute(site: Site, span: list[int]) -> list[int]:
    """The tokens behind the last 的 that is not inside marks: 甲乙承办的|推介会."""
    depth = 0
    for n in range(len(span) - 1, -1, -1):
        word = site.word(span[n])
        depth += (word in site.frames.close) - (word in site.frames.open)
        if depth <= 0 and site.among(span[n], "attributes"):
            return span[n + 1 :]
    return span


def behind(site: Site) -> Offsets | None:
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
    return span_of(site, after_attribute(site, span) if site.hit.rule.get("head") else span)


def _received(site: Site, span: list[int]) -> list[int]:
    """What stands between the first 的 and the next 的 or adverb: 质押给某行的|200万股流通股|全部解除."""
    first = next((n for n, i in enumerate(span) if site.among(i, "attributes")), len(span))
    rest = span[first + 1 :]
    end = next((n for n, i in enumerate(rest) if site.among(i, "attributes") or site.light(i)), len(rest))
    return rest[:end]


def noun_behind(site: Site, end: int) -> Offsets | None:
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
    return span_of(site, span)


def place_behind(site: Site, behind: Offsets) -> Offsets | None:
    """火灾发生于城东某街: what stands behind the trigger is the place."""
    tokens = site.scene.view.tokens
    at = tokens.at(behind[0])
    if at >= len(tokens) or not site.among(at, "places"):
        return None
    first = tokens.ends[at]
    name = site.scene.begins.get(first)
    return (name.start, name.end) if name else (first, behind[1]) if behind[1] > first else None

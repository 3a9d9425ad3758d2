"""Whether an event is told as a fact, as planned, as estimated, as a rumour, or denied."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.facts.events_sites import Site

NEAR = 12
"""How many characters before a trigger the words stand at most that tell a plan or a denial."""
VERBS = ("v", "vn", "d")
"""Parts of speech of what is done and how."""


def asserted(site: Site) -> tuple[bool, bool, bool, bool]:
    """Whether the words right before the trigger tell a plan, an estimate, a rumour, a denial."""
    frames = site.frames
    first = bisect_right(site.ends, max(site.clause, site.start - NEAR), 0, site.at)
    words = site.words[first : site.at]
    if frames.asserting.isdisjoint(words):
        return False, False, False, False
    near = range(first, site.at)
    told = {word for i, word in zip(near, words, strict=True) if not (_moves(site, i) or _is_part(site, i))}
    hurried = not told.isdisjoint(frames.hurried) and _is_hurried(site, near)
    planned, estimated = hurried or not told.isdisjoint(frames.planned), not told.isdisjoint(frames.estimated)
    return planned, estimated, not told.isdisjoint(frames.rumoured), not told.isdisjoint(frames.denied)


def _is_hurried(site: Site, near: range) -> bool:
    """Whether nothing but verbs stands between the hurry and the trigger: 加快|编制|出台规划."""
    at = next(i for i in reversed(near) if site.words[i] in site.frames.hurried)
    return all(site.tags[i] in VERBS for i in range(at + 1, near.stop))


def _is_part(site: Site, i: int) -> bool:
    """Whether a denial is but the bound of an amount (以不|超过每股8元的价格回购), a plan the end of a name or of
    what comes out: 鼓励|政策|发布."""
    bounds = site.words[i] in site.frames.denied and site.words[i + 1] in site.frames.bounds
    policy = site.words[i + 1] in site.frames.issued and site.starts[i + 1] < site.start  # 鼓励|政策|发布
    return bounds or policy or site.folded.endswith(site.frames.hopes, 0, site.ends[i])


def _moves(site: Site, i: int) -> bool:
    """Whether a word puts a thing before the trigger: 将200万股质押 plans nothing."""
    moves = site.words[i] in site.frames.movers and site.starts[i + 1] < site.start
    if moves and site.words[i + 2] in site.frames.attributes:
        return True  # 将|质押的股份|解除质押
    return moves and (
        site.tags[i + 1] in site.frames.moved_tags or site.folded.startswith(site.frames.held, site.starts[i + 1])
    )

"""Where what is bought or sold ends in headlines that stand side by side without a sign between them."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.facts.events_sites import Site

AMOUNT = "m"
"""The part of speech of an amount with its unit."""
DOERS = ("ORG", "PER")
"""Names with which another headline begins."""
NEAR = 8
"""How many words stand between a number of shares and its noun at most."""
SAID_ON = ("v", "d", "ad", "p", "c")
"""Parts of speech with which the clause goes on behind a phrase of time."""


def one_headline(site: Site, stretch: range) -> range:
    """The tokens of ``stretch`` before another headline: 减持700万股|青山制药公布年报, 减持青山制药(600300)|云岭药业….

    Also before the word that makes a name a time: 收购青山制药|前已评估风险.
    """
    first, folded, frames = stretch.start, site.folded, site.frames
    if site.tags[first] == AMOUNT and folded.endswith(frames.shares[0], 0, site.ends[first]):
        if not _is_of_shares(site, first + 1, stretch.stop):
            return range(first, first + 1)
    name = site.scene.begins.get(site.starts[first])
    if name is None:
        return stretch
    behind = bisect_right(site.ends, name.end)
    if behind < stretch.stop and name.end <= site.starts[behind] and site.words[behind] in frames.brackets:
        close = folded.find(frames.pairs[site.words[behind]], name.end, site.ends[stretch[-1]]) + 1
        following = site.scene.begins.get(close) if close else None
        if following is not None and following.label in DOERS:
            return range(first, behind)
    while_end = next((name.end + len(w) for w in frames.whiles if folded.startswith(w, name.end)), 0)
    over = bisect_right(site.ends, while_end)
    if while_end and over < stretch.stop and site.starts[over] == while_end and site.tags[over] in SAID_ON:
        return range(first, bisect_right(site.ends, name.end - 1) + 1)
    return stretch


def _is_of_shares(site: Site, at: int, stop: int) -> bool:
    """Whether what stands from token ``at`` on, up to another amount, ends with what a number of shares counts."""
    for i in range(at, min(stop, at + NEAR)):
        name = site.scene.begins.get(site.starts[i])
        if name is not None and name.label in DOERS:
            return site.folded.startswith(site.frames.shares, name.end)
        if site.tags[i] == AMOUNT:
            break
        if site.words[i].endswith(site.frames.shares):
            return True
    return False

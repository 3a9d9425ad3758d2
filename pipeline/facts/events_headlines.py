"""Who acts and what is bought or sold in headlines that stand side by side without a sign between them."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.core.model import Offsets
from pipeline.facts.events_nouns import VERB, span_of
from pipeline.facts.events_sites import Site

AMOUNT = "m"
"""The part of speech of an amount with its unit."""
ACTS = ("v", "i")
"""Parts of speech of what is done, with which nobody's name begins."""
KINDS = (VERB, "a")
"""Parts of speech of what tells which shareholders: 控股|股东, 大|股东."""
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


def bracket_at(site: Site, at: int) -> bool:
    """Whether a remark in brackets follows, as behind a company's name: 某公司（002798.SZ）."""
    return site.folded[at : at + 1] in site.frames.brackets


def behind_code(site: Site, before: range) -> range:
    """The nouns between a company's code and the trigger, whatever a headline tells before:
    停牌5月云岭药业(600873)|股东南山基金|合计减持; else all of ``before``."""
    closing = site.frames.close
    if closing.isdisjoint(site.words[before.start : before.stop]):
        return before
    close = next(i for i in reversed(before) if site.words[i] in closing)
    opening = max(site.folded.rfind(mark, 0, site.starts[close]) for mark in site.frames.brackets)
    rest = range(close + 1, before.stop)
    while rest and site.light(rest[-1]):
        rest = rest[:-1]
    if not rest or not site.folded[opening + 1 : opening + 2].isdigit() or site.tags[rest[-1]][0] != "n":
        return before
    if site.words[rest[-1]] in site.frames.spends:
        return before  # 云岭药业(600300)高溢价|收购
    fits = (*site.frames.noun_tags, *KINDS, AMOUNT)
    led = site.tags[rest[0]] in (*ACTS, "vn") and site.words[rest[0]] not in site.frames.qualifying
    if led or site.words[rest[0]].startswith(site.frames.suffers):
        return before
    return range(rest[0], before.stop) if all(site.tags[i] in fits for i in rest) else before


def behind_bracket(site: Site, at: int, end: int) -> Offsets | None:
    """Who is of the company before a bracket: 云岭药业（600300）|二股东减持; None where no noun is there."""
    close = max(site.folded.rfind(mark, at, end) for mark in site.frames.pairs.values()) + 1
    rest = range(bisect_right(site.ends, close), bisect_right(site.ends, end - 1) + 1)
    if rest and (site.words[rest[0]].startswith(site.frames.suffers) or site.words[rest[-1]] in site.frames.spends):
        return None  # 云岭药业（600300）遭二股东减持, 云岭药业（600300）高溢价收购
    nouns = close and rest and all(site.tags[i] in site.frames.noun_tags or site.tags[i] in KINDS for i in rest)
    return span_of(site, rest) if nouns and site.tags[rest[-1]][0] == "n" else None

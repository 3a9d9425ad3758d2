"""The frames of triggers and the word lists that they use, read from rules/facts_events.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from pipeline.core.matchers import Late, Matcher, matcher
from pipeline.core.slices import Record
from pipeline.rulebook import Pattern, Rulebook

DASH = "—"
"""Two of it begin what explains the words before."""


class Frame(Record, frozen=True):
    """A rule of rules/facts_events.toml, its fields read once."""

    rule: Pattern
    behind: Matcher
    """Its pattern, which matches at the trigger's end."""
    type: str
    before: Late | None
    """Matches at the trigger's start, if it asks for anything there."""
    takes: str
    """Where the object stands: ``after`` the trigger, ``before`` it, ``either``."""
    place: str
    in_names: bool
    head: bool
    mutual: bool
    sites: bool
    nouns: bool
    says: bool
    topic: bool
    """Whether what the sentence is about is what it befalls: 大桥全长68公里，去年|开工."""
    sum: bool
    """Whether its object is the sum alone: 投资|5亿元|建厂."""


def frame_of(rule: Pattern) -> Frame:
    """The frame that ``rule`` describes."""
    before = rule.get("before")
    return Frame(
        rule,
        matcher(rule.source),
        rule.get("type"),
        Late(before, matcher) if before else None,
        rule.get("object", ""),
        rule.get("place", ""),
        *(bool(rule.get(name)) for name in ("in_names", "head", "mutual", "sites", "nouns", "says", "topic", "sum")),
    )


class Frames(Record, frozen=True):
    """Word lists of rules/facts_events.toml, built once."""

    after_trigger: tuple[str, ...]
    admin_ends: tuple[str, ...]
    sites: tuple[str, ...]
    companies: tuple[str, ...]
    """Behind a person they tell who acts: 何苗团队."""
    stakes: tuple[str, ...]
    """Ends of what is bought, sold and pledged."""
    topicless: tuple[str, ...]
    """With these a clause begins that names nothing that another would be about."""
    shares: tuple[str, ...]
    """Ends of what a number of shares counts, the measure word first."""
    gatherings: tuple[str, ...]
    """Ends of what is held: 举行的会议|发表了声明."""
    held: tuple[str, ...]
    """Between who has shares and the shares: 何苗所持|200万股."""
    suffers: tuple[str, ...]
    """Begin a passive, as strings."""
    issued: tuple[str, ...]
    """Ends of what is made public, which makes nothing public itself: 中标公告发布."""
    parties: tuple[str, ...]
    """Ends of those who sign, which nobody signs: 双方签约."""
    passive: tuple[str, ...]
    """Ends of what acts in nothing: 地震发生后，又发生余震."""
    told: tuple[str, ...]
    """Verbs of saying that the segmenter takes into the word before: 研|报称."""
    clocks: tuple[str, ...]
    work_kinds: tuple[str, ...]
    after_works: tuple[str, ...]
    """Behind a work they make more of the noun phrase that it begins: 《…》的通知."""
    glued: tuple[str, ...]
    """What the segmenter may join to the end of a name before a date: 黄奕|波于7月."""
    adverb_tags: frozenset[str]
    noun_tags: frozenset[str]
    moved_tags: frozenset[str]
    lights: frozenset[str]
    """Adverbs and clocks, which stand between subject and trigger."""
    places: frozenset[str]
    cites: frozenset[str]
    lists: frozenset[str]
    """Signs between the members of a list."""
    leads: frozenset[str]
    """Behind these stands somebody who does not act alone, or whom something else is told of."""
    targets: frozenset[str]
    """Before the one that money is put in: 对子公司增资."""
    pledges: frozenset[str]
    notifies: frozenset[str]
    """Verbs by which an institution tells what it does itself."""
    without: frozenset[str]
    """Adverbs that tell whose leave was not asked: 未经."""
    leading: frozenset[str]
    """Verbs that introduce a clause as prepositions do: 结合新规出台，……"""
    qualifying: frozenset[str]
    """Verbs that qualify the noun behind: 相关部门."""
    organises: frozenset[str]
    """What an organiser does: 由甲局主办的推介会."""
    there_is: frozenset[str]
    whiles: frozenset[str]
    """Words with which a phrase of time ends: 会议期间."""
    then: tuple[str, ...]
    """The same as ends of times: 五天|前."""
    aspects: frozenset[str]
    """Words with which a clause ends that tells what the next ones are about, and nobody who acts."""
    all: frozenset[str]
    """Adverbs that qualify a noun right behind them."""
    others: frozenset[str]
    """Pronouns that name nobody."""
    located: frozenset[str]
    """Verbs that tell where the thing behind 的 is."""
    reports: frozenset[str]
    """What behind these befell is told of by somebody else: 大队接到报警|仓库发生火灾."""
    report_signs: frozenset[str]
    """With these begin the words of ``reports``."""
    points: frozenset[str]
    """Signs with which the number of a point begins."""
    ones: frozenset[str]
    """Signs with which the numeral of the indefinite begins: 青岚区|一仓库."""
    beginnings: frozenset[str]
    """Signs behind which a report begins anew: 【快讯】."""
    parting: frozenset[str]
    pivots: frozenset[str]
    """Behind these somebody else than the clause's subject acts."""
    movers: frozenset[str]
    planned: frozenset[str]
    estimated: frozenset[str]
    rumoured: frozenset[str]
    denied: frozenset[str]
    bounds: frozenset[str]
    asserting: frozenset[str]
    """The words that tell a plan, an estimate, a rumour, a denial."""
    attributes: frozenset[str]
    object_ends: frozenset[str]
    object_tails: frozenset[str]
    object_starts_not: frozenset[str]
    routes: frozenset[str]
    """Before where a line leads: 至."""
    introduces: frozenset[str]
    """What may lead to the one who acts: who tells of it, where it is."""
    built: frozenset[str]
    """What the segmenter may have as one word with the trigger behind it: 建成|投产."""
    matters: frozenset[str]
    """Before what is talked about: 就|煤炭出口|举行会谈."""
    themselves: frozenset[str]
    """Kinds of those who act, without a name: 公司."""
    performs: frozenset[str]
    """Verbs with what is done behind: 完成|股份回购."""
    spends: frozenset[str]
    """What is done with a sum, which the segmenter takes for nouns: 溢价|一成."""
    sum_ends: frozenset[str]
    """Characters with which a sum ends."""
    deals: frozenset[str]
    """Nouns of what is agreed on: 收购青山制药的|交易."""
    called: frozenset[str]
    """Behind who is called to an office: 任命何苗|为局长, 任命何苗|可能会影响……"""
    offices: tuple[str, ...]
    """Between who is called to an office and the office, as beginnings."""
    instead: frozenset[str]
    """Before whose place somebody takes: 接替."""
    hopes: tuple[str, ...]
    """Names that end with a word that tells a plan."""
    hurried: frozenset[str]
    """Adverbs that tell a plan right before what is done: 加快|编制|出台规划."""
    outlets: tuple[str, ...]
    """Ends of where something is to be read: 县政府|网站."""
    receives: frozenset[str]
    """Verbs of getting a notice."""
    notices: frozenset[str]
    """What tells a company of what a shareholder did."""
    actors: frozenset[str]
    """Measure words of those who act, though no noun follows."""
    mutual: frozenset[str]
    datives: frozenset[str]
    causes: frozenset[str]
    openings: frozenset[str]
    says: frozenset[str]
    partnered: frozenset[str]
    turning: frozenset[str]
    """What puts a noun before the trigger that else follows it, or who does it: movers and passives."""
    heads_off: frozenset[str]
    passives: frozenset[str]
    doers: frozenset[str]
    """Those of them behind which always somebody acts: 由."""
    borders: frozenset[str]
    stops: frozenset[str]
    open: frozenset[str]
    close: frozenset[str]
    brackets: frozenset[str]
    quotes: frozenset[str]
    pairs: Mapping[str, str]
    """What closes each mark."""
    marks: frozenset[str]
    """Those that open and those that close."""
    stretch_ends: frozenset[str]
    """Signs and words that may end the noun phrase behind a trigger."""
    agent_ends: frozenset[str]
    """Words that may end an agent before its trigger."""
    turns: frozenset[str]
    """Attributes and marks, that tell where a noun phrase begins."""
    sign_before: regex.Pattern[str]
    """Finds backwards the nearest sign at which a clause may begin."""
    dateline: Matcher
    """What a report opens with."""
    longest_object: int
    longest_subject: int


WORDS = (
    "adverb_tags", "noun_tags", "moved_tags", "places", "cites", "lists", "targets", "pledges", "without", "leading",
    "qualifying", "organises", "there_is", "whiles", "aspects", "all", "others", "located", "reports", "ones",
    "beginnings", "parting", "pivots", "movers", "planned", "estimated", "rumoured", "denied", "bounds", "attributes",
    "object_ends", "object_tails", "object_starts_not", "routes", "performs", "deals", "spends", "sum_ends", "mutual",
    "datives", "causes", "says", "partnered", "heads_off", "passives", "borders", "stops", "open", "close", "brackets",
    "quotes", "built", "matters", "themselves", "doers", "actors", "receives", "notices", "notifies",
    "instead", "hurried", "points",
)  # fmt: skip
"""The lists of which whole words are looked up."""
STRINGS = (
    "after_trigger", "admin_ends", "sites", "companies", "stakes", "topicless", "shares", "gatherings", "held",
    "issued", "parties", "passive", "told", "clocks", "work_kinds", "after_works",
    "offices", "outlets", "hopes",
)  # fmt: skip
"""The lists of beginnings and ends of words."""
NUMBERS = ("longest_object", "longest_subject")


def frames_of(rules: Rulebook) -> Frames:
    """The word lists that the frames use."""
    return rules.once("facts.events.frames", _frames)


def _frames(rules: Rulebook) -> Frames:
    settings = rules.settings("facts_events")
    words = {name: frozenset(settings[name]) for name in WORDS}
    fields: dict[str, Any] = {name: tuple(settings[name]) for name in STRINGS} | words
    fields |= {name: settings[name] for name in NUMBERS}
    return Frames(
        then=tuple(settings["whiles"]),
        suffers=tuple(settings["passives"]),
        glued=tuple(settings["places"]),
        openings=words["borders"] | frozenset(settings["datelines"]),
        dateline=matcher(rules.fragment("facts_events", "DATELINE")),
        pairs=dict(zip(settings["open"], settings["close"], strict=True)),
        **fields,
        called=frozenset(settings["offices"]).union(w for w in words["estimated"] if len(w) > 1),
        **_joined(words, frozenset([*settings["adverbs"], *settings["clocks"]]), frozenset(settings["motions"])),
    )


def _joined(words: Mapping[str, frozenset[str]], lights: frozenset[str], motions: frozenset[str]) -> dict[str, Any]:
    """The fields that are made of several lists."""
    marks = words["open"] | words["close"]
    signs = "".join(sorted(words["borders"] | marks | {" ", DASH}))
    return {
        "lights": lights,
        "asserting": words["planned"] | words["estimated"] | words["rumoured"] | words["denied"] | words["hurried"],
        "stretch_ends": marks | words["borders"] | words["object_ends"],
        "agent_ends": words["parting"] | words["places"] | words["denied"] | motions | lights,
        "introduces": words["cites"] | words["reports"] | words["located"] | words["doers"],
        "report_signs": frozenset(word[0] for word in words["reports"]),
        "leads": words["parting"] | words["attributes"] | words["lists"],
        "marks": marks,
        "turning": words["movers"] | words["passives"],
        "turns": marks | words["attributes"],
        "sign_before": regex.compile(f"(?r)[{regex.escape(signs)}]"),
    }

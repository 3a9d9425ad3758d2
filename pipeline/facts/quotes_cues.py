"""Verbs of saying in the text, what they are made of, and the quotation marks around them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import lru_cache, partial

import regex

from pipeline.core.matchers import Late, matcher
from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.literals import literals_of
from pipeline.facts.scene import FAR, Scene
from pipeline.rulebook import Pattern, Row, Rulebook


class Wording(Record, frozen=True):
    """A rule of rules/facts_quotes.toml, its fields read once: what follows a verb of saying."""

    rule: Pattern
    follows: Late
    bare: bool
    reach: str
    """How far what is said goes: ``sentence``, ``paragraph``; ``none`` where it stands before the verb."""


class Verb(Record, frozen=True):
    """A word of rules/quote_cues.tsv with the wordings that it takes."""

    row: Row
    wordings: tuple[Wording, ...]
    after: bool
    needs: str | None
    carries: bool
    runs: bool
    writers: bool
    """Whether those who write a report may say it: 我们预计，……"""


class QuoteWords(Record, frozen=True):
    """The word lists and patterns of rules/facts_quotes.toml, built once."""

    verbs: tuple[Verb | None, ...]
    """By their places among the literals; None for words that hold a verb of saying and say nothing."""
    quoted: Late
    border: Late
    is_border: Callable[[str], object]
    """What a border of clauses matches in a word, kept for the words that were seen."""
    sets: dict[str, frozenset[str]]
    starts: dict[str, tuple[str, ...]]
    inside: frozenset[str]
    """What the segmenter may have joined to a verb: adverbs, and ends of a phrase of place or time."""
    list_leads: Late
    items: Late
    """The signs of the items of a list: ① ②."""
    lists: Late
    """Any of both, of which most utterances hold none."""
    open: str
    close: str
    attribute: str
    """Makes an attribute of what stands in marks before it: “……”|的思路."""
    end_mark: Late
    speakers: Late
    dated: Late
    bystanders: Late
    frames: Late
    opens_report: Late
    """Stands behind the name of a medium where its report begins: 云岭网|5月3日讯."""
    shortest: int
    shortest_bare: int


class Cue(Record, frozen=True):
    """A verb of saying and the wording that fits what follows it; ``after``: where the attributed text would begin."""

    start: int
    end: int
    verb: Verb
    wording: Wording
    after: int


def words_of(rules: Rulebook) -> QuoteWords:
    """The quote rules in the form that the scan uses."""
    return rules.once("facts.quotes", _words)


KNOWN = 1 << 13
"""How many words are kept with whether they part clauses."""

BREAKS = ("between", "leads", "sources", "datelines")
"""Word lists that end a speaker's noun phrase on the left."""

SETS = ("speaker_tags", "head_tags", "between_tags", "between", "joins", "addresses", "meanwhile", "leads", "trails",
        "sources", "no_speaker", "writers", "pronouns", "plan_words", "plan_tags", "not_after", "skipped_lines",
        "brackets_open", "brackets_close", "issues", "manner_tags", "manners", "heeds", "datelines", "media", "cites",
        "pairs", "documents", "listeners", "beside", "deed_tags", "noun_joints", "pointers", "speaks",
        "forecast_leads", "telling_tags", "lists", "close", "circles", "days")  # fmt: skip
STARTS = (
    "not_before",
    "goes_on",
    "breaks",
    "compounds",
    "pointers",
    "documents",
    "nobody",
    "sources",
    "over",
    "issued",
    "pointing",
    "authorities",
    "newest",
    "clocks",
    "reports",
)


def _words(rules: Rulebook) -> QuoteWords:
    settings, fragment = rules.settings("facts_quotes"), partial(rules.fragment, "facts_quotes")
    table, border = rules.words("quote_cues"), Late(fragment("CLAUSE_BORDER"), matcher)
    wordings = tuple(
        Wording(rule, Late(rule.source, matcher), bool(rule.get("bare")), rule.get("reach"))
        for rule in rules.patterns("facts_quotes")
    )
    sets = {k: frozenset(settings[k]) for k in SETS} | {"breaks": frozenset(w for k in BREAKS for w in settings[k])}
    return QuoteWords(
        verbs=tuple(_verb(table[w], wordings) if w in table else None for w in literals_of(rules).verbs),
        quoted=Late(fragment("QUOTED"), matcher),
        border=border,
        is_border=lru_cache(KNOWN)(border.match),
        sets=sets,
        starts={k: tuple(settings[k]) for k in STARTS},
        inside=sets["between"] | sets["trails"],
        list_leads=Late("|".join(map(regex.escape, settings["list_leads"])) or "(?!)", matcher),
        items=Late("|".join(map(regex.escape, settings["items"])) or "(?!)", matcher),
        lists=Late("|".join(map(regex.escape, (*settings["list_leads"], *settings["items"]))) or "(?!)", matcher),
        open=settings["open"],
        close=settings["close"],
        attribute=settings["attribute"],
        end_mark=Late(fragment("END_MARKS"), matcher),
        speakers=Late(fragment("SPEAKERS") + r"\Z", matcher),
        bystanders=Late(fragment("BYSTANDERS") + r"\Z", matcher),
        frames=Late(fragment("FRAMES"), matcher),
        opens_report=Late(fragment("REPORT_OPENS"), matcher),
        dated=Late(fragment("DATED")),
        shortest=settings["shortest"],
        shortest_bare=settings["shortest_bare"],
    )


def _verb(row: Row, wordings: tuple[Wording, ...]) -> Verb:
    taken = tuple(w for w in wordings if (row["bare"] or not w.bare) and (row["after"] or w.reach != "none"))
    flags = (bool(row[name]) for name in ("carries", "runs", "writers"))
    return Verb(row, taken, bool(row["after"]), row["needs"], *flags)


class Marks:
    """The quotations of a text: stretches from an opening to its closing mark within a line."""

    def __init__(self, folded: str, words: QuoteWords) -> None:
        """Find them in ``folded``."""
        self.spans: list[Offsets] = [m.span() for m in words.quoted.finditer(folded)]
        self._starts = [start for start, _ in self.spans]

    def holding(self, offset: int) -> Offsets | None:
        """The quotation with ``offset`` between its marks."""
        at = bisect_right(self._starts, offset) - 1
        return self.spans[at] if at >= 0 and self.spans[at][0] < offset < self.spans[at][1] else None

    def opening(self, start: int) -> Offsets | None:
        """The quotation whose opening mark stands at ``start``."""
        at = bisect_right(self._starts, start) - 1
        return self.spans[at] if at >= 0 and self.spans[at][0] == start else None

    def closing(self, end: int) -> Offsets | None:
        """The quotation whose closing mark ends at ``end``."""
        at = bisect_left(self._starts, end) - 1
        return self.spans[at] if at >= 0 and self.spans[at][1] == end else None


def cues_of(scene: Scene, words: QuoteWords) -> list[Cue]:
    """The verbs of saying of an article that are words of their own with something attributed beside them, in order."""
    out = []
    skipped, starts, ends = words.sets["skipped_lines"], scene.word_starts, scene.word_ends
    for place, start, end in scene.hits.verbs:
        verb = words.verbs[place]
        at = bisect_right(ends, end)
        # 纷纷表示 is one word to the segmenter, so the cue may end a longer token, but none may begin inside it.
        if verb is None or (at < len(starts) and starts[at] < end) or not _begins(scene, verb, start, end, words):
            continue
        found = _wording_after(scene.folded, end, verb, words)
        if found is None or scene.kind(start) in skipped:
            continue
        if not (found[0].bare and scene.folded[start - 1 : start].isspace()):  # two headlines: 评级下调 称经营恶化
            out.append(Cue(start, end, verb, *found))
    return out


def _begins(scene: Scene, verb: Verb, start: int, end: int, words: QuoteWords) -> bool:
    at = bisect_right(scene.word_ends, start)
    if at < len(scene.words) and scene.word_starts[at] < start:
        if start in scene.ends or start in scene.holders:
            return True  # 高云|江说: the segmenter cut the name
        return scene.folded[scene.word_starts[at] : start] in words.inside
    if verb.needs == "name" and not words.sets["forecast_leads"].isdisjoint(scene.words[max(at - 2, 0) : at]):
        return False
    if verb.needs == "name" and _is_told(scene, start, at - 1, words):
        return False
    if verb.needs == "speaker" and scene.words[at - 1] in words.sets["noun_joints"] and scene.tags[at][0] == "n":
        return False  # 提出意见和|建议，……
    if end - start > 2:
        return True  # 再发公告称: what is no 再说
    return at == 0 or scene.word_ends[at - 1] < start or scene.words[at - 1] not in words.sets["not_after"]


def _is_told(scene: Scene, start: int, before: int, words: QuoteWords) -> bool:
    """Whether a forecast is a noun of which the word ``before`` tells what it is: 加息|预期, 悲观|预测."""
    if before < 0 or scene.word_ends[before] != start or start in scene.ends or start in scene.holders:
        return False
    return scene.tags[before] in words.sets["telling_tags"] and scene.words[before] not in words.inside


def _wording_after(folded: str, end: int, verb: Verb, words: QuoteWords) -> tuple[Wording, int] | None:
    for wording in verb.wordings:
        m = wording.follows.match(folded, end)
        if m is None or wording.bare and folded.startswith(words.starts["not_before"], end):
            continue
        after = m.end()
        # 据村民讲，…: without marks only what a source tells
        if verb.needs != "mark" or not wording.bare or folded[after : after + 1] in words.open:
            return wording, after
    return None


LONGEST_CLAUSE = 80
"""How many words before a cue are looked through: no speaker stands farther, and some texts have no punctuation."""


def clause_start(scene: Scene, end: int, words: QuoteWords) -> int:
    """Where the clause before ``end`` begins; signs inside names and brackets are no borders."""
    told, closing, border = scene.words, words.sets["brackets_close"], words.is_border
    starts, ends, names = scene.word_starts, scene.word_ends, scene.ends
    index = bisect_right(ends, end) - 1
    line = max(scene.line(end)[0], end - FAR)
    if index >= LONGEST_CLAUSE:
        line = max(line, starts[index - LONGEST_CLAUSE])
    first = bisect_left(starts, line)
    while index >= first:
        name = names.get(ends[index])
        if name is not None and name.start >= line:
            index = bisect_right(ends, name.start) - 1
            continue
        if told[index] in closing:
            index = past_brackets(scene, index, line, words)
            if index < first:
                break
        if border(told[index]):
            return ends[index]
        index -= 1
    return line


def past_brackets(scene: Scene, index: int, line: int, words: QuoteWords) -> int:
    """The token before the brackets that end at ``index``, or ``index``: 某公司（002798.SZ）公布."""
    if scene.words[index] not in words.sets["brackets_close"]:
        return index
    at = index - 1
    while at >= 0 and index - at < 20 and scene.word_starts[at] >= line:
        if scene.words[at] in words.sets["brackets_open"]:
            return at - 1
        at -= 1
    return index

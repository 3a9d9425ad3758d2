"""Verbs of saying in the text, what they are made of, and the quotation marks around them."""

from __future__ import annotations

from bisect import bisect_right

import ahocorasick_rs
import regex

from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.scene import FAR, Scene, longest_words
from pipeline.rulebook import Pattern, Row, Rulebook


class Words(Record, frozen=True):
    """The word lists and patterns of rules/facts_quotes.toml, built once."""

    scan: ahocorasick_rs.AhoCorasick
    rows: tuple[Row | None, ...]
    rules: tuple[Pattern, ...]
    quoted: regex.Pattern[str]
    border: regex.Pattern[str]
    sets: dict[str, frozenset[str]]
    starts: dict[str, tuple[str, ...]]
    open: str
    close: str
    ends: regex.Pattern[str]
    speakers: regex.Pattern[str]
    dated: regex.Pattern[str]
    bystanders: regex.Pattern[str]
    frames: regex.Pattern[str]
    shortest: int
    shortest_bare: int


class Cue(Record, frozen=True):
    """A verb of saying with the rule that fits what follows it; ``after`` is where the attributed text would begin."""

    start: int
    end: int
    row: Row
    rule: Pattern
    after: int


def words_of(rules: Rulebook) -> Words:
    """The quote rules in the form that the scan uses."""
    return rules.once("facts.quotes", _words)


BREAKS = ("between", "leads", "sources", "datelines")
"""Word lists that end a speaker's noun phrase on the left."""

SETS = ("speaker_tags", "head_tags", "between_tags", "between", "leads", "trails", "sources", "no_speaker", "pronouns",
        "plan_tags", "plan_words", "not_after", "skipped_lines", "brackets_open", "brackets_close",
        "documents", "issues", "manner_tags", "datelines", "media", "cites", "pairs",
        "listeners", "pointers")  # fmt: skip


def _words(rules: Rulebook) -> Words:
    settings = rules.settings("facts_quotes")
    table = rules.words("quote_cues")
    words = sorted({*table, *settings["no_cue"]})
    return Words(
        scan=longest_words(words),
        rows=tuple(table.get(w) for w in words),
        rules=rules.patterns("facts_quotes"),
        quoted=regex.compile(rules.fragment("facts_quotes", "QUOTED")),
        border=regex.compile(rules.fragment("facts_quotes", "CLAUSE_BORDER")),
        sets={k: frozenset(settings[k]) for k in SETS} | {"breaks": frozenset(w for k in BREAKS for w in settings[k])},
        starts={
            k: tuple(settings[k])
            for k in ("not_before", "goes_on", "speaks", "list_leads", "breaks", "compounds", "pointers")
        },
        open=settings["open"],
        close=settings["close"],
        ends=regex.compile(rules.fragment("facts_quotes", "END_MARKS") + r"++\Z"),
        speakers=regex.compile(rules.fragment("facts_quotes", "SPEAKERS") + r"\Z"),
        bystanders=regex.compile(rules.fragment("facts_quotes", "BYSTANDERS") + r"\Z"),
        frames=regex.compile(rules.fragment("facts_quotes", "FRAMES")),
        dated=regex.compile(rules.fragment("facts_quotes", "DATED")),
        shortest=settings["shortest"],
        shortest_bare=settings["shortest_bare"],
    )


class Marks:
    """The quotations of a text: stretches from an opening to its closing mark within a line."""

    def __init__(self, folded: str, words: Words) -> None:
        """Find them in ``folded``."""
        self.spans: list[Offsets] = [m.span() for m in words.quoted.finditer(folded)]
        self._starts = [start for start, _ in self.spans]
        self._ends = {end: start for start, end in self.spans}

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
        return (self._ends[end], end) if end in self._ends else None


def cues_of(scene: Scene, marks: Marks, words: Words) -> list[Cue]:
    """The verbs of saying of an article that stand as words of their own with something attributed beside them."""
    out = []
    skipped = words.sets["skipped_lines"]
    for index, start, end in words.scan.find_matches_as_indexes(scene.folded):
        row = words.rows[index]
        if row is None:
            continue
        # 纷纷表示 is one word to the segmenter, so the cue may end a longer token, but none may begin inside it.
        if not scene.is_border(end) or not _begins(scene, start, end, words):
            continue
        found = _rule_after(scene.folded, end, row, words)
        if found is not None and found[0].get("bare") and scene.folded[start - 1 : start].isspace():
            continue  # two headlines in one line: 评级下调 称经营恶化
        if found is not None and marks.holding(start) is None and scene.kind(start) not in skipped:
            out.append(Cue(start, end, row, *found))
    return out


def _begins(scene: Scene, start: int, end: int, words: Words) -> bool:
    tokens = scene.view.tokens
    at = tokens.at(start)
    if at < len(tokens) and tokens.starts[at] < start:
        if start in scene.ends or start in scene.holders:
            return True  # 高云|江说: the segmenter cut the name
        return scene.folded[tokens.starts[at] : start] in words.sets["between"] | words.sets["trails"]
    if end - start > 2:
        return True  # 再发公告称: what is no 再说
    return at == 0 or tokens.ends[at - 1] < start or scene.words[at - 1] not in words.sets["not_after"]


def _rule_after(folded: str, end: int, row: Row, words: Words) -> tuple[Pattern, int] | None:
    for rule in words.rules:
        m = rule.regex.match(folded, end)
        if m is None:
            continue
        if rule.get("bare") and (not row["bare"] or folded.startswith(words.starts["not_before"], end)):
            continue
        marked = m.end() < len(folded) and folded[m.end()] in words.open
        if row["needs"] == "mark" and not marked and not (row["after"] and rule.get("reach") == "none"):
            continue
        if rule.get("reach") == "none" and not row["after"]:
            continue
        return rule, m.end()
    return None


LONGEST_CLAUSE = 80
"""How many words before a cue are looked through: no speaker stands farther, and some texts have no punctuation."""


def clause_start(scene: Scene, end: int, words: Words) -> int:
    """Where the clause before ``end`` begins; signs inside names and brackets are no borders."""
    tokens = scene.view.tokens
    index = tokens.at(end) - 1
    line = max(scene.line(end)[0], end - FAR)
    if index >= LONGEST_CLAUSE:
        line = max(line, tokens.starts[index - LONGEST_CLAUSE])
    while index >= 0 and tokens.starts[index] >= line:
        name = scene.ends.get(tokens.ends[index])
        if name is not None and name.start >= line:
            index = tokens.at(name.start) - 1
            continue
        index = past_brackets(scene, index, line, words)
        if index < 0 or tokens.starts[index] < line:
            break
        if words.border.match(scene.words[index]):
            return tokens.ends[index]
        index -= 1
    return line


def past_brackets(scene: Scene, index: int, line: int, words: Words) -> int:
    """The token before the brackets that end at ``index``, or ``index``: 某公司（002798.SZ）公布."""
    if scene.words[index] not in words.sets["brackets_close"]:
        return index
    at = index - 1
    while at >= 0 and index - at < 20 and scene.view.tokens.starts[at] >= line:
        if scene.words[at] in words.sets["brackets_open"]:
            return at - 1
        at -= 1
    return index

"""Titles in the text, what belongs to them on the left (副, 首席), and the institution before them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

import ahocorasick_rs
import regex
from msgspec.structs import replace

from pipeline.core.model import Argument, Entity, Offsets
from pipeline.core.slices import Record
from pipeline.facts.scene import FAR, Scene, argument, longest_words
from pipeline.rulebook import Rulebook


class Office(Record, frozen=True):
    """A title with the institution; ``former`` where a word before it says that it is over."""

    start: int
    end: int
    org: Argument | None = None
    former: bool = False

    def of(self, org: Argument | None) -> Office:
        """The same office of ``org``."""
        return replace(self, org=org)


class _Lexicon(Record, frozen=True):
    """What is built once from the rules."""

    scan: ahocorasick_rs.AhoCorasick
    words: frozenset[str]
    following: frozenset[str]
    rank: regex.Pattern[str]
    former: regex.Pattern[str]
    clause: regex.Pattern[str]
    filled: regex.Pattern[str]
    joints: str
    whole: tuple[str, ...]
    befores: dict[str, regex.Pattern[str]]


class Titles:
    """The titles of one text, leftmost-longest, in order."""

    def __init__(self, folded: str, lexicon: _Lexicon) -> None:
        """Scan ``folded``."""
        self.lexicon = lexicon
        self.spans: list[Offsets] = [(a, b) for _, a, b in lexicon.scan.find_matches_as_indexes(folded)]
        self._ends = {end: start for start, end in self.spans}
        self.joints = lexicon.joints

    def ending_at(self, end: int) -> Offsets | None:
        """The title that ends at ``end``."""
        return (self._ends[end], end) if end in self._ends else None

    def between(self, start: int, end: int) -> list[Offsets]:
        """The titles within ``[start, end)``."""
        at = bisect_left(self.spans, (start, start))
        out = []
        while at < len(self.spans) and self.spans[at][1] <= end:
            out.append(self.spans[at])
            at += 1
        return out

    def widen(self, folded: str, start: int) -> int:
        """Where the title that begins at ``start`` begins with the rank before it: 副, 首席."""
        m = self.lexicon.rank.search(folded, max(start - 8, 0), start)
        return m.start() if m else start

    def former(self, folded: str, start: int) -> int | None:
        """Where the word begins that ends at ``start`` and says that the office is over."""
        m = self.lexicon.former.search(folded, max(start - 5, 0), start)
        return m.start() if m else None

    def follows(self, folded: str, start: int, end: int) -> bool:
        """Whether the title may stand after its holder: 教授, 局长."""
        return any(folded[i:end] in self.lexicon.following for i in range(start, end - 1))

    def clause_end(self, folded: str, start: int, filled: bool = False) -> int:
        """The end of the clause from ``start`` on; with ``filled`` a closing bracket ends it too."""
        m = (self.lexicon.filled if filled else self.lexicon.clause).search(folded, start, start + FAR)
        return m.start() if m else min(len(folded), start + FAR)

    def ends_with(self, folded: str, end: int, pattern: str) -> bool:
        """Whether one of the words of ``pattern`` (a rule's ``before``) ends at ``end``."""
        return bool(self.lexicon.befores[pattern].search(folded, max(end - 6, 0), end))


def titles_of(folded: str, rules: Rulebook) -> Titles:
    """The titles of ``folded`` that name an office or a profession."""
    return Titles(folded, rules.once("facts.roles.titles", _lexicon))


def _lexicon(rules: Rulebook) -> _Lexicon:
    settings = rules.settings("facts_roles")
    kinds, barred = set(settings["kinds"]), set(settings["no_title"])
    rows = {w: r for w, r in rules.words("person_titles").items() if r["kind"] in kinds and w not in barred}
    words = sorted(rows)
    befores = {p.get(k) for p in rules.patterns("facts_roles") for k in ("before", "unless")} - {None}
    return _Lexicon(
        longest_words(words),
        frozenset(words),
        frozenset(w for w, r in rows.items() if r["after"] and len(w) > 1),
        regex.compile(rules.fragment("facts_roles", "RANK") + r"\Z"),
        regex.compile(rules.fragment("facts_roles", "FORMER") + r"\Z"),
        _clause(rules),
        regex.compile(rules.fragment("facts_roles", "FILLED_END")),
        settings["office_joints"],
        tuple(settings["whole"]),
        {b: regex.compile(f"(?:{b})\\Z") for b in befores},
    )


def title_at(scene: Scene, titles: Titles, start: int, rules: Rulebook) -> Office | None:
    """The office whose title begins at ``start`` or, behind its rank, up to four characters later."""
    for a, b in titles.between(start, start + 16):
        if a == start or titles.widen(scene.folded, a) <= start:
            at = _title_start(scene, titles, a, b)
            return Office(at, b, None, titles.former(scene.folded, at) is not None)
        if a > start + 4:
            break
    return None


def _title_start(scene: Scene, titles: Titles, start: int, end: int) -> int:
    cut = _cut(scene, titles, start, end)
    return cut if cut > start else titles.widen(scene.folded, start)


def _cut(scene: Scene, titles: Titles, start: int, end: int) -> int:
    """Where the title begins when a name reaches into it: of 市委书记 the name 市委 is the institution."""
    whole = scene.folded.startswith(titles.lexicon.whole, start)
    name = scene.covering(start + 1) if end - start > 2 and not whole else None
    if (
        name is not None
        and name.label != "PER"
        and start < name.end < end
        and scene.folded[name.end : end] in titles.lexicon.words
    ):
        return name.end
    return start


def offices_before(scene: Scene, titles: Titles, start: int, end: int, rules: Rulebook) -> list[Office]:
    """The offices that end with the title ``[start, end)``, in order: all that 、 or 兼 joins to it."""
    out: list[Office] = []
    while True:
        at = _title_start(scene, titles, start, end)
        org = org_before(scene, _skip_former(scene, titles, at), rules)
        left = org.start if org is not None and org.pieces[0][1] <= at else at
        former = any(titles.former(scene.folded, i) is not None for i in {at, left})
        out.append(Office(at, end, org, former))
        joint = left - 1
        before = titles.ending_at(joint) if joint > 0 and scene.folded[joint] in titles.joints else None
        if before is None:
            break
        start, end = before
    out.reverse()
    return _inherit(scene, out, tuple(rules.settings("facts_roles")["own"]))


def _skip_former(scene: Scene, titles: Titles, at: int) -> int:
    former = titles.former(scene.folded, at)
    return at if former is None else former


def _inherit(scene: Scene, offices: list[Office], own: tuple[str, ...]) -> list[Office]:
    """公司控股股东、实际控制人: an office without an institution of its own is of the one before it."""
    out: list[Office] = []
    for office in offices:
        alone = scene.folded.startswith(own, office.start)
        out.append(office.of(office.org or (out[-1].org if out and not alone else None)))
    return out


def org_before(scene: Scene, end: int, rules: Rulebook, first: int = 0) -> Argument | None:
    """The institution whose name ends at ``end`` and begins at ``first`` or later; of 公司 the company meant."""
    settings = rules.settings("facts_roles")
    dateline = rules.once("facts.roles.dateline", _dateline).search(
        scene.folded, max(scene.line(end)[0], end - 60), end
    )
    if dateline:
        return argument(*dateline.span("org"))
    term = rules.once("facts.roles.term", _term).search(scene.folded, max(end - 10, first), end)
    if term:
        end = term.start()
    brackets = rules.once("facts.roles.brackets", _brackets).search(scene.folded, max(end - 14, first), end)
    if brackets and (outer := org_before(scene, brackets.start(), rules, first)):
        # 执委会（理事会）主席
        return argument(outer.start, end)
    if end - 1 in scene.ends and scene.folded[end - 1] in settings["attributes"]:
        end -= 1  # 云岭药业的董事长
    name = scene.ends.get(end) or scene.covering(end)
    start = _own_start(scene, name, rules) if name is not None and name.start >= first else None
    if start is None:
        start = _noun_phrase(scene, end, max(first, scene.line(end)[0], end - settings["longest_org"]), rules)
    if start is None:
        return None
    if scene.folded[start:end] in settings["kind_of_org"]:
        return _company_meant(scene, start, rules) or argument(start, end)
    return argument(start, end)


def _own_start(scene: Scene, name: Entity, rules: Rulebook) -> int | None:
    """Where an institution's name begins, behind another one that was taken into it; None for other names."""
    if name.label not in ("ORG", "LOC"):
        return None
    outside = rules.once("facts.roles.outside", _outside).match(scene.folded, name.start, name.end)
    return outside.end() if outside else name.start


def _outside(rules: Rulebook) -> regex.Pattern[str]:
    return regex.compile(rules.fragment("facts_roles", "OUTSIDE"))


def _dateline(rules: Rulebook) -> regex.Pattern[str]:
    return regex.compile(rules.fragment("facts_roles", "DATELINE") + r"\Z")


def _brackets(rules: Rulebook) -> regex.Pattern[str]:
    return regex.compile(rules.fragment("facts_roles", "BRACKETS") + r"\Z")


def _term(rules: Rulebook) -> regex.Pattern[str]:
    return regex.compile(rules.fragment("facts_roles", "TERM") + r"\Z")


def _company_meant(scene: Scene, before: int, rules: Rulebook) -> Argument | None:
    """The company that 公司 stands for: the subject of the sentence, else the first institution of the paragraph."""
    first = max(scene.line(before)[0], before - 4 * FAR)
    clause = rules.once("facts.roles.clause", _clause)
    for start in (max(scene.sentence(before)[0], first), first):
        orgs = [e for e in scene.entities(start, before) if e.label == "ORG"]
        names = [e for e in orgs if scene.folded[e.start : e.end] not in rules.settings("facts_roles")["no_company"]]
        if names:
            # 某社9月3日丨某某家居公布，公司…: the last name of the clause, which may begin with the source's
            border = clause.search(scene.folded, names[0].end, before)
            name = [e for e in names if border is None or e.end <= border.start()][-1]
            return argument(name.start, name.end)
    return None


def _clause(rules: Rulebook) -> regex.Pattern[str]:
    return regex.compile(rules.fragment("facts_roles", "CLAUSE_END"))


def _noun_phrase(scene: Scene, end: int, first: int, rules: Rulebook) -> int | None:
    """Where the run of nouns that ends at ``end`` begins, None where there is none."""
    settings = rules.settings("facts_roles")
    tokens = scene.view.tokens
    index = tokens.at(end) - 1
    if index + 1 < len(tokens) and tokens.starts[index + 1] < end:
        return None
    start: int | None = None
    if index < 0 or tokens.tags[index] not in settings["org_end_tags"] and tokens.ends[index] not in scene.ends:
        return None
    while index >= 0 and tokens.starts[index] >= first:
        if tokens.tags[index] not in settings["org_tags"] and not _points(scene, index, settings):
            break
        if tokens.ends[index] != (end if start is None else start):
            break
        name = scene.ends.get(tokens.ends[index])
        word = scene.words[index]
        if name is not None and name.label == "PER" or word in settings["no_org"] or word in settings["office_joints"]:
            break
        if name is not None and name.start >= first:
            start = name.start
            break
        start = tokens.starts[index]
        index -= 1
    if start is not None and tokens.tags[tokens.at(start)] == "vn" and tokens.ends[tokens.at(start)] == end:
        return None  # 证实|总裁: one word that is a verb too
    return _from_noun(scene, start, end, settings)


def _points(scene: Scene, index: int, settings: Mapping[str, Any]) -> bool:
    """Whether a token points to an institution: 该, 该院."""
    return scene.words[index][0] in settings["org_pointers"] and scene.view.tokens.tags[index] == "r"


def _from_noun(scene: Scene, start: int | None, end: int, settings: Mapping[str, Any]) -> int | None:
    """``start`` moved right to the first word that a name may begin with."""
    if start is None or start in scene.begins:
        return start
    tokens, tags = scene.view.tokens, settings["org_first_tags"]
    for index in tokens.within(start, end):
        known = tokens.starts[index] in scene.begins or _points(scene, index, settings)
        if tokens.tags[index] in tags or known:
            return tokens.starts[index]
    return None

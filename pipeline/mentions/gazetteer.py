"""The tables of names and signs, ready for use: a dictionary of words, an automaton for names of several words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import ahocorasick_rs
import regex

from pipeline.lexis.fold import fold
from pipeline.rulebook import Rulebook

ORGANS = ("U", "H")
"""Signs of what names an organ behind its level: 市|住建局."""
SHORT = 1
SHORTEST = {"_": 2, "n": 2, "T": 2}
"""A name of more signs than this is looked for across words, by its sign."""
POINTED = "transliteration.point"
"""The row of the signs that write foreign names with a point only."""
STRONG = "transliteration.strong"
"""The row of those that stand in foreign names much more than elsewhere."""
FREE = ("free", "organ", "self", "firm", "group")
"""Heads that need nothing right before them."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the tables say of a word. Signs are those of rules/entities.toml."""

    signs: Mapping[str, str]
    """The sign of each word that a table names."""
    codes: Mapping[str, tuple[str, ...]]
    """The GB/T 2260 codes of each division, full and short; several where the name is not the only one of its kind."""
    short: Mapping[str, str]
    """Official name -> short form."""
    full: Mapping[str, str]
    """Division code -> official name."""
    never: frozenset[str]
    offices: Mapping[str, int]
    """Titles that begin with an organ, and how long it is: 省委书记 -> 2."""
    price: regex.Pattern[str]
    """A price in brackets that is set into a name."""
    recut: Mapping[str, int]
    """Strings that are cut wrongly as a rule, and where the cut is: 主|任何 -> 主任|何."""
    surnames: frozenset[str]
    before: str
    """Prepositions that are cut together with the beginning of a name."""
    no_rest: str
    """Signs that a name does not leave over of a word it ends in: 建设部|门."""
    names: tuple[str, ...]
    automaton: ahocorasick_rs.AhoCorasick = field(repr=False)
    """Finds ``names``, the longest from the left."""
    organs: frozenset[int]
    """The places among ``names`` of what names an organ behind its level: 市|住建局, 霞源|消防救援大队."""
    official: frozenset[str]
    """Names that may cut through words: 光明区 in a text that was cut into 光明 and 区玉塘."""
    tails: Mapping[str, str]
    """Endings of words that no table names: an organisation's (h) or a place's (L)."""


def gazetteer(rules: Rulebook) -> Gazetteer:
    """The gazetteer of a rulebook, built at its first use."""
    return rules.once("gazetteer", _build)


def written_by_sound(rules: Rulebook) -> frozenset[str]:
    """The signs that write foreign names without a point."""
    return frozenset(c for row in rules.rows("transliteration") if row.id != POINTED for c in row["words"])


def mostly_by_sound(rules: Rulebook) -> frozenset[str]:
    """Those of them that stand in foreign names much more than elsewhere."""
    return rules.word_set("transliteration", "id", STRONG)


def surname_kinds(rules: Rulebook) -> Mapping[str, str]:
    """Surnames with their kinds: common, everyday, compound, foreign."""
    return {word: row["kind"] for word, row in rules.words("surnames").items()}


def stem(code: str) -> str:
    """The part of a division's code that the codes of its units share: 44 of 440000, 4403 of 440300."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _build(rules: Rulebook) -> Gazetteer:
    signs: dict[str, str] = {}
    for words, sign in _table_words(rules):
        for word in words:
            signs.setdefault(word, sign)
    never = rules.word_set("not_entities", "kind", "never") | _of_countries(rules)
    weak = rules.word_set("not_entities", "kind", "weak")
    codes, full, short, official = _divisions(rules)
    for name in codes:
        if name not in never:
            signs.setdefault(name, "V" if name in weak else "L")
    offices = _offices(signs)
    names = tuple(
        w
        for w, sign in signs.items()
        if len(w) > SHORTEST.get(sign, SHORT if sign in "LOUHGCPEJR" else len(w))
        and not (sign == "T" and (w in offices or len(w) == 3 and signs.get(w[1:]) == "T"))  # 计划部|主任 is no 部主任
    )
    settings = rules.settings("entities")
    return Gazetteer(
        signs=signs,
        codes=codes,
        short=short,
        full=full,
        never=never,
        offices=offices,
        price=regex.compile(settings["price"]),
        recut=settings["recut"],
        surnames=rules.word_set("surnames"),
        before=settings["joined_before"],
        no_rest=settings["no_rest"],
        names=names,
        automaton=_automaton(names),
        organs=frozenset(i for i, w in enumerate(names) if signs[w] in ORGANS and len(w) > 2),
        official=frozenset(n for n in official if len(n) > 2) | _abroad(rules),
        tails=_tails(rules),
    )


def _of_countries(rules: Rulebook) -> frozenset[str]:
    """What is told of many in a country, and names none: 美国公司."""
    heads = rules.settings("entities")["many"]
    return frozenset(w + head for row in rules.rows("countries") for w in row["words"] for head in heads)


def _automaton(names: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    kind, implementation = ahocorasick_rs.MatchKind.LeftmostLongest, ahocorasick_rs.Implementation.ContiguousNFA
    return ahocorasick_rs.AhoCorasick(names, kind, False, implementation)


def _tails(rules: Rulebook) -> dict[str, str]:
    ends = {"road": "X", "site": "Y"}
    places = [row for row in rules.rows("place_heads") if row["kind"] != "part"]
    heads = [row for row in rules.rows("org_heads") if row["growth"] in (*FREE, "owned")]
    tails = {w: ends.get(row["kind"], "L") for row in places for w in row["words"]}
    return tails | {w: "h" if row["growth"] in FREE else "g" for row in heads for w in row["words"]}


def _offices(signs: Mapping[str, str]) -> dict[str, int]:
    """The titles of ``signs`` that are an organ's name and a title, with the length of the organ."""
    alone = {w for w, sign in signs.items() if sign == "O"}
    return {
        word: size
        for word, sign in signs.items()
        if sign == "T" and len(word) > 3
        for size in (2, 3, 4, 5)
        if signs.get(word[size:]) == "T" and (signs.get(word[:size], "_") in "UH" or size > 2 and word[:size] in alone)
    }


def _table_words(rules: Rulebook) -> Iterator[tuple[Iterable[str], str]]:
    """``(words, sign)`` of every table, those that win first."""
    for row in rules.rows("entity_words"):
        yield row["words"], row["class"]
    for row in rules.rows("organisations"):
        yield row["words"], "W" if row["kind"] == "common" else "O"
    for row in rules.rows("persons"):
        yield row["words"], "R"
    for row in rules.rows("person_titles"):
        yield [w for w in row["words"] if len(w) > 1], "T"
    signs = {
        "alone": "O",
        "self": "U",
        "firm": "C",
        "trade": "I",
        "group": "J",
        "organ": "H",
        "free": "G",
        "owned": "g",
    }
    for row in rules.rows("org_heads"):
        yield row["words"], signs[row["growth"]]
    kinds = {"division": "D", "part": "f", "road": "E"}
    for row in rules.rows("place_heads"):
        yield [w for w in row["words"] if len(w) > 1], kinds.get(row["kind"], "P")
        yield [w for w in row["words"] if len(w) == 1], kinds.get(row["kind"], "p")
    for table in ("countries", "places", "world_cities"):
        for row in rules.rows(table):
            yield row["words"], "L"
    for row in rules.rows("name_contexts"):
        yield row["words"], "k"
    for row in rules.rows("title_modifiers"):
        yield row["words"], "F"


def _divisions(rules: Rulebook) -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, str], list[str]]:
    """`Gazetteer.codes`, `full` and `short`, and the official names as they stand in folded text."""
    settings = rules.settings("divisions_short")
    ending, people = regex.compile(settings["ending"]), regex.compile(settings["people"])
    later, earlier = settings["prefecture_tails"], settings["county_tails"]
    codes: dict[str, tuple[str, ...]] = {}
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    old: dict[str, tuple[str, ...]] = {}
    for row in rules.rows("divisions"):
        units = [(unit[:6], unit[6:]) for unit in row["units"] or ()]
        full |= [(row["code"], row["name"])] * (row["name"] is not None) + units
    names = _folded(full.values())
    for code, name in zip(full, names, strict=True):
        codes[name] = codes.get(name, ()) + (code,)
        form = ending.sub("", name)
        if len(form) < len(name) - 1:
            form = people.sub("", form)
        if len(form) > 1 and form != name:
            codes[form] = codes.get(form, ()) + (code,)
            short[name] = form
            for tail in later if code.endswith("00") else earlier:
                old.setdefault(form + tail, (code,))
    return {**old, **codes}, full, short, names


def _abroad(rules: Rulebook) -> frozenset[str]:
    """Divisions of other countries in full: 新西伯利亚州."""
    heads = tuple(rules.settings("entities")["division_ends"])
    words = (w for table in ("places", "world_cities") for row in rules.rows(table) for w in row["words"])
    return frozenset(w for w in words if len(w) > 2 and w.endswith(heads))


def _folded(names: Iterable[str]) -> list[str]:
    """Names as they stand in folded text, 乾县 as 干县; all in one call, which costs as much as one of them."""
    return fold("\n".join(names)).split("\n")

"""The tables of names and signs, ready for use: a dictionary of words, an automaton for names of several words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import ahocorasick_rs
import regex

from pipeline.rulebook import Rulebook

FREE = ("free", "organ", "self", "firm", "group")
"""Heads that need nothing right before them."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the tables say of a word. Signs are those of rules/entities.toml."""

    signs: Mapping[str, str]
    """The sign of each word that a table names."""
    rules: Mapping[str, str]
    """The rule (table row) of each name."""
    codes: Mapping[str, tuple[str, ...]]
    """The GB/T 2260 codes of each division, full and short; several where the name is not the only one of its kind."""
    short: Mapping[str, str]
    """Official name -> short form."""
    full: Mapping[str, str]
    """Division code -> official name."""
    never: frozenset[str]
    weak: frozenset[str]
    """Names of places that are common words too."""
    offices: Mapping[str, int]
    """Titles that begin with an organ, and how long it is: 省委书记 -> 2."""
    no_rest: str
    """Signs that a name does not leave over of a word it ends in: 建设部|门."""
    names: tuple[str, ...]
    automaton: ahocorasick_rs.AhoCorasick = field(repr=False)
    """Finds ``names``, the longest from the left."""
    official: frozenset[str]
    """Names that may cut through words: 光明区 in a text that was cut into 光明 and 区玉塘."""
    tails: Mapping[str, str]
    """Endings of words that no table names: an organisation's (h) or a place's (L)."""


def gazetteer(rules: Rulebook) -> Gazetteer:
    """The gazetteer of a rulebook, built at its first use."""
    return rules.once("gazetteer", _build)


def stem(code: str) -> str:
    """The part of a division's code that the codes of its units share: 44 of 440000, 4403 of 440300."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _build(rules: Rulebook) -> Gazetteer:
    signs: dict[str, str] = {}
    owner: dict[str, str] = {}
    lists = {
        kind: frozenset(w for r in rules.rows("not_entities") if r["kind"] == kind for w in r["words"])
        for kind in ("never", "weak")
    }
    for words, sign, rule in _table_words(rules):
        for word in words:
            if word not in signs:
                signs[word] = sign
                owner[word] = rule
    codes, full, short = _divisions(rules)
    official = frozenset(n for n in full.values() if len(n) > 2)
    for name, its in codes.items():
        if name not in lists["never"]:
            signs.setdefault(name, "V" if name in lists["weak"] else "L")
        owner.setdefault(name, f"division.{its[0]}")
    names = tuple(w for w, sign in signs.items() if len(w) > 1 and (sign in "LOUHGCPEJR" or sign == "_" and len(w) > 3))
    automaton = ahocorasick_rs.AhoCorasick(
        names,
        ahocorasick_rs.MatchKind.LeftmostLongest,
        False,
        ahocorasick_rs.Implementation.ContiguousNFA,
    )
    ends = {"road": "X", "site": "Y"}
    tails = {
        w: ends.get(row["kind"], "L")
        for row in rules.rows("place_heads")
        if row["kind"] != "part"
        for w in row["words"]
    }
    heads = [row for row in rules.rows("org_heads") if row["growth"] in (*FREE, "owned")]
    tails |= {w: "h" if row["growth"] in FREE else "g" for row in heads for w in row["words"]}
    no_rest: str = rules.settings("entities")["no_rest"]
    return Gazetteer(
        signs,
        owner,
        codes,
        short,
        full,
        lists["never"],
        lists["weak"],
        _offices(signs),
        no_rest,
        names,
        automaton,
        official,
        tails,
    )


def _offices(signs: Mapping[str, str]) -> dict[str, int]:
    """The titles of ``signs`` that are an organ's name and a title, with the length of the organ."""
    return {
        word: size
        for word, sign in signs.items()
        if sign == "T" and len(word) > 3
        for size in (2, 3)
        if signs.get(word[:size]) in ("U", "H") and signs.get(word[size:]) == "T"
    }


def _table_words(rules: Rulebook) -> Iterator[tuple[Iterable[str], str, str]]:
    """``(words, sign, rule)`` of every table, those that win first."""
    for row in rules.rows("entity_words"):
        yield row["words"], row["class"], row.id
    for row in rules.rows("organisations"):
        yield row["words"], "W" if row["kind"] == "common" else "O", row.id
    for row in rules.rows("persons"):
        yield row["words"], "R", row.id
    for row in rules.rows("person_titles"):
        yield [w for w in row["words"] if len(w) > 1], "T", row.id
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
        yield row["words"], signs[row["growth"]], row.id
    kinds = {"division": "D", "part": "f", "road": "E"}
    for row in rules.rows("place_heads"):
        yield [w for w in row["words"] if len(w) > 1], kinds.get(row["kind"], "P"), row.id
        yield [w for w in row["words"] if len(w) == 1], kinds.get(row["kind"], "p"), row.id
    for table in ("countries", "places", "world_cities"):
        for row in rules.rows(table):
            yield row["words"], "L", row.id
    for row in rules.rows("name_contexts"):
        yield row["words"], "k", row.id
    for row in rules.rows("title_modifiers"):
        yield row["words"], "F", row.id


def _divisions(rules: Rulebook) -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, str]]:
    settings = rules.settings("divisions_short")
    ending, people = regex.compile(settings["ending"]), regex.compile(settings["people"])
    later, earlier = settings["prefecture_tails"], settings["county_tails"]
    codes: dict[str, tuple[str, ...]] = {}
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    old: dict[str, tuple[str, ...]] = {}
    for row in rules.rows("divisions"):
        units = [(unit[:6], unit[6:]) for unit in row["units"] or ()]
        for code, name in [(row["code"], row["name"])] * (row["name"] is not None) + units:
            full[code] = name
            codes[name] = codes.get(name, ()) + (code,)
            form = ending.sub("", name)
            if len(form) < len(name) - 1:
                form = people.sub("", form)
            if len(form) > 1 and form != name:
                codes[form] = codes.get(form, ()) + (code,)
                short[name] = form
                for tail in later if code.endswith("00") else earlier:
                    old.setdefault(form + tail, (code,))
    return {**old, **codes}, full, short

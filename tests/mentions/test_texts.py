"""Articles of a batch side by side: which are tried with a pattern, and that none is read otherwise than alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions.entities import RulesTier, find_entities
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.joined import Firsts, Joined, Keywords, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Pattern, load
from tests.mentions.views import view_of

SETTINGS = load().settings("entities")
ON_SIGNS = (
    "town",
    "person_beside_title",
    "person_split",
    "person_twice",
    "person_listed",
    "person_placed",
    "addressed",
    "foreign_titled",
)
ON_TEXT = (
    "anonymous",
    "elder",
    "resume_name",
    "appointed_name",
    "holder_name",
    "handle",
    "numbered_school",
    "term_body",
    "called_name",
    "announced",
    "came_from",
    "special",
    "listed",
    "work",
    "numbered_road",
    "trunk_road",
    "defined",
    "regnal",
    "firm_agreed",
)
IN_PYTHONS = ("announced", "numbered_road", "firm_agreed")
"""Those in the dialect of Python's re."""
LISTS = ("last_sign", "list_mark", "list_end", "firm_office", "firm_placed", "latin_sign", "moved_ends")
"""Settings whose needs are looked at before words are, or before two patterns at once."""
TEXTS = [
    *(path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "samples").glob("*[a-z].txt"))
      if path.suffixes == [".txt"]),
    *(e.text for rule in load().patterns("entities") for e in (*rule.examples, *rule.counterexamples)),
]  # fmt: skip
SIGNS = sorted({c for key in ON_SIGNS for c in SETTINGS[key] if c.isalpha()} | set("|~_yck:(1"))
ALL_SIGNS = sorted({c for rule in load().patterns("entities") if not rule.get("on_text") for c in rule.regex.pattern})
lines = st.lists(st.text("岚峡甲乙。a", max_size=6), max_size=6)


def test_every_need_is_tried_here() -> None:
    assert sorted(SETTINGS["needs"]) == sorted((*ON_SIGNS, *ON_TEXT, *LISTS))


@pytest.mark.parametrize("name", ON_SIGNS)
@given(st.text(SIGNS, max_size=12))
def test_a_line_of_signs_without_what_a_pattern_needs_has_no_match(name: str, signs: str) -> None:
    pattern = regex.compile(SETTINGS[name])
    assert any(need in signs for need in SETTINGS["needs"][name]) or not pattern.search(signs)


@pytest.mark.parametrize("rule", [p for p in load().patterns("entities") if p.get("needs")], ids=lambda p: p.id)
@given(st.data())
def test_a_line_of_signs_without_what_a_rule_needs_has_no_match(rule: Pattern, data: st.DataObject) -> None:
    others = [sign for sign in ALL_SIGNS if sign not in rule.get("needs")]
    assert not rule.regex.search(data.draw(st.text(others, max_size=12)))


@pytest.mark.parametrize("rule", [p for p in load().patterns("entities") if p.get("glance")], ids=lambda p: p.id)
@given(st.data())
def test_a_line_of_signs_in_which_a_glance_finds_nothing_has_no_match(rule: Pattern, data: st.DataObject) -> None:
    signs = data.draw(st.text(sorted({*rule.regex.pattern}.intersection(ALL_SIGNS)), max_size=12))
    assert re.search(rule.get("glance"), signs) or not rule.regex.search(signs)


@pytest.mark.parametrize("name", ON_TEXT)
def test_a_text_without_what_a_pattern_needs_has_no_match(name: str) -> None:
    pattern = (re if name in IN_PYTHONS else regex).compile(SETTINGS[name])
    found = [text for text in TEXTS if pattern.search(text)]
    assert all(any(need in text for need in SETTINGS["needs"][name]) for text in found)


@given(lines, st.lists(st.text("岚峡甲", min_size=1, max_size=2), max_size=3))
def test_lines_that_hold_a_string(texts: list[str], strings: list[str]) -> None:
    held = [i for i, text in enumerate(texts) if any(string in text for string in strings)]
    assert sorted(Joined(texts).holders(strings)) == held


@given(lines, st.lists(st.text("岚峡甲", min_size=1, max_size=3), min_size=1, max_size=4))
def test_lines_that_hold_each_word(texts: list[str], words: list[str]) -> None:
    held = {word: {i for i, text in enumerate(texts) if word in text} for word in words}
    assert Joined(texts).by_word(Keywords(words)) == {word: found for word, found in held.items() if found}


@given(lines)
def test_rows_of_characters(texts: list[str]) -> None:
    sets = [char_set("岚峡"), char_set("甲乙岚")]
    rows = [(i, m.start()) for i, text in enumerate(texts) for m in re.finditer("(?=[岚峡][甲乙岚])", text)]
    assert list(Joined(texts).rows(sets)) == rows


@given(lines)
def test_rows_are_the_same_whichever_sets_were_looked_for_before(texts: list[str]) -> None:
    sets, firsts = [char_set(chars) for chars in ("岚峡", "甲乙岚", "岚", "峡甲")], Firsts()
    for _ in range(2):
        joined, other = Joined(texts, firsts), Joined(texts[:1], firsts)
        for first in sets:
            assert list(joined.rows([first, sets[1]])) == list(Joined(texts).rows([first, sets[1]]))
            assert list(other.rows([first])) == list(Joined(texts[:1]).rows([first]))


@pytest.mark.parametrize("name", SETTINGS["begins"])
@given(data=st.data())
def test_matches_begin_with_what_is_said_of_their_pattern(name: str, data: st.DataObject) -> None:
    pattern, sets = re.compile(SETTINGS[name]), [char_set(chars) for chars in SETTINGS["begins"][name]]
    letters = st.sampled_from([c for c in pattern.pattern if c.isalpha()])
    words = st.sampled_from([w for w in re.split(r"[^一-鿿]+", pattern.pattern) if len(w) in (2, 3)] or [""])
    texts = ["".join(data.draw(st.lists(letters | words, max_size=6))) for _ in range(3)]
    matches = [(i, *m.span(), m.lastgroup) for i, text in enumerate(texts) for m in pattern.finditer(text)]
    assert list(Joined(texts).begun(pattern, sets)) == matches


@given(lines)
def test_lines_that_a_pattern_matches(texts: list[str]) -> None:
    pattern = re.compile("[岚峡](?<![a甲].)[甲乙]?")
    matches = [(i, *m.span()) for i, text in enumerate(texts) for m in pattern.finditer(text)]
    assert list(Joined(texts).matches(pattern)) == matches
    assert list(Joined(texts).matching(pattern)) == sorted({i for i, *_ in matches})


def test_an_article_is_read_as_it_is_alone() -> None:
    rules, tier = load(), RulesTier()
    together = find_entities([view_of(text) for text in TEXTS], rules, tier)
    assert together == [find_entities([view_of(text)], rules, tier)[0] for text in TEXTS]


def test_what_lies_over_a_stretch_is_found_while_more_is_seen() -> None:
    text = Texts([view_of("徐青屹、廖名晋、林倩楠到场。")], load()).all[0]
    text.found.append(Candidate(0, 3, "PER", "entity.per.name", "0.90"))
    assert [c.start for c in text.over(2, 5)] == [0]
    text.found.append(Candidate(4, 7, "PER", "entity.per.split", "0.80"))
    assert {c.start for c in text.over(2, 5)} == {0, 4}
    assert not list(text.over(7, 8))

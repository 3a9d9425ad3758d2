"""Short patterns and word lists at one place: the quick ways say what the plain ones say."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.matchers import Ending, Late, Matcher, Openings, matcher

ENDINGS = ["前(?:任)?|(?<!高)原", "第[一二]+届", "[（(][^）)]{1,4}[）)]", r"\p{Han}某"]
WRITTEN = [
    r"(?<=甲|乙丙)丁", r"(?<!甲|乙丙?|(?<!乙)甲丙)丁", r"(?<=[甲乙]{1,2}(?:丙|丁甲)?)丁", r"(?<=^|丙[ ]?)丁",
    r"(?<!(?:甲|\A乙)丙)丁",
    r"\p{Han}甲", r"[^\p{Han}乙]", r"丁\s(?<=[\s\p{Han}]\s|甲丁\s)", r"(?<!丙|丁(?=甲))甲",
]  # fmt: skip


@pytest.mark.parametrize("source", ["[，,]", "(?:先生|女士)?(?:担任|为)", r"[甲乙]{1,3}\Z"])
def test_what_both_engines_read_alike_is_matched_by_the_standard_library(source: str) -> None:
    assert isinstance(matcher(source), re.Pattern)


@pytest.mark.parametrize(
    "source",
    [r"\p{L}+", r"\w\b", "(?>甲)", "(?:甲乙){e<=1}", "[[甲]--[乙]]", "(?<=甲+|乙丙)丁", "(?<=(?P<a>甲)|乙丙)丁"],
)
def test_all_else_is_left_to_regex(source: str) -> None:
    assert isinstance(matcher(source), regex.Pattern)


@pytest.mark.parametrize("source", ["(?P<one>(?:N{0,3}[NK]k)*+[NV]{0,2}N)K*#", "(?:NK?N)*+N", "(?:N|NK){1,2}+K"])
@given(text=st.text("NVKk#", max_size=14))
def test_possessive_parts_match_alike_in_both_engines(source: str, text: str) -> None:
    found, plain = matcher(source).search(text), regex.search(source, text)
    assert (found and found.regs) == (plain and plain.regs)


@pytest.mark.parametrize("source", WRITTEN)
@given(text=st.text("甲乙丙丁 s\\a", max_size=9))
def test_what_is_written_out_matches_alike_in_both_engines(source: str, text: str) -> None:
    found = matcher(source)
    assert isinstance(found, re.Pattern)
    assert [m.span() for m in found.finditer(text)] == [m.span() for m in regex.finditer(source, text)]


@pytest.mark.parametrize("source", ENDINGS)
@given(text=st.text("高原前任第一二届（甲乙）某", max_size=12), start=st.integers(0, 4), end=st.integers(0, 12))
def test_an_ending_is_what_a_search_up_to_the_end_finds(source: str, text: str, start: int, end: int) -> None:
    plain = regex.compile(rf"(?:{source})\Z").search(text, start, end)
    found = Ending(source).search(text, start, end)
    assert (found and found.span()) == (plain and plain.span())


@given(st.sets(st.text("甲乙丙", max_size=3), max_size=5), st.text("甲乙丙丁", max_size=8), st.integers(0, 9))
def test_openings_are_what_startswith_finds(words: set[str], text: str, at: int) -> None:
    assert Openings(words).at(text, at) == any(word and text.startswith(word, at) for word in words)


def test_a_late_pattern_is_compiled_when_it_is_asked() -> None:
    compiled: list[str] = []

    def compile(source: str) -> Matcher:
        compiled.append(source)
        return matcher(source)

    late = Late("[一二]月", compile)
    assert not hasattr(late, "groups") and not compiled
    assert [m[0] for m in late.finditer("一月、二月")] == ["一月", "二月"]
    assert late.search("三月") is None and late.sub("", "三月一月") == "三月"
    assert compiled == ["[一二]月"]

"""Words: both segmenters on Han, our own rule on the rest, marks as tokens of their own."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.rulebook import load
from pipeline.tokens.lexer import LONGEST_RUN
from pipeline.tokens.segment import segment
from pipeline.tokens.short import are_parted, words_of, words_over

NEWS = (
    "".join(chr(c) for c in (*range(0x4E00, 0x4E80), *range(0x5B00, 0x5B60), *range(0x7684, 0x7690)))
    + "的市公司人民不是了在有发展经济"
)


def words(text, marks=(), segmenter="rjieba"):
    tokens = segment(text, marks, load(), segmenter)
    return [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]


@settings(max_examples=60)
@given(st.text(alphabet=NEWS, min_size=1, max_size=40))
def test_jieba_and_rjieba_cut_han_alike(text):
    assert words(text) == words(text, segmenter="jieba")


def test_jieba_and_rjieba_on_a_paragraph():
    text = "省气象台昨日发布暴雨预警，提醒市民减少外出；教育部门通知沿海学校停课，港口渔船回港避风。"
    assert words(text) == words(text, segmenter="jieba")
    assert segment(text, (), load(), "jieba") == segment(text, (), load(), "rjieba")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A股收涨", ["A股", "收涨"]),
        ("iPhone 15 Pro发布", ["iPhone", "15", "Pro", "发布"]),
        ("300058.SZ", ["300058", ".", "SZ"]),
        ("（B2B-x）", ["（", "B2B-x", "）"]),
    ],
)
def test_other_signs_are_cut_by_our_own_rule(text, expected):
    assert words(text) == expected


def test_marks_are_tokens_of_their_own():
    tokens = segment("全长约5.2万公里左右的路", [(2, 10, "m")], load())
    assert ("约5.2万公里" in "全长约5.2万公里左右的路"[2:10]) and (2, 10, "m") in set(
        zip(tokens.starts, tokens.ends, tokens.tags, strict=True)
    )


def test_runs_without_punctuation_are_cut():
    text = "的" * (3 * LONGEST_RUN)
    tokens = segment(text, (), load())
    assert {LONGEST_RUN, 2 * LONGEST_RUN} <= set(tokens.ends)


@given(st.text(max_size=80))
def test_tokens_cover_all_but_space(text):
    tokens = segment(text, (), load())
    assert len(tokens.starts) == len(tokens.ends) == len(tokens.tags)
    assert all(a < b for a, b in zip(tokens.starts, tokens.ends, strict=True))
    inside = [i for a, b in zip(tokens.starts, tokens.ends, strict=True) for i in range(a, b)]
    assert inside == sorted(set(inside))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(inside))


MIXED = st.text(alphabet=NEWS[:40] + "A股T恤1２3.5，。、（）“” 　’'-_&x", min_size=1, max_size=16)


@given(MIXED | st.text(min_size=1, max_size=16))
def test_words_of_a_short_text_are_those_of_a_long_one(text):
    tokens = segment(text, (), load())
    assert list(words_of(text, load())) == list(zip(tokens.starts, tokens.ends, tokens.tags, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新桥垂直于", [(0, 2, "ns"), (2, 5, "v")]),
        ("A股涨1.5，", [(0, 2, "n"), (2, 3, "v"), (3, 6, "m"), (6, 7, "w")]),
        ("", []),
    ],
)
def test_words_of_have_their_parts_of_speech(text, expected):
    assert list(words_of(text, load())) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("拟派发现金红利", "拟 派发 现金 红利"),
        ("并处罚金2元", "并处 罚金 2 元"),
        ("新能源汽车产量", "新能源 汽车 产量"),
    ],
)
def test_words_end_where_the_segmenter_cuts_otherwise(text, words):
    assert segment(text, (), load()).words == words.split()


@example("000\x1f", 3)
@given(MIXED | st.text(min_size=2, max_size=16), st.integers(1, 15))
def test_words_over_a_break_are_those_of_the_whole(text, at):
    before, after = text[:at], text[at:]
    if not before or not after or "\n" in text:  # parts of lines
        return

    def touching(words):
        return [word for word in words if word[0] <= 0 <= word[1]]

    whole = [(a - at, b - at, text[a:b]) for a, b, _ in words_of(text, load())]
    assert touching(words_over(before, after, load())) == touching(whole)


@given(MIXED | st.text(min_size=2, max_size=16), st.integers(1, 15))
@example("今晚22分钟后", 4)
@example("购入A股，", 3)
@example("气温-1.5", 4)
def test_no_word_goes_over_a_break_that_parts(text, at):
    before, after = text[:at], text[at:]
    if before and after and are_parted(before, after, load()):
        assert not any(a < at < b for a, b, _ in words_of(text, load()))


@pytest.mark.parametrize(("before", "after"), [("全长，", "三公里"), ("晚上7点21", "群众赶到")])
def test_signs_and_numerals_part(before, after):
    assert are_parted(before, after, load())


@pytest.mark.parametrize(("before", "after"), [("购入A", "股，"), ("全长1", "6公里"), ("位于江", "湾区")])
def test_letters_numerals_and_han_may_go_on(before, after):
    assert not are_parted(before, after, load())

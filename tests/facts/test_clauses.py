"""Sentences as letters: bounds of clauses, words parted and joined, brackets, 每-phrases; topics of clauses."""

from __future__ import annotations

import pytest

from pipeline.core.model import Entity, EntityNorm
from pipeline.facts.clauses import coded_sentences
from pipeline.facts.coded import REACH
from pipeline.facts.quantity_change import is_compared
from pipeline.facts.topics import topic_of
from pipeline.rulebook import load
from tests.facts.amounts import measured


def items(marked: str) -> list[str]:
    """The items of the only sentence that holds a quantity, as word/letter."""
    view = measured(marked)
    (coded,) = coded_sentences(view, load())
    words = zip(coded.code, coded.starts, coded.ends, strict=True)
    return [f"{view.text[a:b]}/{letter}" for letter, a, b in words]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("存款规模较{3月末|2024-03-31}增加[5亿元|money|CNY]", ["规模/P", "较/C", "3月末/T", "增加/G", "5亿元/Q"]),
        ("女性占比为[45%|percent|%]", ["女性/N", "占比/P", "为/z", "45%/Q"]),
        ("销量同比增加[5%|percent|%]", ["同比/B", "增加/G", "5%/Q"]),
        ("每10股派[8元|money|CNY]", ["每10股/e", "8元/Q"]),
        ("每平方公里[3人|count|人]", ["每平方公里/e", "3人/Q"]),
        ("“新港”（旧港）全长[3公里|measure|km]", ["全长/P", "3公里/Q"]),
        ("公司（营收[3亿元|money|CNY]）", ["公司/N", "（/,", "营收/P", "3亿元/Q", "）/,"]),
        ("一辆黑色的轿车行驶[3公里|measure|km]", ["黑色/J", "的/d", "轿车/N"]),
        ("营业收入增加[3亿元|money|CNY]", ["营业收入/P", "增加/G"]),
        ("公司营收下滑[5%|percent|%] 股东减持", ["5%/Q", " /,", "股东/N"]),
        ("这家医院扩至[80张|count|张]", ["这家/x", "医院/N", "扩至/g"]),
        ("收入高出全省平均水平[5元|money|CNY]", ["收入/P", "高出/C", "全省/N"]),
        ("收入比全省高出[5元|money|CNY]", ["比/C", "全省/N", "高出/H"]),
        ("以不超过每股[5元|money|CNY]的价格收购", ["超过/E", "每股/e"]),
        ("得票数比马文涛多[5票|count|票]", ["比/C", "马文涛/N", "多/H"]),
        ("其中[12岁|age|a]的[5人|count|人]", ["其中/O", "12岁/N", "的/d", "5人/Q"]),
        ("[12岁|age|a]的[5名|count|名]学生", ["12岁/Q", "的/d", "5名/Q"]),
        ("票价由[5元|money|CNY]调整为[8元|money|CNY]", ["由/F", "调整为/g"]),
    ],
)
def test_items(marked, wanted):
    found = items(marked)
    assert all(item in found for item in wanted), found


def test_a_name_that_begins_within_a_word_parts_it():
    # The segmenter takes 由海新 for one word: 该公司由海新锂电60%控股.
    view = measured("公司由海新锂电[60%|percent|%]控股。")
    start = view.text.index("海")
    assert start not in view.tokens.starts
    view.entities = [Entity(start, start + 4, "ORG", EntityNorm("海新锂电", "e1", None, ()), "entity.given")]
    (coded,) = coded_sentences(view, load())
    assert coded.code.startswith("NFIQ")


def test_brackets_without_a_quantity_are_stepped_over():
    assert "旧港/N" not in items("新港（旧港）全长[3公里|measure|km]")


def test_spaces_between_all_words_part_nothing():
    assert not any(item.endswith("/,") for item in items("公司 今年 营收 又 增加 了 [3亿元|money|CNY]"))


def test_only_sentences_with_a_measured_quantity_are_coded():
    view = measured("第一句。港口长[3公里|measure|km]。这是[第三届|ordinal|届]。")
    assert [view.text[c.start : c.end] for c in coded_sentences(view, load())] == ["港口长3公里。"]


def test_a_clause_ends_at_its_commas_and_at_most_so_far_away():
    (coded,) = coded_sentences(measured("该港增长，吞吐量达[3吨|measure|t]，下降"), load())
    item = coded.code.index("Q")
    start, end = coded.clause(item)
    assert coded.code[start - 1] == coded.code[end] == ","
    (coded,) = coded_sentences(measured("企业" * 200 + "[3吨|measure|t]" + "企业" * 200), load())
    item = coded.code.index("Q")
    assert coded.clause(item) == (item - REACH, item + REACH + 1)


@pytest.mark.parametrize(
    ("marked", "topic"),
    [
        ("新桥终于建成，总长[3公里|measure|km]", "新桥"),
        ("局长表示，新桥建成，总长[3公里|measure|km]", "新桥"),
        ("{去年|2023}亏损[3亿元|money|CNY]，总长[3公里|measure|km]", None),
        ("在发布会上，总长[3公里|measure|km]", None),
        ("该县的农田增多，面积[3亩|measure|mu]", "农田"),
    ],
)
def test_topics(marked, topic):
    view = measured(marked)
    (coded,) = coded_sentences(view, load())
    start, _ = coded.clause(coded.code.rindex("Q"))
    found = topic_of(coded, start)
    assert (view.text[slice(*found)] if found else None) == topic


@pytest.mark.parametrize(
    ("code", "item", "compared"), [("NCTG", 2, True), ("TCTG", 0, False), ("TCTG", 2, True), ("kTCH", 1, True)]
)
def test_times_to_compare_with(code, item, compared):
    assert is_compared(code, 0, item) is compared

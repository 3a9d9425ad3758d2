"""The layout of pages: the cases, and what holds for any text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.model import Reference
from pipeline.core.offsets import Span, slices
from pipeline.intake.layout import lay_out
from pipeline.intake.lines import width_of
from pipeline.intake.page import ArticleLayout, Page
from pipeline.rulebook import load

CASES = json.loads((Path(__file__).parents[1] / "cases" / "layout.json").read_text("utf-8"))
RULES = load()


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_case(case: dict[str, Any]) -> None:
    page = lay_out(case["source"], RULES)
    lines = [[line.kind, a.text[line.start : line.end]] for a in page.articles for line in a.lines]
    assert lines == case["lines"]
    assert [f.kind for f in page.furniture] == case["furniture"]


def parts(article: ArticleLayout) -> Iterator[tuple[Span, ...]]:
    for part in (article.kicker, article.title, article.subtitle, article.dateline):
        if part is not None:
            yield part.spans
    for group in (article.headings, article.bylines, article.captions, article.pull_quotes, article.paragraphs):
        yield from (part.spans for part in group)


def check(source: str, page: Page) -> None:
    """Every non-space character stands in exactly one part; every line of clean text leads back to its part."""
    seen = [i for a in page.articles for spans in parts(a) for x, y in spans for i in range(x, y)]
    seen += [i for f in page.furniture for x, y in f.spans for i in range(x, y)]
    visible = [i for i in seen if not source[i].isspace()]
    assert sorted(visible) == [i for i, c in enumerate(source) if not c.isspace()]
    for article in page.articles:
        kinds = [line.kind for line in article.lines]
        assert all(kinds.count(kind) <= 1 for kind in ("kicker", "title", "subtitle", "dateline"))
        assert article.text.count("\n") == max(len(article.lines) - 1, 0)
        for line in article.lines:
            clean = article.text[line.start : line.end]
            told = slices(source, article.offsets.spans(line.start, line.end))
            assert clean.strip() and "".join(told.split()) == "".join(clean.split())


PIECES = st.sampled_from(
    [
        *"\n\n\n\n\r\0 \t\f\u3000\u2028\u200b\ufeff。，“”（）【】《》：—15年月万桥·",
        *(
            "\r\n",
            "\n\n",
            "\n\u3000\u3000",
            "滨江新桥",
            "通车",
            "全长三公里。",
            "本报讯",
            "（记者 周一帆）",
            "A7版",
            "𠮷",
            "😀",
        ),
        *(
            "本报记者 高远 摄",
            "□本报记者 何晴",
            "新闻背景",
            "图为新桥夜景。",
            "2021-03-04 10:12",
            "责编/高远",
            "（高远）",
        ),
        *(
            "滨江新桥昨日正式通车，全长三公里，两岸居民步行",
            "原标题：桥",
            "广告",
            "（下转A3版）",
            "新华社滨江3月4日电",
            "报道：",
        ),
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_character_is_lost_or_told_twice(source: str) -> None:
    check(source, lay_out(source, RULES))


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_text_is_laid_out(source: str) -> None:
    check(source, lay_out(source, RULES))


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["滨江新桥昨日通车。", "全长三公里，投资两亿元。", "“很方便。”市民说。"]), min_size=1))
def test_clean_paragraphs_come_through(paragraphs: list[str]) -> None:
    for parting in ("\n", "\r\n", "\n\n"):
        (article,) = lay_out(parting.join(paragraphs), RULES).articles
        assert article.text.split("\n") == paragraphs


@pytest.mark.parametrize("source", ["", " \n\r\n\u3000"])
def test_white_space_has_no_article(source: str) -> None:
    assert lay_out(source, RULES) == Page(())


@pytest.mark.parametrize(
    ("header", "reference"),
    [
        ("2021-3-4", Reference(2021, 3, 4, None, "dateline")),
        ("2021年03月04日 9:05:30", Reference(2021, 3, 4, "09:05:30", "dateline")),
        ("发布时间：2021/03/04 18:20 来源：滨江晨报", Reference(2021, 3, 4, "18:20:00", "dateline")),
        ("2021-13-40", None),
    ],
)
def test_a_dateline_tells_the_reference(header: str, reference: Reference | None) -> None:
    (article,) = lay_out(f"{header}\n昨日，滨江新桥通车。", RULES).articles
    assert article.reference == reference


def test_the_line_over_the_page_dates_articles_without_a_dateline() -> None:
    source = "滨江晨报 2021年3月4日 星期四 A7\n昨日，滨江新桥通车。\n原标题：新桥\n2021-3-9 8:00\n昨日，老桥拆除。"
    first, second = lay_out(source, RULES).articles
    assert first.reference == Reference(2021, 3, 4, None, "dateline")
    assert second.reference == Reference(2021, 3, 9, "08:00:00", "dateline")


@pytest.mark.parametrize(
    ("source", "persons"),
    [
        ("本报首席记者 周一帆、高远", [("周一帆", "记者"), ("高远", "记者")]),
        ("文/晨报记者 何晴 通讯员李木", [("何晴", "记者"), ("李木", "通讯员")]),
        ("（文/图 高远 欧阳雪）", [("高远", "文/图"), ("欧阳雪", "文/图")]),
        ("周一帆 文/图", [("周一帆", "文/图")]),
        ("本报记者 周一帆/文 高远/图", [("周一帆", "记者"), ("高远", "图")]),
        ("撰文/周一帆 摄影/高远 编辑/何晴", [("周一帆", "撰文"), ("高远", "摄影"), ("何晴", "编辑")]),
        ("（周一帆 高远）", [("周一帆", None), ("高远", None)]),
        ("本刊记者 周一帆 发自滨江", [("周一帆", "记者")]),
        ("晨报记者 周一帆 晨报编辑 高远", [("周一帆", "记者"), ("高远", "编辑")]),
        ("新华社滨江3月4日电（记者 何晴）", [("何晴", "记者")]),
        ("本报讯（记者周一帆\u3000通讯员高远）", [("周一帆", "记者"), ("高远", "通讯员")]),
    ],
)
def test_persons_of_a_byline(source: str, persons: list[tuple[str, str | None]]) -> None:
    text = (
        f"滨江新桥昨日通车。\n{source}\n"
        if not source.startswith(("本报讯", "新华社"))
        else f"{source}昨日，新桥通车。"
    )
    (article,) = lay_out(text, RULES).articles
    (byline,) = article.bylines
    assert slices(text, byline.spans) == source
    assert [(slices(text, p.spans), p.function) for p in byline.persons] == persons


@pytest.mark.parametrize(
    "source",
    ["的" * 300_000, "新桥\n" * 20_000, "（" * 100_000, "【新桥\n" * 20_000, "大中小 " * 50_000, "1\n" * 5_000],
    ids=["no signs", "short lines", "brackets", "open pull quotes", "menu", "digits"],
)
def test_long_inputs_come_through(source: str) -> None:
    check(source, lay_out(source, RULES))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("指标\t前三季度\t同比\n财政收入\t1234\t5.6\n财政支出\t4321\t-2.1\n", True),
        ("| 财政收入 | 1234 | \n| 财政支出 | 4321 | \n", True),
        ("姓名\t职务\t单位\n高远\t局长\t交通局\n何晴\t处长\t统计局\n", False),
    ],
)
def test_a_table_of_bare_numbers_is_told(rows: str, told: bool) -> None:
    source = f"滨江市公布前三季度指标\n滨江市统计局昨天公布了主要指标。\n{rows}局长说，四季度将继续努力。\n"
    tables = [issue.spans for issue in lay_out(source, RULES).issues if issue.code == "layout.table"]
    at = source.index(rows)
    assert tables == ([((at, at + len(rows.rstrip())),)] if told else [])


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    left = [
        "新桥昨日通车",
        "本报讯（记者 周一帆）新桥昨天",
        "上午通车，全长三公里，两岸的",
        "居民步行过桥，一共走了二十分",
        "钟。",
    ]
    right = [
        "公园下月开放",
        "本报讯（记者 何晴）记者昨天从",
        "园林局获悉，江湾公园的工程已",
        "经完工，面积三公顷，下月开放",
        "。",
    ]
    room = max(map(width_of, left)) + 3
    rows = [a + " " * (room - width_of(a)) + b for a, b in zip(left, right, strict=True)]
    source = "\n".join(rows) + "\n"
    page = lay_out(source, RULES)
    check(source, page)
    read = ["".join(slices(source, p.spans) for p in article.paragraphs) for article in page.articles]
    assert read == [
        "新桥昨天上午通车，全长三公里，两岸的居民步行过桥，一共走了二十分钟。",
        "记者昨天从园林局获悉，江湾公园的工程已经完工，面积三公顷，下月开放。",
    ]
    assert [issue.code for issue in page.issues] == ["layout.columns"]


def test_a_table_of_two_columns_is_none_of_text() -> None:
    rows = [f"{name}   {office}" for name, office in (("周一帆", "交通局局长"), ("高远", "统计局处长"))] * 3
    source = "\n".join(["昨天公布了名单，一共六人。", *rows, ""])
    assert not [issue for issue in lay_out(source, RULES).issues if issue.code == "layout.columns"]

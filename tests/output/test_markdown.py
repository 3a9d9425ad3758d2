"""The report: every fact with its place, the same told once, failures first, nothing that Markdown obeys."""

from __future__ import annotations

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.chain import extract
from pipeline.core.records import Document
from pipeline.output.markdown import SPECIAL, Markdown
from tests.records import FACTS, document


def report(*documents: Document) -> str:
    out = io.BytesIO()
    writer = Markdown(out)
    for d in documents:
        writer.write(d)
    writer.close()
    return out.getvalue().decode("utf-8")


def test_every_type_of_fact_is_told_with_its_place() -> None:
    told = report(document())
    assert told.startswith("# news.txt\n\npublished 2024-05-31; 1 article; 6 facts; 0 checks, 0 failed\n\n## 远澜新材")
    for line in (
        "- **贺岩** 说 (direct): 订单排到了年底 — 3:5",
        "- 营业收入: **>123,456,000 CNY** (12345.6万元, 2024-Q1) — 2:18".replace(">", "\\>"),
        "- 远澜新材 · 净利润: **+ to 30..40 % 每股 yoy** (3成至4成) (planned, denied) — 2:32",
        "- 公司 · 全省: **2** (第二) — 4:11",
        "- **贺岩**: former 董事长, 远澜新材 — 2:8",
        "- **sign** 签署: by 公司4月, of 供货协议, 2024-04 (estimated) — 4:1",
    ):
        assert line in told.splitlines()


def test_what_stands_in_the_source_is_no_markup() -> None:
    assert "## 远澜新材一季度净利润同比增长\\[/bold\\]" in report(document())


def test_offsets_stand_in_where_there_is_no_text() -> None:
    assert "— @" in report(document(FACTS[:1], with_text=False))


def test_what_does_not_add_up_comes_first_and_the_same_is_told_once() -> None:
    text = "全市林地共400公顷，其中竹林100公顷，占35%。\n2023年，全市苗圃面积103.08公顷。\n全市苗圃面积103公顷。"
    told = report(extract(text, "2024-05-31", with_text=True))
    heads = re.findall("^### (.*)$", told, flags=re.M)
    assert heads[0] == "What does not add up" and heads[-1] == "What adds up"
    assert "part-whole**: 35 stated, 25 ±0.66 expected — 全市林地: 400公顷 1:6; 100公顷 1:16; 35% 1:23" in told
    assert told.count("苗圃 · 面积: **") == 1
    assert "(103.08公顷, 2023) — 2:13; 103公顷 3:7" in told


@given(st.text(st.sampled_from("市局长说*_[]<>#\n\u200b\x1b“”增长3%年。，"), max_size=40))
@settings(max_examples=40)
def test_source_text_is_escaped_and_printable(text: str) -> None:
    if text.strip():
        told = report(extract(text, with_text=True))
        assert all(c == "\n" or c.isprintable() for c in told)
        for line in told.splitlines():
            bare = re.sub(r"\\.", "", line.lstrip("#- ")).replace("**", "")
            assert not SPECIAL.search(bare)


def test_of_three_that_state_the_same_one_is_told_with_three_places() -> None:
    told = report(extract("园林局局长周启明介绍了情况。园林局局长周启明说，明年再建。园林局局长周启明还说，后年建成。"))
    lines = [line for line in told.splitlines() if "局长" in line and "—" in line and line.startswith("-")]
    assert sum("周启明" in line.partition("—")[0] for line in lines if "园林局" in line.partition("—")[0]) == 1

"""Open ends and what goes on with them: across other text, backwards, or nowhere on the page."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from pipeline.intake.evidence import Decision
from pipeline.intake.layout import lay_out
from pipeline.rulebook import load
from tests.intake.made import make

RULES = load()
OTHER = (
    "江湾市图书馆昨天闭馆整理\n本报记者 高远\n"
    "馆方昨天表示，整理工作将持续三天。\n读者可以在网上续借图书，逾期的天数不计。\n"
)
FIRST = "滨江新桥昨日通车\n本报记者 何晴\n滨江新桥昨天上午通车，全长一千二百米，桥面有双向六车道。\n"


def paragraphs(source: str) -> list[list[str]]:
    page = lay_out(source, RULES)
    return [["".join(source[a:b] for a, b in p.spans) for p in x.paragraphs] for x in page.articles]


def open_ends(source: str) -> list[str]:
    issues = lay_out(source, RULES).issues
    return ["".join(source[a:b] for a, b in i.spans) for i in issues if i.code == "layout.open-end"]


def test_the_rest_of_a_sentence_may_stand_before_it() -> None:
    # Columns are read one by one: the end of the last paragraph was printed further up.
    page = (
        FIRST
        + "推动两岸融合发展。\n江湾市交通局介绍，新桥每天可以通行四万辆汽车，收费标准还没有确定。\n"
        + "新桥通车以后，两岸的企业将共同建设一座物流园区，进一步加强两岸之间的产业合作，\n"
    )
    assert paragraphs(page)[0][-1].endswith("进一步加强两岸之间的产业合作，推动两岸融合发展。")
    assert open_ends(page) == []


@pytest.mark.parametrize(
    "rest",
    [
        "特此公告\n江湾水泥股份有限公司董事会\n二〇二一年八月二十七日\n",
        "两岸的车流情况具体如下：\n",
        "公告的全文见http://bridge.example/notice/2021/a.pdf\n",
        "两岸通车，欢迎投出您的一票【点击看详情】\n",
        "（文章来源：滨江晨报）\n",
        "全市公路里程（公里） | 1820.5 | 5.6\n",
        "公路名称（公里）\t里程\n江湾公路一期工程\t182.5\n江湾公路二期工程\t\n",
    ],
)
def test_what_ends_as_no_sentence_does_and_breaks_off_nowhere(rest: str) -> None:
    assert open_ends("新桥昨天上午通车，全长一千二百米。\n桥面有双向六车道。\n市民昨天步行过桥。\n" + rest) == []


def test_what_breaks_off_behind_these_is_told() -> None:
    text = "新桥昨天上午通车，全长一千二百米。\n桥面有双向六车道。\n市民昨天步行过桥，沿着两岸的绿道走到\n"
    assert open_ends(text) == ["市民昨天步行过桥，沿着两岸的绿道走到"]


def test_a_bracket_is_closed_where_it_was_opened() -> None:
    page = (
        FIRST
        + "新桥两岸各有一座公园（东岸的公园占地三十亩，西岸的公园占\n\n工人在铺设草皮 本报记者 高远 摄\n\n"
        + "推动两岸融合。\n\n地二十亩），明年春天都将免费开放。\n"
    )
    assert "新桥两岸各有一座公园（东岸的公园占地三十亩，西岸的公园占地二十亩），明年春天都将免费开放。" in [
        p for a in paragraphs(page) for p in a
    ]


def test_digits_are_one_number_only_where_it_may_stand() -> None:
    page = (
        FIRST
        + "据介绍，新桥的合龙时间是去年12月1\n\n工人在铺设草皮 本报记者 高远 摄\n\n"
        + "8日上午，比原定的日期提前了二十天。\n"
    )
    assert any(p.endswith("12月18日上午，比原定的日期提前了二十天。") for a in paragraphs(page) for p in a)


def test_an_amount_stands_behind_the_verb_that_needs_one() -> None:
    page = (
        FIRST
        + "据市交通局统计，通车第一天经过新桥的各种车辆达到\n\n工人在铺设草皮 本报记者 高远 摄\n\n"
        + "两岸融合。\n\n4100辆，比原来的预计多出三成，早晚高峰的时候有些拥堵。\n"
    )
    assert any("各种车辆达到4100辆，比原来的预计多出三成" in p for a in paragraphs(page) for p in a)


def test_a_measure_word_is_whole_though_its_end_stands_in_another_article() -> None:
    page = (
        OTHER
        + "\n里处的桥面昨天结了冰，养护工人上午已经清理完毕，交通恢复了畅通。\n\n"
        + FIRST
        + "据介绍，昨天凌晨，江湾高速公路35公\n\n"
    )
    assert any("江湾高速公路35公里处的桥面昨天结了冰" in p for a in paragraphs(page) for p in a)
    assert open_ends(page) == []


@pytest.mark.parametrize("behind", ["此外，新桥两岸还各建了一座公园。\n", "据介绍，新桥两岸还各建了一座公园。\n", ""])
def test_a_damaged_end_stays_open_and_is_told(behind: str) -> None:
    page = FIRST + "新桥的总投资一共八亿六千万元，由江湾市交通局、江湾市水务局和两家企业共同承\n\n" + behind
    assert open_ends(page) == ["新桥的总投资一共八亿六千万元，由江湾市交通局、江湾市水务局和两家企业共同承"]
    assert "新桥的总投资一共八亿六千万元，由江湾市交通局、江湾市水务局和两家企业共同承" in [
        p for a in paragraphs(page) for p in a
    ]


def test_a_text_that_never_ends_its_sentences_is_no_page_of_open_ends() -> None:
    assert open_ends("新桥横跨两岸的灯火\n江水流过旧日的渡口\n" * 20) == []


def test_a_line_of_jump_names_its_article() -> None:
    page = (
        FIRST + "（下转A7版）\n" + OTHER + "（上接A1版《滨江新桥昨日通车》）\n新桥两岸还各建了一座公园，占地五十亩。\n"
    )
    found = paragraphs(page)
    assert found[0][-1] == "新桥两岸还各建了一座公园，占地五十亩。" and len(found) == 2


def test_every_jump_is_explained() -> None:
    for seed in range(6):
        decisions: list[Decision] = []
        lay_out(make(seed, "wrap-parted").text, RULES, decisions)
        assert {d.what for d in decisions} >= {"join", "head"}
        for d in decisions:
            assert d.holds <= (d.score > d.threshold)


def test_the_work_grows_with_the_page() -> None:
    def calls(pages: int) -> int:
        text = "\n".join(make(seed, "wrap").text for seed in range(pages))
        profile = cProfile.Profile()
        profile.runcall(lay_out, text, RULES)
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    calls(1)
    small, large = calls(8), calls(32)
    assert large < small * 4 * 1.4


def test_many_open_ends_stay_linear() -> None:
    text = "\n\n".join(["滨江新桥昨天上午通车，全长一千二百米。"] * 3 + ["新桥两岸各有一座公园和停车"]) + "\n\n"

    def calls(times: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(lay_out, text * times, RULES)
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    calls(1)
    assert calls(400) < calls(100) * 4 * 1.4

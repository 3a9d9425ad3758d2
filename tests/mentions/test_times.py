"""What times mean: against publication, against the article's own dates, against nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.model import Line, Reference, Time, View
from pipeline.lexis.fold import fold
from pipeline.lexis.timescan import scan_times
from pipeline.mentions.times import find_times
from pipeline.rulebook import load
from pipeline.tokens.sentences import split_sentences

RULES = load()
DATA = json.loads((Path(__file__).parents[1] / "cases" / "times.json").read_text("utf-8"))
CASES = [(text, values) for text, values in DATA["cases"]]


def reference(published: str | None) -> Reference | None:
    if published is None:
        return None
    day, _, clock = published.partition("T")
    year, month, number = map(int, day.split("-"))
    return Reference(year, month, number, clock or None)


def view_of(text: str, published: str | Reference | None, lines: list[Line] | None = None) -> View:
    folded = fold(text)
    ref = published if isinstance(published, Reference) else reference(published)
    return View(text, folded, lines or [], ref, sentences=split_sentences(folded, RULES))


def times(text: str, published: str | Reference | None = "2024-05-31", lines: list[Line] | None = None) -> list[Time]:
    view = view_of(text, published, lines)
    return find_times(view, scan_times(view.folded, RULES), RULES)


def values(text: str, published: str | Reference | None = "2024-05-31") -> list[str]:
    return [t.norm.value for t in times(text, published)]


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[t for t, _ in CASES])
def test_each_convention(marked: str, expected: list[str]) -> None:
    text = marked.replace("[", "").replace("]", "")
    found = times(text, DATA["published"])
    assert [text[t.start : t.end] for t in found] == [p.split("]")[0] for p in marked.split("[")[1:]]
    assert [t.norm.value for t in found] == expected


def test_the_days_of_the_story() -> None:
    text = "3月24日清晨，库房失火。当日7时许扑灭，8时30分恢复交通。次日上午，调查组进驻。"
    assert values(text, "2024-03-26") == ["2024-03-24TMO", "2024-03-24T07:00", "2024-03-24T08:30", "2024-03-25TMO"]


def test_the_year_of_the_story() -> None:
    assert values("公司2015年3月成立，5月投产，次年上市，当年盈利。") == ["2015-03", "2015-05", "2016", "2016"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("厂房2015年3月奠基，5月封顶，6月启用。", ["2015-03", "2015-05", "2015-06"]),
        ("2023年12月，方案获批。4月，码头动工。", ["2023-12", "2024-04"]),
        ("截至2023年12月31日，存款翻番。30日，网点开张。", ["2023-12-31", "2024-05-30"]),
        ("4月28日至2日封路，29日抢修。", ["2024-04-28/2024-05-02", "2024-04-29"]),
        ("凌晨2点15分报警，3点40分扑灭。", ["2024-05-31T02:15", "2024-05-31T03:40"]),
        ("去年5月受灾，8月复课。", ["2023-05", "2023-08"]),
        ("1942年至1945年8月在山区教书。", ["1942/1945-08"]),
        ("去年，6月8日开镰，7月2日入仓。", ["2023", "2023-06-08", "2023-07-02"]),
        ("1996年7月3日15时20分决口。15时50分，船队赶到。", ["1996-07-03T15:20", "1996-07-03T15:50"]),
        ("新馆2月29日奠基，预计2026年3月落成。4月，招标结束。", ["2024-02-29", "2026-03", "2024-04"]),
        ("4月当月，订单回升。", ["2024-04"]),
        ("去年今日，他在巡山；2019年的今天，他在学艺。", ["2023-05-31", "2019-05-31"]),
        ("比武将于3月举行，原定于2月的决赛取消。", ["2025-03", "2024-02"]),
        ("答辩将于5日举行。", ["2024-06-05"]),
        ("2023年，产值8亿元，比上年增长5%。税收也高于上年。", ["2023", "2022", "2022"]),
        ("4月份，订单比上月少，也比上年同月少。", ["2024-04", "2024-03", "2023-04"]),
        ("一季度，产量高于上季度，与上月持平。", ["2024-Q1", "2023-Q4", "2024-02"]),
        ("去年1月末，余额比上月末少，比上年同期多。", ["2023-01-31", "2022-12-31", "2022-01-31"]),
        ("2023年前三季度，订单比上年同期多。", ["2023-01/2023-09", "2022-01/2022-09"]),
        ("自2010年开馆以来，观众比上年多。", ["2010", "2023"]),
        ("2023年平稳，今年高于上年。", ["2023", "2024", "2023"]),
        ("2003年4月，河堤告急。他是泵站工人。4月15日，他下水。5月1日，水退。", ["2003-04", "2003-04-15", "2003-05-01"]),
        ("2003年结业，三年后安家。十年后，他返乡。", ["2003", "2006", "2016"]),
        ("5年前，他来到林场。三年后，他当上场长。", ["2019", "2022"]),
        ("2019年3月开挖，6个月后贯通。", ["2019-03", "2019-09"]),
        ("书市从6月7日开始。闭幕式11日晚举行。", ["2024-06-07", "2024-06-11TEV"]),
        ("台风将于1日夜间登陆。3日起，天气转晴。", ["2024-06-01TNI", "2024-06-03"]),
    ],
)
def test_what_is_left_out_comes_from_what_stands_before(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        ("2024-01-12", "12月31日，渡口关停；1月8日，新桥放行。", ["2023-12-31", "2024-01-08"]),
        ("2024-01-12", "12月用电量增长，11月持平。", ["2023-12", "2023-11"]),
        ("2024-01-12", "四季度开工率回升。", ["2023-Q4"]),
        ("2024-01-12", "灯会将于12月举行，请留意。", ["2024-12"]),
        ("2024-01-12", "全镇要在12月底前完成清淤，12月20日前验收。", ["2024-12-31", "2024-12-20"]),
        ("2024-01-12", "2024年1月10日查明，此人于12月24日到访。", ["2024-01-10", "2023-12-24"]),
        ("2023-12-28", "车站定于1月10日启用。", ["2024-01-10"]),
        ("1998-05-08", "本世纪末并入电网，上世纪30年代建坝。", ["19XX", "183X"]),
        ("2023-12-20", "元旦不休，春节照常营业。", ["2024-01-01", "2024-02-10"]),
        ("2023-12-25", "腊月初八施粥，腊月廿三祭灶。", ["2024-01-18", "2024-02-02"]),
        ("2024-06-02", "30日，车队返程。", ["2024-05-30"]),
        ("2024-06-03", "论坛5月30日开幕，2日闭幕。", ["2024-05-30", "2024-06-02"]),
    ],
)
def test_a_day_lies_near_the_publication(published: str, text: str, expected: list[str]) -> None:
    assert values(text, published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天（2月5日），山火扑灭。昨日，山火复燃。", ["XXXX-02-05", "XXXX-02-05", "XXXX-02-04"]),
        ("昨日（2月4日），山火复燃。今晨扑灭。", ["XXXX-02-04", "XXXX-02-04", "XXXX-02-05TMO"]),
        ("10月11日讯，截至2020年9月30日，存粮入库。今日开仓。", ["2020-10-11", "2020-09-30", "2020-10-11"]),
        ("5月7日（周四），货轮离港。", ["XXXX-05-07", "XXXX-05-07"]),
        ("2024年1月2日查明，此人于12月24日到访。", ["2024-01-02", "2023-12-24"]),
        ("金价创2020年7月以来新低，跌破10月12日的低点。", ["2020-07", "XXXX-10-12"]),
    ],
)
def test_the_article_tells_its_own_date(text: str, expected: list[str]) -> None:
    assert values(text, None) == expected


@pytest.mark.parametrize(
    ("text", "codes", "found"),
    [
        ("贷款2月30日到期。", ["time.impossible"], [""]),
        ("合同2023年2月29日生效。", ["time.impossible"], [""]),
        ("闰二月初一开渠。", ["time.impossible"], [""]),
        ("闸门25时开启，8时75分关闭。", ["time.impossible"] * 2, []),
        ("货物13月5日入库，5月41日出库。", ["time.impossible"] * 2, []),
        ("2月29日开渠，24时合闸。", [], ["2024-02-29", "2024-02-29T24:00"]),
    ],
)
def test_what_no_calendar_has_is_told(text: str, codes: list[str], found: list[str]) -> None:
    view = view_of(text, "2024-05-31")
    assert [t.norm.value for t in find_times(view, scan_times(view.folded, RULES), RULES)] == found
    assert [i.code for i in view.issues] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("截至20日18时，两万人转移。", ["time.to-come"]),
        ("截至3月2日，两万人转移。报名截至20日。截至12月底，渠道全线贯通。", []),
        ("昨（14）日，渡口关停。", ["published.otherwise"]),
        ("昨（17）日，渡口关停。今（18）日，渡口放行。", []),
        ("昨日（14日），渡口关停。", ["published.otherwise"]),
        ("昨日（5月17日），渡口关停。明天（周日）放行。", []),
        ("新华社临江5月20日电 渡口关停。", ["published.otherwise"]),
        ("新华社临江5月17日电 渡口20日放行。", []),
    ],
)
def test_what_speaks_against_the_publication_is_told(text: str, codes: list[str]) -> None:
    view = view_of(text, "2024-05-18")
    find_times(view, scan_times(view.folded, RULES), RULES)
    assert [i.code for i in view.issues] == codes
    view = view_of(text, None)
    find_times(view, scan_times(view.folded, RULES), RULES)
    assert view.issues == []


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        ("2024-05-18", "投票日定于明年1月11日。8日，双方辩论。", ["2025-01-11", "2024-05-08"]),
        ("2024-05-18", "书展定于明年1月11日开幕，13日闭幕。", ["2025-01-11", "2025-01-13"]),
        (None, "投票日定于明年1月11日。8日，双方辩论。", ["XXXX-01-11", "XXXX-XX-08"]),
        (None, "新桥计划2026年底前建成。今年客流比年初减少两成。", ["2026-12-31", "XXXX", "XXXX"]),
        (None, "到2027年，全县将建成三座水库。3月，新站开工。", ["2027", "XXXX-03"]),
        (None, "馆方力争到2026年建成新馆。上半年，观众增长两成。", ["2026", "XXXX-H1"]),
        (None, "船厂拟发行2020年度第五期债券。发行日为8月3日。", ["2020", "2020-08-03"]),
        (None, "2021年12月30日封港，1月4日放行。", ["2021-12-30", "2022-01-04"]),
        (None, "2021年12月31日封港，1日放行。8月投产，3月停产。", ["2021-12-31", "2022-01-01", "2022-08", "2022-03"]),
        (None, "2021年9月封港，3月放行。", ["2021-09", "2021-03"]),
        (None, "2023年扭亏。2022年春节期间（1月31日至2月6日）减产。", ["2023", "", "2022-01-31/2022-02-06"]),
    ],
)
def test_nothing_leans_on_what_is_but_planned(published: str | None, text: str, expected: list[str]) -> None:
    assert values(text, published) == expected


def test_a_day_ahead_is_not_the_event() -> None:
    assert values("决赛将于24日晚举行。下午的比赛已经结束。", "2024-05-22") == ["2024-05-24TEV", "2024-05-22TAF"]


def test_a_partial_reference() -> None:
    ref = Reference(None, 5, 22, None, "dateline")
    assert values("今日开赛，24日晚决赛，去年未办，昨天抽签。", ref) == [
        "XXXX-05-22",
        "XXXX-05-24TEV",
        "XXXX",
        "XXXX-05-21",
    ]


def test_without_any_reference() -> None:
    assert values("昨天开会，28日结束，12月9日再开，2020年停办。", None) == [
        "XXXX-XX-XX",
        "XXXX-XX-28",
        "XXXX-12-09",
        "2020",
    ]


def test_a_quarter_that_nothing_tells() -> None:
    assert values("截至上季度末，余额3亿元。", None) == ["XXXX-QX"]
    assert values("截至本季末，余额3亿元。", None) == ["XXXX-QX"]
    assert values("截至本季末，余额3亿元。") == ["2024-06-30"]


@pytest.mark.parametrize(
    "published", [None, Reference(None, 5, 31), Reference(2024), Reference(2024, 5), Reference(None, None, 31)]
)
def test_each_convention_stands_a_reference_of_which_parts_are_missing(published: Reference | None) -> None:
    for marked, _ in CASES:
        text = marked.replace("[", "").replace("]", "").partition(" @")[0]
        assert all(t.norm.kind for t in times(text, published))


def test_a_dateline_within_the_text() -> None:
    assert values("球赛今晚开打。\n本报福州5月22日电比赛今日抽签。", None) == [
        "XXXX-05-22TEV",
        "XXXX-05-22",
        "XXXX-05-22",
    ]


def test_header_lines_state_no_event() -> None:
    text = "2024-05-20 08:00:00\n9时许起火。"
    assert values(text)[1] == "2024-05-20T09:00"
    aside = times(text, "2024-05-21", [Line(0, 19, "dateline"), Line(20, 26)])
    assert aside[1].norm.value == "2024-05-21T09:00"


def test_present_starts_and_ends_at_publication() -> None:
    norm = times("目前在建", "2024-05-31T08:00:00")[0].norm
    assert (norm.value, norm.start, norm.end) == ("PRESENT_REF", "2024-05-31T08:00:00", "2024-05-31T08:00:00")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("等了十几分钟", "PT11M", "PT19M"),
        ("干了几十年", "P20Y", "P99Y"),
        ("住了数月", "P2M", "P9M"),
        ("走了两三天", "P2D", "P3D"),
        ("守了三五年", "P3Y", "P5Y"),
        ("刑期1至3年", "P1Y", "P3Y"),
        ("需要3个月到6个月", "P3M", "P6M"),
        ("养了十七八年", "P17Y", "P18Y"),
    ],
)
def test_fuzzy_durations(text: str, low: str, high: str) -> None:
    norm = times(text)[0].norm
    assert (norm.value, norm.low, norm.high) == ("", low, high)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("二十几年前失传", "1995-01-01", "2004-01-01"), ("两三天后返航", "2024-06-02", "2024-06-04")],
)
def test_a_vague_length_tells_between_which_dates(text: str, start: str, end: str) -> None:
    norm = times(text)[0].norm
    assert (norm.value, (norm.start or "")[:10], (norm.end or "")[:10]) == ("", start, end)


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("3时许", "approx"),
        ("约10时", "approx"),
        ("两点多钟", "more_than"),
        ("两个多小时", "more_than"),
        ("近五年", "nearly"),
        ("近五年来", None),
        ("24小时以内", "at_most"),
        ("3年以上", "at_least"),
        ("不足两天", "less_than"),
        ("年底", "end"),
        ("5月初", "start"),
        ("2010年左右", "approx"),
    ],
)
def test_modifiers(text: str, modifier: str | None) -> None:
    assert times(text)[0].norm.modifier == modifier


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("上周", "2024-05-20T00:00:00", "2024-05-27T00:00:00"),
        ("本周末", "2024-06-01T00:00:00", "2024-06-03T00:00:00"),
        ("昨日下午3时", "2024-05-30T15:00:00", "2024-05-30T16:00:00"),
        ("前天深夜", "2024-05-29T22:00:00", "2024-05-30T00:00:00"),
        ("今天下午2点半到4点", "2024-05-31T14:30:00", "2024-05-31T16:00:00"),
        ("过去三年", "2021-05-31T00:00:00", "2024-05-31T00:00:00"),
        ("6月第3个星期日", "2024-06-16T00:00:00", "2024-06-17T00:00:00"),
        ("九十年代", "1990-01-01T00:00:00", "2000-01-01T00:00:00"),
    ],
)
def test_intervals(text: str, start: str, end: str) -> None:
    norm = times(text)[0].norm
    assert (norm.start, norm.end) == (start, end)


def test_a_clock_of_either_half_has_no_value() -> None:
    assert [t.norm.value for t in times("大约九点到站，上午9点发车，21点收车")][0] == ""


PIECES = st.sampled_from(
    "0123456789一二三十百年月日号时点分秒天周上下本前后近每第半个多至到—-:：.“”农历正五一春节今昨晚次当 \n，。公里元人"
)


@given(
    st.text(PIECES, max_size=60),
    st.sampled_from([None, "2024-02-29", "2023-12-31T23:59:59", "0001-01-01", "9998-12-31"]),
)
def test_anything_can_be_resolved(text: str, published: str | None) -> None:
    for time in times(text, published):
        norm = time.norm
        assert 0 <= time.start < time.end <= len(text)
        assert norm.kind in ("date", "time", "period", "duration", "set")
        assert (norm.start is None) == (norm.end is None)
        assert norm.start is None or norm.end is None or norm.start <= norm.end
        assert time == next(t for t in times(text, published) if t.start == time.start)

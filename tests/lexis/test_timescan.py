"""Where times stand: the span of each expression on the text alone, and the date of header lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.lexis.fold import fold
from pipeline.lexis.timeatoms import grammar
from pipeline.lexis.timejoin import Joiner
from pipeline.lexis.timescan import scan_times
from pipeline.rulebook import load

RULES = load()
WORDS = (
    "2023年 5月 30日 昨日 今年 每周 三 周五 国庆节 中秋 上午 晚 9时 10:30 8点半 近 十年 两小时 目前 未来 同期 底 初 "
    "左右 以来 前 期间 假期 至今 的 、 和 至 到 — 起 T - ， 。 “ ” 在 上 以上"
).split()


def spans(text: str) -> list[str]:
    folded = fold(text)
    return [text[h.start : h.end] for h in scan_times(folded, RULES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨日下午3时许起火", ["昨日下午3时许"]),
        ("3月30日晚深夜时分到站", ["3月30日晚深夜时分"]),
        ("国庆节当天放假", ["国庆节当天"]),
        ("明天下午3点至5点办理", ["明天下午3点至5点"]),
        ("2020年8月至2021年2月施工", ["2020年8月至2021年2月"]),
        ("本月起至年底有效", ["本月起至年底"]),
        ("今明两年分批建设", ["今明两年"]),
        ("近14天内到过", ["近14天内"]),
        ("不到两个月建成", ["不到两个月"]),
        ("二〇二四年五月三十一日", ["二〇二四年五月三十一日"]),
        ("２０２４年５月３１日", ["２０２４年５月３１日"]),
        ("兩小時後開閘", ["兩小時後"]),
        ("“十四五”期间投产", ["“十四五”期间"]),
        ("“六一”国际儿童节游园", ["“六一”国际儿童节"]),
        ("2019年“金秋杯”", ["2019年"]),
        ("2003年初版", ["2003年"]),
        ("昨天今天都有雨", ["昨天", "今天"]),
        ("三秒后天全黑了", ["三秒后"]),
        ("两周前天天下雨", ["两周前"]),
    ],
)
def test_the_span_is_the_longest_expression(text: str, expected: list[str]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "提出三点建议",
        "一站式",
        "第3天",
        "5G网络",
        "比分21:18",
        "票价300日元",
        "推出3日游",
        "三年级",
        "百年老店",
        "十分感谢",
        "1/4决赛",
    ],
)
def test_words_that_hold_time_words_are_no_times(text: str) -> None:
    assert spans(text) == []


PIECES = st.sampled_from(
    "0123456789一二三十百年月日号时点分秒天周上下本前后近每第半个多至到—-:：.“”农历正五一春节今昨晚 \n，。公里元人"
)


@given(st.text(PIECES, max_size=60))
def test_hits_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for hit in scan_times(text, RULES):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.parts
        end = hit.end


@pytest.mark.parametrize("unit", ["1", "年", "一", "一年", "3-", "每", "3月5日至", "春节、", "“"])
def test_long_runs_are_scanned_to_their_end(unit: str) -> None:
    assert all(h.end <= 4000 * len(unit) for h in scan_times(unit * 4000, RULES))


CANDIDATE = re.compile(RULES.fragment("times", "CANDIDATE"))
FIRST = re.compile("{}{}".format(*(RULES.fragment("times", name) for name in ("FIRST", "BEHIND_FIRST"))))
FOLLOWED = [p for p in RULES.patterns("times") if p.get("follows")]


@settings(max_examples=300)
@given(st.text("0123456789一二三十廿百几上初年代世纪月日历号时财QH个余半内、至—-/·.", min_size=2, max_size=10))
def test_no_pattern_that_fits_is_spared_for_what_follows(text: str) -> None:
    for m in CANDIDATE.finditer(text):
        close, behind = text[m.end() - 1], text[m.end() : m.end() + 1]
        for pattern in FOLLOWED:
            follows = pattern.get("follows").get(close)
            if (
                follows is not None
                and not (behind and behind in follows)
                and not (m["joined"] and pattern.get("joined"))
            ):
                assert text[m.start()] in pattern.get("also", "") or pattern.regex.match(text, m.start()) is None


FIRST_AND_NEXT = "".join(RULES.fragment("times", name) for name in ("FIRST", "BEHIND_FIRST"))


@settings(max_examples=300)
@given(st.text(sorted({c for c in FIRST_AND_NEXT if c.isalnum()} | set(" .:：-—、/（(“某")), min_size=1, max_size=6))
def test_what_stands_behind_its_first_character_spares_no_candidate(text: str) -> None:
    begun = {m.start() for m in FIRST.finditer(text)}
    assert begun.issuperset(at for at in range(len(text)) if CANDIDATE.match(text, at))


class _Unsure(Joiner):
    """Takes no atom for a whole expression at once, so that all go the long way."""

    def _ends_at(self, char: str) -> bool:
        return False


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*WORDS, " "]), max_size=8).map("".join))
def test_what_is_told_at_once_is_what_the_long_way_joins(text: str) -> None:
    assert scan_times(text, RULES) == _Unsure(RULES).join(text, grammar(RULES).atoms([text])[0])

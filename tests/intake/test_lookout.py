"""What is seen in the lines of a page: no form that a line or two have is missed, and plain lines show nothing."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.matchers import HAN
from pipeline.intake.roles import ORDER, WRAPPED
from pipeline.intake.signs import signs_of
from pipeline.rulebook import load

SIGNS = signs_of(load(None))
for form in SIGNS.forms.of(ORDER):
    form.search("")  # compiled before an example is timed
PIECES = (
    "新桥今天通车",
    "本报记者 周一帆",
    "通讯员 高远",
    " 摄",
    "（高远）",
    "签约现场",
    "工人在路口指挥",
    "责编/何晴",
    "第7版",
    "2021-03-04 10:12",
    "广告",
    "新闻热线：66668888",
    "，",
    "。",
    "图为",
)
LINES = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join), min_size=1, max_size=6)


@given(LINES)
def test_no_form_of_a_line_is_missed(lines: list[str]) -> None:
    lookout = SIGNS.forms.lookout(*ORDER)
    seen = lookout.look(lines)
    for i, line in enumerate(lines):
        for form in SIGNS.forms.of(ORDER):
            assert form.search(line) is None or form in lookout.chosen(seen.get(i, 0))


@given(LINES, st.integers(1, 12))
def test_no_form_of_two_lines_is_missed(lines: list[str], at: int) -> None:
    text = "".join(lines)
    broken = [part for part in (text[:at], text[at:]) if part]
    lookout = SIGNS.forms.lookout(*ORDER)
    seen = lookout.look(broken)
    bits = reduce(or_, seen.values(), 0)
    if len(broken) > 1:  # a first sign stands in the first line, a last one in the second
        bits = seen.get(0, 0) & ~lookout.last | seen.get(1, 0) & ~lookout.first
    for form in SIGNS.forms.of(WRAPPED):
        assert form.search(text) is None or form in lookout.chosen(bits)


@given(st.lists(st.sampled_from((*PIECES, "本报讯", "（记者 高远）", "电（", "报道：")), max_size=4).map("".join))
def test_no_text_with_a_form_lacks_what_it_needs(text: str) -> None:
    for role in ("run-in", "trailing", "byline"):
        found = any(form.search(text) is not None for form in SIGNS.forms.of((role,)))
        assert not found or SIGNS.forms.needed(role).search(text) is not None


@pytest.mark.parametrize("line", ["两岸居民昨天步行过桥", "全长三公里，", "局长说，明年还要再修一座。"])
def test_in_a_plain_line_nothing_is_seen(line: str) -> None:
    assert SIGNS.forms.lookout(*ORDER).look([line]) == {}


def test_han_is_what_unicode_says() -> None:
    every = "".join(chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
    assert re.sub(f"[{HAN}]+", "", every) == regex.sub(r"\p{Han}+", "", every)

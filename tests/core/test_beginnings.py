"""What a pattern may begin with is read off its source."""

from __future__ import annotations

import pytest
import regex

from pipeline.core.beginnings import beginnings
from pipeline.rulebook import load

SIGNS = "0129ABab一二三上下年月日前后零元的，。 \n#"


@pytest.mark.parametrize(
    ("source", "signs"),
    [
        ("[一二]月", "一二"),
        ("上半年|下", "上下"),
        ("第?[一二]", "一二第"),
        ("(?:上|下)?[年月]", "上下年月"),
        ("(?P<a>前{0,2})(?>后*)日", "前后日"),
        ("(?<=年)(?:前|后)[0-9]", "前后"),
        ("(?!三)[一二三]", "一二三"),
        ("[0-9]*+年", "0129年"),
        (r"\d+年", "0129"),
        (r"\A前", "前"),
        ("[^一二]?+上", "".join(c for c in SIGNS if c not in "一二")),
    ],
)
def test_the_first_signs_are_told(source: str, signs: str) -> None:
    may = beginnings(source)
    assert {c for c in SIGNS + "第" if may(c)} == {c for c in SIGNS + "第" if c in signs or "^" in source and c == "第"}


@pytest.mark.parametrize("source", ["一?", "(?i)a", r"\p{Han}年", "", r"(?P<a>一)?(?P=a)", "前|"])
def test_what_is_not_read_may_begin_with_anything(source: str) -> None:
    assert all(map(beginnings(source), SIGNS))


def test_no_beginning_of_a_rule_is_lost() -> None:
    for rule in load().patterns("times"):
        # What stands before the place is not known: the looks back are left out.
        bare = regex.compile(
            regex.sub(r"\(\?<[=!](?P<in>(?:[^()\[\\]|\\.|\[(?:[^\]\\]|\\.)*+\]|\((?&in)\))*+)\)", "", rule.source)
        )
        for sign in SIGNS:
            if any(bare.match(sign + rest) for rest in ("", "1", "年", "一", "半年", "月1日", "日", "10年代")):
                assert rule.begins(sign), (rule.id, sign)

"""Listed firms before a code or a price."""

from __future__ import annotations

import pytest

from pipeline.mentions.entities import RulesTier, find_entities
from pipeline.rulebook import load
from tests.mentions.views import view_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("恒升医药(600999.SH)公告", "恒升医药"),
        ("昨日，恒升医药（600999）涨停", "恒升医药"),
        ("港股恒升控股(01999.HK)走高", "恒升控股"),
        ("恒升医药(6.440,0.21,3.37%)：回购完成", "恒升医药"),
        ("恒升A(000999)高开", "恒升A"),
        ("HSL科技(000999)高开", "HSL科技"),
        ("恒升材料（SZ 300999，收盘价：8.7元）", "恒升材料"),
        ("*ST恒升(600999)股价下跌", "*ST恒升"),
        ("原标题：道明光学(002999.SZ)：解除质押", "道明光学"),
        ("减持计划恒升材料(300999)", "恒升材料"),
        ("污染环境三力士(002999)整改", "三力士"),
        ("套现1.63亿恒升酒(000999)", "恒升酒"),
        ("主席辞职浙江众成(002999)停牌", "浙江众成"),
    ],
)
def test_the_name_ends_at_the_bracket(text: str, name: str) -> None:
    assert name in [
        text[e.start : e.end] for e in find_entities([view_of(text)], load(), RulesTier())[0] if e.label == "ORG"
    ]


def test_a_bracket_with_other_figures_names_no_firm() -> None:
    text = "人数最多的一组(12)已经出发"
    assert find_entities([view_of(text)], load(), RulesTier()) == [[]]

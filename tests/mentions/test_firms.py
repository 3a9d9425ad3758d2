"""Firms that carry no legal form: a sentence reads the same with whatever name stands in it."""

from __future__ import annotations

from collections.abc import Set

import pytest

from pipeline.mentions.entities import RulesTier, find_entities
from pipeline.rulebook import load
from tests.mentions.views import view_of

NAMES = ["远山博纳", "金禾微电", "普达瑞通", "海岳通信", "青柏生物", "柏诚环境", "襄阳轴承", "江阴化工", "苏州晶方"]
"""Made of a name, of common words, of a place and a line of business."""
SHORT = ["拓尔森", "科蓝星", "艾维斯", "卓克尼"]
SENTENCES = [
    "{}与金川集团签署战略合作协议。",
    "金川集团与{}签署合作协议。",
    "公司拟收购{}51%股权。",
    "{}控股股东拟减持公司股份。",
    "昨天，{}在机构调研时表示，订单饱满。",
]
LONGER = [
    "全资子公司{}获得一笔补助。",
    "截至收盘，{}涨3.2%，报12.5元。",
    "{}股价跌逾5%。",
    "{}董事长周启明到场。",
    "{}、恒安集团和宁德时代等公司参展。",
    "昨天，宁德时代、恒安集团、{}都到了。",
]


def organisations(text: str) -> Set[str]:
    return {text[e.start : e.end] for e in find_entities([view_of(text)], load(), RulesTier())[0] if e.label == "ORG"}


@pytest.mark.parametrize("sentence", [*SENTENCES, *LONGER])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_of_a_firm_names_it(sentence: str, name: str) -> None:
    assert name in organisations(sentence.format(name))


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", SHORT)
def test_short_names_are_seen_by_the_surest_cues(sentence: str, name: str) -> None:
    assert name in organisations(sentence.format(name))


@pytest.mark.parametrize(
    "text",
    [
        "股东周启明拟减持公司股份。",
        "受让周启明持有的5%股份。",
        "布伦特原油涨3%，比特币跌2%。",
        "该公司大股东没有表态。",
        "半导体板块涨2.1%。",
        "合资公司51%股权已经转让。",
        "商业公司、工业公司、贸易公司都在内。",
    ],
)
def test_what_else_is_owned_rises_or_sells_is_no_firm(text: str) -> None:
    assert not organisations(text)


def test_the_text_may_begin_with_the_cue() -> None:
    assert not organisations("3%股权已经转让，股价未动。")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("锦江股份和京东物流都到了。", {"锦江股份", "京东物流"}),
        ("上海股份制改革开始了。", set()),
        ("VR眼镜、5G通信和eLTE通信都在展出。", set()),
        ("襄阳轴承集团股份有限公司今天开会，襄阳轴承派人到场。", {"襄阳轴承集团股份有限公司", "襄阳轴承"}),
    ],
)
def test_names_of_firms_by_their_parts(text: str, names: Set[str]) -> None:
    assert organisations(text) == names

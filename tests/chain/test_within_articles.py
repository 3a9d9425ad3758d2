"""Facts never mix two articles of a page: who 他 is, which meeting 会上 means, is resolved within one."""

from __future__ import annotations

import pytest

import pipeline
from pipeline.core.records import QuoteFact

FIRST = (
    "滨江新桥昨日通车\n本报记者 何晴\n"
    "江湾市交通局局长周启明昨天在滨江新桥通车仪式上介绍，新桥全长一千二百米，总投资8.6亿元。\n"
    "远澜新材公司承建了新桥的主跨部分，工期一共两年。\n\n\n"
)
SECOND = "城东菜市场明起试营业\n本报记者 高远\n"


@pytest.mark.parametrize(
    "body",
    [
        "他说，菜市场一共有215个摊位，首批商户已经全部签约，明天上午八点开门。\n",
        "该公司表示，菜市场一共有215个摊位，首批商户已经全部签约，明天上午八点开门。\n",
        "会上介绍，菜市场一共有215个摊位，首批商户已经全部签约，明天上午八点开门。\n",
    ],
)
def test_nothing_is_resolved_across_articles(body: str) -> None:
    document = pipeline.extract(FIRST + SECOND + body)
    assert len(document.articles) == 2
    start = len(FIRST)
    for fact in document.facts:
        inside = [a >= start for arg in _spans(fact) for a, _ in arg]
        assert len(set(inside)) == 1, fact
        assert (fact.article == "a2") == inside[0]
    told = [f for f in document.facts if f.article == "a2" and isinstance(f, QuoteFact)]
    for quote in told:
        assert "周启明" not in str(quote.norm) and "远澜" not in str(quote.norm)


def test_the_same_is_resolved_within_one() -> None:
    # The control: without the second title both sentences are of one article.
    document = pipeline.extract(FIRST.rstrip() + "\n他说，新桥每天可以通行四万辆汽车。\n")
    quotes = [f for f in document.facts if isinstance(f, QuoteFact)]
    assert any(q.norm.speaker == "周启明" and q.norm.resolved_from for q in quotes)


def _spans(fact: object) -> list[tuple[tuple[int, int], ...]]:
    args = getattr(fact, "args")  # noqa: B009
    found = [getattr(args, name, None) for name in args.__struct_fields__]
    return [arg.spans for arg in found if hasattr(arg, "spans")]

"""Hand-made output records for tests that need no chain."""

from __future__ import annotations

from pipeline.core import records as r

TITLE = "远澜新材一季度净利润同比增长[/bold]"
SOURCE = (
    f"{TITLE}\n远澜新材董事长贺岩介绍，营业收入达12345.6万元，同比增长3成至4成。\n"
    "他说：“订单排到了年底。”公司4月\n签署供货协议，居全省第二。"
)


def arg(text: str, mention: str | None = None, after: int = 0) -> r.Arg:
    """The argument that stands as ``text`` in `SOURCE`."""
    start = SOURCE.index(text, after)
    return r.Arg(mention=mention, text=text, spans=((start, start + len(text)),))


def assertion(modality: str = "asserted", polarity: str = "affirmed") -> r.Assertion:
    return r.Assertion(modality=modality, polarity=polarity, source=None)  # type: ignore[arg-type]


COMMON = {"article": "a1", "sentence": ((0, len(SOURCE)),), "same_as": (), "rule": "fact.test", "confidence": "1.00"}
AMOUNT = {
    "value": None,
    "low": None,
    "high": None,
    "unit": "",
    "modifier": None,
    "time": None,
    "change": None,
    "per": None,
}

FACTS: tuple[r.FactRecord, ...] = (
    r.RoleFact(
        id="f1", args=r.RoleArgs(person=arg("贺岩"), title=arg("董事长"), org=arg("远澜新材", after=20)),
        norm=r.RoleNorm(former=True), assertion=assertion(), **COMMON,
    ),
    r.QuantityFact(
        id="f2", args=r.QuantityArgs(quantity=arg("12345.6万元", "m1"), property=arg("营业收入")),
        norm=r.QuantityFactNorm(
            **{**AMOUNT, "value": "123456000", "unit": "CNY", "modifier": "more_than", "time": "2024-Q1"}
        ),
        assertion=assertion(), **COMMON,
    ),
    r.QuantityFact(
        id="f3", args=r.QuantityArgs(quantity=arg("3成至4成"), subject=arg("远澜新材"), property=arg("净利润")),
        norm=r.QuantityFactNorm(
            **{**AMOUNT, "low": "30", "high": "40", "unit": "%", "per": "每股",
               "change": r.Change(direction="increase", role="to", basis="yoy")}
        ),
        assertion=assertion("planned", "denied"), **COMMON,
    ),
    r.QuoteFact(
        id="f4", args=r.QuoteArgs(content=arg("订单排到了年底"), speaker=arg("他"), cue=arg("说")),
        norm=r.QuoteNorm(kind="direct", speaker="贺岩", resolved_from="他"), assertion=assertion(), **COMMON,
    ),
    r.EventFact(
        id="f5", args=r.EventArgs(trigger=arg("签署"), agent=arg("公司4月\n"), object=arg("供货协议")),
        norm=r.EventNorm(type="sign", time="2024-04"), assertion=assertion("estimated"), **COMMON,
    ),
    r.RankFact(
        id="f6", args=r.RankArgs(rank=arg("第二"), subject=arg("公司"), scope=arg("全省")),
        norm=r.RankNorm(value="2", low=None, high=None), assertion=assertion(), **COMMON,
    ),
)  # fmt: skip


def document(facts: tuple[r.FactRecord, ...] = FACTS, with_text: bool = True, source: str = "news.txt") -> r.Document:
    title = r.Slice(text=TITLE, spans=((0, len(TITLE)),))
    return r.Document(
        schema="zhfacts/1",
        doc=r.Doc(
            id="news", source=source, sha256="0" * 64, encoding="utf-8", replaced=0, chars=len(SOURCE),
            published="2024-05-31", published_from="option", meta={"section": "公司"},
            **({"text": SOURCE} if with_text else {}),
        ),
        articles=(
            r.Article(
                id="a1", kicker=None, title=title, subtitle=None, headings=(), dateline=None, bylines=(), captions=(),
                pull_quotes=(), paragraphs=(r.Paragraph(spans=((len(TITLE) + 1, len(SOURCE)),)),),
            ),
        ),
        furniture=(), mentions=(), facts=facts, checks=(), issues=(),
        producer=r.Producer(version="0.1.0", rules="sha256:0"),
    )  # fmt: skip

"""A document that is hard to carry to other tools: characters beyond the basic plane, CRLF, marks that cross, pieces in
another order than the text's, markup, control characters."""

from __future__ import annotations

from typing import Any

from pipeline.core import records as r

TEXT = (
    "𠮷岭县🚄通车</script>&\"'\r\n"
    "　　记者𠮟野报道，𠮷岭县交通局说：“全线\r\n"
    "　　（下转第二版）\r\n"
    "长58.5公里，\x07投资约３０亿元。”\r\n"
    "𠮷岭县交\r\n"
    "通局局长白简介绍，[/bold]明年再建2条🚄。\u2028完\r\n"
)


def spans(*pieces: str, after: int = 0) -> r.Spans:
    """The places of ``pieces`` in `TEXT`, one behind the other from ``after`` on."""
    out = []
    for piece in pieces:
        start = TEXT.index(piece, after)
        after = start + len(piece)
        out.append((start, after))
    return tuple(out)


def sliced(places: r.Spans) -> str:
    return "".join(TEXT[a:b] for a, b in places)


def entity(id_: str, label: str, places: r.Spans, name: str) -> r.EntityMention:
    norm = r.EntityNorm(name=name, entity=f"e{id_[1:]}", code=None, candidates=())
    return r.EntityMention(
        id=id_, article="a1", label=label, text=sliced(places), spans=places, norm=norm,  # type: ignore[arg-type]
        rule=f"entity.{label.lower()}", confidence="0.97",
    )  # fmt: skip


def quantity(id_: str, places: r.Spans, value: str, unit: str, kind: str = "measure") -> r.QuantityMention:
    norm = r.QuantityNorm(
        kind=kind, value=value, low=None, high=None, unit=unit, modifier=None, si=None  # type: ignore[arg-type]
    )  # fmt: skip
    return r.QuantityMention(
        id=id_, article="a1", text=sliced(places), spans=places, norm=norm, rule="quantity.measure", confidence="0.98"
    )


def arg(places: r.Spans, mention: str | None = None) -> r.Arg:
    return r.Arg(mention=mention, text=sliced(places), spans=places)


BUREAU = spans("𠮷岭县交\r\n通局")
"""A name over a hard line break."""
CONTENT = spans("全线", "长58.5公里，\x07投资约３０亿元。")
"""A quotation that an interruption parts."""
BACKWARDS = (spans("白简")[0], spans("交通局")[0])
"""Pieces in the order of the sentence, which is not the text's."""
MENTIONS: tuple[r.MentionRecord, ...] = (
    entity("m1", "LOC", spans("𠮷岭县"), "𠮷岭县"),
    entity("m2", "PER", spans("𠮟野"), "𠮟野"),
    entity("m3", "ORG", spans("𠮷岭县交通局"), "𠮷岭县交通局"),
    quantity("m4", spans("58.5公里"), "58.5", "km"),
    quantity("m5", spans("约３０亿元"), "3000000000", "CNY", "money"),
    entity("m6", "ORG", BUREAU, "𠮷岭县交通局"),
    entity("m7", "PER", spans("白简", after=BUREAU[0][1]), "白简"),
    quantity("m8", spans("2条🚄"), "2", "条", "count"),
)
COMMON: dict[str, Any] = {"article": "a1", "sentence": ((0, len(TEXT)),), "same_as": (), "confidence": "0.90"}
ASSERTION = r.Assertion(modality="reported", polarity="affirmed", source=None)
AMOUNT: dict[str, Any] = {"low": None, "high": None, "modifier": None, "time": None, "change": None, "per": None}


def facts() -> tuple[r.FactRecord, ...]:
    by_id = {m.id: m for m in MENTIONS}
    named = {id_: arg(m.spans, id_) for id_, m in by_id.items()}
    return (
        r.QuoteFact(
            id="f1", args=r.QuoteArgs(content=arg(CONTENT), speaker=named["m3"], cue=arg(spans("说"))),
            norm=r.QuoteNorm(kind="direct", speaker="𠮷岭县交通局", resolved_from=None), assertion=ASSERTION,
            rule="fact.quote.colon", **COMMON,
        ),
        r.QuantityFact(
            id="f2", args=r.QuantityArgs(quantity=named["m4"], subject=arg(spans("全线")), property=arg(spans("长"))),
            norm=r.QuantityFactNorm(value="58.5", unit="km", **AMOUNT), assertion=ASSERTION,
            rule="fact.quantity.property", **COMMON,
        ),
        r.QuantityFact(
            id="f3", args=r.QuantityArgs(quantity=named["m5"], subject=arg(spans("全线")), property=arg(spans("投资"))),
            norm=r.QuantityFactNorm(value="3000000000", unit="CNY", **AMOUNT), assertion=ASSERTION,
            rule="fact.quantity.property", **COMMON,
        ),
        r.RoleFact(
            id="f4", args=r.RoleArgs(person=named["m7"], title=arg(spans("局长")), org=named["m6"]),
            norm=r.RoleNorm(former=False), assertion=ASSERTION, rule="fact.role.apposition", **COMMON,
        ),
        r.EventFact(
            id="f5", args=r.EventArgs(trigger=arg(spans("通车")), agent=arg(BACKWARDS), object=arg(spans("🚄"))),
            norm=r.EventNorm(type="launch", time=None), assertion=ASSERTION, rule="fact.event.trigger", **COMMON,
        ),
        # It crosses the bureau's name.
        r.EventFact(
            id="f6", args=r.EventArgs(trigger=arg(spans("通局局长白"))),
            norm=r.EventNorm(type="appoint", time=None), assertion=ASSERTION, rule="fact.event.trigger", **COMMON,
        ),
    )  # fmt: skip


def hard(id_: str = "报纸/第1版 <a>", text: str = TEXT) -> r.Document:
    """The document; facts and mentions are written by hand, so each says just what is asked of a format."""
    title = r.Slice(text=sliced(spans("𠮷岭县🚄通车")), spans=spans("𠮷岭县🚄通车"))
    first, second = spans("记者𠮟野报道，𠮷岭县交通局说：“全线", "长58.5公里，\x07投资约３０亿元。”")
    body = r.Paragraph(spans=(first, second))
    rest = r.Paragraph(spans=((BUREAU[0][0], len(TEXT) - 2),))
    return r.Document(
        schema="zhfacts/1",
        doc=r.Doc(
            id=id_, source=f"{id_}.txt", sha256="0" * 64, encoding="utf-8", replaced=0, chars=len(TEXT),
            published=None, published_from=None, meta={}, text=text,
        ),
        articles=(
            r.Article(
                id="a1", kicker=None, title=title, subtitle=None, headings=(), dateline=None, bylines=(), captions=(),
                pull_quotes=(), paragraphs=(body, rest),
            ),
        ),
        furniture=(), mentions=MENTIONS, facts=facts(), checks=(), issues=(),
        producer=r.Producer(version="0.1.0", rules="sha256:0"),
    )  # fmt: skip

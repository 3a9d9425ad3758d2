"""Explanations: what was found is what extract finds, every span is its slice, guards and losers are named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.core.errors import UsageError
from pipeline.core.explanations import Explanation, Finding
from pipeline.core.records import Document
from pipeline.intake.decode import decode

SAMPLES = Path(__file__).parents[2] / "samples"
TEXT = (
    "青澜市新建公路三十五点六万公里，总投资超过85亿元，同比增长5.6%，去年底完工。"
    "周启明局长说，G60高速一直通畅，他住301医院，拨打热线12345。"
)


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(SAMPLES.iterdir()):
        data = path.read_bytes()
        if path.suffix == ".jsonl":
            for line in data.decode().splitlines():
                yield path.name, json.loads(line)["text"]
        elif path.suffix == ".txt":
            yield path.name, decode(data).text


def whole(text: str, published: str | None = "2024-05-31") -> Explanation:
    (one,) = pipeline.explain(text, published)
    return one


def found(explanation: Explanation, text: str, **wanted: str) -> list[Finding]:
    return [
        f for f in explanation.findings if f.text == text and all(getattr(f, key) == v for key, v in wanted.items())
    ]


def steps(finding: Finding) -> list[tuple[str, str, str]]:
    return [(s.what, s.text, s.value) for s in finding.steps]


def assert_slices(value: object, source: str) -> None:
    if isinstance(value, dict):
        if "spans" in value:
            assert value["text"] == "".join(source[a:b] for a, b in value["spans"])
        for inner in value.values():
            assert_slices(inner, source)
    elif isinstance(value, list):
        for inner in value:
            assert_slices(inner, source)


def assert_same(document: Document, explanation: Explanation) -> None:
    """What is explained as found is the document, id by id, under its own rule."""
    told = {f.id: f for f in explanation.findings if f.id is not None}
    records = (*document.mentions, *document.facts)
    assert told.keys() == {r.id for r in records}
    for r in records:
        f = told[r.id]
        assert f.rule is not None and f.rule.id == r.rule and f.rule.line > 0
        assert f.article == r.article and f.status == "found"
    for mention in document.mentions:
        plain = msgspec.to_builtins(mention)
        assert (told[mention.id].text, told[mention.id].spans) == (mention.text, mention.spans)
        assert told[mention.id].norm == plain["norm"]


@pytest.mark.parametrize(("name", "text"), [pytest.param(n, t, id=n) for n, t in texts()])
def test_samples_are_explained_as_they_are_extracted(name: str, text: str) -> None:
    explanation = whole(text)
    assert_same(pipeline.extract(text, "2024-05-31"), explanation)
    assert_slices(json.loads(msgspec.json.encode(explanation)), text)
    amounts = [f for f in explanation.findings if f.kind == "mention" and f.type in ("quantity", "time")]
    assert all(f.steps for f in amounts if f.status == "found")


@settings(max_examples=40)
@given(st.text(st.sampled_from("0123456789一二三十百万亿元个%年月日去今底超过同比增长周启明说“”，。 \nG号路第")))
def test_any_text_is_explained_as_it_is_extracted(text: str) -> None:
    if not text.strip():
        return
    explanation = whole(text)
    assert_same(pipeline.extract(text, "2024-05-31"), explanation)
    assert_slices(json.loads(msgspec.json.encode(explanation)), text)


def test_the_steps_of_an_amount() -> None:
    (amount,) = found(whole(TEXT), "三十五点六万公里", status="found", kind="mention")
    assert steps(amount)[:4] == [
        ("numeral", "三十五点六", "35.6"),
        ("numeral", "万", "×10^4"),
        ("number", "三十五点六万", "356000"),
        ("unit", "公里", "km"),
    ]
    (money,) = found(whole(TEXT), "超过85亿元", status="found", kind="mention")
    assert ("approximator", "超过", "more_than") in steps(money)
    files = {s.rule.file for s in money.steps if s.rule}
    assert {"rules/currencies.tsv", "rules/approximators.tsv"} <= files


def test_the_steps_of_a_relative_time() -> None:
    (time,) = found(whole(TEXT), "去年底", status="found")
    assert steps(time) == [
        ("year", "去年", "2023"),
        ("edge", "底", "2023-12-31"),
        ("anchor", "去年底", "2024-05-31 (publication, told by option)"),
        ("value", "去年底", "2023-12-31"),
    ]


def test_the_steps_of_a_change() -> None:
    (change,) = found(whole(TEXT), "5.6%", status="found", kind="fact")
    assert ("basis", "同比", "yoy") in steps(change) and ("change", "增长", "increase by") in steps(change)


@pytest.mark.parametrize(
    ("text", "type", "reason", "by"),
    [
        ("一直", "quantity", "a word or name with a numeral frozen in it", "not.adverb"),
        ("301", "quantity", "the words around it make it a part of a name or an id", "quantity.block.rank"),
        ("60", "quantity", "Latin letters stand before it", ""),
        ("12345", "quantity", "热线 stands before it", "quantities.labels"),
        ("投资", "event", "its frame does not fit what stands around it", "fact.event.acquire-invest"),
    ],
)
def test_guards_are_named(text: str, type: str, reason: str, by: str) -> None:
    (one,) = [f for f in whole(TEXT).findings if f.text.startswith(text) and f.type == type and f.status == "rejected"]
    assert one.reason is not None and one.reason.startswith(reason)
    assert (one.by.id if one.by else "") == by


def test_losers_name_their_winner() -> None:
    (loser,) = found(whole(TEXT), "周启明", status="lost")
    assert loser.reason == "priority" and loser.against is not None and loser.against.rule is not None
    assert loser.against.text == "周启明" and loser.against.rule.id == "entity.per.title"


def test_a_place_shows_what_touches_it() -> None:
    at = TEXT.index("85")
    (one,) = pipeline.explain(TEXT, "2024-05-31", at=at)
    assert one.at == (at, at + 1) and one.text == "8"
    assert {f.kind for f in one.findings} == {"part", "mention", "fact"}
    assert all(any(a <= at < b for a, b in f.spans) or f.args for f in one.findings)
    assert [e.at[0] for e in pipeline.explain("新增3个，又增3个。", find="3个")] == [2, 7]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"at": 900}, "there is no offset 900: the text has 76 characters, the first is 0"),
        ({"at": -1}, "there is no offset -1"),
        ({"find": "没有"}, "does not stand in the text"),
        ({"find": ""}, "does not stand in the text"),
        ({"find": "85", "at": 3}, "an offset and a text were both given"),
    ],
)
def test_places_that_are_none(options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        pipeline.explain(TEXT, **options)  # type: ignore[arg-type]


def test_a_user_s_rules_are_explained_with_their_own_file(tmp_path: Path) -> None:
    (tmp_path / "units.tsv").write_text(
        '#: note = "units of our own: 桥长12丈尺"\n'
        "id\twords:words\tcode:text\tdimension:text\trole:choice(measure|temperature|percent|ratio|age|period)"
        "\tfactor:fraction?\tsi:text?\texamples\n"
        "unit.own.span\t丈尺\t[span]\tlength\tmeasure\t10/3\tm\t桥长[12丈尺] => 12 [span] measure\n",
        "utf-8",
    )
    (one,) = pipeline.explain("桥长12丈尺。", find="12", rules=tmp_path)
    unit = next(s for f in one.findings for s in f.steps if s.what == "unit")
    assert unit.rule is not None and unit.rule.file == str(tmp_path / "units.tsv") and unit.rule.line == 3


def test_the_evidence_of_a_title() -> None:
    page = "新桥昨日通车\n\n本报记者 周一帆\n\n大桥全长3公里，昨日正式通车。两岸居民过江只要五分钟。\n"
    (one,) = pipeline.explain(page, at=0)
    (title,) = [f for f in one.findings if f.kind == "part"]
    (head,) = [s for s in title.steps if s.what == "head"]
    assert title.type == "title" and head.value.startswith("yes, +") and "head_base" in head.value
    (credit,) = [f for f in pipeline.explain(page, find="周一帆")[0].findings if f.kind == "part"]
    assert credit.type == "byline" and credit.rule is not None and credit.rule.file == "rules/layout.toml"


def test_what_a_clause_takes_from_others() -> None:
    text = "青澜港年吞吐量达300万吨，预计同比增长8%。"
    (one,) = found(whole(text), "8%", kind="fact", type="quantity")
    told = {(s.what, s.text): s for s in one.steps}
    assert told["carried", "年吞吐量"].value == "from a clause before"
    modality = told["modality", "预计"]
    assert modality.value == "estimated" and modality.rule is not None and modality.rule.file == "rules/modality.tsv"


@pytest.mark.parametrize(
    ("find", "text", "told", "amounts"),
    [
        ("100公顷", "35%", ("part-whole", "25", "35", "0.66"), ["400公顷", "100公顷", "35%"]),
        ("400公顷", "35%", ("part-whole", "25", "35", "0.66"), ["400公顷", "100公顷", "35%"]),
        ("128家", "128家", ("sum", "127", "128", "0"), ["128家", "60家", "67家"]),
        ("星期五", "2024年5月30日（星期五", ("weekday", "2024-W22-4", "2024-W22-5", "0"), []),
    ],
)
def test_a_check_stands_at_the_number_that_it_judges(
    find: str, text: str, told: tuple[str, ...], amounts: list[str]
) -> None:
    source = (
        "全市林地共400公顷，其中竹林100公顷，占35%。新增工厂共128家，分别为甲区60家、乙区67家。"
        "会议定于2024年5月30日（星期五）召开。"
    )
    (one,) = pipeline.explain(source, find=find)
    (check,) = [f for f in one.findings if f.kind == "check"]
    assert check.norm is not None and check.rule is not None and check.rule.file == "rules/checks.toml"
    assert (check.type, *(check.norm[name] for name in ("expected", "actual", "tolerance"))) == told
    assert check.text == text and [a.text for a in check.args.values()] == amounts and check.norm["ok"] is False


def test_threads_do_not_write_into_each_other_s_trace() -> None:
    texts = [f"第{i}港新增{i}个泊位，同比增长{i}.5%。" for i in range(2, 10)]
    alone = [pipeline.explain(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(pipeline.explain, texts)) == alone

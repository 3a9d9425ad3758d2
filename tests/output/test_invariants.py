"""What holds of every output, whatever the input: slices, order, schema, a table that fits."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.chain import extract
from pipeline.commands.table import TableWriter
from pipeline.core.records import Document
from pipeline.output import WRITERS
from pipeline.output.schema import schema

WORDS = (
    "宁江市 统计局局长 周启明 介绍 说 表示 12 3.5 3至5 十几 两百 万 亿 元 吨 "
    "公里 个 家 倍 成 第 超过 近 约 去年 2023年 5月 18日 上午 9时 昨天 "
    "以来 年底 同比 增长 下降 到 由 总产值 面积 达 公司 举行 签署 协议 《宁江日报》 "
    "A股 𠮷 é １２ 萬 "
)
SIGNS = (
    "：",
    "“",
    "”",
    "，",
    "。",
    "；",
    "、",
    "（",
    "）",
    "\n",
    "\n\n",
    "\u3000\u3000",
    " ",
    "1,234",
    "%",
    "[/bold]",
    "\u200b",
    "\ufeff",
    "\x00",
    "\r\n",
    "\ud800",
)
TEXTS = st.lists(st.sampled_from((*WORDS.split(), *SIGNS)), min_size=1, max_size=60).map("".join).filter(str.strip)
VALIDATOR = jsonschema.Draft202012Validator(schema())
LAX = settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))


def told(data: dict[str, Any]) -> list[tuple[str, list[list[int]]]]:
    """Every text of the document's records with its spans, at any depth."""
    found: list[tuple[str, list[list[int]]]] = []
    stack: list[Any] = [v for k, v in data.items() if k != "doc"]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            if "text" in at and "spans" in at:
                found.append((at["text"], at["spans"]))
            stack += at.values()
        elif isinstance(at, list):
            stack += at
    return found


@LAX
@given(TEXTS)
def test_every_output_keeps_the_contract(text: str) -> None:
    data = json.loads(msgspec.json.encode(extract(text, "2024-05-31", with_text=True)))
    VALIDATOR.validate(data)
    source = data["doc"]["text"]
    assert data["doc"]["chars"] == len(source)
    for shown, spans in told(data):
        assert "".join(source[a:b] for a, b in spans) == shown
    starts = [(m["spans"][0][0], -sum(b - a for a, b in m["spans"]), m["type"]) for m in data["mentions"]]
    assert starts == sorted(starts)
    ids = [r["id"] for part in ("articles", "mentions", "facts") for r in data[part]]
    assert len(ids) == len(set(ids))
    for fact in data["facts"]:
        assert {a["mention"] for a in fact["args"].values()} <= {*ids, None}
        assert fact["assertion"]["source"] in {*ids, None}


@pytest.mark.parametrize("edge", ["年初", "年中", "年底"])
def test_every_edge_of_a_time_is_in_the_schema(edge: str) -> None:
    data = json.loads(msgspec.json.encode(extract(f"今年{edge}上市。", "2024-05-31")))
    assert data["mentions"][0]["norm"]["modifier"]
    VALIDATOR.validate(data)


def test_a_title_at_the_end_of_a_text() -> None:
    assert not extract("统计局局长公里").facts


@LAX
@given(TEXTS)
def test_every_character_is_in_one_part_of_the_page(text: str) -> None:
    data = json.loads(msgspec.json.encode(extract(text, with_text=True)))
    parts: list[Any] = list(data["furniture"])
    for article in data["articles"]:
        for part in article.values():
            parts += part if isinstance(part, list) else [part]
    held = [o for p in parts if isinstance(p, dict) for a, b in p["spans"] for o in range(a, b)]
    source = data["doc"]["text"]
    once = [o for o in held if not source[o].isspace()]
    assert len(once) == len(set(once))
    missing = [c for o, c in enumerate(source) if o not in set(held) and c.isprintable() and not c.isspace()]
    assert missing == []


def written(form: str, documents: list[Document]) -> bytes:
    out = io.BytesIO()
    writer = WRITERS[form](out)
    for document in documents:
        writer.write(document)
    writer.close()
    return out.getvalue()


@settings(LAX, max_examples=12)
@given(st.lists(TEXTS, max_size=3))
def test_every_format_takes_every_document_and_gives_the_same_bytes_again(texts: list[str]) -> None:
    documents = [extract(text, "2024-05-31", id=text[:9], with_text=True) for text in texts]
    for form in WRITERS.keys() - {"duckdb", "spacy"}:  # slow; DuckDB gives each file a mark of its own
        assert written(form, documents) == written(form, documents), form


@LAX
@given(TEXTS, st.integers(60, 160))
def test_every_table_fits(text: str, width: int) -> None:
    out = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        TableWriter(out).write(extract(text, "2024-05-31", with_text=True))
    lines = out.getvalue().decode("utf-8").splitlines()
    assert max(cell_len(line) for line in lines) <= width


@LAX
@given(TEXTS)
def test_both_segmenters_give_the_same_line(text: str) -> None:
    first, second = (extract(text, "2024-05-31", segmenter=s) for s in ("rjieba", "jieba"))
    assert msgspec.json.encode(first) == msgspec.json.encode(second)

"""Words of all tables beside amounts and times, in any order: every text is worked, and every span is its slice."""

from __future__ import annotations

import random

import pytest

import pipeline
from pipeline.rulebook import load

AMOUNTS = (
    "4.2万人次",
    "40%",
    "3.5亿元",
    "12家",
    "3个百分点",
    "两成",
    "三分之一",
    "80岁",
    "第3",
    "100至200元",
    "1死8伤",
    "3比1",
)
TIMES = ("3月1日", "去年", "上届的", "今年上半年", "2021年", "昨日", "9时", "周三", "一季度", "截至5月底")
SIGNS = (*"，。、；：（）“”《》！？\n ", "的", "比", "为", "了", "由", "至", "到", "增长", "达", "其中", "同比")


def words() -> list[list[str]]:
    """The words of each table that has any."""
    cells = [[c for row in t.rows for cell in row.cells.values() if isinstance(cell, tuple) for c in cell]
             for t in load(None).tables.values()]  # fmt: skip
    return [short for some in cells if (short := [w for w in some if isinstance(w, str) and len(w) < 9])]


def texts(seed: int, count: int) -> list[str]:
    some, tables = random.Random(seed), words()

    def word() -> str:
        kind = some.choices((AMOUNTS, TIMES, SIGNS, None), (25, 12, 25, 38))[0]
        return some.choice(kind or some.choice(tables))

    return ["".join(word() for _ in range(some.randint(4, 26))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(4))
def test_words_in_any_order_are_worked(seed: int) -> None:
    given = texts(seed, 150)
    for text, document in zip(given, pipeline.extract_texts(given), strict=True):
        for mention in document.mentions:
            assert mention.text == "".join(text[a:b] for a, b in mention.spans)
        for fact in document.facts:
            for name in fact.args.__struct_fields__:
                told = getattr(fact.args, name)
                if hasattr(told, "spans"):
                    assert told.text == "".join(text[a:b] for a, b in told.spans)

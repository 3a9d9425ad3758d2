"""Words of all tables beside amounts and times, and all rules' examples, in any order and cut anywhere: every text is
worked, and every span is its slice."""

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


def phrases() -> list[str]:
    """The texts of all rules' examples and counterexamples."""
    rules = (r for r in load(None).all() if hasattr(r, "examples"))
    return sorted({e.text for r in rules for e in (*r.examples, *r.counterexamples)})


def are_worked(given: list[str], published: str | None = None) -> None:
    documents = pipeline.extract_texts(given, published)
    for text, document in zip(given, documents, strict=True):
        for mention in document.mentions:
            assert mention.text == "".join(text[a:b] for a, b in mention.spans)
        for fact in document.facts:
            for name in fact.args.__struct_fields__:
                told = getattr(fact.args, name)
                if hasattr(told, "spans"):
                    assert told.text == "".join(text[a:b] for a, b in told.spans)


@pytest.mark.parametrize("seed", range(4))
def test_words_in_any_order_are_worked(seed: int) -> None:
    are_worked(texts(seed, 150))


@pytest.mark.parametrize("published", [None, "2024-05-31"])
def test_examples_cut_anywhere_are_worked(published: str | None) -> None:
    are_worked([text[:end] for text in phrases() for end in range(1, len(text) + 1)], published)


@pytest.mark.parametrize("published", [None, "2024-05-31"])
def test_pieces_of_examples_are_worked(published: str | None) -> None:
    some, every = random.Random(str(published)), phrases()

    def piece() -> str:
        text = some.choice(every)
        start = some.randrange(len(text))
        return text[start : start + some.randint(1, 30)] + some.choice(("", *SIGNS))

    are_worked(["".join(piece() for _ in range(some.randint(2, 6))) for _ in range(8000)], published)


@pytest.mark.parametrize("published", [None, "2024-05-31"])
@pytest.mark.parametrize(
    "text",
    [
        "该湖比9月深三米。",  # a word of height that tells no change
        "他是位诗人至\n上图：新桥夜景 图书馆今天开放",  # a caption took all the lines
        "独立的、无私的\n分别1道5%",  # a thing of 的 alone
        "再过两年才能通车",
    ],
)
def test_what_once_lost_its_document_is_worked(text: str, published: str | None) -> None:
    are_worked([text], published)

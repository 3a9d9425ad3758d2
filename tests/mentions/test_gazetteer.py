"""The tables of names."""

from __future__ import annotations

import pytest

from pipeline.mentions.gazetteer import gazetteer
from pipeline.rulebook import load


@pytest.mark.parametrize(
    ("name", "short"),
    [("深圳市", "深圳"), ("连南瑶族自治县", "连南"), ("内蒙古自治区", "内蒙古"), ("延边朝鲜族自治州", "延边"),
     ("鄂温克族自治旗", "鄂温克"), ("阿拉善盟", "阿拉善")],
)  # fmt: skip
def test_short_forms_of_divisions(name: str, short: str) -> None:
    assert gazetteer(load()).short[name] == short


def test_a_county_of_one_sign_keeps_its_ending() -> None:
    names = gazetteer(load())
    assert "泾县" in names.codes and "泾县" not in names.short


def test_every_division_has_a_code_of_six_digits() -> None:
    names = gazetteer(load())
    assert len(names.full) > 3000
    assert all(len(code) == 6 and code.isdigit() for code in names.full)


def test_a_common_word_is_no_place_by_itself() -> None:
    names = gazetteer(load())
    assert names.signs["富裕"] != "L" and names.signs["富裕县"] == "L"


def test_it_is_built_once() -> None:
    assert gazetteer(load()) is gazetteer(load())

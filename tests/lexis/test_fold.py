"""Folding keeps the length, always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexis.fold import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("３．５％", "3.5%"),
        ("參賽隊伍卅二支，較去年", "参赛队伍卅二支，较去年"),
        ("（約１００戶）", "（约100户）"),
        ("乾隆年間、著名、瞭望", "乾隆年间、著名、瞭望"),
        ("1\u2009000\u00a0米", "1,000 米"),
        ("￥５", "¥5"),
        ("１３﹒５﹪", "13.5%"),
        ("a\x00後", "a\x00后"),
        ("董事沈重岚辞职", "董事沈重岚辞职"),  # a surname in simplified text, no 沈重 for 沉重
        ("隨著經濟復甦，著名企業看著訂單", "随着经济复苏，著名企业看着订单"),
        ("林守澄著", "林守澄著"),  # 著 is simplified writing too
        ("「十四五」時期，『再生』", "“十四五”时期，‘再生’"),
        ("衞生署敍述：粧品", "卫生署叙述：妆品"),
        ("董事沈默然，這樣沈默", "董事沉默然，这样沉默"),
        ("司长陶兴乾发言", "司长陶兴乾发言"),  # 乾 in simplified text is no 干
        ("分析师郭明錤与董事沈重岚认为，饿了么影响显著", "分析师郭明𫓹与董事沈重岚认为，饿了么影响显著"),
    ],
)
def test_folds(text, expected):
    assert fold(text) == expected


@given(st.text(max_size=60))
def test_the_length_is_kept(text):
    assert len(fold(text)) == len(text)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)

"""Sentence borders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rulebook import load
from pipeline.tokens.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天开会。明天休会。", ["今天开会。", "明天休会。"]),
        ("“来吗？”他问。", ["“来吗？”", "他问。"]),
        ("她看了《你好，明天！》。他没看", ["她看了《你好，明天！》。", "他没看"]),
        ("标题一行\n　　正文一行。", ["标题一行", "正文一行。"]),
        ("等等……后来呢？！", ["等等……", "后来呢？！"]),
        ("（见下文。）正文", ["（见下文。）", "正文"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_borders(text, expected):
    assert [text[a:b] for a, b in split_sentences(text, load())] == expected


@given(st.text(alphabet="一二。！？”《》\n\x00 a𠀀", max_size=60))
def test_every_character_is_in_one_sentence_or_space(text):
    spans = split_sentences(text, load())
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in zip(spans, spans[1:], strict=False))
    inside = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)

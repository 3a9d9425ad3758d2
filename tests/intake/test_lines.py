"""Hard lines: where they begin and end and how wide they are, whatever ends them and whatever space is around them."""

from __future__ import annotations

import pytest

from pipeline.intake.lines import split_lines, width_of

TEXTS = (
    "新桥通车\n全长3公里\n",
    "新桥通车\n全长3公里",
    "新桥通车\n 全长",
    "新桥通车\n全长 ",
    "新桥通车\n全长\x0c",
    "新桥通车\n\x0c全长\n",
    "A区\r\n\r\nB区3人 \r\n",
    "\u3000\u3000新桥\u2028通车a\n\n\t1,2\n",
    "新\r桥\n通车\n",
    "\n\n",
)


@pytest.mark.parametrize("text", TEXTS)
def test_lines_are_the_text_between_space(text: str) -> None:
    lines = split_lines(text, text)
    assert [line.text for line in lines] == [x.strip() for x in text.splitlines() if x.strip()]
    for line in lines:
        assert text[line.start : line.end] == line.text
        assert line.width == line.indent + width_of(line.text)
    ends = [line.end for line in lines if line.spaced]
    assert all([text[end].isspace() and text[end] not in "\r\n" for end in ends])


def test_empty_lines_and_indents_are_counted() -> None:
    first, second, last = split_lines("新桥\n\n\n\u3000\u3000通车3年\n 全长", "新桥\n\n\n  通车3年\n 全长")
    assert [(x.gap, x.indent, x.width) for x in (first, second, last)] == [(0, 0, 4), (2, 4, 11), (0, 1, 5)]

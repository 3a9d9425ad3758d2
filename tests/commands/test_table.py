"""The table: every type of fact, widths of Chinese, nothing taken for markup, nothing a terminal would obey."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from pipeline.chain import extract
from pipeline.commands.cells import crop, crop_front
from pipeline.commands.page import MARKS, snippet
from pipeline.commands.rows import fact_row
from pipeline.commands.streams import printable
from pipeline.commands.table import TableWriter
from pipeline.core.records import QuoteFact
from tests.records import FACTS, SOURCE, arg, document

WHOLE = ((0, len(SOURCE)),)


def shown(width: int, monkeypatch: pytest.MonkeyPatch, **options: str) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.BytesIO()
    TableWriter(out).write(document(**options))
    return out.getvalue().decode("utf-8")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, ("role", "former 董事长", "", "贺岩 · 远澜新材", "")),
        (1, ("quantity", ">123,456,000", "CNY", "营业收入", "2024-Q1")),
        (2, ("not quantity (planned)", "+ to 30..40", "% 每股 yoy", "远澜新材 · 净利润", "")),
        (3, ("quote", "direct", "", "贺岩", "")),
        (4, ("event (estimated)", "sign", "", "公司4月 · 供货协议", "2024-04")),
        (5, ("rank", "2", "", "公司 · 全省", "")),
    ],
)
def test_a_fact_of_each_type_is_a_row(number: int, expected: tuple[str, ...]) -> None:
    row = fact_row(FACTS[number])
    assert (row.fact, row.value, row.unit, row.who, row.when) == expected


def test_no_number_and_no_date_is_broken_on_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "96")
    out = io.BytesIO()
    text = "截至6月末，澜海商业银行股份有限公司及其境外附属机构资产总额约2.87万亿元，较上年末增长5.1%。"
    TableWriter(out).write(extract(text, "2024-08-28", with_text=True))
    shown = out.getvalue().decode("utf-8")
    assert "~2,870,000,000,000 " in shown and "2023-12-31" in shown and "who, source" in shown


def test_a_title_is_never_read_as_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "同比增长[/bold]\n" in shown(118, monkeypatch)


@pytest.mark.parametrize("width", [60, 80, 100, 118, 160])
def test_the_table_is_never_wider_than_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(width, monkeypatch).splitlines()
    assert max(cell_len(line) for line in lines) <= width
    assert all(f"{MARKS[0]}{text}{MARKS[1]}" in "".join(lines) for text in ("贺岩", "签署", "第二"))


def test_a_narrow_terminal_leaves_room_for_who_and_source(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(80, monkeypatch).splitlines()
    header = next(line for line in lines if line.startswith("fact"))
    assert cell_len(header[header.index("who") : header.index("when")]) >= 30
    assert max(cell_len(line) for line in lines) <= 80


def test_sixty_cells_leave_the_source_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = io.BytesIO()
    text = "云岭县今年前三季度新开工保障性住房12.4万套，同比增长3.5%，总投资约45亿元。"
    TableWriter(out).write(extract(text, "2024-10-15", with_text=True))
    lines = out.getvalue().decode("utf-8").splitlines()
    (amount,) = (i for i, line in enumerate(lines) if "~4,500,000,000" in line)
    assert lines[amount].endswith("2024-01/2024-09")
    assert lines[amount + 1 : amount + 3] == [
        "  云岭县 · 总投资",
        "  …开工保障性住房12.4万套，同比增长3.5%，总投资»约45亿元«。",
    ]
    assert max(cell_len(line) for line in lines) <= 60


def test_an_article_without_title_needs_no_name_where_it_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "118")
    out = io.BytesIO()
    TableWriter(out).write(extract("新建公园12个。", with_text=True))
    assert out.getvalue().decode("utf-8").splitlines()[1].startswith("fact")


def test_bold_and_dim_are_for_the_screen_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")

    def codes(on_screen: bool) -> bool:
        out = io.BytesIO()
        TableWriter(out, on_screen).write(document())
        return b"\x1b[" in out.getvalue()

    assert (codes(True), codes(False)) == (True, False)


def test_columns_stand_below_each_other_where_characters_are_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(118, monkeypatch).splitlines()
    header = next(line for line in lines if line.startswith("fact"))
    column = cell_len(header[: header.index("who")])
    for who in ("营业收入  ", "贺岩  ", "公司 · 全省"):
        line = next(line for line in lines if f" {who}" in line)
        assert cell_len(line[: line.index(who)]) == column


def test_a_file_name_cannot_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in shown(118, monkeypatch, source="\x1b[31mnews\n.txt")


@pytest.mark.parametrize("width", [12, 20, 40, 200])
def test_a_snippet_holds_its_span_and_fits(width: int) -> None:
    text = snippet(SOURCE, arg("签署"), WHOLE, width).plain
    assert f"{MARKS[0]}签署{MARKS[1]}" in text
    assert cell_len(text) <= width
    assert "\n" not in text


def test_a_snippet_stays_in_its_sentence_and_steps_over_what_interrupts_it() -> None:
    start, end = SOURCE.index("公司4月"), SOURCE.index("，居全省")
    said = SOURCE.index("签署")
    text = snippet(SOURCE, arg("签署"), ((start, start + 4), (said, end)), 80).plain
    assert text == f"公司4月{MARKS[0]}签署{MARKS[1]}供货协议"


def test_what_stands_between_two_pieces_of_a_quotation_is_left_out_with_a_mark() -> None:
    text = "“明年再建20个。”园林局局长周启明说，总投资约3亿元。"
    facts = extract(text, with_text=True).facts
    quote = next(f for f in facts if isinstance(f, QuoteFact))
    assert len(quote.args.content.spans) == 2
    assert "明年再建20个…总投资约3亿元" in snippet(text, quote.args.content, quote.sentence, 80).plain


def test_a_kind_of_fact_is_not_broken_within_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "(estimated)" in shown(60, monkeypatch)


def test_a_long_span_is_cut_at_its_end() -> None:
    text = snippet(SOURCE, arg("董事长贺岩介绍，营业收入达12345.6万元"), WHOLE, 16).plain
    assert f"{MARKS[0]}董事长贺" in text
    assert f"\u2026{MARKS[1]}" in text
    assert cell_len(text) <= 16


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增长", "增长"),
        ("a\nb\tc", "a b c"),
        ("\x1b[31m", "\ufffd[31m"),
        ("a\u202eb", "a\ufffdb"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_is_printed_is_one_line_without_controls(text: str, expected: str) -> None:
    assert printable(text) == expected


CHARACTERS = ["e\u0301", "\U00020bb7", "\U0001f1e8\U0001f1f3", "ก\u0e33", "中", "a", "\u2764\ufe0f"]
"""An accent that stands apart, a character beyond the BMP, a flag, and others that are one to the eye."""


@pytest.mark.parametrize("width", range(1, 30))
def test_no_character_is_cut_in_two(width: int) -> None:
    text = "".join(CHARACTERS * 4)
    fronts = {"".join((CHARACTERS * 4)[:n]) for n in range(29)}
    ends = {"".join((CHARACTERS * 4)[n:]) for n in range(29)}
    for cut, kept, whole in (
        (crop(text, width), crop(text, width).rstrip("\u2026"), fronts),
        (crop_front(text, width), crop_front(text, width).lstrip("\u2026"), ends),
    ):
        assert cell_len(cut) <= width
        assert kept in whole


def test_what_fits_is_not_cut() -> None:
    assert crop("增长5%", 6) == crop_front("增长5%", 6) == "增长5%"
    assert (crop("增长5%", 5), crop_front("增长5%", 5)) == ("增长\u2026", "\u2026长5%")
    assert (crop("增长", 0), crop_front("增长", 0)) == ("", "")


def test_ambiguous_characters_take_one_cell() -> None:
    assert crop("“同比”·①…", 9) == "“同比”·①…"


@pytest.mark.parametrize("width", [24, 32, 40, 48])
def test_a_very_narrow_terminal_is_not_overrun(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(cell_len(line) for line in shown(width, monkeypatch).splitlines()) <= width


def test_nothing_is_cut_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = io.BytesIO()
    text = (
        "青岚市生态环境局和青岚市农业农村局联合发布" * 4
        + "的报告显示，全市新建公园12个，总面积3.6万平方米，"
        + "绿地也增加了" * 20
    )
    TableWriter(out, whole=True).write(extract(f"{text}。", with_text=True))
    lines = out.getvalue().decode("utf-8").splitlines()
    assert not any("\u2026" in line for line in lines)
    (count,) = (line for line in lines if "»12个«" in line)
    assert count.endswith(f"»12个«{text.partition('12个')[2]}。")

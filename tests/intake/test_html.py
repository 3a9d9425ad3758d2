"""Web pages: main text, metadata, what was dropped; hostile pages give one clear line."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.chain.jobs import Job, job_of_source
from pipeline.core.errors import InputError
from pipeline.intake import html
from pipeline.intake.source import Failure, Source
from pipeline.rulebook import load

RULES = load()
BODY = (
    "<p>滨江新桥昨天上午正式通车，全长一千二百米，桥面有双向六车道，市民步行过桥只要十分钟。</p>"
    "<p>“比过去快了一半。”江湾市交通局局长高远介绍，新桥总投资8.6亿元，前年3月开工，比计划提前两个月完工。</p>"
)
HEAD = '<meta charset="utf-8"><title>滨江新桥昨天通车</title>'


def page(body: str = BODY, head: str = HEAD) -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def read(data: bytes, encoding: str | None = None) -> html.WebPage:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    return html.read_html(data, encoding, RULES)


def test_the_text_is_the_title_and_a_paragraph_a_line() -> None:
    lines = read(page()).decoded.text.split("\n")
    assert lines[0] == "滨江新桥昨天通车" and len(lines) == 3
    assert lines[1].startswith("滨江新桥") and lines[2].endswith("两个月完工。")


def test_a_page_names_source_author_and_time() -> None:
    info = "<div><span>2021年3月4日 10:12</span> <span>来源：滨江晚报</span> <span>作者：何晴</span></div>"
    told = read(page(info + BODY))
    assert told.meta == {"title": "滨江新桥昨天通车", "author": "何晴", "source": "滨江晚报"}
    assert told.published == "2021-03-04T10:12:00"


def test_the_date_of_the_head_goes_before_that_of_the_text() -> None:
    head = HEAD + '<meta property="article:published_time" content="2021-03-04T08:00:00+08:00">'
    assert read(page("<div>2019-01-02 10:12</div>" + BODY, head)).published == "2021-03-04"
    assert read(page("<div>2021-03-04 10:12</div>" + BODY, head)).published == "2021-03-04T10:12:00"


def test_no_date_is_made_up() -> None:
    assert read(page()).published is None
    assert read(page("<div>2021-13-44 10:12</div>" + BODY)).published is None


def test_what_was_dropped_is_told() -> None:
    data = (Path(__file__).parents[2] / "samples" / "library.html").read_bytes()
    told = read(data).decoded
    (issue,) = told.issues
    assert issue.code == "html.dropped" and "were dropped" in issue.message
    assert "关于我们" not in told.text and "相关阅读" not in told.text and "note" not in told.text


def test_the_rows_of_a_table_are_lines_and_its_rules_are_none() -> None:
    head = "<tr><th>指标</th><th>本期（万元）</th></tr>"
    rows = "".join(f"<tr><td>{name}</td><td>{n}</td></tr>" for name, n in (("财政收入", 1234), ("财政支出", 4321)))
    lines = read(page(f"{BODY}<table>{head}{rows}</table>")).decoded.text.split("\n")
    assert "".join(lines[-2].split()) == "|财政收入|1234|" and "".join(lines[-3].split()) == "|指标|本期（万元）|"


@pytest.mark.parametrize("label", ["gb2312", "gbk", "big5"])
def test_the_charset_of_the_head_is_heard(label: str) -> None:
    body = "<p>" + "今天江市正式通水，全市水管全都完成。" * 4 + "</p>"
    data = page(body, f'<meta http-equiv="Content-Type" content="text/html; charset={label}">')
    told = read(data.decode().encode(label, "ignore"))
    assert "今天江市正式" in told.decoded.text


HOSTILE = {
    "empty": b"<html><body></body></html>",
    "only a script": b"<html><body><script>var a = 1;</script></body></html>",
    "only markup": b"<<<>>>" * 50,
    "comment without end": b"<html><!-- " + b"a" * 500,
    "control characters": b"\x00\x01\x02\x03" * 200,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "white space": b"   \n  ",
    "deeper than a parser goes": page("<div>" * 20_000 + "</div>" * 20_000 + BODY),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_page_without_text_is_one_clear_line(data: bytes) -> None:
    with pytest.raises(InputError) as told:
        read(data)
    assert "\n" not in str(told.value) and ";" in str(told.value)


def test_deep_and_broken_markup_is_read() -> None:
    assert "正式通车" in read(page("<div>" * 100 + BODY + "</div>" * 100)).decoded.text
    assert "正式通车" in read(page("<p><b><table><tr>" + BODY)).decoded.text
    assert "正式通车" in read(b'<?xml version="1.0" encoding="gb2312"?>' + page()).decoded.text


def test_too_much_markup_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LARGEST", 100)
    with pytest.raises(InputError, match="characters of markup"):
        read(page())


def test_a_job_of_a_page_keeps_its_text_and_date() -> None:
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    info = "<div>2021-03-04 10:12 来源：滨江晚报</div>"
    source = Source("bridge", "bridge.html", page(info + BODY), "0" * 64, meta={"n": 1})
    job = job_of_source(source, None, RULES)
    assert isinstance(job, Job) and job.extracted and job.meta["n"] == 1 and job.meta["source"] == "滨江晚报"
    assert job.reference is not None and job.reference.source == "field"
    chosen = job_of_source(source, "2020-01-01", RULES)
    assert isinstance(chosen, Job) and chosen.reference is not None and chosen.reference.iso == "2020-01-01"


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name == "trafilatura":
            raise ImportError(name)
        return imported(name, globals, locals, fromlist or (), level)

    monkeypatch.setattr(builtins, "__import__", without)
    failure = job_of_source(Source("bridge", "bridge.html", page(), "0" * 64), None, RULES)
    assert isinstance(failure, Failure)
    assert str(failure) == (
        "bridge.html: is a web page, which needs the extra html: pip install 'zhfacts[html]', in a checkout "
        "pip install '.[html]'"
    )

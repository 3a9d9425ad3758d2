"""The pages of a review as files: what is in them, and that a folder appears whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import extract
from pipeline.audit.explained import Making
from pipeline.audit.html import page, script_json
from pipeline.audit.page_data import PageData
from pipeline.audit.site import file_name, write_site
from pipeline.core.errors import InputError, OutputError
from pipeline.core.items import items_of
from pipeline.core.options import Options
from pipeline.intake.source import Source

TEXT = "青柏县水泥厂去年产量达120万吨，同比增长7.5%。厂长罗明远说：“今年要产130万吨。”\n"


def made(text: str = TEXT) -> PageData:
    return Making(Options("2024-10-24")).of_source(Source("d", "d.txt", text, "0" * 64))


def data_of(html: bytes) -> Any:
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])


def test_the_page_has_every_item_of_the_document_as_reviews_name_it() -> None:
    document = extract(TEXT, "2024-10-24", with_text=True)
    shown = [(one.id, one.item) for one in made().items if one.status == "found"]
    assert sorted(shown, key=str) == sorted(((one.id, one.item) for one in items_of(document)), key=str)


def test_a_document_of_an_archive_is_explained_where_it_comes_out_the_same() -> None:
    document = extract(TEXT, "2024-10-24", with_text=True)
    other = msgspec.structs.replace(document, producer=msgspec.structs.replace(document.producer, rules="sha256:0"))
    fewer = msgspec.structs.replace(document, facts=document.facts[1:])
    # Published by an option, which the archive's document tells.
    assert Making().of_document(document).explained
    assert any(one.steps for one in Making().of_document(document).items)
    assert [Making().of_document(d).explained for d in (other, fewer)] == [False, False]


def test_a_page_without_its_text_is_refused() -> None:
    with pytest.raises(InputError, match="--with-text"):
        Making().of_document(extract(TEXT, "2024-10-24"))


def test_the_policy_allows_this_script_and_this_style_alone() -> None:
    html = page("page", "t", {}).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', html)
    script, style = re.search(r"<script>(.*?)</script>", html, re.S), re.search(r"<style>(.*?)</style>", html, re.S)
    assert policy and script and style
    hashes = [b64encode(hashlib.sha256(m[1].encode()).digest()).decode() for m in (script, style)]
    assert policy[1].replace("&#x27;", "'") == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert html.count("<script") == 2


def test_data_cannot_leave_its_element_or_take_a_place_of_the_template() -> None:
    told = {"text": "</script><!--<script>{style}{script}&\u2028"}
    html = page("page", "</title>{data}", told)
    assert data_of(html) == told
    assert "<" not in script_json(told)
    assert b"<title>&lt;/title&gt;{data}</title>" in html


def test_the_index_counts_what_the_pages_have(tmp_path: Path) -> None:
    data = made()
    assert write_site(tmp_path / "r", [data, data], Making().references, force=False) == 2
    told = data_of((tmp_path / "r" / "index.html").read_bytes())
    facts = [one.item for one in data.items if one.status == "found" and one.item.layer == "fact"]
    assert sum(told["totals"]["facts"].values()) == 2 * len(facts) > 0
    assert sum(told["totals"]["confidence"]) == 2 * len(facts)
    assert [row["href"] for row in told["rows"]] == ["documents/00001-d.html", "documents/00002-d.html"]
    assert all((tmp_path / "r" / row["href"]).exists() for row in told["rows"])
    assert {"id", "items", "file", "line", "note"} == set(told["totals"]["rules"][0])


def test_pages_name_the_ones_before_and_behind(tmp_path: Path) -> None:
    write_site(tmp_path / "r", [made(), made(), made()], {}, force=False)
    links = [data_of(p.read_bytes())["links"] for p in sorted((tmp_path / "r" / "documents").iterdir())]
    assert [(one["doc-before"], one["doc-next"]) for one in links] == [
        ("", "00002-d.html"), ("00001-d.html", "00003-d.html"), ("00002-d.html", ""),
    ]  # fmt: skip


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[PageData]:
        yield made()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path / "r", broken(), {}, force=False)
    assert list(tmp_path.iterdir()) == []
    assert write_site(tmp_path / "r", [], {}, force=False) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_review_is_written_over_by_force_and_nothing_else_is(tmp_path: Path) -> None:
    write_site(tmp_path / "r", [made(), made()], {}, force=False)
    with pytest.raises(OutputError, match="--force"):
        write_site(tmp_path / "r", [made()], {}, force=False)
    write_site(tmp_path / "r", [made()], {}, force=True)
    assert len(list((tmp_path / "r" / "documents").iterdir())) == 1
    (tmp_path / "r" / "thesis.doc").touch()
    with pytest.raises(OutputError, match="something else"):
        write_site(tmp_path / "r", [made()], {}, force=True)


@pytest.mark.parametrize(
    ("ident", "name"),
    [
        ("2024/05/青柏", "00007-2024_05_青柏.html"),
        ("../../etc", "00007-etc.html"),
        ("a\u202eb\x00c<d>", "00007-a_b_c_d.html"),
        ("", "00007-document.html"),
        ("长" * 300, f"00007-{'长' * 48}.html"),
    ],
)
def test_files_are_named_by_what_can_be_shown_of_an_id(ident: str, name: str) -> None:
    assert file_name(7, ident) == name

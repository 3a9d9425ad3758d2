"""SQLite and DuckDB: keys, views that answer what users ask, and an index that finds Chinese words of any length."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.chain import extract
from pipeline.core.errors import OutputError
from pipeline.core.records import Document
from pipeline.output import WRITERS
from pipeline.output.views import VIEWS

duckdb = pytest.importorskip("duckdb")

NEWS = {
    "a": "澜水市财政局局长何远舟表示：“今年投入资金3.5亿元，去年投入资金2亿元。”",
    "b": "2023年，澜水市粮食总产量达120万吨。澜水市市长周启明出席会议。",
    "c": "2023年，澜水市粮食总产量达125万吨。税务部门介绍了情况。",
    "d": "失业率由5.1%上升至4.8%。",
}


def documents() -> list[Document]:
    return [extract(text, "2024-05-31", id=name, with_text=True) for name, text in NEWS.items()]


def written(form: str) -> bytes:
    out = io.BytesIO()
    writer = WRITERS[form](out)
    for document in documents():
        writer.write(document)
    writer.close()
    return out.getvalue()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "facts.sqlite"
    path.write_bytes(written("sqlite"))
    return path


@pytest.fixture
def db(file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_it_is_sound_and_every_key_holds(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    facts = sum(len(d.facts) for d in documents())
    assert db.execute("SELECT count(*) FROM facts").fetchone()[0] == facts > 0
    for d in documents():
        for fact in d.facts:
            row = db.execute("SELECT * FROM facts WHERE doc = ? AND fact = ?", (d.doc.id, fact.id)).fetchone()
            assert row["type"] == fact.__struct_config__.tag and row["rule"] == fact.rule
            assert json.loads(row["sentence_spans"]) == [list(span) for span in fact.sentence]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("税", ["c"]),  # one character
        ("粮食", ["b", "c"]),  # two
        ("食粮", []),
        ("周启明", ["b"]),  # a name
        ('"粮 食 总 产 量"', ["b", "c"]),  # a phrase of characters
        ('"量 产"', []),
        ('characters: "产 量" NOT 税务', ["b"]),
    ],
)
def test_words_of_any_length_are_found(db: sqlite3.Connection, word: str, found: list[str]) -> None:
    query = "SELECT doc FROM documents WHERE number IN (SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?)"
    assert [row["doc"] for row in db.execute(query + " ORDER BY number", (word,))] == found


def test_datasette_knows_the_index(db: sqlite3.Connection) -> None:
    # The words by which Datasette looks for the index of a table.
    like = '%VIRTUAL TABLE%USING FTS%content="documents"%'
    rows = db.execute("SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE ?", (like,))
    assert [row["name"] for row in rows] == ["documents_fts"]


def test_money_by_speaker(db: sqlite3.Connection) -> None:
    (row,) = db.execute("SELECT * FROM money_by_speaker").fetchall()
    assert tuple(row) == ("何远舟", "CNY", 2, 1, 550_000_000.0, 350_000_000.0)


def test_roles_by_organisation(db: sqlite3.Connection) -> None:
    rows = db.execute("SELECT org, person, title FROM roles_by_organisation").fetchall()
    assert ("澜水市财政局", "何远舟", "局长") in [tuple(row) for row in rows]


def test_numbers_that_do_not_add_up(db: sqlite3.Connection) -> None:
    assert [row["doc"] for row in db.execute("SELECT * FROM failed_checks")] == ["d"]


def test_one_claim_with_two_values(db: sqlite3.Connection) -> None:
    rows = db.execute("SELECT doc, value, property FROM claims_with_two_values").fetchall()
    assert [(row["doc"], row["value"]) for row in rows] == [("b", "1200000"), ("c", "1250000")]


def test_the_same_documents_make_the_same_bytes(file: Path) -> None:
    assert written("sqlite") == file.read_bytes()


def plain(cell: object) -> object:
    """A cell of DuckDB as SQLite has it."""
    if isinstance(cell, bool):
        return int(cell)
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":")) if isinstance(cell, list) else cell


def test_duckdb_answers_as_sqlite_does(db: sqlite3.Connection, tmp_path: Path) -> None:
    path = tmp_path / "facts.duckdb"
    path.write_bytes(written("duckdb"))
    duck = duckdb.connect(str(path), read_only=True)
    for view in VIEWS:
        ours = [tuple(row) for row in db.execute(f"SELECT * FROM {view}")]
        theirs = [tuple(map(plain, row)) for row in duck.execute(f"SELECT * FROM {view}").fetchall()]
        assert sorted(map(repr, theirs)) == sorted(map(repr, ours)), view
    assert duck.execute("SELECT spans[1][1] FROM mentions ORDER BY number LIMIT 1").fetchone() is not None
    duck.close()


def test_without_duckdb_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Exception, match=r"zhfacts\[duckdb\]"):
        WRITERS["duckdb"](io.BytesIO())


CLAIMS = {
    # one name, two values
    "a": "2023年，青禾县粮食总产量达120万吨。",
    "b": "2023年，青禾县粮食总产量达125万吨。",
    # what the words leave open: the same to the last place that is told
    "c": "2023年，白桥县粮食总产量达120万吨。",
    "d": "2023年，白桥县粮食总产量约125万吨。",
    "e": "2023年，白桥县粮食总产量达119.8万吨。",
    "f": "2023年，白桥县粮食总产量超过100万吨。",
    # no name: each of its own document
    "g": "2023年，公司营业收入达3.5亿元。",
    "h": "2023年，公司营业收入达4.5亿元。",
    # within one document, in two sentences
    "i": "2023年，公司营业收入达6亿元。去年有多项投资。2023年，公司营业收入达6.8亿元。",
    # another time, another unit
    "j": "2022年，青禾县粮食总产量达110万吨。",
    "k": "2023年，青禾县粮食总产量增长5%。",
}


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_claims_that_no_one_amount_fits(form: str, tmp_path: Path) -> None:
    writer_of, path = WRITERS[form], tmp_path / f"facts.{form}"
    with path.open("wb") as out:
        writer = writer_of(out)
        for name, text in CLAIMS.items():
            writer.write(extract(text, "2024-05-31", id=name, with_text=True))
        # an article that was printed before counts once
        again = extract("2023年，青禾县粮食总产量达130万吨。", "2024-05-31", id="l", with_text=True)
        told = {"a1": {"doc": "a", "article": "a1", "similarity": "0.90"}}
        writer.write(replace(again, doc=replace(again.doc, meta={"reprint_of": told})))
        writer.close()
    db = sqlite3.connect(path) if form == "sqlite" else duckdb.connect(str(path), read_only=True)
    rows = db.execute("SELECT doc, about, value FROM claims_with_two_values").fetchall()
    assert sorted(map(tuple, rows)) == [
        ("a", "青禾县粮食", "1200000"),
        ("b", "青禾县粮食", "1250000"),
        ("i", "公司", "600000000"),
        ("i", "公司", "680000000"),
    ]
    db.close()


def test_a_place_that_takes_no_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = WRITERS["sqlite"](io.BytesIO())
    writer._db.execute("PRAGMA max_page_count=40")  # type: ignore[attr-defined]
    with pytest.raises(OutputError, match="takes no more .*; make room, or set TMPDIR"):
        for document in documents() * 50:
            writer.write(document)

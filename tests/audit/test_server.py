"""The server: what it answers, to whom, and that a decision is on the disk before it says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

pytest.importorskip("starlette", reason="the extra web is not installed")
from starlette.testclient import TestClient

from pipeline.audit.explained import Making
from pipeline.audit.review_log import ReviewLog
from pipeline.audit.reviews import Correction, Review, encoded
from pipeline.audit.server import LINES, Server
from pipeline.audit.shelf import Shelf
from pipeline.batch.reading import Archive
from pipeline.core.errors import InputError
from pipeline.core.items import Item, text_digest
from pipeline.core.records import Document
from tests.audit.archives import TEXTS, draw
from tests.audit.test_review_log import FACTS, review

TOKEN, HOST = "token-of-the-address", "127.0.0.1:8000"
OWN = {"Origin": f"http://{HOST}", "Content-Type": LINES}


@pytest.fixture(scope="module")
def shelf(archived: Path) -> Shelf:
    return Shelf(Archive(archived))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "reviews.jsonl"


@pytest.fixture
def client(shelf: Shelf, log: Path) -> Iterator[TestClient]:
    app = Server(shelf, ReviewLog(log), Making(), "甲").app(TOKEN, frozenset([HOST]))
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as client:
        yield client


def stands(number: int = 0, **change: object) -> Review:
    """A decision on a fact that the archive has."""
    return review(number, **{"source": text_digest(TEXTS["rail"]), **change})


def data_of(html: bytes) -> Any:
    found = re.search(rb'id="data">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])


def test_nothing_is_found_without_the_token(client: TestClient) -> None:
    for path in ("/", "/x/", f"/{TOKEN[:-1]}/", f"/{TOKEN}x/api/documents", "/doc/0", "/x/reviews.jsonl"):
        assert client.get(path).status_code == 404
    assert client.post("/x/reviews", content=encoded(review()), headers=OWN).status_code == 404
    assert client.get(f"/{TOKEN}/").status_code == 200


@pytest.mark.parametrize("host", ["evil.example:8000", "127.0.0.1:8001", "127.0.0.1", ""])
def test_another_name_of_the_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get(f"/{TOKEN}/", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": LINES},
        {**OWN, "Origin": "http://evil.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Origin": "http://127.0.0.1:8001"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_decisions_from_another_origin_are_refused(client: TestClient, log: Path, headers: dict[str, str]) -> None:
    assert client.post(f"/{TOKEN}/reviews", content=encoded(review()), headers=headers).status_code == 403
    assert not log.exists()


def test_answers_are_not_to_be_framed_kept_or_guessed(client: TestClient) -> None:
    for path in (f"/{TOKEN}/", f"/{TOKEN}/api/reviewers", "/nothing/"):
        headers = client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


def test_decisions_are_on_the_disk_when_it_answers(client: TestClient, log: Path) -> None:
    body = encoded(stands()) + encoded(stands(1))
    answer = client.post(f"/{TOKEN}/reviews", content=body, headers=OWN)
    assert (answer.status_code, answer.json(), log.read_bytes()) == (200, {"taken": 2}, body)
    assert client.post(f"/{TOKEN}/reviews", content=body, headers=OWN).json() == {"taken": 0}
    assert client.get(f"/{TOKEN}/reviews.jsonl").content == body == log.read_bytes()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}\n", LINES, 422),
        (b"no json\n", LINES, 422),
        (encoded(review()) + b"[]\n", LINES, 422),
        (encoded(stands()) + encoded(stands(1, doc="nowhere")), LINES, 422),
        (encoded(stands()) + encoded(stands(1, doc="broken")), LINES, 422),
        (encoded(stands()) + encoded(review(1)), LINES, 422),
        (encoded(stands()) + encoded(stands(1, item=replace(FACTS[1], spans=((900, 905),)))), LINES, 422),
        (encoded(stands()) + encoded(stands(1, item=replace(FACTS[1], spans=((0, 2),)))), LINES, 422),
        (encoded(stands(verdict="correct", correction=Correction(spans=((3, 99),)))), LINES, 422),
        (encoded(stands(verdict="correct", correction=Correction(args={"place": ((3, 99),)}))), LINES, 422),
        (encoded(review(reviewer="x" * 101)), LINES, 422),
        (encoded(review()), "text/plain", 415),
        (b" " * (5 << 20), LINES, 413),
    ],
)
def test_what_is_no_decision_is_refused_whole(
    client: TestClient, log: Path, body: bytes, kind: str, status: int
) -> None:
    headers = {**OWN, "Content-Type": kind}
    answer = client.post(f"/{TOKEN}/reviews", content=body, headers=headers)
    assert answer.status_code == status and len(answer.text.splitlines()) == 1
    assert not log.exists()


def test_an_undo_and_a_correction_of_what_is_there_are_taken(client: TestClient) -> None:
    body = encoded(stands(verdict="correct", correction=Correction(args={"subject": ((0, 4),), "place": None})))
    body += encoded(stands(verdict="undo"))
    assert client.post(f"/{TOKEN}/reviews", content=body, headers=OWN).json() == {"taken": 2}


def test_a_document_comes_with_its_decisions_and_its_neighbours(client: TestClient) -> None:
    document = data_of(client.get(f"/{TOKEN}/doc/2?reviewer=乙").content)
    assert document["doc"]["id"] == "rail" and document["explained"]
    assert document["server"]["reviewer"] == "乙" and document["server"]["records"] == []
    assert document["links"]["doc-before"].startswith("0?") and document["links"]["doc-next"].startswith("3?")
    record = review(source=document["doc"]["source"])
    client.post(f"/{TOKEN}/reviews", content=encoded(record), headers=OWN)
    again = data_of(client.get(f"/{TOKEN}/doc/2").content)
    assert len(again["server"]["records"]) == 1
    row = next(r for r in client.get(f"/{TOKEN}/api/documents?reviewer=甲").json()["rows"] if r["id"] == "rail")
    assert row["judged"] == 1
    assert client.get(f"/{TOKEN}/api/reviewers").json()[0]["reviewer"] == "甲"


def test_a_document_that_could_not_be_worked_or_is_not_there(client: TestClient) -> None:
    assert client.get(f"/{TOKEN}/doc/1").status_code == 404
    assert client.get(f"/{TOKEN}/doc/77").status_code == 404


def test_a_sample_leads_from_fact_to_fact(client: TestClient, shelf: Shelf) -> None:
    start = client.get(f"/{TOKEN}/sample?by=random&size=4&seed=3&reviewer=甲")
    assert start.status_code == 303
    path, seen = start.headers["location"].removeprefix("doc/"), []
    while path:
        data = data_of(client.get(f"/{TOKEN}/doc/{path}").content)
        seen.append((int(path.split("?")[0]), data["server"]["sample"]["item"]))
        path = data["links"]["doc-next"]
    assert seen == shelf.sample("random", 4, 3)


def test_a_sample_goes_on_where_the_reviewer_stopped(client: TestClient) -> None:
    asked = "by=random&size=3&seed=3&reviewer=丁"
    path = client.get(f"/{TOKEN}/sample?{asked}").headers["location"]
    data = data_of(client.get(f"/{TOKEN}/{path}").content)
    item = next(one["item"] for one in data["items"] if one.get("id") == data["server"]["sample"]["item"])
    source, rules = data["doc"]["source"], data["producer"]["rules"]
    record = review(source=source, doc=data["doc"]["id"], rules=rules, item=msgspec.convert(item, Item), reviewer="丁")
    client.post(f"/{TOKEN}/reviews", content=encoded(record), headers=OWN)
    again = client.get(f"/{TOKEN}/sample?{asked}").headers["location"]
    assert "at=0" in path and "at=1" in again


def test_a_sample_that_was_drawn_before_is_judged(shelf: Shelf, log: Path, archived: Path) -> None:
    documents = [d for n in (0, 2) if isinstance(d := shelf.archive.document(n), Document)]
    lines = draw(documents, 4, 1)
    listed = shelf.listed(lines)
    assert [(d.doc.id, one.id) for one in listed for d in [shelf.archive.document(one.number)]] == [
        (line.doc, line.id) for line in lines
    ]
    app = Server(shelf, ReviewLog(log), Making(), "甲", listed).app(TOKEN, None)
    client = TestClient(app, base_url=f"http://{HOST}")
    data = data_of(client.get(f"/{TOKEN}/sample?by=listed").content)
    assert data["server"]["sample"] == {"at": 1, "of": 4, "item": listed[0].id}
    with pytest.raises(InputError, match="no such document"):
        shelf.listed([msgspec.structs.replace(lines[0], doc="elsewhere")])


@pytest.mark.parametrize("asked", ["by=none", "by=random&size=x", "by=random&rule=fact.none", ""])
def test_a_sample_that_cannot_be_is_told(client: TestClient, asked: str) -> None:
    assert client.get(f"/{TOKEN}/sample?{asked}").status_code == 400

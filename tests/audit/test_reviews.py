"""The log of decisions: what holds, what a killed writer leaves, and which item a decision is of."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pipeline.audit.reviews import SCHEMA, Correction, Review, append, decisions, decoded, encoded, key_of, read
from pipeline.core.errors import InputError, OutputError
from pipeline.core.items import Item, fact_item, items_of, source_digest
from tests.records import FACTS, document

DOC = document()
ITEMS = {one.id: one.item for one in items_of(DOC)}


def review(item: Item = ITEMS["f1"], verdict: str = "accept", reviewer: str = "杜若", **fields: Any) -> Review:
    base = {
        "schema": SCHEMA, "source": source_digest(DOC), "doc": DOC.doc.id, "rules": DOC.producer.rules, "item": item,
        "verdict": verdict, "correction": None, "reviewer": reviewer, "at": "2024-06-01T09:00:00+08:00", "note": "",
    }  # fmt: skip
    return Review(**(base | fields))


def verdicts(*reviews: Review) -> dict[str, str]:
    return {name: one.verdict for of_item in decisions(reviews).values() for name, one in of_item.items()}


def test_a_record_survives_the_log(tmp_path: Path) -> None:
    log = tmp_path / "reviews.jsonl"
    fixed = review(ITEMS["f2"], "correct", correction=Correction(norm={"value": "1"}, args={"property": None}))
    append(log, [review()])
    append(log, [fixed, review(verdict="reject", note="前任\n\u2028</script>")])
    assert list(read(log)) == [review(), fixed, review(verdict="reject", note="前任\n\u2028</script>")]
    assert [decoded(line) for line in log.read_bytes().splitlines()] == list(read(log))


def test_the_last_one_of_a_reviewer_wins_and_undo_takes_it_back() -> None:
    at = iter(f"2024-06-01T09:00:0{n}" for n in range(9))
    accept, reject, undo, second = (review(verdict=v, at=next(at)) for v in ("accept", "reject", "undo", "undo"))
    other = review(verdict="reject", reviewer="Ito")
    assert verdicts(accept, other, reject) == {"杜若": "reject", "Ito": "reject"}
    assert verdicts(accept, other, reject, undo) == {"杜若": "accept", "Ito": "reject"}
    assert verdicts(accept, reject, undo, second) == {}
    assert verdicts(accept, reject, accept, reject) == {"杜若": "reject"}, "a file that is loaded twice counts once"


def test_decisions_on_what_says_something_else_are_apart() -> None:
    first = ITEMS["f2"]
    other = replace(first, norm={**first.norm, "value": "999"})
    assert len(decisions([review(first), review(other)])) == 2
    assert len(decisions([review(first), review(replace(first, rule="fact.other", confidence="0.10"))])) == 1


def test_a_log_that_an_editor_of_windows_saved_is_read(tmp_path: Path) -> None:
    log = tmp_path / "reviews.jsonl"
    log.write_bytes(b"\xef\xbb\xbf" + (encoded(review()) + encoded(review(verdict="reject"))).replace(b"\n", b"\r\n"))
    assert [one.verdict for one in read(log)] == ["accept", "reject"]


@pytest.mark.parametrize("torn", [b"{", b'{"schema":"zhfacts-reviews/1"', b"\xff" * 200_000])
def test_a_torn_last_line_is_no_decision_and_is_healed(tmp_path: Path, torn: bytes) -> None:
    log = tmp_path / "reviews.jsonl"
    append(log, [review()])
    with log.open("ab") as stream:
        stream.write(torn)
    assert list(read(log)) == [review()]
    append(log, [review(verdict="reject")])
    assert log.read_bytes() == encoded(review()) + encoded(review(verdict="reject"))


def test_a_log_that_is_torn_in_its_first_line_begins_anew(tmp_path: Path) -> None:
    log = tmp_path / "reviews.jsonl"
    log.write_bytes(b'{"schema"')
    append(log, [review()])
    assert list(read(log)) == [review()]


WRITER = """
import sys
from pathlib import Path
from pipeline.audit.reviews import append, read
one = list(read(Path(sys.argv[1])))
for n in range(int(sys.argv[3])):
    append(Path(sys.argv[2]), one)
    print(n, flush=True)
"""


def test_what_was_appended_is_there_after_a_kill_and_several_may_write(tmp_path: Path) -> None:
    given, log = tmp_path / "given.jsonl", tmp_path / "reviews.jsonl"
    append(given, [review()])
    command = [sys.executable, "-c", WRITER, str(given), str(log)]
    endless = subprocess.Popen([*command, "1000000"], stdout=subprocess.PIPE)
    other = subprocess.Popen([*command, "20"], stdout=subprocess.PIPE)
    assert endless.stdout is not None
    told = [endless.stdout.readline() for _ in range(20)]
    os.kill(endless.pid, signal.SIGKILL)
    endless.communicate()
    other.communicate()
    assert other.returncode == 0
    append(log, [review()])
    assert len(list(read(log))) >= len(told) + 20 + 1
    assert log.read_bytes().endswith(b"\n")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("schema", "zhfacts-reviews/2", "schema"),
        ("verdict", "maybe", "verdict"),
        ("reviewer", " ", "no name"),
        ("source", "abc", "SHA-256"),
        ("at", "yesterday", "isoformat"),
        ("verdict", "correct", "stands with the verdict"),
        ("correction", {"norm": {}}, "correction"),
    ],
)
def test_a_record_that_is_none_is_told_with_its_line(tmp_path: Path, field: str, value: Any, said: str) -> None:
    import msgspec

    log = tmp_path / "reviews.jsonl"
    wrong = {**msgspec.json.decode(encoded(review())), field: value}
    log.write_bytes(encoded(review()) + msgspec.json.encode(wrong) + b"\n")
    with pytest.raises(InputError, match=rf"reviews\.jsonl:2: .*{said}"):
        list(read(log))


def test_spans_that_cannot_be_are_refused(tmp_path: Path) -> None:
    log = tmp_path / "reviews.jsonl"
    log.write_bytes(encoded(review()).replace(b'"spans":[[', b'"spans":[[9,4],[', 1))
    with pytest.raises(InputError, match="start before end"):
        list(read(log))


def test_a_log_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read(tmp_path / "none.jsonl"))
    with pytest.raises(OutputError, match="cannot be written"):
        append(tmp_path / "none" / "reviews.jsonl", [review()])


def test_the_kinds_of_a_correction_are_what_it_changes() -> None:
    fixed = Correction(spans=((0, 2),), norm={"value": "1", "unit": "t"}, args={"subject": None}, label="ORG")
    assert fixed.kinds == ("argument:subject", "label", "span", "unit", "value")


def test_a_decision_finds_its_item_in_a_run_with_other_ids() -> None:
    fresh = document(tuple(replace(f, id=f"f{40 + n}") for n, f in enumerate(reversed(FACTS))))
    found = {(source_digest(fresh), one.item.identity): one.id for one in items_of(fresh)}
    assert found[key_of(review())] == "f45"


def test_a_decision_is_of_no_item_of_another_text_and_of_none_that_says_something_else() -> None:
    other = replace(DOC, doc=replace(DOC.doc, text=f"{DOC.doc.text}。"))
    keys = {(source_digest(one), item.item.identity) for one in (other, document(FACTS[1:])) for item in items_of(one)}
    assert key_of(review()) not in keys


def test_a_document_without_its_text_is_refused() -> None:
    with pytest.raises(InputError, match="without its text"):
        source_digest(document(with_text=False))


def test_an_items_place_does_not_count_what_it_says() -> None:
    item = fact_item(FACTS[0])
    assert item.place == replace(item, norm={}, rule=None).place
    assert item.identity != replace(item, norm={}).identity
    assert key_of(review())[0] == source_digest(DOC)

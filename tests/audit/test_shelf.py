"""An archive as reviewers go through it: what is found, in which order, and what samples draw."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.audit.shelf import Shelf, Wanted
from pipeline.batch.reading import Archive
from pipeline.core.errors import InputError, UsageError
from pipeline.core.records import Document
from pipeline.intake.source import Failure
from tests.audit.archives import TEXTS


@pytest.fixture(scope="module")
def archive(archived: Path) -> Archive:
    return Archive(archived)


@pytest.fixture(scope="module")
def shelf(archive: Archive) -> Shelf:
    return Shelf(archive)


def found(shelf: Shelf, **wanted: object) -> list[str]:
    return [row.id for row in shelf.find(Wanted(**wanted), {})[1]]  # type: ignore[arg-type]


def documents(archive: Archive) -> dict[str, Document]:
    return {d.doc.id: d for d in archive.documents() if isinstance(d, Document)}


def test_a_document_is_read_by_its_number(archive: Archive) -> None:
    every = list(archive.documents())
    assert [archive.document(n) for n in range(len(every))] == every
    assert isinstance(archive.document(1), Failure)
    for number in (-1, len(every)):
        with pytest.raises(InputError, match="no document of number"):
            archive.document(number)


def test_rows_tell_what_documents_have(archive: Archive, shelf: Shelf) -> None:
    total, rows = shelf.find(Wanted(), {})
    assert total == len(rows) == len(TEXTS) == len(shelf)
    for row in rows:
        document = documents(archive)[row.id]
        assert row.facts == Counter(str(f.__struct_config__.tag) for f in document.facts)
        assert row.mentions == len(document.mentions)
        assert (row.checks, row.failed) == (len(document.checks), sum(not c.ok for c in document.checks))
        assert row.low == min((f.confidence for f in document.facts), default=None)
        assert row.chars == len(TEXTS[row.id])


def test_documents_are_found_by_words_over_line_breaks(shelf: Shelf) -> None:
    assert found(shelf, words="设车站") == ["rail"]
    assert found(shelf, words="青柏县 产量") == ["mill"]
    assert found(shelf, words="青柏县") == ["mill", "sums"]
    assert found(shelf, words="RAIL") == ["rail"]
    assert found(shelf, words="不在") == []


def test_documents_are_found_by_what_is_doubtful(shelf: Shelf) -> None:
    assert found(shelf, only="failed") == ["sums"]
    assert found(shelf, type="quote") == ["mill"]
    assert found(shelf, order="failed")[0] == "sums"
    assert found(shelf, order="chars")[0] == max(TEXTS, key=lambda name: len(TEXTS[name]))
    facts = {row.id: sum(row.facts.values()) for row in shelf.find(Wanted(), {})[1]}
    done = {"rail": facts["rail"], "mill": 1}
    assert [row.id for row in shelf.find(Wanted(only="open"), done)[1]] == ["mill", "sums"]


def test_neighbours_step_over_what_could_not_be_worked(shelf: Shelf) -> None:
    assert [shelf.neighbours(n) for n in (0, 2, 4)] == [(None, 2), (0, 3), (3, None)]


def test_samples_are_of_chance_and_the_same_again(archive: Archive, shelf: Shelf) -> None:
    every = {(n, f.id) for n in range(5) if isinstance(d := archive.document(n), Document) for f in d.facts}
    drawn = shelf.sample("random", 1000, 7)
    assert set(drawn) == every and len(drawn) == len(every)
    assert shelf.sample("random", 5, 7) == shelf.sample("random", 5, 7) != shelf.sample("random", 5, 8)


def test_samples_by_rule_doubt_and_check(archive: Archive, shelf: Shelf) -> None:
    facts = {(n, f.id): f for n in range(5) if isinstance(d := archive.document(n), Document) for f in d.facts}
    rules = {f.rule for f in facts.values()}
    assert {facts[d].rule for d in shelf.sample("rule", len(rules), 1)} == rules
    rule = min(rules)
    assert {facts[d].rule for d in shelf.sample("random", 9, 1, rule)} == {rule}
    low = [float(facts[d].confidence) for d in shelf.sample("low", 1000, 1)]
    assert low == sorted(low) and len(low) == len(facts)
    failed = archive.document(3)
    assert isinstance(failed, Document)
    bad = {(3, fact) for check in failed.checks if not check.ok for fact in check.facts}
    assert set(shelf.sample("failed", 100, 1)) == bad
    with pytest.raises(UsageError, match="no fact is of the rule"):
        shelf.sample("random", 5, 1, "fact.none")


def test_totals_are_sums(archive: Archive, shelf: Shelf) -> None:
    facts = [f for d in documents(archive).values() for f in d.facts]
    assert shelf.totals.facts == Counter(str(f.__struct_config__.tag) for f in facts)
    assert shelf.totals.rules == Counter(f.rule for f in facts)
    assert sum(shelf.totals.confidence) == len(facts)
    assert shelf.totals.failed == 1

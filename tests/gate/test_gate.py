"""The quality gate: our own annotated sentences (cases.txt) against floors (floors.toml) that only rise.

Quantities, times and entities are annotated completely and scored by strict F1 (span, value, unit and modifier; span
and value; span and label). Facts, roles and quotes are scored by the share of the annotated ones that is found.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

import pipeline
from pipeline.core.fact_records import QuantityFact, QuoteFact, RoleFact
from pipeline.core.records import EntityMention, QuantityMention, TimeMention

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
NAMES = {"Q": "quantity", "T": "time", "E": "entity", "F": "quantity fact", "R": "role", "S": "quote"}


@dataclass
class Case:
    text: str
    published: str
    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {k: [] for k in NAMES})


def read_cases() -> list[Case]:
    cases: list[Case] = []
    for line in (HERE / "cases.txt").read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in NAMES and line[1] == " ":
            cases[-1].rows[line[0]].append(tuple(c.strip() for c in line[2:].split("|")))
        else:
            text, _, published = line.partition(" @")
            cases.append(Case(text.replace("\\n", "\n"), published or "2024-05-31"))
    return cases


def number(text: str | None) -> str | None:
    try:
        return str(Decimal(text).normalize()) if text else text
    except ArithmeticError:
        return text


def amount_key(text, value, low, high, unit, modifier):
    told = number(value) if value else f"{number(low)}..{number(high)}"
    return text, told, unit or "", modifier or ""


def found_mentions(document, kind):
    for m in document.mentions:
        if kind == "Q" and isinstance(m, QuantityMention):
            n = m.norm
            yield amount_key(m.text, n.value, n.low, n.high, n.unit, n.modifier)
        if kind == "T" and isinstance(m, TimeMention):
            yield m.text, m.norm.value, m.norm.modifier or ""
        if kind == "E" and isinstance(m, EntityMention):
            yield m.text, m.label


def expected_mentions(case, kind):
    for row in case.rows[kind]:
        if kind == "Q":
            low, _, high = row[1].partition("..")
            yield amount_key(row[0], "" if high else low, low, high, row[2], row[3])
        elif kind == "T":
            yield row[0], row[1], row[2] if len(row) > 2 else ""
        else:
            yield row[0], row[1]


def text_of(arg) -> str:
    return getattr(arg, "text", "")


def found_facts(document, kind):
    for f in document.facts:
        a, n = f.args, f.norm
        if kind == "F" and isinstance(f, QuantityFact):
            change = f"{n.change.direction} {n.change.role} {n.change.basis or ''}".strip() if n.change else ""
            yield text_of(a.quantity), text_of(a.subject), text_of(a.property), change, n.time or ""
        if kind == "R" and isinstance(f, RoleFact):
            yield text_of(a.person), text_of(a.title), text_of(a.org)
        if kind == "S" and isinstance(f, QuoteFact):
            yield text_of(a.speaker), text_of(a.cue), text_of(a.content)


@pytest.fixture(scope="module")
def worked():
    cases = read_cases()
    return [(c, pipeline.extract(c.text, c.published)) for c in cases]


def strict_f1(pairs) -> tuple[float, list[str]]:
    right = wrong = missed = 0
    told = []
    for case, expected, found in pairs:
        e, f = Counter(expected), Counter(found)
        right += (e & f).total()
        wrong += (f - e).total()
        missed += (e - f).total()
        if e != f:
            told.append(f"{case.text[:30]}… missed {list(e - f)} spurious {list(f - e)}")
    return 2 * right / (2 * right + wrong + missed), told


@pytest.mark.parametrize("kind", ["Q", "T", "E"])
def test_mentions(worked, kind):
    score, told = strict_f1((c, expected_mentions(c, kind), found_mentions(d, kind)) for c, d in worked)
    assert score >= FLOORS[NAMES[kind]], f"{NAMES[kind]} F1 {score:.3f}\n" + "\n".join(told)


def attached(expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether subject and property together are the expected words: half of all shared, or all in twice as many."""
    want, got = Counter(expected[1] + expected[2]), Counter(found[1] + found[2])
    if not want or not got:
        return want == got
    shared = (want & got).total()
    return shared / (want | got).total() >= 0.5 or (shared == want.total() and got.total() <= 2 * want.total())


def same_fact(kind: str, expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    if kind == "F":
        return expected[0] == found[0] and expected[3:] == found[3:] and attached(expected, found)
    return expected == found


@pytest.mark.parametrize("kind", ["F", "R", "S"])
def test_facts(worked, kind):
    hit = total = 0
    told = []
    width = 5 if kind == "F" else 3
    for case, document in worked:
        free = list(found_facts(document, kind))
        for row in case.rows[kind]:
            expected = (*row, *[""] * width)[:width]
            total += 1
            match = next((f for f in free if same_fact(kind, expected, f)), None)
            if match:
                hit += 1
                free.remove(match)
            else:
                told.append(f"{case.text[:30]}… missed {expected} found {free}")
    assert hit / total >= FLOORS[NAMES[kind]], f"{NAMES[kind]} found {hit}/{total}\n" + "\n".join(told)


def test_every_annotation_stands_in_its_text():
    for case in read_cases():
        for kind, rows in case.rows.items():
            for row in rows:
                for part in row[:1] if kind in "QTEF" else row[:2]:
                    assert part in case.text.replace("\n", ""), (case.text, part)

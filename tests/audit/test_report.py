"""What is reckoned of reviews: precision, errors, agreement, estimates, and what became of it in another run."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from pipeline.audit.against import against
from pipeline.audit.judged import corrected, judgement
from pipeline.audit.report import Report, report
from pipeline.audit.report_page import report_page
from pipeline.audit.reviews import Correction, Review, decisions
from pipeline.audit.sections import _differing, _said, sections
from pipeline.core.items import fact_item
from pipeline.core.records import Arg, Document
from tests.audit.archives import draw
from tests.audit.deciding import ITEMS, decide
from tests.hard import MENTIONS, facts, hard, spans

KILOMETRES = Correction(norm={"value": "585"}, args={"subject": spans("𠮷岭县")})
REVIEWS = [
    decide("m1", "accept"),
    decide("m2", "accept"),
    decide("m3", "reject"),
    decide("m4", "correct", correction=Correction(spans=spans("长58.5公里"))),
    decide("f2", "correct", correction=KILOMETRES),
    decide("f3", "accept"),
    decide("f6", "reject"),
    decide(replace(ITEMS["m8"], rule=None, spans=spans("全线"), text="全线"), "add"),
    decide("m1", "accept", "Ito"),
    decide("m2", "reject", "Ito"),
    decide("m3", "reject", "Ito"),
    decide("f3", "correct", "Ito", correction=Correction(norm={"unit": "USD"})),
]


def reported(*extra: Review, **options: Any) -> Report:
    return report([*REVIEWS, *extra], **options)


def test_precision_counts_what_most_accept() -> None:
    found = reported()
    rows = {row.name: (row.judged, row.right, row.open) for row in found.types}
    assert rows == {
        "LOC": (1, 1, 0), "PER": (0, 0, 1), "ORG": (1, 0, 0), "quantity": (1, 0, 0), "quantity_fact": (1, 0, 1),
        "event_fact": (1, 0, 0),
    }  # fmt: skip
    assert (found.overall.judged, found.overall.right, found.overall.open) == (5, 1, 2)
    third = reported(decide("m2", "accept", "Chen"))
    assert {row.name: row.right for row in third.types}["PER"] == 1


def test_rules_come_with_the_least_right_first() -> None:
    rows = reported().by_rule
    known = [row.precision for row in rows if row.precision is not None]
    assert known == sorted(known)
    assert rows[-1].precision is None, "what nobody settled comes last"


def test_errors_are_counted_by_kind_and_type() -> None:
    found = {(row.kind, row.type): row.count for row in reported().errors}
    assert found == {
        ("spurious", "ORG"): 1, ("spurious", "PER"): 1, ("spurious", "event_fact"): 1, ("span", "quantity"): 1,
        ("value", "quantity_fact"): 1, ("argument:subject", "quantity_fact"): 1, ("unit", "quantity_fact"): 1,
        ("missing", "quantity"): 1,
    }  # fmt: skip


def test_agreement_is_of_what_both_judged() -> None:
    found = reported().agreement
    (pair,) = found.pairs
    assert (pair.one, pair.other, pair.items, pair.agreed) == ("Ito", "杜若", 4, 2)
    # accept reject reject correct against accept accept reject accept: agreed 1/2, by chance (1*3 + 2*1 + 0) / 16
    assert pair.kappa == round((0.5 - 5 / 16) / (1 - 5 / 16), 4)
    # Ito wants m1, and f3 with its three arguments; the other m1, m2, f3 with these, and one that is missing.
    assert pair.span_f1 == round(2 * 5 / (5 + 7), 4)
    assert found.items == 4 and found.alpha is not None


def test_disagreements_are_told_with_what_was_corrected() -> None:
    found = {row.text: row.verdicts for row in reported().disagreements}
    assert found == {
        "𠮟野": {"Ito": "reject", "杜若": "accept"},
        "约３０亿元": {"Ito": "correct unit", "杜若": "accept"},
    }
    same = [decide("m4", "correct", name, correction=Correction(spans=spans("长58.5公里"))) for name in ("a", "b")]
    other = decide("m4", "correct", "c", correction=Correction(spans=spans("58.5")))
    assert not report(same).disagreements
    assert len(report([*same, other]).disagreements) == 1, "they correct it otherwise"


def test_a_correction_is_applied_to_the_item() -> None:
    item = corrected(ITEMS["f2"], KILOMETRES)
    assert (item.norm["value"], item.norm["unit"], item.args["subject"]) == ("585", "km", spans("𠮷岭县"))
    moved = corrected(ITEMS["f2"], Correction(spans=spans("58.5"), args={"property": None}))
    assert moved.spans == moved.args["quantity"] == spans("58.5")
    assert "property" not in moved.args


def test_the_estimate_weighs_rules_by_what_they_have_in_the_archive() -> None:
    rare = replace(facts()[5], rule="fact.rare")
    many = []
    for n in range(30):
        one = hard(f"d{n}", f"{hard().doc.text}{n}")
        many.append(replace(one, facts=(facts()[1], *((rare,) if n < 3 else ())), mentions=()))
    sample = draw(many, 9, 0)
    by_id = {d.doc.id: d for d in many}
    judged = [decide(s.item, "reject" if s.stratum == "fact.rare" else "accept", of=by_id[s.doc]) for s in sample]
    rows = {row.name: row for row in report(judged, sample).estimates}
    assert rows["all"].precision == round(30 / 33, 4), "thirty of a rule that is right, three of one that is not"
    assert rows["quantity_fact"].precision == 1 and rows["event_fact"].precision == 0
    assert (rows["all"].population, rows["all"].covered, rows["all"].judged) == (33, 33, 9)
    half = report([r for r in judged if r.item.rule != "fact.rare"], sample).estimates[-1]
    assert (half.population, half.covered, half.precision) == (33, 30, 1.0)


def run(**changes: Any) -> Document:
    return replace(hard(), producer=replace(hard().producer, rules="sha256:1"), **changes)


def outcomes(document: Document, *reviews: Review) -> list[tuple[str, str, str]]:
    found = against(judgement(decisions(reviews)), [document])
    return [(one.verdict, one.became, one.text) for one in found.outcomes]


def test_a_run_that_says_the_same_loses_nothing() -> None:
    found = against(judgement(decisions(REVIEWS)), [run()])
    assert found.counts["accepted"] == {"kept": 1}
    assert found.counts["rejected"] == {"kept": 2}
    assert found.counts["corrected"] == {"kept": 2}
    assert (found.before.precision, found.after.precision, found.rules) == (0.2, 0.2, ("sha256:1",))


def test_what_was_accepted_and_is_gone_or_changed_comes_first() -> None:
    other = run(
        mentions=MENTIONS[1:],
        facts=(replace(facts()[2], norm=replace(facts()[2].norm, value="30")), *facts()[:2]),  # type: ignore[arg-type]
    )
    reviews = [decide("m2", "reject"), decide("m1", "accept"), decide("f3", "accept"), decide("f6", "reject")]
    assert outcomes(other, *reviews) == [
        ("accepted", "changed", "约３０亿元"),
        ("accepted", "gone", "𠮷岭县"),
        ("rejected", "kept", "𠮟野"),
        ("rejected", "gone", "通局局长白"),
    ]
    changed = against(judgement(decisions(reviews)), [other]).outcomes[0]
    assert (changed.before["value"], (changed.after or {})["value"]) == ("3000000000", "30")
    assert changed.after_rule == "fact.quantity.property"


def test_what_moved_is_changed() -> None:
    longer = replace(MENTIONS[3], spans=spans("长58.5公里"), text="长58.5公里")
    other = run(mentions=(*MENTIONS[:3], longer, *MENTIONS[4:]))
    (one,) = against(judgement(decisions([decide("m4", "accept")])), [other]).outcomes
    assert (one.became, one.after_spans) == ("changed", spans("长58.5公里"))
    fixed = decide("m4", "correct", correction=Correction(spans=spans("长58.5公里")))
    assert outcomes(other, fixed) == [("corrected", "mended", "58.5公里")]


def test_corrections_and_additions_that_are_followed_are_mended() -> None:
    subject = Arg(mention=None, text="𠮷岭县", spans=spans("𠮷岭县"))
    second = facts()[1]
    mended = replace(
        second, args=replace(second.args, subject=subject), norm=replace(second.norm, value="585")  # type: ignore[arg-type]
    )  # fmt: skip
    other = run(facts=(facts()[0], mended, *facts()[2:]))
    assert outcomes(other, decide("f2", "correct", correction=KILOMETRES)) == [("corrected", "mended", "58.5公里")]
    added = replace(fact_item(second), rule=None, norm={"value": "58.5"}, args={"quantity": ITEMS["f2"].spans})
    assert outcomes(run(), decide(added, "add")) == [("missing", "mended", "58.5公里")]
    assert outcomes(other, decide(added, "add")) == [("missing", "changed", "58.5公里")]


def test_texts_that_the_other_run_has_not_are_counted() -> None:
    found = against(judgement(decisions(REVIEWS)), [run(doc=replace(hard().doc, text="别的"))])
    assert (found.absent, found.outcomes, found.before.judged) == (6, (), 0)


def test_without_reviews_there_is_an_empty_report() -> None:
    found = report([])
    assert found.overall.precision is None
    assert [s.name for s in sections(found)] == ["types"]
    assert b"Audit" in report_page(found)


class Parsed(HTMLParser):
    """Elements that are left open, and every text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_shows_names_and_texts_as_data() -> None:
    name = "</script><img src=x onerror=alert(1)>\u202e\x07"
    hostile = decide(replace(ITEMS["m1"], rule=f"entity.{name}", text=name), "reject", name)
    page = report_page(reported(hostile, other=[run()])).decode()
    parsed = Parsed()
    parsed.feed(page)
    assert not parsed.open
    assert not parsed.names & {"script", "img"}
    assert "\u202e" not in page and "\x07" not in page
    assert any("onerror=alert(1)" in text for text in parsed.texts)
    assert page.count("<svg") >= 6 and "default-src 'none'" in page


def test_the_report_is_the_same_bytes_and_reads_back() -> None:
    data = msgspec.json.encode(reported(other=[run()]))
    assert data == msgspec.json.encode(reported(other=[run()]))
    assert msgspec.json.decode(data, type=Report).overall.judged == 5
    assert json.loads(data)["schema"] == "zhfacts-audit/1"


@pytest.mark.parametrize("name", ["types", "rules", "errors", "agreement", "disagreements", "confidence", "reviewers"])
def test_every_table_is_as_wide_as_its_head(name: str) -> None:
    (section,) = (s for s in sections(reported(other=[run()])) if s.name == name)
    assert all(len(row) == len(section.columns) for row in section.rows)


def test_the_order_of_a_change_is_no_difference() -> None:
    item, place = {"direction": "increase", "role": "to", "basis": None}, {"subject": ((0, 2),)}
    told = [_said({"change": dict(order)}, place) for order in (item.items(), reversed(item.items()))]
    assert _differing(*told) == ("", "")

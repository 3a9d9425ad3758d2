"""Quote facts: speakers, verbs, how far the attributed text runs, and what is no quotation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.model import Line
from tests.facts.articles import article, check_arguments, quote_facts, words_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "facts_quotes.json").read_text("utf-8"))
PIECES = "周启明|他|表示|说|：|，|。|“|”|票卖完了|据|并指出|在会上|\n|（|）|记者|如下：".split("|")


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:16] for c in CASES])
def test_quotes(case):
    view = article(case["text"], case["names"])
    found = [
        [
            words_of(view, f.args["speaker"]),
            words_of(view, f.args["cue"]),
            [view.text[a:b] for a, b in f.args["content"].pieces],
            f.norm["kind"],
            f.norm["resolved_from"],
        ]
        for f in quote_facts(view)
    ]
    assert found == case["quotes"]


def test_a_headline_holds_no_quotation_of_its_own():
    text = "周启明表示，水价不变\n周启明表示，水价不变，老管道要换。"
    view = article(text, [("周启明", "PER")])
    view.lines = [Line(0, 10, "title"), Line(11, len(text))]
    assert [f.args["cue"].start for f in quote_facts(view)] == [14]
    view.lines = [Line(0, 10), Line(11, len(text))]
    assert [f.args["cue"].start for f in quote_facts(view)] == [3, 14]


def test_the_pronoun_goes_back_to_the_speaker():
    view = article("周启明到会。他表示，水价今年不变。", [("周启明", "PER")])
    (fact,) = quote_facts(view)
    assert (fact.args["speaker"].pieces, fact.norm["speaker"], fact.norm["resolved_from"]) == (
        ((0, 3),),
        "周启明",
        "他",
    )


@settings(max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_any_text_gives_arguments_within_it_and_apart(text):
    view = article(text, [("周启明", "PER")] if "周启明" in text else [])
    over = 0
    for fact in quote_facts(view):
        check_arguments(view, fact)
        pieces = fact.args["content"].pieces
        assert pieces[0][0] >= over
        assert all(a[1] <= b[0] for a, b in zip(pieces, pieces[1:], strict=False))
        over = pieces[-1][1]

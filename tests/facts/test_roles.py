"""Role facts: titles, holders, institutions; what is an office of the past; what is no office."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.articles import article, check_arguments, role_facts, words_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "facts_roles.json").read_text("utf-8"))
PIECES = "周启明|何苗|局长|市水务局|副|、|原|当选为|记者| |（|）|，|公司|兼|\n|马克·吐温".split("|")


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:16] for c in CASES])
def test_roles(case):
    view = article(case["text"], case["names"])
    found = [
        [
            words_of(view, f.args["person"]),
            words_of(view, f.args["title"]),
            words_of(view, f.args.get("org")),
            f.norm["former"],
        ]
        for f in role_facts(view)
    ]
    assert found == case["roles"]


def test_the_same_role_is_told_at_each_place():
    text = "记者何苗摄\n记者何苗摄"
    view = article(text, [("何苗", "PER")])
    assert [f.args["title"].start for f in role_facts(view)] == [0, 6]


@settings(max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_gives_arguments_within_it(text):
    names = [(n, "PER") for n in ("周启明", "何苗") if n in text]
    view = article(text, names)
    for fact in role_facts(view):
        check_arguments(view, fact)
        assert set(fact.args) >= {"person", "title"}

"""Which starts an open end may go on with: none that the evidence would have chosen is passed over."""

from __future__ import annotations

from itertools import product

from msgspec.structs import replace

from pipeline.intake.prospects import ELSEWHERE, HERE, NEXT, EndKind, Prospects, StartKind, prospects_of
from pipeline.intake.signs import signs_of
from pipeline.rulebook import load

SIGNS = signs_of(load(None))
ENDS = [
    EndKind(SIGNS.contact.end(sign), bracket) for sign, bracket in product(("，", "桥", "1", "月", "A"), (False, True))
]
GLANCES = list(product(("桥", "1", "日", "％", "b"), (False, True), (False, True)))


def test_an_end_finds_every_start_that_it_may_go_on_with() -> None:
    prospects = Prospects(SIGNS)
    glances = "".join([prospects.glance(*told) for told in GLANCES])
    for end in ENDS:
        outlook = prospects.outlook(end)
        found = {m.start() for m in outlook.hopeful().finditer(glances)}
        for i, glance in enumerate(glances):
            plain = prospects.kinds[glance]
            signs = [prospects.sign(kind) for kind in (plain, replace(plain, opens=True))]
            places = product(signs, (False, True), (HERE, ELSEWHERE))
            most = max(outlook.told(sign, torn, place)[1] for sign, torn, place in places)
            alone = prospects.alone + prospects.alike if plain.orphan else 0
            assert (i in found) == (most + outlook.over(plain) + alone >= SIGNS.weight("jump_needs"))
    assert any(len(prospects.outlook(end).hopeful().findall(glances)) < len(glances) for end in ENDS)


def test_a_kind_of_start_that_comes_later_is_looked_for_too() -> None:
    prospects, end = Prospects(SIGNS), EndKind(SIGNS.contact.end("，"), True)
    assert prospects.outlook(end).hopeful().search(prospects.glance("桥", False, False)) is None
    glance = prospects.glance("）", True, True)
    assert prospects.outlook(end).hopeful().search(glance) is not None


def test_signs_and_places_are_named() -> None:
    prospects = prospects_of(SIGNS)
    end, start = EndKind(SIGNS.contact.end("1"), True), StartKind(SIGNS.contact.begin("8"), True, False, False)
    outlook, sign = prospects.outlook(end), prospects.sign(start)
    names, score = outlook.told(sign, False, NEXT)
    assert names == ("jump_numeral", "jump_closes", "jump_next")
    assert score == sum(map(SIGNS.weight, names))
    assert outlook.told(sign, True, HERE)[0] == ("jump_numeral", "jump_no_number", "jump_closes")


def test_words_add_more_where_a_numeral_stands_before_the_last_sign() -> None:
    prospects, start = prospects_of(SIGNS), StartKind("-", False, False, False)
    counts, plain = EndKind("-", False, True), EndKind("-", False)
    assert prospects.outlook(counts).over(start) > prospects.outlook(plain).over(start)


def test_no_word_goes_over_a_break_beside_a_sign_that_is_one_itself() -> None:
    prospects, start = prospects_of(SIGNS), StartKind("-", False, False, False, apart=True)
    most = SIGNS.weight("jump_phrase")
    assert prospects.outlook(EndKind("-", False, True)).over(start) == most
    assert prospects.outlook(EndKind("-", False, False, True)).over(StartKind("-", False, False, False)) == most

"""Which mentions name one thing, and the codes of places."""

from __future__ import annotations

from pipeline.core.model import Entity
from pipeline.mentions.entities import RulesTier, find_entities
from pipeline.mentions.grammar import Candidate
from pipeline.mentions.readings import one_reading
from pipeline.rulebook import load
from tests.mentions.views import view_of


def by_text(text: str) -> dict[str, Entity]:
    return {text[e.start : e.end]: e for e in find_entities([view_of(text)], load(), RulesTier())[0]}


def test_a_short_form_and_its_full_name_are_one_place() -> None:
    names = by_text("深圳市昨天下雨。深圳今天放晴。")
    assert names["深圳"].norm == names["深圳市"].norm
    assert (names["深圳"].norm.name, names["深圳"].norm.code) == ("深圳市", "440300")


def test_a_name_of_several_places_stays_open() -> None:
    norm = by_text("鼓楼区昨天停水。")["鼓楼区"].norm
    assert norm.code is None
    assert "320106" in norm.candidates and "350102" in norm.candidates


def test_the_article_decides_between_places_of_one_name() -> None:
    assert by_text("福州市通知，鼓楼区昨天停水。")["鼓楼区"].norm.code == "350102"
    assert by_text("江苏省徐州市鼓楼区昨天停水。")["江苏省徐州市鼓楼区"].norm.code == "320302"


def test_a_defined_short_form_has_the_full_name() -> None:
    text = "恒通达物流有限公司（以下简称“恒通达”）昨天开业，恒通达招工百人。"
    assert {e.norm.name for t, e in by_text(text).items() if "恒通达" in t} == {"恒通达物流有限公司"}


def test_an_abbreviation_is_linked_to_the_organ() -> None:
    names = by_text("温岭市发展和改革委员会发文，市发改委将督查。")
    assert names["市发改委"].norm.entity == names["温岭市发展和改革委员会"].norm.entity


def test_two_persons_are_two() -> None:
    names = by_text("记者袁步兵、陶若溪报道。")
    assert names["袁步兵"].norm.entity != names["陶若溪"].norm.entity


def test_a_bare_surname_is_the_only_person_that_bears_it() -> None:
    names = by_text("水务局局长郭启明到场。郭局长说，河道已经清淤。")
    assert names["郭"].norm == names["郭启明"].norm
    names = by_text("水务局局长郭启明和医生郭若溪到场。郭局长没有说话。")
    assert names["郭"].norm.name == "郭"


def test_one_string_has_one_label_in_an_article() -> None:
    kept = [
        Candidate(0, 2, "PER", "a.b", "0.60"),
        Candidate(3, 5, "LOC", "a.c", "0.90"),
        Candidate(6, 8, "PER", "a.b", "0.20"),
    ]
    assert [c.label for c in one_reading(kept, ["邹平", "邹平", "邹平"])] == ["LOC"] * 3
    assert one_reading(kept, ["邹平", "平县", "滨江"]) == kept


def test_a_price_within_a_name_is_no_part_of_it() -> None:
    names = by_text("云岭资源(15.90,0.00,0.00%)股份有限公司昨天开会。")
    assert names["云岭资源(15.90,0.00,0.00%)股份有限公司"].norm.name == "云岭资源股份有限公司"

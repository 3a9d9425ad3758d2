"""Selections: which facts are kept, what stays with them, and what is said of a wrong one."""

from __future__ import annotations

import msgspec
import pytest

from pipeline.chain import extract
from pipeline.core.errors import UsageError
from pipeline.core.records import Arg
from pipeline.output.selection import KEYS, Selection
from tests.records import FACTS, document


def kept(*wanted: str) -> list[str]:
    return [fact.id for fact in Selection.parse(wanted).of(document()).facts]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (["type=quote"], ["f4"]),
        (["type=quantity"], ["f2", "f3"]),
        (["type=quantity,unit=CNY"], ["f2"]),
        (["unit=CNY", "type=event"], ["f2", "f5"]),
        (["unit=EUR"], []),
        (["speaker=贺岩"], ["f4"]),
        (["speaker=他"], ["f4"]),
        (["person=贺岩,org=远澜*"], ["f1"]),
        (["agent=公司4月"], ["f5"]),
        (["event=sign"], ["f5"]),
        (["kind=direct"], ["f4"]),
        (["change=increase,basis=yoy"], ["f3"]),
        (["time=2024"], ["f2", "f5"]),
        (["time=2024-Q"], ["f2"]),
        (["modality=planned", "polarity=denied"], ["f3"]),
        (["rule=fact"], ["f1", "f2", "f3", "f4", "f5", "f6"]),
        (["article=a2"], []),
        (["type=q*"], ["f2", "f3", "f4"]),
        (["property=*利*"], ["f3"]),
        ([" type = rank , scope = 全省 "], ["f6"]),
    ],
)
def test_facts_that_are_asked_for(wanted: list[str], ids: list[str]) -> None:
    assert kept(*wanted) == ids


def test_every_argument_can_be_asked_for_by_its_text() -> None:
    for fact in FACTS:
        for name in fact.args.__struct_fields__:
            arg = getattr(fact.args, name)
            if isinstance(arg, Arg):
                assert fact.id in kept(f"{name}={arg.text.strip()}")


def test_mentions_stay_where_a_fact_names_them_and_the_rest_stays_as_it_is() -> None:
    whole = extract("全市新建公园12个，总投资3.6亿元。明年再建8个。", "2024-05-31", with_text=True)
    part = Selection.parse(["kind=money"]).of(whole)
    assert [m.text for m in part.mentions] == ["3.6亿元"]
    assert [f.norm.value for f in part.facts if f.id in {f.id for f in whole.facts}] == ["360000000"]
    assert msgspec.structs.replace(part, facts=whole.facts, mentions=whole.mentions) == whole


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("quote", "write KEY=VALUE"),
        ("", "write KEY=VALUE"),
        ("=quote", "write KEY=VALUE"),
        ("unit=", "write KEY=VALUE"),
        ("type=quote,", "write KEY=VALUE"),
        ("typ=quote", "there is no typ; the keys are type, kind, unit, "),
        ("type=quotes", "type is one of quantity, rank, role, quote, event"),
        ("event=wedding", "event is one of meeting, sign, "),
    ],
)
def test_a_wrong_selection_is_told(wanted: str, told: str) -> None:
    with pytest.raises(UsageError, match=f"--select .*{told}"):
        Selection.parse([wanted])


def test_keys_with_few_values_know_them_all() -> None:
    assert {name for name, key in KEYS.items() if key.choices} == {
        *("type", "kind", "event", "change", "modality", "polarity")
    }
    assert "money" in KEYS["kind"].choices and "indirect" in KEYS["kind"].choices

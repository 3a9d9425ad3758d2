"""Currencies: every current code of ISO 4217 has a name, and a name that several share is told apart by the place."""

from __future__ import annotations

import pytest

from pipeline.lexis.amountscan import scan_amounts
from pipeline.rulebook import load

# what is legal tender somewhere in 2026, with the code of the special drawing rights
CURRENT = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
    MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
    UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG XDR
""".split()


@pytest.mark.parametrize("code", CURRENT)
def test_every_current_currency_is_read(code: str) -> None:
    row = next(r for r in load().rows("currencies") if r["code"] == code and not r["factor"])
    (hit,) = scan_amounts(f"拨款共3.5亿{row['words'][0]}。", load())
    assert (hit.kind, f"{hit.value:f}", hit.unit) == ("money", "350000000", code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("墨西哥的水厂耗资30亿比索", "MXN"),
        ("一张船票卖900比索，在菲律宾不算贵", "PHP"),
        ("瑞典和挪威各有账目，挪威的是80万克朗", "NOK"),
        ("科威特援助两万第纳尔，伊拉克一侧未说", "KWD"),
        ("一碗面500卢比", "INR"),
        ("埃及渡轮涨到每人2镑", "EGP"),
        ("阿根廷的消息\n渡轮卖50比索", "PHP"),
    ],
)
def test_the_place_decides_between_currencies_of_one_name(text: str, code: str) -> None:
    assert scan_amounts(text, load())[-1].unit == code


def test_a_shared_name_keeps_its_denominator() -> None:
    (hit,) = scan_amounts("哥伦比亚的咖啡每公斤8000比索", load())
    assert hit.unit == "COP/kg"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("公司营收为新台币120亿元，每股盈余3.5元，菜价每公斤20元", ["TWD", "TWD", "TWD/kg"]),
        ("公司营收为新台币120亿元，合人民币28亿元，每股盈余0.8元", ["TWD", "CNY", "CNY"]),
        ("公司营收为120亿元，新台币走强", ["TWD"]),
        ("公司营收为120亿元，平台币走强", ["CNY"]),
    ],
)
def test_an_article_in_taiwan_dollars_means_them_by_yuan(text: str, codes: list[str]) -> None:
    assert [hit.unit for hit in scan_amounts(text, load())] == codes

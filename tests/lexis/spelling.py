"""Numbers written in every style that news uses, for tests that read them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def han(number: int) -> str:
    """The Chinese numeral of a whole number below 10^16, with 零 where places are left out."""
    if number == 0:
        return "零"
    out = ""
    for scale, mark in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            out += ("零" if out and part < 1000 else "") + _section(part) + mark
        if scale == 10**12 and part and number // 10**8 % 10**4:
            out = out.removesuffix("亿")
    return out


def _section(n: int) -> str:
    out, gap = "", False
    for power, mark in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = n // 10**power % 10
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + mark
            gap = False
        else:
            gap = True
    return out


def plain(value: Decimal) -> str:
    """12345.67"""
    return f"{value:f}"


def grouped(value: Decimal) -> str:
    """12,345.67"""
    return f"{value:,f}"


def wide(value: Decimal) -> str:
    """１２３４５．６７"""
    return plain(value).translate(WIDE)


def wide_grouped(value: Decimal) -> str:
    """１２，３４５．６７"""
    return grouped(value).translate(WIDE)


def thin(value: Decimal) -> str:
    """12 345.67 with thin spaces"""
    return grouped(value).replace(",", "\u2009")


def spoken(value: Decimal) -> str:
    """一万二千三百四十五点六七"""
    whole, _, places = plain(value).partition(".")
    return han(int(whole)) + ("点" + "".join(DIGITS[int(d)] for d in places) if places else "")


def formal(value: Decimal) -> str:
    """壹万贰仟叁佰肆拾伍, the fraction left out: cheques write it in coins"""
    return han(int(value)).translate(FORMAL)


def scaled(value: Decimal) -> str:
    """1.234567万, 1.5万亿: the largest scale, the rest behind the point"""
    for power, mark in ((12, "万亿"), (8, "亿"), (4, "万")):
        if value >= Decimal(10) ** power:
            return plain(value.scaleb(-power).normalize()) + mark
    return plain(value)


def mixed(value: Decimal) -> str:
    """3亿4500万, 3万4千5百: Arabic digits between the scales, the fraction left out"""
    number, out = int(value), ""
    for scale, mark in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            out += f"{number // scale}{mark}"
            number %= scale
    if not out:
        return str(number)
    for scale, mark in ((1000, "千"), (100, "百")):
        if number >= scale:
            out += f"{number // scale}{mark}"
            number %= scale
    return out + (han(number) if number and number % 10 == 0 else "零" + DIGITS[number] if 0 < number < 10 else "")


STYLES: Mapping[str, Callable[[Decimal], str]] = {
    f.__name__: f for f in (plain, grouped, wide, wide_grouped, thin, spoken, scaled)
}
WHOLE: Mapping[str, Callable[[Decimal], str]] = {f.__name__: f for f in (formal,)}

"""Bytes to text: what is told, what is guessed, what is lost, what is refused."""

from __future__ import annotations

import codecs
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import InputError
from pipeline.intake.decode import clean_text, decode

SIMPLIFIED = "滨江新桥昨日通车，全长3.5公里，总投资约12亿元。市民说：“以后上班只要十分钟。”"
TRADITIONAL = "臺北市政府昨天表示，捷運新線將於明年六月通車，全長約十二公里，總經費超過三百億元。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_encodings_are_told_apart(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.replaced) == (text, encoding, 0)


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_big5_is_not_taken_for_gb18030(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides_and_is_left_out(mark: bytes, encoding: str) -> None:
    found = decode(mark + SIMPLIFIED.encode(encoding))
    assert (found.text, found.encoding) == (SIMPLIFIED, encoding)


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030"])
def test_labels_of_the_gb_family_mean_the_largest(label: str) -> None:
    assert decode("镕䶮".encode("gb18030"), label).text == "镕䶮"


def test_sound_utf8_goes_before_the_label() -> None:
    assert decode(SIMPLIFIED.encode(), "gbk").encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_lost_byte_is_counted_and_told(encoding: str) -> None:
    data = bytearray(SIMPLIFIED.encode(encoding))
    data[4:4] = b"\xff"
    found = decode(bytes(data))
    assert found.replaced == found.text.count("\ufffd") >= 1
    assert [i.code for i in found.issues] == ["decode.replaced"]
    assert found.text.endswith("十分钟。”")


def test_a_replacement_character_that_was_there_is_not_counted() -> None:
    found = decode("新桥\ufffd通车".encode())
    assert (found.text, found.replaced, found.issues) == ("新桥\ufffd通车", 0, ())


@pytest.mark.parametrize("text", ["a\r\nb\rc\nd", "桥\0桥", "\n桥\n", "𠮷野家😀"])
def test_nothing_is_changed(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b" \r\n\t", "empty"),
        ("\u3000\n".encode("gb18030"), "empty"),
        (Random(0).randbytes(64), "no text in any known encoding"),
        (Random(1).randbytes(5000), "no text in any known encoding"),
        (b"\x89PNG\r\n\x1a\n....", "no text"),
        (b"PK\x03\x04....", "no text"),
        (bytes(range(32)) * 8, "control characters"),
        (b"\0" * 64, "control characters"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", r"like a PDF\); take its text out first"),
        (b"PK\x03\x04\x14\x00", r"like a Word file or a ZIP\); save it as text"),
        (rb"{\rtf1\ansi \'d0\'c2\'c7\'c5}", r"like rich text\); save it as text"),
        (b"\x1f\x8b\x08\x00", r"like an archive\); name it \.zip, \.gz"),
    ],
)
def test_papers_are_told_how_to_become_text(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(data)


def test_a_label_that_is_none_is_refused() -> None:
    for label in ("gb-nonsense", "base64", "rot13", ""):
        with pytest.raises(InputError, match="is no encoding; name one such as utf-8"):
            decode(b"\xc7\xc5", label or " ")


@pytest.mark.parametrize(("count", "told"), [(1, "1 byte could"), (2, "2 bytes could")])
def test_what_is_lost_is_told_in_good_english(count: int, told: str) -> None:
    assert decode(b"\xff" * count + SIMPLIFIED.encode()).issues[0].message.startswith(told)


@given(st.text(min_size=1).filter(str.strip))
def test_a_string_is_cleaned_one_for_one(text: str) -> None:
    found = clean_text(text)
    assert len(found.text) == len(text)
    assert found.replaced == sum("\ud800" <= c <= "\udfff" for c in text)


def test_lone_surrogates_are_told() -> None:
    found = clean_text("桥\ud83d桥")
    assert (found.text, found.replaced) == ("桥\ufffd桥", 1)
    assert found.issues[0].code == "decode.replaced"


@pytest.mark.parametrize("text", ["", " ", "\n\u3000\r\n"])
def test_an_empty_string_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        clean_text(text)


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = decode(data)
    except InputError:
        return
    found.text.encode()
    assert found.replaced == sum(1 for i in found.issues) == 0 or found.replaced <= found.text.count("\ufffd")

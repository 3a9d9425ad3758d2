"""Bytes to text: byte order mark, strict UTF-8, the declared encoding, then the likeliest of GB18030, Big5, UTF-16."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from pipeline.core.errors import InputError
from pipeline.core.model import Issue
from pipeline.core.slices import Record

REPLACEMENT = "\ufffd"
SAMPLE = 1 << 16
EMPTY = "is empty; give a text"
UNKNOWN = "is no text in any known encoding; name its encoding, or give a text file"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# The first bytes of what is no text, and what begins like that.
PAPER = "save it as text in the program that shows it"
IMAGE = ("an image", "give the text that is in it")
PACKED = ("an archive", "name it .zip, .gz or .tar.gz as it is, or unpack it")
MAGIC = {
    b"%PDF-": ("a PDF", "take its text out first, as pdftotext does"),
    b"PK\x03\x04": ("a Word file or a ZIP", f"{PAPER}, or name it .zip"),
    b"\xd0\xcf\x11\xe0": ("an old Word file", PAPER),
    b"{\\rtf": ("rich text", PAPER),
    b"\x89PNG": IMAGE,
    b"\xff\xd8\xff": IMAGE,
    b"GIF8": IMAGE,
    b"\x1f\x8b": PACKED,
    b"BZh9": PACKED,
    b"\x7fELF": ("a program", "give a text file"),
}
# Labels that name less than is meant: gb2312 and gbk text holds GB18030, big5 text the Hong Kong signs.
LABELS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}
LIKELY = 0.2
"""The score from which an encoding is taken as found; real text has 0.8 and more, noise 0.1 at most."""
SHORT = 64
"""Bytes below which nothing is refused for its score."""
CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SURROGATE = re.compile("[\ud800-\udfff]")


class Decoded(Record, frozen=True):
    """The text, the encoding by Python's name, how many characters were replaced by U+FFFD, and what to tell of it."""

    text: str
    encoding: str | None
    replaced: int = 0
    issues: tuple[Issue, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``, its byte order mark left out, its newlines untouched.

    ``declared`` is tried after UTF-8. What cannot be decoded is U+FFFD, a byte each, counted and told as an issue.
    Raises `InputError` where ``data`` is empty, white space or no text, or ``declared`` is no encoding.
    """
    if not data:
        raise InputError(EMPTY)
    marked = next(((len(mark), name) for mark, name in MARKS if data.startswith(mark)), None)
    if marked:
        return _lossy(data[marked[0] :], marked[1])
    for magic, (what, mend) in MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"is no text (it begins like {what}); {mend}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    # Half of the bytes of ASCII in UTF-16 are NULs, and all of it is sound UTF-8 too.
    if text and not (text.count("\0") * 4 > len(text) and _wide(data)):
        return _checked(Decoded(text, "utf-8"))
    if declared:
        return _lossy(data, codec(declared))
    return _lossy(data, _guess(data))


def clean_text(text: str) -> Decoded:
    """A text that came as a string: lone surrogates are U+FFFD, one for one.

    Raises `InputError` where it is empty or white space.
    """
    if not text or text.isspace():
        raise InputError(EMPTY)
    try:
        text.encode()  # a quarter of the time of a search
        return Decoded(text, None)
    except UnicodeEncodeError:
        pass
    clean, count = SURROGATE.subn(REPLACEMENT, text)
    return Decoded(clean, None, count, (_told(count, "lone surrogate"),))


def codec(label: str) -> str:
    """The encoding that ``label`` means, by Python's name; raises `InputError` where it means none."""
    try:
        name = codecs.lookup(LABELS.get(label.strip().lower(), label.strip())).name
        b"0".decode(name, "replace")  # base64 and the like are codecs, but of no text
    except (LookupError, ValueError):
        raise InputError(f"{label!r} is no encoding; name one such as utf-8, gb18030 or big5") from None
    return LABELS.get(name, name)


def _told(count: int, what: str) -> Issue:
    noun = what if count == 1 else f"{what}s"
    return Issue("decode.replaced", f"{count} {noun} could not be read and came out as U+FFFD")


def _lossy(data: bytes, name: str) -> Decoded:
    """``data`` in the encoding ``name``; each byte that cannot be decoded is one U+FFFD."""
    if name == "big5hkscs":
        name = _big5(data)
    try:
        return _checked(Decoded(data.decode(name), name))
    except UnicodeDecodeError:
        pass
    cut = len(data) % 2 if name.startswith("utf-16") else 0
    try:
        # Lost bytes become lone surrogates, one for one, so they can be told from a U+FFFD that was there.
        way = "surrogatepass" if name.startswith("utf-16") else "surrogateescape"
        text, lost = SURROGATE.subn(REPLACEMENT, data[: len(data) - cut].decode(name, way))
    except UnicodeDecodeError:
        text = data[: len(data) - cut].decode(name, "replace")
        lost = text.count(REPLACEMENT)
    text, lost = text + REPLACEMENT * cut, lost + cut
    return _checked(Decoded(text, name, lost, (_told(lost, "byte"),) if lost else ()))


def _checked(decoded: Decoded) -> Decoded:
    """``decoded``, where it reads like text; control characters in any number are a mark of binary data."""
    if not decoded.text or decoded.text.isspace():
        raise InputError(EMPTY)
    sample = decoded.text[:SAMPLE]
    if len(CONTROL.findall(sample)) > 2 + len(sample) // 20 or sample.count("\0") > 2 + len(sample) // 10:
        raise InputError("is no text (it is full of control characters); give a text file")
    if decoded.replaced > 8 and decoded.replaced * 4 > len(decoded.text):
        raise InputError(UNKNOWN)
    return decoded


def _guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are no UTF-8.

    Every Big5 text decodes as GB18030 too, so the share of the commonest characters decides, not whether it decodes.
    """
    if _wide(data):
        sides = data[:SAMPLE]
        return "utf-16-le" if _score(sides, "utf-16-le") >= _score(sides, "utf-16-be") else "utf-16-be"
    sample = data[:SAMPLE]
    names = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
    # Two or three bytes of anything are some character of UTF-16.
    scores = {name: _score(sample, name) for name in (names if len(sample) >= 12 else names[:3])}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= LIKELY:
        return best
    found = _by_charset_normalizer(sample)
    # Noise is always some UTF-16; what is short may be a name in rare characters.
    if found is None and len(sample) >= SHORT:
        raise InputError(UNKNOWN)
    return found or best


def _wide(data: bytes) -> bool:
    """Whether NULs stand as they do in UTF-16: at every other byte of ASCII signs, never at both."""
    sample = data[:SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return max(even, odd) > max(2, len(sample) // 100) and max(even, odd) > 20 * min(even, odd)


def _score(sample: bytes, name: str) -> float:
    """How much of ``sample`` is common text in the encoding: 1 for all, below 0 where much of it cannot be decoded."""
    text = sample.decode(name, "replace")
    if not text:
        return 0.0
    foreign = [c for c in text if c > "\x7f"]
    if not foreign:
        return 0.0
    good = sum(map(_common().__contains__, foreign))
    return (good - 2 * text.count(REPLACEMENT)) / len(foreign)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The commonest signs of Chinese text in both scripts, by the levels of GB 2312 and Big5, which follow use."""
    level_gb = (bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
    level_big5 = (bytes((a, b)).decode("big5", "ignore") for a in range(0xA4, 0xC7) for b in range(0x40, 0xFF))
    marks = (chr(c) for r in (range(0x3001, 0x3012), range(0xFF08, 0xFF1C), range(0x2014, 0x2027)) for c in r)
    return frozenset(c for group in (level_gb, level_big5, marks) for c in group if c > "\x7f")


def _big5(data: bytes) -> str:
    """Big5 with the Hong Kong signs where that decodes, else with those of Windows."""
    for name in ("big5hkscs", "cp950"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return "big5hkscs"


def _by_charset_normalizer(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # 40 ms: only when nothing else can tell

    best = from_bytes(sample).best()
    return codec(best.encoding) if best else None

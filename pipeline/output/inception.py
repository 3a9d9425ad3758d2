"""INCEpTION: a ZIP of one UIMA CAS (XMI) for each document and the type system that names its layers.

Mentions, arguments and facts are of three layers of this program, which a project takes from ``TypeSystem.xml``
(Settings, Layers, Import) before the documents. A fact's arguments fill its slots. Offsets
count UTF-16 code units, as Java does. UIMA knows no pieces: an annotation covers them from the first to the last, and
its feature ``pieces`` says which they are. Characters are tokens, so that any selection can be annotated; a sentence
is a line, or several where an annotation crosses the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from pipeline.core.records import Document
from pipeline.core.utf16 import Utf16
from pipeline.output.marks import ARGUMENT, Mark, Marked, marked
from pipeline.output.zipped import Zipped

TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
MENTION_TYPE = "webanno.custom.ZhfactsMention"
ARGUMENT_TYPE = "webanno.custom.ZhfactsArgument"
FACT_TYPE = "webanno.custom.ZhfactsFact"
LINK_TYPE = "webanno.custom.ZhfactsFactArgumentsLink"
ANNOTATION, STRING, TOP = "uima.tcas.Annotation", "uima.cas.String", "uima.cas.TOP"
TOLD = tuple((name, STRING) for name in ("value", "norm", "rule", "confidence", "pieces"))
"""Features of a mention or fact: its label, what it means, and where it comes from."""
TYPES = {
    TOKEN: (ANNOTATION, ()),
    SENTENCE: (ANNOTATION, ()),
    MENTION_TYPE: (ANNOTATION, TOLD),
    ARGUMENT_TYPE: (ANNOTATION, (("value", STRING), ("pieces", STRING))),
    LINK_TYPE: (TOP, (("role", STRING), ("target", ANNOTATION))),
    FACT_TYPE: (ANNOTATION, (*TOLD, ("arguments", "uima.cas.FSArray"))),
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold; U+FFFD stands for it, one for one."""
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
_LINE = re.compile(r"[^\r\n]+")


class InceptionFolder:
    """A ZIP of XMI files and their type system."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes."""
        self._files = Zipped(out)

    def write(self, document: Document) -> None:
        """Write the document's file."""
        self._files.add(f"{self._files.name(document.doc.id)}.xmi", xmi(marked(document)))

    def close(self) -> None:
        """Write the type system and what ends the ZIP."""
        self._files.add("TypeSystem.xml", type_system())
        self._files.close()


def type_system() -> str:
    """The layers as a UIMA type system description."""
    types = "".join(
        f"<typeDescription><name>{name}</name><description/><supertypeName>{above}</supertypeName><features>"
        + "".join(_feature(feature, range_) for feature, range_ in features)
        + "</features></typeDescription>\n"
        for name, (above, features) in TYPES.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{types}</types>\n</typeSystemDescription>\n"
    )


def _feature(name: str, range_: str) -> str:
    element = f"<elementType>{LINK_TYPE}</elementType>" if range_.endswith("FSArray") else ""
    return (
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>{range_}</rangeTypeName>{element}"
        "</featureDescription>"
    )


def xmi(found: Marked) -> str:
    """The document as a CAS in XMI."""
    units = Utf16(found.text)
    elements: list[str] = []
    members: list[int] = []

    def add(type_: str, features: Mapping[str, str]) -> int:
        """Write a feature structure; returns its id. Id 1 is the sofa."""
        id_ = len(elements) + 2
        shown = "".join(f' {name}="{_quoted(value)}"' for name, value in features.items())
        elements.append(f'<{_tag(type_)} xmi:id="{id_}"{shown}/>')
        return id_

    def annotate(type_: str, place: tuple[int, int], features: Mapping[str, str]) -> int:
        """Write an annotation and put it into the index; returns its id."""
        start, end = (str(units.unit(offset)) for offset in place)
        members.append(add(type_, {"sofa": "1", "begin": start, "end": end, **features}))
        return members[-1]

    for sentence in _sentences(found):
        annotate(SENTENCE, sentence, {})
    for at, char in enumerate(found.text):
        if not char.isspace():
            annotate(TOKEN, (at, at + 1), {})
    arguments = found.arguments()
    ids: dict[str, int] = {}
    for mark in sorted(found.marks, key=lambda m: m.item is not None and m.item.layer == "fact"):
        features = _features(mark)
        if mark.item and mark.item.layer == "fact":
            links = arguments[mark.id].items()
            made = [add(LINK_TYPE, {"role": role, "target": str(ids[to])}) for role, to in links]
            features["arguments"] = " ".join(map(str, made))
        ids[mark.id] = annotate(_type(mark), mark.hull, features)
    return _file(found.text, units.unit(len(found.text)), elements, members)


def _type(mark: Mark) -> str:
    if mark.label == ARGUMENT:
        return ARGUMENT_TYPE
    return MENTION_TYPE if mark.item and mark.item.layer == "mention" else FACT_TYPE


def _features(mark: Mark) -> dict[str, str]:
    told = {"value": mark.label}
    if mark.item:
        told |= {
            "norm": msgspec.json.encode(mark.item.said).decode(),
            "rule": str(mark.item.rule),
            "confidence": str(mark.item.confidence),
        }
    if len(mark.spans) > 1:
        told["pieces"] = msgspec.json.encode(mark.spans).decode()
    return told


def _sentences(found: Marked) -> Iterator[tuple[int, int]]:
    """Lines, those together that an annotation goes over."""
    hulls = iter(sorted(mark.hull for mark in found.marks))
    hull = next(hulls, None)
    start: int | None = None
    reach = 0
    for line in _LINE.finditer(found.text):
        start = line.start() if start is None else start
        while hull is not None and hull[0] < line.end():
            reach = max(reach, hull[1])
            hull = next(hulls, None)
        if reach <= line.end():
            yield start, line.end()
            start = None
    if start is not None:
        yield start, len(found.text)


def _tag(type_: str) -> str:
    package, _, name = type_.rpartition(".")
    return f"{_short(package)}:{name}"


def _short(package: str) -> str:
    """The prefix of a package in XML: its last part."""
    return package.rpartition(".")[2]


def _file(text: str, length: int, elements: list[str], members: list[int]) -> str:
    packages = {type_.rpartition(".")[0] for type_ in TYPES}
    spaces = "".join(f' xmlns:{_short(one)}="http:///{one.replace(".", "/")}.ecore"' for one in sorted(packages))
    about = len(elements) + 2
    language = f'<tcas:DocumentAnnotation xmi:id="{about}" sofa="1" begin="0" end="{length}" language="zh"/>'
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{_quoted(text)}"/>'
    view = f'<cas:View sofa="1" members="{" ".join(map(str, [about, *members]))}"/>'
    body = "\n".join(['<cas:NULL xmi:id="0"/>', *elements, language, sofa, view])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
        'xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore"'
        f'{spaces} xmi:version="2.0">\n{body}\n</xmi:XMI>\n'
    )


def _quoted(value: str) -> str:
    """``value`` for an attribute: white space as references, which a parser would otherwise make spaces of."""
    return _FORBIDDEN.sub("\ufffd", value).translate(_ESCAPES)

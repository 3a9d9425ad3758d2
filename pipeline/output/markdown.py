"""A report that a person reads: who said what, how much of what, who holds which office, what does not add up.

Markdown, an article a section; each line ends with its places in the source, as line:column from 1, in code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from msgspec import UNSET, UnsetType

from pipeline.core.records import (
    Arg,
    Article,
    Check,
    Document,
    EventFact,
    FactRecord,
    QuantityArgs,
    QuantityFact,
    QuoteFact,
    RankFact,
    RoleFact,
    head_of,
)
from pipeline.core.slices import Spans
from pipeline.core.stated import stated_date
from pipeline.output.amounts import amount_shown, basis_shown, number_shown
from pipeline.output.pieces import in_pieces

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&~])")
WRAP = re.compile(r"\s*\n\s*")
SECTIONS: Sequence[tuple[type[FactRecord], str]] = (
    (QuoteFact, "Who said what"),
    (QuantityFact, "How much of what"),
    (RankFact, "Who stands where"),
    (RoleFact, "Who holds which office"),
    (EventFact, "What happened"),
)


class Markdown:
    """A section for each document, in order."""

    def __init__(self, out: BinaryIO) -> None:
        """``out`` takes the bytes, UTF-8."""
        self._out = out
        self._before = ""

    def write(self, document: Document) -> None:
        """Write the document's report; its places need ``doc.text``, without which they are offsets."""
        report = "\n".join(_Report(document).lines())
        self._out.write(f"{self._before}{report}\n".encode("utf-8", "replace"))
        self._before = "\n"

    def close(self) -> None:
        """Nothing ends a report."""


class _Report:
    """One document with what is looked up again and again: its facts by id and where its lines start."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._facts = {f.id: f for f in document.facts}
        text = document.doc.text
        self._text = text if isinstance(text, str) else None
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))] if isinstance(text, str) else []

    def lines(self) -> Iterator[str]:
        doc, checks = self._document.doc, self._document.checks
        yield f"# {_plain(doc.source)}"
        yield ""
        told = [f"published {doc.published}"] if doc.published else []
        told += [_counted(len(self._document.articles), "article"), _counted(len(self._facts), "fact")]
        told += [_counted(len(checks), "check") + f", {sum(not c.ok for c in checks)} failed"]
        yield "; ".join(told)
        for article in self._document.articles:
            yield from self._article(article)

    def _article(self, article: Article) -> Iterator[str]:
        told = [f for f in self._document.facts if f.article == article.id and self._heads(f)]
        facts = sorted(told, key=lambda f: head_of(f).spans[0])
        checks = [c for c in self._document.checks if c.article == article.id]
        yield from ("", f"## {_plain(article.title.text) if article.title else article.id}")
        yield from _section("What does not add up", [self._check(c) for c in checks if not c.ok])
        for kind, heading in SECTIONS:
            yield from _section(heading, [self._fact(f) for f in facts if isinstance(f, kind)])
        yield from _section("What adds up", [self._check(c) for c in checks if c.ok])

    def _heads(self, fact: FactRecord) -> bool:
        """Whether it is the most precise of those that state the same; the others are named in its line."""
        if len(fact.same_as) == 1:  # of two, each names the other
            other = self._facts[fact.same_as[0]]
            return (_fineness(fact), fact.id) < (_fineness(other), other.id)
        # Of more, all but the first name that first; and the last that each names is not it.
        return not fact.same_as or self._facts[fact.same_as[-1]].same_as[0] == fact.id

    def _fact(self, fact: FactRecord) -> str:
        places = [self._place(head_of(fact).spans)]
        for other in fact.same_as:
            arg = head_of(self._facts[other])
            again = "" if arg.text == head_of(fact).text or not isinstance(fact, QuantityFact) else _plain(arg.text)
            places.append(f"{again} {self._place(arg.spans)}".strip())
        return f"{_told(fact, self._text)}{self._asserted(fact)} — {'; '.join(places)}"

    def _asserted(self, fact: FactRecord) -> str:
        told: list[str] = [fact.assertion.modality] if fact.assertion.modality in ("planned", "estimated") else []
        told += ["denied"] if fact.assertion.polarity == "denied" else []
        quote = self._facts.get(fact.assertion.source or "")
        if isinstance(quote, QuoteFact) and (speaker := _speaker(quote)):
            told.append(f"says {speaker}")
        return f" ({', '.join(told)})" if told else ""

    def _check(self, check: Check) -> str:
        facts = [self._facts[i] for i in check.facts]
        margin = f" ±{check.tolerance}" if check.tolerance != "0" else ""
        amounts = "; ".join(f"{_plain(head_of(f).text)} {self._place(head_of(f).spans)}" for f in facts)
        first = facts[0].args if facts else None
        name = _named(first.subject, first.property) if isinstance(first, QuantityArgs) else ""
        of = f"{name}{amounts or self._place(stated_date(check, self._document))}"
        rule, stated = check.rule.removeprefix("check."), _plain(check.actual)
        return f"**{rule}**: {stated} stated, {_plain(check.expected)}{margin} expected — {of}"

    def _place(self, spans: Spans) -> str:
        if not spans:
            return ""
        start = spans[0][0]
        if not self._starts:
            return f"@{start}"
        line = bisect_right(self._starts, start)
        return f"{line}:{start - self._starts[line - 1] + 1}"


def _fineness(fact: FactRecord) -> tuple[bool, int, int]:
    """Sorts the most precise first: an exact number, the one with the most digits; else the place decides."""
    if not isinstance(fact, QuantityFact):
        return False, 0, fact.sentence[0][0]
    return fact.norm.modifier is not None, -len((fact.norm.value or "").rstrip("0")), fact.sentence[0][0]


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from ("", f"### {heading}", "", *(f"- {line}" for line in lines))


def _told(fact: FactRecord, source: str | None) -> str:
    """What a fact says, without its place; ``source``: the text, where it is at hand."""
    match fact:
        case QuantityFact():
            return _quantity(fact)
        case RankFact():
            return _rank(fact)
        case RoleFact():
            return _role(fact)
        case QuoteFact():
            return _quote(fact, source)
    return _event(fact)


def _quantity(fact: QuantityFact) -> str:
    n = fact.norm
    amount = " ".join(filter(None, (amount_shown(n), n.unit, n.per, basis_shown(n))))
    told = [_plain(fact.args.quantity.text), *([n.time] if n.time else []), *_places(fact.args.place)]
    return f"{_named(fact.args.subject, fact.args.property)}**{_plain(amount)}** ({', '.join(told)})"


def _rank(fact: RankFact) -> str:
    rank = fact.args
    return f"{_named(rank.subject, rank.property, rank.scope)}**{number_shown(fact.norm)}** ({_plain(rank.rank.text)})"


def _role(fact: RoleFact) -> str:
    title = ("former " if fact.norm.former else "") + _plain(fact.args.title.text)
    return f"**{_plain(fact.args.person.text)}**: {', '.join((title, *_places(fact.args.org)))}"


def _quote(fact: QuoteFact, source: str | None) -> str:
    content = fact.args.content
    said = content.text if source is None else in_pieces(content, source)
    cue = "" if isinstance(fact.args.cue, UnsetType) else f" {_plain(fact.args.cue.text)}"
    return f"**{_speaker(fact) or '?'}**{cue} ({fact.norm.kind}): {_plain(said)}"


def _event(fact: EventFact) -> str:
    a = fact.args
    told = [f"{name} {of}" for name, arg in (("by", a.agent), ("of", a.object), ("in", a.place)) for of in _places(arg)]
    told += [fact.norm.time] if fact.norm.time else []
    return f"**{fact.norm.type}** {_plain(a.trigger.text)}" + (f": {', '.join(told)}" if told else "")


def _speaker(fact: QuoteFact) -> str:
    return _plain(fact.norm.speaker or "") or "".join(_places(fact.args.speaker))


def _places(arg: Arg | UnsetType) -> list[str]:
    return [] if isinstance(arg, UnsetType) else [_plain(arg.text)]


def _named(*args: Arg | UnsetType) -> str:
    names = " · ".join(_plain(a.text) for a in args if a is not UNSET and not isinstance(a, UnsetType))
    return f"{names}: " if names else ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _plain(text: str) -> str:
    """Source text on one line, with nothing in it that Markdown, or a terminal, would obey."""
    line = SPECIAL.sub(r"\\\1", WRAP.sub("", text))
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in line)

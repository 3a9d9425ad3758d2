"""The records of an explanation: what was found, lost or rejected at a place, by which rule, in which steps.

Spans are those of `pipeline.core.records`: ``[start, end)`` pairs of code points of the decoded source text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pipeline.core.records import Doc, Producer
from pipeline.core.slices import Record, Slice, SourceSpan, Spans


class RuleRef(Record, frozen=True):
    """A rule and where it is written; ``line`` is 1-based."""

    id: str
    file: str
    line: int
    note: str


class StepRecord(Slice, frozen=True):
    """One thing that was read: ``what`` it is (numeral, unit, anchor …) and the ``value`` that it gave."""

    what: str
    value: str
    rule: RuleRef | None


class Rival(Slice, frozen=True):
    """The candidate that won, with its type and rule."""

    type: str
    rule: RuleRef | None


class Finding(Record, frozen=True):
    """One part of the page, mention, fact or check at the place, kept or not.

    ``status``: ``found``; ``lost`` (the overlap policy chose ``against``, for the ``reason`` longer, priority or file
    order); ``rejected`` (a guard, the rule ``by``, turned it away for the ``reason``). ``type`` is that of the mention
    or fact, of a part its role. ``id``, ``norm`` and ``args`` are those of the output, null or empty where it is not
    in it; ``rule`` is the one that saw it. A check stands at the number that it judges: its ``norm`` is its verdict,
    its ``args`` are the amounts that it compares, by the ids of their facts.
    """

    status: Literal["found", "lost", "rejected"]
    kind: Literal["part", "mention", "fact", "check"]
    type: str
    article: str | None
    text: str
    spans: Spans
    id: str | None = None
    rule: RuleRef | None = None
    norm: Mapping[str, Any] | None = None
    args: Mapping[str, Slice] = {}
    steps: tuple[StepRecord, ...] = ()
    reason: str | None = None
    by: RuleRef | None = None
    against: Rival | None = None


class Explanation(Record, frozen=True):
    """Everything at one place of a document: what was found, then what lost, then what was rejected.

    ``at`` is the place that was asked about, ``text`` its slice; the whole document where nothing was named.
    """

    schema: Literal["zhfacts-explain/1"]
    doc: Doc
    at: SourceSpan
    text: str
    findings: tuple[Finding, ...]
    producer: Producer

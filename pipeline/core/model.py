"""What the stages hand to each other: one article's clean text with what was found in it.

All offsets here are code points of the article's clean text (wraps joined, interruptions stepped over); the
chain maps them to the source at the very end (`pipeline.core.offsets`). The records that leave the program are
in `pipeline.core.records`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Literal, final

from msgspec import Struct, field

# Norms are the same for the stages and in the records; those who write them take them from here.
from pipeline.core.fact_records import Change as Change
from pipeline.core.fact_records import Modality, Polarity
from pipeline.core.norms import EntityNorm as EntityNorm
from pipeline.core.norms import Label as Label
from pipeline.core.norms import QuantityNorm as QuantityNorm
from pipeline.core.norms import Si as Si
from pipeline.core.norms import TimeKind as TimeKind
from pipeline.core.norms import TimeModifier as TimeModifier
from pipeline.core.norms import TimeNorm as TimeNorm
from pipeline.core.norms import time_modifier as time_modifier
from pipeline.core.slices import Record

Offsets = tuple[int, int]
"""A half-open range ``[start, end)`` of code points."""

LineKind = Literal["kicker", "title", "subtitle", "heading", "dateline", "byline", "caption", "pull_quote", "paragraph"]


class Line(Record, frozen=True):
    """One line of an article's clean text, without its line break."""

    start: int
    end: int
    kind: LineKind = "paragraph"


class Reference(Record, frozen=True):
    """The date that relative times are resolved against; a part that is not known (a dateline's year) is None."""

    year: int | None
    month: int | None = None
    day: int | None = None
    clock: str | None = None
    """``HH:MM:SS`` where the input stated it."""
    source: Literal["option", "field", "dateline"] = "option"

    @property
    def iso(self) -> str | None:
        """``YYYY-MM-DD`` (with ``THH:MM:SS``), or None where a part of the day is missing."""
        if self.year is None or self.month is None or self.day is None:
            return None
        day = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{day}T{self.clock}" if self.clock else day


class Tokens(Struct, gc=False):
    """Words of an article as parallel lists, in order.

    ``tags`` are rjieba's parts of speech, with ``m`` and ``t`` for what the scan marked as quantity and time, ``w`` for
    punctuation and ``eng`` for Latin words.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """The folded text of each."""
    marked: list[int] = field(default_factory=list)
    """Those that were marked; the tags of all others are theirs wherever they stand."""

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The index of the token that holds ``offset``, or of the next one where it stands between tokens."""
        return bisect_right(self.ends, offset)

    def within(self, start: int, end: int) -> range:
        """The indexes of the tokens that overlap ``[start, end)``."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


@final
class Quantity(Record, frozen=True):
    """A mention of an amount."""

    start: int
    end: int
    norm: QuantityNorm
    rule: str
    confidence: str = "1.00"


@final
class Time(Record, frozen=True):
    """A mention of a time."""

    start: int
    end: int
    norm: TimeNorm
    rule: str
    confidence: str = "1.00"


@final
class Entity(Record, frozen=True):
    """A mention of a name."""

    start: int
    end: int
    label: Label
    norm: EntityNorm
    rule: str
    confidence: str = "1.00"


Mention = Quantity | Time | Entity


class Argument(Record, frozen=True):
    """A part of a fact: one or several pieces of the clean text, in the order of the sentence."""

    pieces: tuple[Offsets, ...]

    @property
    def start(self) -> int:
        """The first offset."""
        return self.pieces[0][0]


FactType = Literal["quantity", "rank", "role", "quote", "event"]


class Fact(Record, frozen=True):
    """One statement. ``args`` and ``norm`` hold what the contract names for ``type``; absent arguments are left out.

    ``norm`` keys: quantity ``time change per`` (value, unit and modifier come from the mention) · role ``former`` ·
    quote ``kind speaker resolved_from`` · event ``type time`` · rank ``value``.
    """

    type: FactType
    args: Mapping[str, Argument]
    norm: Mapping[str, str | bool | Change | None]
    sentence: Offsets
    rule: str
    confidence: str = "1.00"
    modality: Modality = "asserted"
    polarity: Polarity = "affirmed"


class Check(Record, frozen=True):
    """Whether numbers of an article agree; ``facts`` are their places in the article's list of facts.

    ``expected`` (what the others give), ``actual`` (what is stated) and ``tolerance`` are plain decimal strings or ISO
    dates.
    """

    rule: str
    facts: tuple[int, ...]
    expected: str
    actual: str
    tolerance: str
    ok: bool


class Issue(Record, frozen=True):
    """Something the user should know of a document; ``spans`` are source offsets, empty where the whole is meant."""

    code: str
    message: str
    spans: tuple[Offsets, ...] = ()


class View(Struct, gc=False):
    """One article as the stages see it. A stage reads what the ones before it wrote and writes its own field.

    ``text`` is the clean text; ``folded`` is the same length, with full-width forms and traditional characters mapped
    one to one: patterns and tables are matched on ``folded``.
    """

    text: str
    folded: str
    lines: Sequence[Line] = ()
    reference: Reference | None = None
    tokens: Tokens = field(default_factory=Tokens)
    sentences: list[Offsets] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    same: list[tuple[int, ...]] = field(default_factory=list)
    """Places in ``facts`` of those that state the same, the most precise first."""
    checks: list[Check] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

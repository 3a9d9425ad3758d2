"""What the clauses before told of things and amounts, for those that leave them out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from pipeline.core.model import Offsets, QuantityNorm
from pipeline.facts.coded import Coded
from pipeline.facts.quantity_found import Found
from pipeline.facts.quantity_lists import Pair


class Memory(msgspec.Struct, gc=False):
    """What the clauses before named: the thing spoken of and the last fact's arguments."""

    topic: Offsets | None = None
    topic_clause: int = 0
    """The item at which the clause starts that named the topic; clauses behind it may name another."""
    last: Found | None = None
    before: Found | None = None
    """The last fact's of the clause before its own."""
    counted: dict[str, Found] = {}
    """The last fact's that counts, by the measure word."""
    shares: Offsets | None = None
    """The shares told of last."""
    list: Sequence[Pair] = ()
    """The things of the last 分别 with what they share."""
    told: dict[int, Pair] = {}
    """The things of the sentence's clauses, by the item at which each clause starts."""
    queue: dict[int, Found] = {}
    norm: QuantityNorm | None = None
    """The kind and unit of the last fact's amount."""
    close: int = 0
    """The item that closes the bracket."""
    outside: Memory | None = None
    """What was told before the bracket that is open."""

    def topic_or(self, named: Offsets | None) -> Offsets | None:
        """What is spoken of: ``named`` by a clause before, of which a fact may know better where it ends
        (该项目|总投资12亿元，占地300亩)."""
        topic = self.topic
        if named is None or (topic is not None and topic[0] == named[0] and topic[1] < named[1]):
            return topic
        return named

    def speak_of_whole(self, folded: str, subject: Offsets, behind: int, parts: tuple[str, ...]) -> None:
        """Keep what the clauses from ``behind`` on are about: of 大桥|桥面宽33米，…… the bridge."""
        start, end = subject
        end -= next(len(w) for w in parts if folded.endswith(w, start, end))
        whole = (start, end) if end > start else self.topic
        if whole is not None:
            self.topic, self.topic_clause = whole, behind

    def tell(self, coded: Coded, item: int, found: Found) -> None:
        """Keep what the first amount of a clause hangs on."""
        self.told.setdefault(coded.clause(item)[0], (found.subject, found.property))

    def of(self, coded: Coded, item: int) -> Memory:
        """What is told at ``item``: within a bracket a copy, which is forgotten behind it, but for a headline's."""
        if item > self.close and self.outside is not None:
            return self.outside.of(coded, item)
        at = coded.around(item)
        close = coded.brackets[at] if at > 0 else 0
        return (
            self if close in (0, self.close) else replace(self, close=close, outside=self, counted=self.counted.copy())
        )

    def next(self, coded: Coded) -> Memory:
        """What is kept for the paragraph's next sentence: nothing unless it is of the parts of the same (其中，……)."""
        if coded.code.startswith("O"):
            return Memory(topic=self.topic, last=self.last, counted=self.counted)
        return Memory()

"""Why lines run on into each other or do not, and why one is a head: evidence by name, weighed by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.core.offsets import Span

What = Literal["join", "head", "title", "jump"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was asked of a place of the page, how it was answered, and on which evidence.

    ``join``: whether the line ``after`` goes on with the paragraph that ends with the line ``before``; ``head``:
    whether ``after`` is a title or heading; ``title``: whether it opens a new article; ``jump``: whether the open end
    ``before`` goes on at ``after``, with other text between. Spans are of the source; ``evidence`` has the names and
    weights of ``rules/layout.toml``. It holds where the sum is above ``threshold``.
    """

    what: What
    holds: bool
    before: Span | None
    after: Span
    evidence: tuple[tuple[str, int], ...]
    threshold: int = 0

    @property
    def score(self) -> int:
        """The sum of the evidence."""
        return sum(weight for _, weight in self.evidence)


@dataclass(slots=True)
class Decisions:
    """What was decided of one page, in the order in which it was; nothing is kept where nobody asks."""

    weights: Mapping[str, Any]
    kept: list[Decision] | None = None

    @property
    def asked(self) -> bool:
        """Whether somebody wants to know."""
        return self.kept is not None

    def note(
        self, what: What, holds: bool, before: Span | None, after: Span, names: Iterable[str], threshold: int = 0
    ) -> None:
        """Keep a decision, where they are asked for."""
        if self.kept is not None:
            told = tuple((n, self.weights[n]) for n in names)
            self.kept.append(Decision(what, holds, before, after, told, threshold))

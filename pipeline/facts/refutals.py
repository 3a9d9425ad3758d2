"""What an article says is not true: the facts of a rumour that it denies (网传“……”的消息不实)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.core.matchers import matcher
from pipeline.core.model import Fact, Offsets
from pipeline.facts.literals import literals_of
from pipeline.facts.scene import FAR, Scene
from pipeline.rulebook import Rulebook

BACK = 2
"""How many sentences before one that points back (该信息不实) may tell the rumour."""


class Refutals:
    """The words and patterns of ``rules/refutals.toml``."""

    def __init__(self, rules: Rulebook) -> None:
        """Read once for each rulebook."""
        words = rules.settings("refutals")
        self.nouns = frozenset(words["nouns"])
        """Of ``words`` those that need a link or the rumour right before them."""
        self.words = literals_of(rules).refutals
        self.cues: tuple[str, ...] = tuple(words["cues"])
        self.turns: tuple[str, ...] = tuple(words["turns"])
        self.comma: str = words["comma"]
        self.open, self.close = frozenset(words["open"]), frozenset(words["close"])
        self.between, self.ending, self.pointing = (
            matcher(rules.fragment("refutals", name)) for name in ("BETWEEN", "ENDING", "POINTING")
        )


def deny_refuted(scene: Scene, facts: list[Fact], rules: Rulebook) -> None:
    """Write into ``facts`` that those are denied which stand in what the article says is not true."""
    known = rules.once("facts.refutals", Refutals)
    spans = [span for hit in scene.hits.refutals for span in _refuted(scene, known, hit[0], hit[1])]
    if not spans:
        return
    for i, fact in enumerate(facts):
        if fact.type != "quote":
            start, end = next(iter(fact.args.values())).pieces[0]
            if any(first <= start and end <= last for first, last in spans):
                facts[i] = replace(fact, polarity="denied")


def _refuted(scene: Scene, known: Refutals, place: int, start: int) -> Iterator[Offsets]:
    """What the word of denial at ``start`` is said of: quotations of its sentence, the rumour before it, or that of a
    sentence before."""
    first, folded = max(scene.sentence(start)[0], start - FAR), scene.folded
    quoted = _quotations(folded, known, first, start)
    if quoted and known.between.fullmatch(folded, quoted[-1][1] + 1, start):
        yield from quoted
        return
    ends = known.ending.search(folded, first, start)
    end = ends.start() if ends is not None else start
    rumour = _behind(folded, known, first, end)
    if rumour < 0 and known.pointing.search(folded[first:start]):
        yield from _before(scene, known, first)
        return
    if rumour < 0 and ends is not None and ends["of"]:
        rumour = max(folded.rfind(known.comma, first, end) + 1, first)  # 公司裁员三成|的传闻|不属实
    if rumour >= 0 and (ends is not None or known.words[place] not in known.nouns):
        yield rumour, _turn(folded, known, rumour, end)


def _before(scene: Scene, known: Refutals, start: int) -> Iterator[Offsets]:
    """The rumour that a sentence before the one at ``start`` tells, in the same line."""
    folded, line = scene.folded, scene.line(start)[0]
    for _ in range(BACK):
        if start <= line:
            return
        first, end = scene.sentence(start - 1)
        first = max(first, end - FAR)
        rumour = _behind(folded, known, first, end)
        if rumour >= 0:
            yield from _quotations(folded, known, rumour, end) or [(rumour, _turn(folded, known, rumour, end))]
            return
        start = first


def _behind(folded: str, known: Refutals, start: int, end: int) -> int:
    """Where the first of the cues in ``[start, end)`` ends; -1 where none tells something (针对传闻，……)."""
    found = [(at, -len(cue)) for cue in known.cues if (at := folded.find(cue, start, end)) >= 0]
    at = min(found)[0] - min(found)[1] if found else -1
    return at if not folded.startswith(known.comma, at) else -1


def _turn(folded: str, known: Refutals, start: int, end: int) -> int:
    """Where the rumour that begins at ``start`` is over: at a clause in which somebody else speaks, else at ``end``."""
    at = folded.find(known.comma, start, end)
    while at >= 0 and not folded.startswith(known.turns, at + 1):
        at = folded.find(known.comma, at + 1, end)
    return at if at >= 0 else end


def _quotations(folded: str, known: Refutals, start: int, end: int) -> list[Offsets]:
    """What stands between quotation marks in ``[start, end)``; the outermost."""
    out, opened = [], -1
    for at in range(start, end):
        if opened >= 0 and folded[at] in known.close:
            out.append((opened, at))
            opened = -1
        elif opened < 0 and folded[at] in known.open:
            opened = at + 1
    return out

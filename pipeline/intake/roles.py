"""Lines that show by themselves what they are: furniture, captions, bylines, datelines, pull quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs
from pipeline.rulebook import Pattern

ORDER = ("pull_quote", "dateline", "title", "furniture", "byline", "caption")
BODY = "body"
WRAPPED = ("caption", "byline")


@dataclass(slots=True)
class Block:
    """Lines that make one part of the page; ``role`` is a line kind of the model, ``body`` (not yet told) or ``furniture``."""

    role: str
    lines: list[HardLine] = field(default_factory=list)
    kind: str = ""

    @property
    def text(self) -> str:
        """Its folded text, the lines joined."""
        return "".join(line.text for line in self.lines)


def settle_roles(lines: Sequence[HardLine], signs: Signs) -> list[Block]:
    """A block a line, in order; a caption, byline or pull quote that was wrapped is one block of its lines."""
    out: list[Block] = []
    i = 0
    while i < len(lines):
        count, pattern = _role_at(lines, i, signs)
        role = pattern.get("role") if pattern else BODY
        out.append(Block(role, list(lines[i : i + count]), pattern.get("kind", "") if pattern else ""))
        i += count
    return out


def _role_at(lines: Sequence[HardLine], i: int, signs: Signs) -> tuple[int, Pattern | None]:
    """How many lines from ``i`` on make one part by their form, and the pattern that says so."""
    text = lines[i].text
    if len(text) > signs.weight("longest_role"):
        return 1, None
    if text.startswith(signs.settings["pull_open"]):
        return _pull_quote(lines, i, signs)
    alone = role_of(text, signs)
    if alone is not None and alone.get("role") not in WRAPPED:
        return 1, alone
    if i + 1 < len(lines) and len(lines[i + 1].text) <= signs.weight("longest_tail"):
        joined = _with_tail(text, lines[i + 1].text, alone, signs)
        if joined is not None:
            return 2, joined
    return 1, alone


def role_of(text: str, signs: Signs, roles: Sequence[str] = ORDER) -> Pattern | None:
    """The pattern that tells the role of a line with this folded text, or None."""
    for role in roles:
        for pattern in signs.patterns.get(role, ()):
            m = pattern.regex.search(text)
            if m and (not pattern.get("names") or signs.are_names(m["names"])):
                return pattern
    return None


def _pull_quote(lines: Sequence[HardLine], i: int, signs: Signs) -> tuple[int, Pattern | None]:
    text = ""
    for j in range(i, min(i + 6, len(lines))):
        text += lines[j].text
        if len(text) > signs.weight("longest_role"):
            break
        pattern = role_of(text, signs, ("pull_quote",))
        if pattern:
            return j + 1 - i, pattern
    return 1, role_of(lines[i].text, signs)


def _with_tail(text: str, tail: str, alone: Pattern | None, signs: Signs) -> Pattern | None:
    """The role of a credit or byline that was wrapped: 新桥夜景 本报记/者 周一帆 摄; None where the two lines are two parts."""
    if alone is None and signs.ends_sentence(text):
        return None
    joined = role_of(text + tail, signs, WRAPPED)
    if joined is None:
        return None
    if joined.get("role") == "byline":
        # 本报记者 高远 + 背景 would do as a name too: only one character is surely the rest of it.
        rest = len(tail) == 1 if alone is not None else role_of(tail, signs) is None
        return joined if rest else None
    credit = joined.regex.search(text + tail)
    if credit is None or "scene" not in credit.re.groupindex:
        return None
    own = role_of(tail, signs, WRAPPED) or role_of(tail, signs)
    if own is None:
        # The credit must reach over the break: else the first line is a caption without one, or body text.
        return joined if credit.end("scene") <= len(text) else None
    m = own.regex.search(tail)
    scene = m["scene"] if m and "scene" in m.re.groupindex else tail
    return joined if len(scene.strip()) < signs.weight("shortest_scene") else None

"""Lines that show by themselves what they are: furniture, captions, bylines, datelines, pull quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.intake.forms import Form
from pipeline.intake.lines import INVISIBLE, HardLine
from pipeline.intake.signs import Signs

ORDER = ("pull_quote", "dateline", "title", "furniture", "byline", "caption")
BODY = "body"
SCENE = "scene"
WRAPPED = ("caption", "byline")


@dataclass(slots=True)
class Block:
    """Lines that make one part; ``role`` is a line kind of the model, ``body`` (not yet told) or ``furniture``."""

    role: str
    lines: list[HardLine]
    kind: str = ""
    loose: list[int] | None = None
    """Before which of its lines it may be parted again, where a better continuation is found; None: nowhere."""

    @property
    def text(self) -> str:
        """Its folded text, the lines joined."""
        return self.lines[0].text if len(self.lines) == 1 else "".join(line.text for line in self.lines)


def settle_roles(lines: Sequence[HardLine], signs: Signs) -> list[Block]:
    """A block a line, in order; a caption, byline or pull quote that was wrapped is one block of its lines."""
    final, ending = signs.final, signs.ending
    for line in lines:
        last = line.text[-1]
        line.done = last in final or last in ending and signs.ends_sentence(line.text)
    out: list[Block] = []
    at = 0
    for i in _asked(lines, signs):
        if i >= at:
            out += [Block(BODY, [line]) for line in lines[at:i]]
            block = _block_at(lines, i, signs)
            out.append(block)
            at = i + len(block.lines)
    out += [Block(BODY, [line]) for line in lines[at:]]
    top = next((b for b in out if b.role != "furniture"), None)
    if top is not None and top.kind == SCENE and len(top.text) > signs.weight("longest_scene_on_top"):
        top.role, top.kind = BODY, ""
    return out


def _asked(lines: Sequence[HardLine], signs: Signs) -> list[int]:
    """The lines that may be more than body text, alone or with the rest that the next line has, in order."""
    texts = [line.text if len(line.text) <= signs.longest_role else "" for line in lines]
    asked = signs.forms.seen(texts, ORDER)
    tails = signs.forms.seen(texts, WRAPPED)
    for i in tails | {i - 1 for i in tails if i}:
        if i + 1 < len(lines) and len(lines[i + 1].text) <= signs.longest_tail:
            asked.add(i)
    asked.update([i for i, line in enumerate(lines) if line.text[0] in INVISIBLE])
    return sorted(asked)


def _block_at(lines: Sequence[HardLine], i: int, signs: Signs) -> Block:
    """The part that begins with line ``i``, as its form tells."""
    if lines[i].text[0] in INVISIBLE and not lines[i].text.strip(INVISIBLE):
        return Block("furniture", [lines[i]], "invisible")
    count, form = _role_at(lines, i, signs)
    if form is None:
        return Block(BODY, [lines[i]])
    if signs.rules.trace is not None:
        place = lines[i].start, lines[i + count - 1].end
        signs.rules.trace.step("form", *place, form.role, form.pattern.id)
        signs.rules.trace.keep("part", *place)
    return Block(form.role, list(lines[i : i + count]), form.kind)


def _role_at(lines: Sequence[HardLine], i: int, signs: Signs) -> tuple[int, Form | None]:
    """How many lines from ``i`` on make one part by their form, and the form."""
    text = lines[i].text
    if len(text) > signs.longest_role or text in signs.headings:
        return 1, None
    if text[0] == signs.pull_open:
        return _pull_quote(lines, i, signs)
    alone = signs.form(text, *ORDER)
    if alone is not None and alone.role not in WRAPPED:
        return 1, alone
    if i + 1 < len(lines) and len(lines[i + 1].text) <= signs.longest_tail:
        joined = _with_tail(lines[i], lines[i + 1].text, alone, signs)
        if joined is not None:
            return 2, joined
    return 1, alone


def _pull_quote(lines: Sequence[HardLine], i: int, signs: Signs) -> tuple[int, Form | None]:
    text = ""
    for j in range(i, min(i + 6, len(lines))):
        text += lines[j].text
        if len(text) > signs.longest_role:
            break
        form = signs.form(text, "pull_quote")
        if form is not None:
            return j + 1 - i, form
    return 1, signs.form(lines[i].text, *ORDER)


def _with_tail(line: HardLine, tail: str, alone: Form | None, signs: Signs) -> Form | None:
    """The role of a wrapped credit or byline: 新桥夜景 本报记/者 周一帆 摄; None where the two lines are two parts."""
    if alone is None and line.done:
        return None
    text = line.text
    joined = signs.form(text + tail, *WRAPPED)
    if joined is None:
        return None
    if joined.role == "byline":
        # 本报记者 高远 + 背景 would do as a name too: only one character is surely the rest of it.
        rest = len(tail) == 1 if alone is not None else signs.form(tail, *ORDER) is None
        return joined if rest else None
    credit = joined.search(text + tail)
    if credit is None or "scene" not in credit.re.groupindex:
        return None
    own = signs.form(tail, *WRAPPED, *ORDER)
    if own is None:
        # The credit must reach over the break: else the first line is a caption without one, or body text.
        return joined if credit.end("scene") <= len(text) else None
    m = own.search(tail)
    scene = m["scene"] if m and "scene" in m.re.groupindex else tail
    return joined if len(scene.strip()) < signs.shortest_scene else None

"""Lines that show by themselves what they are: furniture, captions, bylines, datelines, pull quotes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.intake.forms import Form
from pipeline.intake.lines import BEGINNING, HardLine
from pipeline.intake.lookout import Sightings
from pipeline.intake.signs import Signs

ORDER = ("pull_quote", "dateline", "title", "furniture", "byline", "caption")
BEGINNINGS = ("opening", "prose")
BODY = "body"
SCENE = "scene"
WRAPPED = ("caption", "byline")


class Block(Struct, gc=False):
    """Lines that make one part; ``role`` is a line kind of the model, ``body`` (not yet told) or ``furniture``."""

    role: str
    lines: list[HardLine]
    kind: str = ""
    loose: list[int] | None = None
    """Before which of its lines it may be parted again, where a better continuation is found; None: nowhere."""

    @property
    def text(self) -> str:
        """Its folded text, the lines joined."""
        return self.lines[0].text if len(self.lines) == 1 else "".join([line.text for line in self.lines])


def settle_roles(lines: Sequence[HardLine], signs: Signs) -> list[Block]:
    """A block a line, in order; a caption, byline or pull quote that was wrapped is one block of its lines."""
    final, ending = signs.final, signs.ending
    for line in lines:
        last = line.text[-1]
        if last in final or last in ending and signs.ends_sentence(line.text):
            line.done = True
    roles = _Roles(lines, signs)
    out: list[Block] = []
    at = 0
    for i in roles.asked():
        if i >= at:
            block = roles.block_at(i)
            if block is not None:
                if at < i:
                    out += [Block(BODY, [line]) for line in lines[at:i]]
                out.append(block)
                at = i + len(block.lines)
    out += [Block(BODY, [line]) for line in lines[at:]]
    top = next((b for b in out if b.role != "furniture"), None)
    if top is not None and top.kind == SCENE and len(top.text) > signs.weight("longest_scene_on_top"):
        top.role, top.kind = BODY, ""
    return out


class _Roles:
    """Tells what lines are that may be more than body text; of each it tries the forms that are seen in it."""

    def __init__(self, lines: Sequence[HardLine], signs: Signs) -> None:
        self._lines, self._signs = lines, signs
        self._lookout = signs.forms.lookout(*ORDER, *BEGINNINGS)
        longest = signs.longest_role
        texts = [line.text if len(line.text) <= longest else line.text[:BEGINNING] for line in lines]
        seen = self._lookout.look(texts)
        self._note_beginnings(seen)
        parts, wrapped = self._lookout.bits(ORDER), self._lookout.bits(WRAPPED)
        self._seen = {i: bits & parts for i, bits in seen.items() if bits & parts and len(lines[i].text) <= longest}
        self._begun, self._rest = wrapped & ~self._lookout.last, wrapped & ~self._lookout.first
        """What may be seen of a form of two lines in the one and in the other."""
        self._alone = self._forms_alone()
        """The forms that lines have by themselves."""

    def _note_beginnings(self, seen: Sightings) -> None:
        """Note on each line whether a report or a sentence of one begins there."""
        beginnings = self._lookout.bits(BEGINNINGS)
        for i, bits in seen.items():
            for form in self._lookout.chosen(bits & beginnings) if bits & beginnings else ():
                line = self._lines[i]
                if form.search(line.text[:BEGINNING]) is not None:
                    line.opens, line.prose = line.opens or form.role == "opening", line.prose or form.role == "prose"

    def _forms_alone(self) -> dict[int, Form]:
        found = {}
        for i, bits in self._seen.items():
            text = self._lines[i].text
            for form in self._lookout.chosen(bits):
                if form.search(text) is not None:
                    found[i] = form
                    break
        return found

    def asked(self) -> list[int]:
        """The lines at which a part may begin, alone or with the rest that the next line has, in order."""
        lines, tail, pull = self._lines, self._signs.longest_tail, self._signs.pull_open
        begins = {*self._alone, *(i for i in self._seen if lines[i].text[0] == pull)}
        for i, bits in self._seen.items():
            # A sentence that ends needs no rest.
            if bits & self._begun and not lines[i].done:
                begins.add(i)
            if bits & self._rest and i and not lines[i - 1].done and len(lines[i].text) <= tail:
                begins.add(i - 1)
        return sorted(begins)

    def block_at(self, i: int) -> Block | None:
        """The part that begins with line ``i``, as its form tells; None where it is body text."""
        signs = self._signs
        count, form = self._role_at(i)
        if form is None:
            return None
        if signs.rules.trace is not None:
            place = self._lines[i].start, self._lines[i + count - 1].end
            signs.rules.trace.step("form", *place, form.role, form.pattern.id)
            signs.rules.trace.keep("part", *place)
        return Block(form.role, list(self._lines[i : i + count]), form.kind)

    def _role_at(self, i: int) -> tuple[int, Form | None]:
        """How many lines from ``i`` on make one part by their form, and the form."""
        lines, signs = self._lines, self._signs
        text = lines[i].text
        if len(text) > signs.longest_role or text in signs.headings:
            return 1, None
        alone = self._alone.get(i)
        if text[0] == signs.pull_open:
            return self._pull_quote(i, alone)
        if alone is not None and alone.role not in WRAPPED:
            return 1, alone
        if alone is None and lines[i].done or i + 1 == len(lines):
            return 1, alone
        # A wrapped credit or byline: 新桥夜景 本报记/者 周一帆 摄.
        bits = self._seen.get(i, 0) & self._begun | self._seen.get(i + 1, 0) & self._rest
        if bits and len(lines[i + 1].text) <= signs.longest_tail:
            may = sorted(self._lookout.chosen(bits), key=lambda form: WRAPPED.index(form.role))
            joined = self._with_tail(i, alone, may)
            if joined is not None:
                return 2, joined
        return 1, alone

    def _pull_quote(self, i: int, alone: Form | None) -> tuple[int, Form | None]:
        lines, signs = self._lines, self._signs
        text = ""
        for j in range(i, min(i + 6, len(lines))):
            text += lines[j].text
            if len(text) > signs.longest_role:
                break
            form = signs.form(text, "pull_quote")
            if form is not None:
                return j + 1 - i, form
        return 1, alone

    def _with_tail(self, i: int, alone: Form | None, may: Sequence[Form]) -> Form | None:
        """The first of the forms ``may`` that line ``i`` has with the next; None where they are two parts."""
        text, tail, signs = self._lines[i].text, self._lines[i + 1].text, self._signs
        whole = text + tail
        joined, credit = None, None
        for joined in may:
            credit = joined.search(whole)
            if credit is not None:
                break
        if joined is None or credit is None:
            return None
        if joined.role == "byline":
            # 本报记者 高远 + 背景 would do as a name too: only one character is surely the rest of it.
            rest = len(tail) == 1 if alone is not None else i + 1 not in self._alone
            return joined if rest else None
        if "scene" not in credit.re.groupindex:
            return None
        own = signs.form(tail, *WRAPPED, *ORDER)
        if own is None:
            # The credit must reach over the break: else the first line is a caption without one, or body text.
            return joined if credit.end("scene") <= len(text) else None
        m = own.search(tail)
        scene = m["scene"] if m and "scene" in m.re.groupindex else tail
        return joined if len(scene.strip()) < signs.shortest_scene else None

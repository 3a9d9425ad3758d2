"""Lines that show by themselves what they are: furniture, captions, bylines, datelines, pull quotes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from pipeline.intake.beginnings import BEGINNINGS, note_beginnings
from pipeline.intake.forms import Form
from pipeline.intake.lines import BEGINNING, HardLine
from pipeline.intake.notes import note_edges
from pipeline.intake.signs import Signs
from pipeline.intake.words import across

ORDER = ("pull_quote", "dateline", "title", "furniture", "byline", "caption")
BODY = "body"
SCENE = "scene"
WRAPPED = ("caption", "byline")
REST = 4
"""So many characters before a break may be of a function's word."""
PULLED_LINES, LONGEST_PULLED = 10, 122
"""So many lines a pull quote has at most, and so many characters."""
WRAPPED_LINES = 3
"""Over so many lines a byline may be wrapped."""


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
    lines = note_edges(lines, signs)
    roles = _Roles(lines, signs)
    out: list[Block] = []
    scenes: list[int] = []
    at = 0
    for i in roles.asked():
        if i >= at:
            block = roles.block_at(i)
            if block is not None:
                if at < i:
                    out += [Block(BODY, [line]) for line in lines[at:i]]
                if block.kind == SCENE:
                    scenes.append(len(out))
                out.append(block)
                at = i + len(block.lines)
    out += [Block(BODY, [line]) for line in lines[at:]]
    for i in scenes:
        beside = (out[i - 1], out[i], out[i + 1]) if 0 < i < len(out) - 1 else ()
        if any([_goes_over(before, behind, signs) for before, behind in pairwise(beside)]):
            out[i].role, out[i].kind = BODY, ""
    top = next((b for b in out if b.role != "furniture"), None)
    if top is not None and top.kind == SCENE and len(top.text) > signs.weight("longest_scene_on_top"):
        top.role, top.kind = BODY, ""
    return out


def free_scenes(blocks: Sequence[Block], whole: str, signs: Signs) -> None:
    """Make scenes whose words stand in the body, ``whole``, lines of the body: headings take its words."""
    for block in blocks:
        if block.kind == SCENE and len(block.text) > signs.weight("longest_scene_on_top") and block.text in whole:
            block.role, block.kind, block.lines[0].repeated = BODY, "", True


def _goes_over(before: Block, behind: Block, signs: Signs) -> bool:
    """Whether a sentence goes over from a line of the body to a scene, or from a scene to the body."""
    if before.role != BODY and behind.role != BODY or before.lines[-1].done:
        return False
    left, right = before.text, behind.text
    return right[0] in signs.inside or across(left, right, signs) in ("word", "measure")


class _Roles:
    """Tells what lines are that may be more than body text; of each it tries the forms that are seen in it."""

    def __init__(self, lines: Sequence[HardLine], signs: Signs) -> None:
        self._lines, self._signs = lines, signs
        self._lookout = signs.forms.lookout(*ORDER, *BEGINNINGS)
        longest = signs.longest_role
        texts = [line.text if len(line.text) <= longest else line.text[:BEGINNING] for line in lines]
        seen = self._lookout.look(texts)
        note_beginnings(lines, seen, self._lookout, signs)
        parts, wrapped = self._lookout.bits(ORDER), self._lookout.bits(WRAPPED)
        self._seen = {i: bits & parts for i, bits in seen.items() if bits & parts and len(lines[i].text) <= longest}
        self._begun, self._rest = wrapped & ~self._lookout.last, wrapped & ~self._lookout.first
        """What may be seen of a form of two lines in the one and in the other."""
        self._alone = self._forms_alone()
        """The forms that lines have by themselves."""

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
        if alone is not None and alone.role == "byline" and self._ends_above(i):
            return 1, None
        if (alone is None or alone.role == "byline") and self._runs_in(i):
            lines[i].opens = True
            return 1, None
        if alone is not None and alone.role not in WRAPPED:
            return 1, alone
        if alone is None and lines[i].done:
            return 1, None
        count, form = 1, alone
        while count < WRAPPED_LINES and i + count < len(lines):
            joined = self._joined(i, count, form)
            if joined is None:
                break
            count, form = count + 1, joined
            if form.role != "byline":
                break
        return count, form

    def _ends_above(self, i: int) -> bool:
        """Whether line ``i`` is the rest of a byline that opens at the end of the line above: 通车。（/文/图 高远）."""
        above = self._lines[i - 1].text[-1] if i else ""
        return above in self._signs.opening and self._signs.opens(self._lines[i].text) < 0

    def _runs_in(self, i: int) -> bool:
        """Whether line ``i`` begins a report, its byline running over into the next: 本报记者 周一帆、高/远报道：."""
        text = self._lines[i].text
        # Below a byline a report may have one of its own: 天山网讯（通讯员高远报道）.
        coming = self._lines[i + 1].text if i + 1 < len(self._lines) and not self._lines[i + 1].opens else ""
        said = coming.find(self._signs.settings["reports"])
        if not 0 <= said < self._signs.longest_tail:
            return False
        whole = text + coming[:BEGINNING]
        form = self._signs.form(whole, "run-in")
        m = form.search(whole) if form is not None else None
        return m is not None and len(text) < m.end() <= len(text) + said + 3

    def _joined(self, i: int, count: int, form: Form | None) -> Form | None:
        """The form that ``count`` lines from ``i`` on, which have a form or none, make with the next one."""
        # A wrapped credit or byline: 新桥夜景 本报记/者 周一帆 摄.
        bits = self._seen.get(i, 0) & self._begun | self._seen.get(i + count, 0) & self._rest
        tail = self._lines[i + count].text
        if not bits or len(tail) > self._signs.longest_tail:
            return None
        may = sorted(self._lookout.chosen(self._lookout.allowed(bits, tail)), key=lambda form: WRAPPED.index(form.role))
        return self._with_tail(i, count, form, may)

    def _pull_quote(self, i: int, alone: Form | None) -> tuple[int, Form | None]:
        lines, signs = self._lines, self._signs
        text = ""
        for j in range(i, min(i + PULLED_LINES, len(lines))):
            text += lines[j].text
            if len(text) > LONGEST_PULLED:
                break
            form = signs.form(text, "pull_quote")
            if form is not None:
                return j + 1 - i, form
        return 1, alone

    def _with_tail(self, i: int, count: int, alone: Form | None, may: Sequence[Form]) -> Form | None:
        """The first of the forms ``may`` that ``count`` lines from ``i`` on, which are ``alone``, make with the
        next; None where that is another part, as is a credit with a scene of its own."""
        lines, signs = self._lines, self._signs
        text, tail = "".join([line.text for line in lines[i : i + count]]), lines[i + count].text
        for joined in may:
            # 本报记者 高远/何晴: the space between them ended the line.
            found = joined.search(text + tail) or alone is not None and joined.search(f"{text} {tail}")
            if found:
                break
        else:
            joined, found = None, None
        own = self._alone.get(i + count)
        if joined is not None and joined.role == "byline":
            return joined if self._goes_on(i + count, alone, own) else None
        if not found and (own is None or own.role not in WRAPPED):
            return None
        if alone is None and own is not None and own.role == "byline" and signs.settings["reports"] in tail:
            return None  # 新桥通车/本报记者 高远 摄影报道
        named = found is not None and "scene" in found.re.groupindex
        own = self._own(i + count)
        if own is None:
            # The credit must reach over the break: else the first line is a caption without one, or body text.
            return joined if named and found is not None and found.end("scene") <= len(text) else None
        rest = len(self._scene(tail, own)) < signs.shortest_scene
        if alone is not None and alone.role == "caption":
            over = rest or self._breaks_off(text, tail, alone) or across(text, tail, signs) == "word"
            return own if own.role == "caption" and over else None
        if named or own.role != "caption" or tail.rstrip(signs.closing).endswith(signs.settings["reports"]):
            return joined if named and rest else None
        # A scene with its credit in the next line: 新桥夜景/周一帆 摄.
        scene = signs.shortest_scene <= len(text) <= signs.longest_head and signs.full_stop not in text
        return own if rest and scene else None

    def _breaks_off(self, text: str, tail: str, form: Form) -> bool:
        """Whether ``text``, which has this form, is a caption that a mark begins and no credit ends, so that its credit
        may stand in ``tail``: ▲市民在新桥的人行道上散/步 高远/摄."""
        m, marks = form.search(text), self._signs.settings["marks"]
        return m is not None and "scene" not in m.re.groupindex and text[0] in marks and tail[0] not in marks

    def _own(self, i: int) -> Form | None:
        """The form that line ``i`` has by itself, a caption's or a byline's before others."""
        alone = self._alone.get(i)
        if alone is None or alone.role == WRAPPED[0]:
            return alone  # all forms were tried on it, captions last
        may = self._lookout.chosen(self._seen.get(i, 0))
        ranked = sorted(may, key=lambda form: WRAPPED.index(form.role) if form.role in WRAPPED else len(WRAPPED))
        return next((form for form in ranked if form.search(self._lines[i].text) is not None), None)

    def _scene(self, text: str, form: Form) -> str:
        """What ``text``, which has this form, says before a picture's credit; all of it where there is none."""
        m, signs = form.search(text), self._signs
        if m is None or "scene" not in m.re.groupindex:
            return text
        scene, first = m["scene"].strip(), text.split()[0]
        # 救援现场 周一帆/摄 has a scene, though it might be a name.
        named = scene or first == text or any(map(text.__contains__, signs.agents)) or signs.are_names(first)
        return scene if named else first

    def _goes_on(self, at: int, alone: Form | None, own: Form | None) -> bool:
        """Whether line ``at``, which has the form ``own`` or none, is the rest of a byline that is one ``alone``, or is
        none yet."""
        lines, signs, tail = self._lines, self._signs, self._lines[at].text
        if len(tail) == 1 and at + 1 < len(lines) and across(tail, lines[at + 1].text, signs) == "word":
            return False  # the first letter of a text is printed large: 清/晨六点，
        if alone is None or own is not None:
            # 本报记者 高远/通讯员 何晴; （文 /高远/图 /何晴）
            apart = tail.startswith(signs.agents) or signs.opens(lines[at - 1].text) > 0 > signs.opens(tail)
            helps = own is not None and own.role == "byline" and apart
            return own is None or alone is not None and helps
        if len(tail) == 1 or at + 1 == len(lines):
            return len(tail) == 1
        # 本报记者 高远 通讯/员 何晴, 本报记者 高/远 通讯员 何晴
        if any(
            agent in lines[at - 1].text[-REST:] + tail and agent not in lines[at - 1].text[-REST:]
            for agent in signs.agents
        ):
            return True
        # 本报记者 高远 + 背景 would do as a name too: only behind a line that has no room for it is it the rest.
        full = lines[at - 1].width >= lines[at + 1].width - signs.weight("slack")
        return full and (not tail.isalpha() or signs.are_names(tail))

"""Parts of the page on their way to articles; bylines are cut off paragraphs here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from pipeline.core.offsets import Span
from pipeline.intake.forms import Form
from pipeline.intake.roles import Block
from pipeline.intake.signs import Signs

RUN_IN = "run-in"
TRAILING = "trailing"
PARAGRAPH = "paragraph"
FLUSH, INDENTED = "flush", "indented"


class Item(Struct, gc=False):
    """A part: ``text`` is the folded slices of ``spans``, joined; ``gap`` counts the empty lines before it."""

    role: str
    spans: list[Span]
    text: str
    gap: int = 0
    kind: str = ""
    repeated: bool = False
    """Whether its text stands elsewhere in the body too."""
    edge: str = ""
    """Whether it begins ``flush`` or ``indented``, where paragraphs have an indent."""
    turns: bool = False
    """Whether what stands behind it says that it goes on elsewhere: 下转A7版."""
    resumes: bool = False
    """Whether what stands before it says that it goes on with something: 上接A1版."""
    loose: list[int] = []
    """The offsets of its text at which it may be parted again."""
    letters: str | None = None
    """The letters of its text, once somebody asked."""
    pairs: set[int] | None = None
    """The pairs of neighbouring letters in its text, once somebody asked."""
    spaced: bool = False
    """Whether space stands behind it: a title was broken there."""
    clause: bool = False
    """Whether it is one line, which stands elsewhere as a whole clause."""
    row: bool = False
    """Whether it is a row of a table or closes a notice: so it ends as no sentence does, and breaks off nowhere."""

    def extend(self, item: Item) -> None:
        """Put ``item`` behind it."""
        self.spans = self.spans + item.spans
        self.text += item.text
        self.letters, self.pairs, self.spaced, self.clause = None, None, item.spaced, False

    def cut(self, at: int) -> tuple[Item, Item]:
        """What stands before and from offset ``at`` of its text on."""
        left: list[Span] = []
        right: list[Span] = []
        for a, b in self.spans:
            size = b - a
            if at >= size:
                left.append((a, b))
            elif at <= 0:
                right.append((a, b))
            else:
                left.append((a, a + at))
                right.append((a + at, b))
            at -= size
        cut = sum(b - a for a, b in left)
        before, behind = [n for n in self.loose if n < cut], [n - cut for n in self.loose if n > cut]
        return (
            replace(self, spans=left, text=self.text[:cut], loose=before, letters=None, pairs=None, turns=False),
            replace(
                self,
                spans=right,
                text=self.text[cut:],
                loose=behind,
                letters=None,
                pairs=None,
                gap=0,
                edge="",
                resumes=False,
            ),
        )

    def parted(self) -> Iterable[Item]:
        """Its pieces between the offsets at which it may be parted; itself where there are none."""
        return self._pieces() if self.loose else (self,)

    def _pieces(self) -> Iterator[Item]:
        """Its pieces, in one walk."""
        spans = iter(self.spans)
        held = next(spans, None)
        at, gap, edge, resumes = 0, self.gap, self.edge, self.resumes
        for cut in [*self.loose, len(self.text)]:
            piece: list[Span] = []
            left = cut - at
            while held is not None and left > 0:
                a, b = held
                piece.append((a, min(b, a + left)))
                left -= b - a
                held = (b + left, b) if left < 0 else next(spans, None)
            turns = self.turns and cut == len(self.text)
            yield Item(self.role, piece, self.text[at:cut], gap, self.kind, False, edge, turns, resumes)
            at, gap, edge, resumes = cut, 0, "", False


def items_of(blocks: Iterable[Block], signs: Signs, indent: int = 0) -> list[Item]:
    """The parts of ``blocks`` in order; bylines at the start and the end of a paragraph are parts of their own.

    ``indent``: that of a paragraph's first line on the page, 0 where paragraphs have none."""
    items: list[Item] = []
    for block in blocks:
        lines, first = block.lines, block.lines[0]
        if len(lines) == 1:
            spans, text = [(first.start, first.end)], first.text
        else:
            spans, text = [(line.start, line.end) for line in lines], block.text
        item = Item(block.role, spans, text, first.gap, block.kind, first.repeated, spaced=lines[-1].spaced)
        item.clause, item.row = first.clause and len(lines) == 1, (first.cells > 0 or first.closes) and len(lines) == 1
        if indent and block.role == PARAGRAPH:
            item.edge = FLUSH if first.indent < 2 else INDENTED
        if block.loose:
            starts = list(accumulate([len(line.text) for line in lines], initial=0))
            item.loose = [starts[n] for n in block.loose]
        items.append(item)
    return _without_bylines(items, signs)


def _without_bylines(items: list[Item], signs: Signs) -> list[Item]:
    """The items with the bylines cut off that begin or end a paragraph."""
    longest, run_in = signs.longest_role, signs.forms.needed(RUN_IN).search
    out: list[Item] = []
    for item in items:
        if item.role == PARAGRAPH:
            begun = run_in(item.text, 0, longest) is not None
            if begun or item.text[-1] in signs.brackets:
                out += _cut(item, begun, signs)
                continue
        out.append(item)
    return out


def _cut(item: Item, begun: bool, signs: Signs) -> list[Item]:
    """The paragraph ``item`` without its bylines and these; ``begun``: whether one may begin it."""
    before, after = [], []
    at = _match(item.text[: signs.longest_role], signs.forms.of((RUN_IN,))) if begun else None
    if at and at[1] < len(item.text):
        byline, item = item.cut(at[1])
        byline.role, byline.kind = "byline", RUN_IN
        if item.text[0].isspace():
            item = item.cut(len(item.text) - len(item.text.lstrip()))[1]
        before.append(byline)
    elif at:
        item.role, item.kind = "byline", RUN_IN  # a line of its own: 本报讯（记者 周一帆）
        return [item]
    if item.text.endswith(signs.brackets):
        start = signs.last_bracket(item.text)
        near = 0 < start >= len(item.text) - signs.longest_role
        if near and _is_trailing(item, start, signs):
            item, byline = item.cut(start)
            if item.text[-1].isspace():
                item = item.cut(len(item.text.rstrip()))[0]
            byline.role, byline.kind = "byline", TRAILING
            after.append(byline)
    return [*before, item, *after] if item.text.strip() else [*before, *after]


def _is_trailing(item: Item, start: int, signs: Signs) -> bool:
    """Whether a byline stands at the end of ``item``, from offset ``start`` of its text on; a break within it may have
    been the space between two names."""
    forms, text = signs.forms.of((TRAILING,)), item.text
    if _match(text[start:], forms):
        return True
    ends = [end for end in accumulate([b - a for a, b in item.spans]) if start < end < len(text)]
    pieces = [text[a:b] for a, b in pairwise([start, *ends, len(text)])]
    return bool(ends) and _match(" ".join(pieces), forms) is not None


def _match(text: str, forms: Iterable[Form]) -> Span | None:
    for form in forms:
        m = form.search(text)
        if m is not None:
            return m.span()
    return None

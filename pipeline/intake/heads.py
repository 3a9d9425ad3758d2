"""What speaks for and against a line being a title or a heading."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.intake.articles import JUMP
from pipeline.intake.lines import BEGINNING, HardLine
from pipeline.intake.order import pairs_in
from pipeline.intake.roles import BODY, Block
from pipeline.intake.shape import Shape, first_word
from pipeline.intake.signs import Signs, signs_of
from pipeline.intake.words import across
from pipeline.rulebook import Rulebook

PARTING = ("title", "dateline", "byline")
DEEPEST = 3
HEAD_LINES = 4
"""Over so many lines a head may be wrapped."""
TITLE_LINES = 3
"""So many unfinished lines may stand between a line and a byline."""
REACH = 8
LEDE = 100
"""So many characters of what stands behind a title take it up."""
FILLS = ("head_base", "head_full")
"""What is said of every line that fills a column."""
BESIDES = (
    *("head_finished", "head_gap", "head_flush", "head_last", "head_unrelated", "head_not_alone"),
    *(
        "head_continuing",
        "head_inside",
        "head_numeral",
        "head_date",
        "head_latin",
        "head_open",
        "head_bound",
        "head_guess",
    ),
)
"""What else may be said of one that nothing sets apart."""


class Heads(Struct, frozen=True):
    """Names the evidence of heads among the blocks of a page."""

    blocks: Sequence[Block]
    before_bylines: set[int]
    """The blocks from which only unfinished lines and captions lead to a byline."""
    shape: Shape
    signs: Signs
    asked: bool
    """Whether somebody wants to know the evidence; else no more of it is looked for than settles the question."""

    def is_head(self, i: int, line: HardLine, depth: int = 0) -> tuple[bool, list[str]]:
        """Whether line ``i``, which does not run on from what came before, is a title or heading, and why."""
        if not self.may_be(i, line) or not self.asked and line.tight and self.is_body(i, line):
            return False, []
        if line.text in self.signs.headings:
            return True, ["head_fixed"]
        names, score = self._evidence(i, line, depth)
        return score > 0, names

    def may_be(self, i: int, line: HardLine) -> bool:
        """Whether ``line`` of block ``i`` may be a head at all."""
        signs, text = self.signs, line.text
        if not self.shape.has_sentences or len(text) > signs.longest_head:
            return False
        if text in signs.headings:
            return True
        if signs.full_stop in text or text[0] in signs.inside or line.cells or self._turns(i):
            return False
        if line.field or line.closes or text in signs.settings["marks"]:
            return False
        if text[0] in signs.opening and signs.comma in text and text.endswith(signs.brackets):
            return False  # （应受访者要求，文中人物为化名）
        if line.opens or not line.repeated and (line.prose or signs.is_source(text[:BEGINNING])):
            return False
        # Where no paragraph breaks off a line set apart is a title, though it has clauses.
        apart = (
            self.shape.intact and line.gap > self.shape.gap or i in self.before_bylines and text.count(signs.comma) < 2
        )
        return apart or len(text) <= signs.longest_with_comma or signs.comma not in text

    def _turns(self, i: int) -> bool:
        """Whether behind block ``i`` stands that its text goes on elsewhere: 下转A7版."""
        blocks = self.blocks
        return (
            i + 1 < len(blocks)
            and blocks[i + 1].kind == JUMP
            and self.signs.turns.search(blocks[i + 1].text) is not None
        )

    def is_body(self, i: int, line: HardLine) -> bool:
        """Whether ``line`` of block ``i``, which fills its column, is surely no head: nothing may speak for one."""
        told = self.shape
        if line.repeated or i in self.before_bylines or told.is_centred(line) or line.text in self.signs.headings:
            return False
        if self.is_taken_up(i, line):
            return False
        coming = self.coming(i)
        if coming is not None:
            if coming.opens or told.is_indented(coming) or told.parted and coming.gap > told.gap:
                return False
            if coming.prose and line.gap:  # both together weigh more than a full line
                return False
        return not self.is_wrapped(i) and self.signs.rules.once("layout.heads.full", _full_are_body)

    def _evidence(self, i: int, line: HardLine, depth: int) -> tuple[list[str], int]:
        """The names of what speaks for and against the line being a head, and their sum."""
        signs, coming = self.signs, self.coming(i)
        names = self._of_line(i, line)
        if coming is None:
            names.append("head_last")
        else:
            if self.shape.small and self._is_unrelated(line, coming):
                names.append("head_unrelated")
            if coming.opens:
                names.append("head_report")
            elif coming.prose:
                names.append("head_prose")
        score = signs.sum(names)
        if coming is None or i + 1 < len(self.blocks) and self.blocks[i + 1].role in PARTING:
            return names, score
        apart = self._apart(i, line, coming)
        sum_apart = signs.sum(apart) if apart else 0
        touching = self._touching(i, line, coming, depth, score, sum_apart)
        return names + touching + apart, score + sum_apart + (signs.sum(touching) if touching else 0)

    def coming(self, i: int) -> HardLine | None:
        """The next line behind block ``i`` that may be body text."""
        for n in range(i + 1, len(self.blocks)):
            if self.blocks[n].role == BODY:
                return self.blocks[n].lines[0]
        return None

    def _of_line(self, i: int, line: HardLine) -> list[str]:
        """What the line says by itself and by its place."""
        told = self.shape
        names = ["head_base"]
        if line.done:
            names.append("head_finished")
        if line.repeated:
            names.append("head_repeated_full" if line.tight and not (line.paired or line.clause) else "head_repeated")
        if told.is_centred(line):
            names.append("head_centred")
        if line.gap > told.gap:
            names.append("head_gap")
        if told.indent and not told.is_indented(line):
            names.append("head_flush")
        elif told.indent and not (told.wrapped or told.intact):
            names.append("head_indented")
        if i in self.before_bylines:
            names.append("head_byline")
        if told.wrapped and line.full and self.is_wrapped(i):
            names.append("head_wrapped")
        elif told.wrapped or line.full:
            names.append("head_full" if line.tight else "head_near" if line.full else "head_short")
            if line.tight and self.is_taken_up(i, line):
                names.append("head_taken_up")
        return names

    def is_taken_up(self, i: int, line: HardLine) -> bool:
        """Whether a line of two parts, as titles have them (市交通局：新桥下月通车, 新桥合龙 下月通车), is said again
        in other words by what stands behind it, as the start of a report does with its title."""
        signs, text = self.signs, line.text
        if not self.shape.wrapped or line.done or signs.pausing.isdisjoint(text[:-1]) and " " not in text:
            return False
        if signs.pausing.isdisjoint(text[:-1]) and text.count(" ") == len(signs.spaces.findall(text)):
            return False
        if signs.runs_on(text) or signs.marks_clause(text):
            return False
        behind = ""
        for block in self.blocks[i + 1 : i + 1 + REACH]:
            behind += block.text if block.role == BODY and len(behind) < LEDE else ""
        own = set(pairs_in(text))
        return len(own.intersection(pairs_in(behind[:LEDE]))) * 100 >= len(own) * signs.weight("head_taken_up_share")

    def is_wrapped(self, i: int) -> bool:
        """Whether line ``i`` is the first of a head over several lines, which fill their column up to a last one that
        has room for what follows and ends no sentence."""
        told, signs, length = self.shape, self.signs, 0
        for k in range(i, min(i + HEAD_LINES, len(self.blocks))):
            block = self.blocks[k]
            line = block.lines[0]
            if block.role != BODY or line.done or line.opens or line.prose or signs.full_stop in line.text:
                return False
            length += len(line.text)
            if length > signs.longest_head or k > i and (line.gap > told.gap or told.is_indented(line)):
                return False
            if line.repeated and not self.blocks[i].lines[0].repeated:
                return False
            if not line.full:
                return k > i and line.text[-1] not in signs.continuing and self._has_room(k, line)
        return False

    def stands_before_start(self, i: int, line: HardLine) -> bool:
        """Whether ``line`` ends no sentence and the next begins a paragraph."""
        if line.done or i + 1 == len(self.blocks) or self.blocks[i + 1].role != BODY or not self.may_be(i, line):
            return False
        return self.shape.is_indented(self.blocks[i + 1].lines[0])

    def goes_on(self, i: int, line: HardLine) -> bool:
        """Whether ``line``, which stands behind a head, goes on with it by its first sign: 新桥通车/，两岸相连."""
        told, signs = self.shape, self.signs
        short = not line.done and len(line.text) <= signs.longest_head and line.gap <= told.gap
        return told.wrapped and short and line.text[0] in signs.inside and self._has_room(i, line)

    def _has_room(self, k: int, line: HardLine) -> bool:
        """Whether the first word of what follows block ``k`` would have stood in its ``line`` still."""
        if k + 1 == len(self.blocks) or self.blocks[k + 1].role != BODY:
            return True
        coming = self.blocks[k + 1].lines[0]
        return coming.gap > self.shape.gap or line.width + first_word(coming.text, self.signs) <= line.column

    def _is_unrelated(self, line: HardLine, coming: HardLine) -> bool:
        """Whether the first line of a short text speaks of nothing that comes."""
        told = self.shape
        return line.start == told.top and not coming.gap and not told.speaks_of(line.text)

    def _apart(self, i: int, line: HardLine, coming: HardLine) -> list[str]:
        """What sets the line apart from the one that follows, or does not; a gap below a caption tells nothing."""
        told = self.shape
        apart = ["head_before_start"] if line.full and told.is_indented(coming) else []
        pieces = told.indent > 0 and not (told.wrapped or told.intact)
        if pieces and not told.is_indented(coming) and (coming.done or len(coming.text) > self.signs.longest_head):
            apart.append("head_goes_on")
        if told.parted and self.blocks[i + 1].role == BODY:
            apart.append("head_alone" if coming.gap > told.gap else "head_not_alone")
        return apart

    def _touching(
        self, i: int, line: HardLine, coming: HardLine, depth: int, sum_before: int, sum_apart: int
    ) -> list[str]:
        """What binds the line to the one that follows, where that is no head; looked for as far as it may matter."""
        signs = self.signs
        least = -sum_before - sum_apart if not self.asked else None
        if least is not None and least >= 0:
            return []  # no head even so
        contact = signs.contact(line.text, coming.text)
        names = [f"head_{name.removeprefix('join_')}" for name in contact] if contact else []
        if signs.opens(line.text) > 0:
            names.append("head_open")
        told = signs.sum(names) if names else 0
        may_be_bound = sum_before > 0
        if least is not None and told + (signs.weight("head_bound") if may_be_bound else 0) > least:
            return []  # a head in any case
        if least is not None and told <= least:
            may_be_bound = False  # none, unless the next is a head
        may_be_bound = may_be_bound and not (coming.gap and self.shape.intact)  # 三种声音//并不是所有人都满意。
        over = across(line.text, coming.text, signs) if may_be_bound else ""
        if over:
            names.append("head_guess" if over == "guess" else "head_bound")
        # The first line of a title over two lines runs on too, but into a line that is a head itself.
        return names if names and not self._is_next_head(i, coming, depth) else []

    def _is_next_head(self, i: int, coming: HardLine, depth: int) -> bool:
        if depth >= DEEPEST or i + 1 >= len(self.blocks) or self.blocks[i + 1].role != BODY:
            return False
        comma, told, line = self.signs.comma, self.shape, self.blocks[i].lines[0]
        if told.is_centred(line) and told.is_centred(coming) and coming.gap <= told.gap:
            return True  # one title in the middle of its column, over two lines
        if self.blocks[i].text.count(comma) + coming.text.count(comma) > 1:
            return False  # 桥面合龙后，工人连夜/铺设沥青，这几天，: no title has so many clauses
        return self.is_head(i + 1, coming, depth + 1)[0]


def _full_are_body(rules: Rulebook) -> bool:
    """Whether a line that fills its column is no head by the weights of the rules, if nothing sets it apart."""
    weight = signs_of(rules).weight
    return sum(map(weight, FILLS)) + sum([max(0, weight(name)) for name in BESIDES]) <= 0


def before_bylines(blocks: Sequence[Block], signs: Signs) -> set[int]:
    """The blocks from which only unfinished lines and captions lead to a byline or 本报讯: a title is one of these."""
    found: set[int] = set()
    for at, block in enumerate(blocks):
        if block.role == "byline" or block.role == BODY and block.lines[0].opens:
            lines = 0
            for i in range(at - 1, max(at - REACH, -1), -1):
                found.add(i)
                if blocks[i].role == BODY:
                    line = blocks[i].lines[0]
                    lines += 1
                    # 全长三公里。（/滨江晨报） ends a sentence too.
                    ends = line.opens or line.done or signs.full_stop in line.text
                    if lines > TITLE_LINES or ends or len(line.text) > signs.longest_head:
                        break
                elif blocks[i].role != "caption":
                    break
    return found

"""Lines whose text stands elsewhere on the page too: kickers, headings and pull quotes take the body's words."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import accumulate

from pipeline.intake.lines import HardLine
from pipeline.intake.signs import Signs

PLACES = 8
"""In so many places a clause is looked for."""


def note_repeated(lines: Sequence[HardLine], whole: str, signs: Signs) -> None:
    """Note lines that may be headings and whose text stands elsewhere too: a kicker, section heading or pull line."""
    longest, shortest = signs.longest_head, signs.weight("shortest_borrowed")
    # What is looked for in the whole page is bounded, so that pages of many thousand short lines stay linear.
    budget = signs.weight("most_looked_at") // max(len(whole), 1)
    count, never_first = whole.count, signs.never_first
    edges = signs.settings["quotes"] + "".join(signs.brackets)
    starts: set[int] = set()
    over: list[HardLine] = []
    behind: list[HardLine] = []
    for i, line in enumerate(lines):
        text = line.text
        # Nearly all lines are looked for as they stand.
        if line.done or " " in text or text.strip(edges) != text:
            text = _as_heading(line, signs)
        if not 4 <= len(text) <= longest:
            continue
        budget -= 1
        if budget < 0:
            break
        if count(text) < 2:
            # 与三家企业签约 is a heading too where the body has 同三家企业签约: 与 binds it to nothing here.
            if len(text) > shortest and text[0] in never_first:
                line.repeated = twice(text[1:], whole)
            continue
        coming = bare(lines[i + 1].text, signs) if i + 1 < len(lines) else ""
        line.paired = bool(coming) and len(coming) <= longest and twice(text + coming, whole)
        # Where the text goes on here as it does there, this is the body's own line, or the first of a heading of two.
        line.repeated = line.paired or not _goes_on(text, coming, whole, signs)
        if line.repeated:
            starts = starts or set(accumulate([len(x.text) - x.text.count(" ") for x in lines], initial=0))
            line.clause = _is_clause(text, whole, starts, signs)
        if line.paired and i + 2 < len(lines) and _goes_on(text + coming, bare(lines[i + 2].text, signs), whole, signs):
            over.append(line)
            behind.append(lines[i + 1])
    # The last of several lines ends where the text does not go on here as it does there.
    for line, last in zip(reversed(over), reversed(behind), strict=True):
        line.repeated = line.paired = last.paired


def _as_heading(line: HardLine, signs: Signs) -> str:
    """The `bare` text of ``line``; nothing where it ends as no heading does."""
    text, final = line.text, signs.final
    # （滨江晨报） stands behind many texts of a page, or half of it: 晨报）.
    if text[-1] in final or text[-1] in signs.brackets and (signs.opens(text) < 0 or signs.is_source(text)):
        return ""
    text = bare(text, signs)
    return "" if text[-1:] in final else text


def bare(text: str, signs: Signs) -> str:
    """``text`` without space and without the quotation marks around it, as it is looked for elsewhere."""
    if " " in text:
        text = text.replace(" ", "")
    return text.strip(signs.settings["quotes"])


def _goes_on(text: str, coming: str, whole: str, signs: Signs) -> bool:
    """Whether ``text`` goes on with the first signs of ``coming``, up to a comma or full stop, elsewhere too."""
    if coming and coming[0] in signs.inside:
        return True  # a line of the body whose full stop stands on the next
    begun = coming[:3].split(signs.comma)[0].split(signs.full_stop)[0]
    return bool(begun) and twice(text + begun, whole)


def _is_clause(text: str, whole: str, starts: Container[int], signs: Signs) -> bool:
    """Whether ``text`` stands in ``whole`` between two signs, or between the start of a line and a sign, as one of the
    first places tells."""
    end = 0
    for _ in range(PLACES):
        at = whole.find(text, end)
        if at < 0:
            break
        end = at + len(text)
        begins = at in starts or whole[at - 1] in signs.inside or whole[at - 1] in signs.opening
        if begins and whole[end : end + 1] in signs.inside:
            return True
    return False


def twice(text: str, whole: str) -> bool:
    """Whether ``text`` stands in ``whole`` twice or more."""
    return whole.count(text) > 1

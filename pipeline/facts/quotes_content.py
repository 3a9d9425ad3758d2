"""What is attributed: between quotation marks, to the sentence's end, or on over the sentences that go on with it."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter

from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.quotes_cues import Cue, Marks, QuoteWords
from pipeline.facts.quotes_phrases import Speaker
from pipeline.facts.scene import Scene

TITLED = 14
"""Characters that an office before a name has at most."""
NOUNS = ("n", "j", "l", "b")
"""Parts of speech in the name of an office begin with these: 学生会|主席."""


class Utterance(Record, frozen=True):
    """A cue with its speaker and the quotation that stands before both, if one does."""

    cue: Cue
    speaker: Speaker
    before: Offsets | None
    start: int
    """Where the utterance begins: its first quotation, else its clause."""


class Content(Record, frozen=True):
    """The pieces of what is attributed; ``direct``: whether each stood in marks; ``end``: where it is over."""

    pieces: tuple[Offsets, ...]
    direct: tuple[bool, ...]
    end: int

    @property
    def kind(self) -> str:
        """``direct``, ``indirect`` or ``mixed``."""
        if all(self.direct):
            return "direct"
        return "mixed" if any(self.direct) else "indirect"


def quotation_before(scene: Scene, clause: int, marks: Marks, words: QuoteWords) -> Offsets | None:
    """The quotation that ends where the clause begins (“…。”周启明说), unless it is a word in scare quotes."""
    at = clause
    while at > 0 and scene.folded[at - 1] in " ":
        at -= 1
    span = marks.closing(at)
    if span is None and at > 0 and not scene.folded[at - 1].isspace():
        span = marks.closing(at - 1)  # “…”，周启明说
    if span is None or span[1] - span[0] < words.shortest + 2 or scene.folded[span[0]] not in words.open:
        return None
    inside = scene.folded[span[0] + 1 : span[1] - 1]
    sentence = len(inside) >= 3 * words.shortest or words.end_mark.match(inside, len(inside) - 1) is not None
    before = scene.folded[span[0] - 1 : span[0]]
    begins = not before or before.isspace() or words.border.match(before) is not None
    return span if sentence and begins else None


def content_of(scene: Scene, said: Utterance, marks: Marks, words: QuoteWords, stops: list[int]) -> Content | None:
    """What ``said`` attributes, None where too little is left; ``stops``: where utterances begin."""
    pieces: tuple[Offsets, ...] = ()
    direct: tuple[bool, ...] = ()
    end = said.cue.end
    if said.before:
        span = _trim(scene, said.before[0] + 1, said.before[1] - 1, words)
        if span[0] < span[1]:
            pieces, direct = (span,), (True,)
    if said.cue.wording.reach != "none":
        start = said.cue.after
        span, marked, end = _after(scene, said, start, marks, words, stops)
        least = words.shortest_bare if said.cue.wording.bare else words.shortest
        if span[1] - span[0] >= least:
            pieces, direct = (*pieces, span), (*direct, marked)
    return Content(pieces, direct, max(end, pieces[-1][1])) if pieces else None


def _after(
    scene: Scene, said: Utterance, start: int, marks: Marks, words: QuoteWords, stops: list[int]
) -> tuple[Offsets, bool, int]:
    """The piece that begins at ``start``, whether it stands in marks, and where it is over."""
    opened = marks.opening(start)
    if opened is not None:
        inside = _inside(scene, opened, words)
        rest = scene.folded[opened[1] : opened[1] + 1]
        if rest == words.attribute:
            return (start, start), True, start
        closed = inside[0] < inside[1] and words.end_mark.match(scene.folded, inside[1] - 1) is not None
        if (
            closed
            or not rest
            or rest.isspace()
            or rest in words.starts["over"]
            or words.end_mark.match(rest)
            and not words.border.match(rest)
            or _sentence_over(scene, opened[1])
            or words.border.match(rest)
            and _any_in(stops, opened[1], scene.sentence(opened[1])[1])  # 何苗说，“……”，并表示，……
        ):
            return _trim(scene, *inside, words), True, opened[1]
    line_end = scene.line(start)[1]
    end = _sentence_end(scene, start, line_end, marks)
    paragraph = said.cue.wording.reach == "paragraph"
    end = _extend(scene, said, end, line_end, words, stops, paragraph)
    if words.lists.search(scene.folded, start, end) is not None:
        if words.list_leads.search(scene.folded, start, end) is not None:
            end = _over_lines(scene, _extend(scene, said, end, line_end, words, stops, paragraph=True), stops)
        item = words.items.search(scene.folded, start, end)
        if item is not None:
            end = _item_end(scene, start, item.start(), end)
    return _trim(scene, start, end, words), False, end


def _item_end(scene: Scene, start: int, at: int, end: int) -> int:
    """The end of the item of a list that ``start`` stands in, where ``at`` has the next one's sign: ① 何苗说，……；|②"""
    return at if scene.folded.rfind(chr(ord(scene.folded[at]) - 1), scene.line(start)[0], start) >= 0 else end


def _sentence_over(scene: Scene, at: int) -> bool:
    return scene.sentence(max(at - 1, 0))[1] <= at + 1


def _inside(scene: Scene, span: Offsets, words: QuoteWords) -> Offsets:
    end = span[1] - 1 if scene.folded[span[1] - 1] in words.close else span[1]
    return span[0] + 1, end


def _sentence_end(scene: Scene, start: int, line_end: int, marks: Marks) -> int:
    """The end of the sentence from ``start`` on; a sentence's end between quotation marks is none."""
    end = min(scene.sentence(start)[1], line_end)
    while end < line_end:
        held = marks.holding(end)
        if held is None:
            break
        end = min(max(scene.sentence(held[1] - 1)[1], held[1]), line_end)
    return end


def _extend(
    scene: Scene, said: Utterance, end: int, line_end: int, words: QuoteWords, stops: list[int], paragraph: bool
) -> int:
    while (following := scene.sentence_after(end)) is not None and following[1] <= line_end:
        start, stop = following
        if _any_in(stops, start, stop):
            break
        if not paragraph and not _goes_on(scene, said, start, stop, words):
            break
        end = stop
    return end


def _any_in(stops: list[int], start: int, end: int) -> bool:
    at = bisect_left(stops, start)
    return at < len(stops) and stops[at] < end


def _goes_on(scene: Scene, said: Utterance, start: int, stop: int, words: QuoteWords) -> bool:
    """Whether the sentence ``[start, stop)`` goes on with what was said before it."""
    if scene.folded[start] in words.open:
        return False
    if scene.hits.titles and _acts(scene, said, start):
        return False
    dated = scene.times(start, start + 1)
    if dated and any([words.dated.match(time.norm.value) for time in dated]):
        return False
    if scene.folded.startswith(words.starts["goes_on"], start) or words.frames.match(scene.folded, start):
        return True
    head = min(stop, start + 40)
    near, speaks = scene.tokens(start, head), words.sets["speaks"]
    told = scene.words[near.start : near.stop]
    if not speaks.isdisjoint(told):
        behind = zip(told, scene.words[near.start + 1 :], scene.tags[near.start + 1 :], strict=False)
        # 将推动 tells what is planned, 将大火扑灭 does not: a verb or an adverb follows the word.
        if any(
            word in speaks and (tag in words.sets["plan_tags"] or following in words.sets["plan_words"])
            for word, following, tag in behind
        ):
            return True
    return _runs(scene, said, start, words)


def _acts(scene: Scene, said: Utterance, start: int) -> bool:
    """Whether somebody else acts in the sentence, whose office stands before the name: 学生会主席何苗也送去祝福.

    An institution tells of its own officers so.
    """
    titles, name = scene.hits.titles, said.speaker.name
    at = bisect_left(titles, start, key=itemgetter(1))
    if at == len(titles) or titles[at][2] > start + TITLED or name is not None and name.label != "PER":
        return False
    person = scene.begins.get(titles[at][2])
    if person is None or person.label != "PER":
        return False
    if scene.folded[person.start : person.end] == scene.folded[said.speaker.start : said.speaker.end]:
        return False
    before = scene.tokens(start, person.start)
    return all(tag[:1] in NOUNS for tag in scene.tags[before.start : before.stop])


def _runs(scene: Scene, said: Utterance, start: int, words: QuoteWords) -> bool:
    """Whether the speech runs on: it does up to a sentence that tells the story again (随后, 记者, a new name)."""
    if not said.cue.verb.runs or scene.folded.startswith(words.starts["breaks"], start):
        return False
    speaker = scene.folded[said.speaker.start : said.speaker.end]
    name = scene.begins.get(start)
    if name is not None and name.label in ("PER", "ORG"):
        # Another speaks or acts; and of himself no one speaks by name: 周启明再次呼吁…
        if name.label == "PER" or scene.folded[name.start : name.end] != speaker:
            return False
    return words.bystanders.search(speaker) is None


def _over_lines(scene: Scene, end: int, stops: list[int]) -> int:
    """具体情况如下： goes on over the paragraphs that follow, until somebody else speaks."""
    while end >= scene.line(end)[1] and (line := scene.next_line(end + 1)) is not None:
        if _any_in(stops, *line):
            break
        end = line[1]
    return end


def _trim(scene: Scene, start: int, end: int, words: QuoteWords) -> Offsets:
    """Without the sign that closes the sentence and blanks; a closing mark stays where its opening mark is inside."""
    while end > start and scene.folded[end - 1] not in words.close and words.end_mark.match(scene.folded, end - 1):
        end -= 1
    while start < end and scene.folded[start].isspace():
        start += 1
    if end - start > 1 and scene.folded[end - 1] in words.close:
        mark = words.open[words.close.index(scene.folded[end - 1])]
        if mark not in scene.folded[start : end - 1]:
            return _trim(scene, start, end - 1, words)
    return start, end

"""Who says it: the noun phrase before a verb of saying, past what may stand between the two."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter

from msgspec.structs import replace

from pipeline.core.model import Entity, Offsets
from pipeline.core.slices import Record
from pipeline.facts.literals import literals_of
from pipeline.facts.quotes_cues import Cue, Words, clause_start, past_brackets
from pipeline.facts.roles_people import person_at, shapes_of
from pipeline.facts.scene import FAR, Scene
from pipeline.rulebook import Rulebook

LONGEST_UNNAMED = 30
"""Characters that a speaker without a name may have; longer runs of nouns are headlines."""


class Speaker(Record, frozen=True):
    """The speaker's span; ``clause``: where its clause begins; ``pronoun``: what stood for the name."""

    start: int
    end: int
    clause: int
    pronoun: Offsets | None = None
    sourced: bool = False
    name: Entity | None = None
    carried: bool = False


class _Walk(Record, frozen=True):
    """A walk leftward from the cue: the article, the words, where the clause begins."""

    scene: Scene
    words: Words
    floor: int
    first: int
    """The first token of the clause."""
    word: list[str]
    tag: list[str]


def speaker_of(scene: Scene, cue: Cue, words: Words, last: Speaker | None, rules: Rulebook) -> Speaker | None:
    """The speaker of ``cue``, None where nobody is named; 他 and …，并指出 go back to ``last``, the speaker before."""
    floor = clause_start(scene, cue.start, words)
    walk = _Walk(scene, words, floor, bisect_left(scene.word_starts, floor), scene.words, scene.tags)
    found, reached = _walk_left(walk, cue)
    if found is None and reached:
        return _carried(walk, cue, last)
    if found is None or scene.folded[found.start : found.end] in words.sets["no_speaker"]:
        return None
    if found.name is None and found.end - found.start > LONGEST_UNNAMED:
        return None
    if scene.folded[found.start : found.end] in words.sets["pronouns"]:
        return _antecedent(walk, found, last)
    return found if found.name else _titled(scene, found, rules)


def document_of(scene: Scene, cue: Cue, words: Words) -> tuple[Cue, Speaker] | None:
    """报告指出，… where nobody stands before it: the document speaks, and 指出 alone is the cue."""
    if not scene.folded.startswith(words.starts["documents"], cue.start, cue.end):
        return None
    said = scene.folded[cue.start : cue.end]
    noun = next(w for w in words.starts["documents"] if said.startswith(w))
    if noun == said:
        return None
    start = clause_start(scene, cue.start, words)
    before, end = scene.folded[start : cue.start].strip(), cue.start + len(noun)
    if before and before not in words.sets["pointers"]:
        return None
    return replace(cue, start=end), Speaker(cue.start - len(before), end, start)  # 该报告|指出


def _titled(scene: Scene, found: Speaker, rules: Rulebook) -> Speaker:
    """The person behind a title where no name was found: of 水务局局长周启明 the last three characters."""
    titles = scene.hits.titles
    at = bisect_left(titles, found.end, key=itemgetter(1)) - 1
    if at < 0 or titles[at][2] <= found.start:
        return found  # no title stands there, nor one that hides another
    shapes = shapes_of(rules)
    (hits,) = literals_of(rules).find([scene.folded[found.start : found.end]])
    for _, _, end in hits.titles:
        person = person_at(scene, found.start + end, shapes)
        if person is not None and person[1] == found.end:
            return replace(found, start=person[0])
    return found


Outcome = tuple[Speaker | None, bool]
"""The speaker, and whether only adverbs stood before the cue (the subject is then that of the clause before)."""


def _walk_left(walk: _Walk, cue: Cue) -> Outcome:
    step = _from_cue(walk, cue)
    while isinstance(step, int) and step >= walk.first:
        step = _step(walk, step)
    return (None, True) if isinstance(step, int) else step


def _from_cue(walk: _Walk, cue: Cue) -> int | Outcome:
    """The token before the cue; what one token holds before it (纷纷表示, 时说) is passed over."""
    scene = walk.scene
    index = bisect_right(scene.word_ends, cue.start)
    held = walk.scene.holders.get(cue.start)
    if held is not None and held[0] >= walk.floor:
        return Speaker(*held, walk.floor), False
    if index >= len(scene.words) or scene.word_starts[index] >= cue.start:
        return index - 1
    if (name := walk.scene.ends.get(cue.start)) is not None:
        return Speaker(name.start, name.end, walk.floor, None, False, name), False
    if walk.scene.folded[scene.word_starts[index] : cue.start] in walk.words.sets["trails"]:
        return _past_trail(walk, index, index - 1)
    return index - 1


def _step(walk: _Walk, index: int) -> int | Outcome:
    """One step leftward: the next token to look at, or the outcome."""
    scene, sets = walk.scene, walk.words.sets
    held = scene.holders.get(scene.word_ends[index])
    if held is not None and held[0] >= walk.floor:
        return Speaker(*held, walk.floor), False
    if (issuer := _issuer(walk, index)) is not None:
        return issuer
    word = walk.word[index]
    if word in sets["brackets_close"] and (past := past_brackets(scene, index, walk.floor, walk.words)) != index:
        return past
    if scene.ends.get(scene.word_ends[index]) is None and word not in sets["pronouns"]:
        if word in sets["sources"]:
            return None, False
        if word in sets["documents"] and index - 1 >= walk.first and walk.word[index - 1] in sets["issues"]:
            return index - 2
        if word in sets["trails"]:
            return _past_trail(walk, index, index)
        if word in sets["media"] and (lead := _lead(walk, index)) is not None:
            return lead - 1
        if walk.tag[index] in sets["manner_tags"]:
            return index - 2  # 针锋相对地
        if word in sets["between"] or word in sets["addresses"] and _is_named(walk, index - 1):
            return index - 1
        if len(word) > 1 and word[-1] in sets["trails"] and walk.tag[index] not in sets["speaker_tags"] - {"n"}:
            return _past_trail(walk, index, index)  # 演讲时 as one token
        if walk.tag[index] in sets["between_tags"]:
            return index - 1
        if walk.tag[index] not in sets["head_tags"] and not (len(word) > 1 and walk.words.speakers.search(word)):
            found = _first_name(walk, scene.word_starts[index])
            return found, found is None and word in sets["leads"]
    phrase = _phrase(walk, index)
    if phrase.start == phrase.end:
        return _first_name(walk, scene.word_ends[index]), False
    before = bisect_right(scene.word_ends, phrase.start) - 1
    if before > walk.first and walk.word[before][-1] in sets["meanwhile"]:
        return before - (2 if walk.word[before] in sets["meanwhile"] else 1)  # 修着树枝|告诉记者
    sourced = before >= walk.first and walk.word[before] in sets["sources"]
    cited = _cites(walk, before)
    if cited is not None:
        return cited - 1
    if before >= walk.first and walk.word[before] in sets["leads"] and not sourced:
        if walk.word[before] not in sets["pairs"] or scene.folded[phrase.start : phrase.end] in sets["listeners"]:
            return before - 1
        first = _phrase(walk, before - 1)
        return Speaker(first.start if first.start < first.end else phrase.start, phrase.end, walk.floor), False
    return Speaker(phrase.start, phrase.end, walk.floor, None, sourced, phrase.name), False


def _is_named(walk: _Walk, index: int) -> bool:
    """Whether the token ``index`` ends the name of a person, of more than a surname."""
    name = walk.scene.ends.get(walk.scene.word_ends[index]) if index >= walk.first else None
    return name is not None and name.label == "PER" and name.end - name.start > 1


def _issuer(walk: _Walk, index: int) -> int | None:
    """The token before the verb that a work ending at ``index`` is issued with: 市政府|印发《…规划》提出."""
    work = walk.scene.ends.get(walk.scene.word_ends[index])
    if work is None or work.label != "WORK":
        return None
    verb = bisect_right(walk.scene.word_ends, work.start) - 1
    return verb - 1 if verb > walk.first and walk.word[verb] in walk.words.sets["issues"] else None


def _cites(walk: _Walk, index: int) -> int | None:
    """The verb of citing up to four words before: 再次|援引|一项|最新研究, so that who cites is the speaker."""
    for at in range(index, max(index - 4, -1), -1):
        if at < walk.first:
            return None
        if walk.word[at] in walk.words.sets["cites"]:
            return at
    return None


def _past_trail(walk: _Walk, index: int, last: int) -> int | Outcome:
    """Past a phrase that ends with the token ``last`` (在会上); without a beginning of it, the first name counts."""
    lead = _lead(walk, last)
    if lead is None:
        return _first_name(walk, walk.scene.word_starts[index]), False
    return lead - 1


def _lead(walk: _Walk, index: int) -> int | None:
    """The token that begins the phrase of place or time that ends at ``index``: 在…会上, 接受采访时."""
    while index >= walk.first:
        if walk.word[index] in walk.words.sets["leads"]:
            before = index - 1
            # 在接受采访时: the first of several such words
            if not (before >= walk.first and walk.word[before] in walk.words.sets["leads"]):
                earlier = _earlier_lead(walk, before)
                return earlier if earlier is not None else index
        index -= 1
    return None


def _earlier_lead(walk: _Walk, index: int) -> int | None:
    """在市政府举行的发布会上: the 在 before 举行, if no name of a person stands between."""
    while index >= walk.first:
        name = walk.scene.ends.get(walk.scene.word_ends[index])
        if name is not None and name.label == "PER":
            return None
        if walk.word[index] in walk.words.sets["leads"]:
            return index
        index -= 1
    return None


def _first_name(walk: _Walk, end: int) -> Speaker | None:
    """The first person, else the first institution, of the clause: 周启明接受采访时."""
    names = walk.scene.entities(walk.floor, end)
    name = next((e for e in names if e.label == "PER"), None) or next((e for e in names if e.label == "ORG"), None)
    return Speaker(name.start, name.end, walk.floor, None, False, name) if name else None


class _Phrase(Record, frozen=True):
    start: int
    end: int
    name: Entity | None = None


def _phrase(walk: _Walk, index: int) -> _Phrase:
    """The noun phrase that ends with the token ``index``; a person's name in it stands for the whole."""
    scene, sets = walk.scene, walk.words.sets
    end = scene.word_ends[index]
    if walk.word[index] in sets["pronouns"]:
        return _Phrase(scene.word_starts[index], end)
    start: int = end
    while index >= walk.first and (start == end or scene.word_ends[index] == start or _in_latin(walk, index, start)):
        held = scene.holders.get(scene.word_ends[index])
        if held is not None and held[0] >= walk.floor:
            return _Phrase(*held)
        name = scene.ends.get(scene.word_ends[index])
        if name is not None and name.start >= walk.floor:
            if name.label == "PER" and name.end - name.start > 1:  # of 市民李女士 the surname alone is no speaker
                return _Phrase(name.start, name.end, name)
            start = name.start
            index = bisect_right(scene.word_ends, start) - 1
            continue
        broken = walk.word[index] in sets["breaks"]
        if broken and scene.folded.startswith(walk.words.starts["compounds"], scene.word_starts[index]):
            broken = False  # 分析|人士
        if broken or walk.tag[index] not in sets["speaker_tags"]:
            break
        start = scene.word_starts[index]
        index -= 1
    return _Phrase(start, end, scene.begins.get(start) if scene.ends.get(end) is scene.begins.get(start) else None)


def _in_latin(walk: _Walk, index: int, start: int) -> bool:
    """Whether a name in Latin letters goes on over the space before ``start``: Vision Research."""
    tag, scene = walk.tag, walk.scene
    return tag[index] == "eng" == tag[index + 1] and scene.folded[scene.word_ends[index] : start] == " "


def _carried(walk: _Walk, cue: Cue, last: Speaker | None) -> Speaker | None:
    """…，并指出…: the subject of the sentence; at its beginning the speaker before, in the same paragraph."""
    scene = walk.scene
    start, _ = scene.sentence(walk.floor if walk.floor < cue.start else cue.start)
    names = scene.entities(max(start, walk.floor - FAR), walk.floor)
    name = next((e for e in names if e.label == "PER"), None) or next((e for e in names if e.label == "ORG"), None)
    if name is not None and walk.floor > start:
        return Speaker(name.start, name.end, walk.floor, None, False, name, carried=True)
    if last is not None and scene.line(last.clause) == scene.line(cue.start) and walk.floor < cue.start:
        return Speaker(last.start, last.end, walk.floor, None, False, last.name, carried=True)
    return None


def _antecedent(walk: _Walk, found: Speaker, last: Speaker | None) -> Speaker:
    """The person whom 他 stands for: the speaker before in the paragraph, else one named before, else 他."""
    scene = walk.scene
    span = (found.start, found.end)
    line = scene.line(found.start)
    if last is not None and last.name is not None and last.name.label == "PER" and scene.line(last.clause) == line:
        return Speaker(last.start, last.end, walk.floor, span, False, last.name)
    names = [e for e in scene.entities(max(found.start - 4 * FAR, 0), found.start) if e.label == "PER"]
    here = [e for e in names if e.start >= line[0]]
    name = here[0] if here else (names[-1] if names else None)
    return Speaker(name.start, name.end, walk.floor, span, False, name) if name else found

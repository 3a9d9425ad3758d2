"""Who says it: the noun phrase before a verb of saying, past what may stand between the two."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter

from msgspec.structs import replace

from pipeline.facts.literals import literals_of
from pipeline.facts.quotes_cues import Cue, QuoteWords, clause_start, past_brackets
from pipeline.facts.quotes_phrases import (
    CITED,
    Speaker,
    Walk,
    cites,
    first_name,
    is_document,
    is_named,
    issuer,
    issuing,
    lead_of,
    medium,
    phrase_before,
    subject_of,
    time_before,
    writers,
)
from pipeline.facts.roles_people import person_at, shapes_of
from pipeline.facts.scene import FAR, Scene
from pipeline.rulebook import Rulebook

LONGEST_QUOTED = 12
"""Characters of a name between marks, and of the marks."""
REPORT = "report"
"""What words of news need before them."""
FEW = 8
"""Words between a verb of issuing and what is issued, at most."""
LONGEST_UNNAMED = 30
"""Characters that a speaker without a name may have; longer runs of nouns are headlines."""


def speaker_of(scene: Scene, cue: Cue, words: QuoteWords, last: Speaker | None, rules: Rulebook) -> Speaker | None:
    """The speaker of ``cue``, None where nobody is named; 他 and …，并指出 go back to ``last``, the speaker before."""
    if scene.folded[cue.start - 1 : cue.start] in words.sets["close"]:
        if (quoted := _in_marks(scene, cue.start, words)) is not None:
            return quoted
    walk = _walk(scene, words, cue.start)
    found, reached = _walk_left(walk, cue)
    if found is not None and scene.folded.startswith(words.starts["nobody"], found.start):
        return None  # 尚无组织宣称制造了袭击
    while found is not None and scene.folded.startswith(words.starts["sources"], found.start):
        source = next(w for w in words.starts["sources"] if scene.folded.startswith(w, found.start))
        found = replace(found, start=found.start + len(source), sourced=True)  # 据何|女士介绍
    if found is None and reached:
        return _carried(walk, cue, last)
    if found is not None and (found.sourced or cue.verb.needs == REPORT):
        found = medium(scene, found)
    if found is None or scene.folded[found.start : found.end] in words.sets["no_speaker"]:
        return writers(scene, cue, found, last, words) if cue.verb.writers else None
    if found.name is None:
        tokens = scene.tokens(found.start, found.end)
        if found.end - found.start > LONGEST_UNNAMED:
            return None
        if not words.sets["heeds"].isdisjoint(scene.words[tokens.start : tokens.stop]):
            return None  # 响应国家号召，……
    if scene.folded[found.start : found.end] in words.sets["pronouns"]:
        return _antecedent(walk, found, last)
    if last is not None and found.name is None and scene.folded.startswith(words.starts["pointing"], found.start):
        return _pointed(walk, found, last)
    return _with_others(walk, found) if found.name else _titled(scene, found, rules)


def _walk(scene: Scene, words: QuoteWords, end: int) -> Walk:
    """The walk leftward from ``end`` to where its clause begins."""
    floor = clause_start(scene, end, words)
    return Walk(scene, words, end, floor, bisect_left(scene.word_starts, floor), scene.words, scene.tags)


def _in_marks(scene: Scene, end: int, words: QuoteWords) -> Speaker | None:
    """The noun phrase whose name stands between marks right before the verb: 据台湾“中岚社”|报道."""
    folded = scene.folded
    opening = max(folded.rfind(mark, max(end - LONGEST_QUOTED, 0), end - 1) for mark in words.open)
    if opening < 1 or any(words.is_border(char) for char in folded[opening + 1 : end - 1]):
        return None
    walk = _walk(scene, words, opening)
    before = bisect_right(scene.word_ends, opening) - 1
    if before < walk.first:
        return None
    phrase = phrase_before(walk, before)
    if phrase.start == phrase.end:
        return None
    sourced = folded.endswith(words.starts["sources"], 0, phrase.start)
    return Speaker(phrase.start, end, walk.floor, None, sourced)


def _with_others(walk: Walk, found: Speaker) -> Speaker:
    """All the names of a list that say it together: 何苗、周启明均表示."""
    scene, start = walk.scene, found.start
    while scene.folded[start - 1 : start] in walk.words.sets["lists"]:
        name = scene.ends.get(start - 1)
        if name is None or found.name is None or name.label != found.name.label:
            break
        start = name.start
    return replace(found, start=start, clause=clause_start(scene, start, walk.words)) if start < found.start else found


def document_of(scene: Scene, cue: Cue, words: QuoteWords) -> tuple[Cue, Speaker] | None:
    """报告指出，… where nobody stands before it: the document speaks, and 指出 alone is the cue."""
    if not scene.folded.startswith(words.starts["documents"], cue.start, cue.end):
        return None
    said = scene.folded[cue.start : cue.end]
    noun = next(w for w in words.starts["documents"] if said.startswith(w))
    if noun == said:
        return None
    start = clause_start(scene, cue.start, words)
    before, end = scene.folded[start : cue.start].strip(), cue.start + len(noun)
    newest = next((w for w in words.starts["newest"] if before.endswith(w)), "")
    pointer = before[: len(before) - len(newest)]
    if pointer and pointer not in words.sets["pointers"]:
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


def _walk_left(walk: Walk, cue: Cue) -> Outcome:
    step = _from_cue(walk, cue)
    while isinstance(step, int) and step >= walk.first:
        step = _step(walk, step)
    return (None, True) if isinstance(step, int) else step


def _from_cue(walk: Walk, cue: Cue) -> int | Outcome:
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
    held_before = walk.scene.folded[scene.word_starts[index] : cue.start]
    if held_before in walk.words.sets["manners"]:
        return index - 2  # 语重心长|地说
    if held_before in walk.words.sets["trails"]:
        return _past_trail(walk, index, index - 1)
    return index - 1


def _step(walk: Walk, index: int) -> int | Outcome:
    """One step leftward: the next token to look at, or the outcome."""
    scene, sets = walk.scene, walk.words.sets
    held = scene.holders.get(scene.word_ends[index])
    if held is not None and held[0] >= walk.floor:
        return Speaker(*held, walk.floor), False
    if (made := issuer(walk, index)) is not None:
        return made
    last = scene.word_ends[index] - 1
    if scene.folded[last] in sets["leads"] and (name := scene.ends.get(last)) is not None and name.label == "PER":
        return Speaker(name.start, name.end, walk.floor, None, False, name), False  # 梁浩|在接受采访时
    word = walk.word[index]
    if word in sets["brackets_close"] and (past := past_brackets(scene, index, walk.floor, walk.words)) != index:
        return past
    if scene.ends.get(scene.word_ends[index]) is None and word not in sets["pronouns"]:
        passed = _passed(walk, index, word, walk.tag[index])
        if passed is not None:
            return passed
    return _spoken(walk, index)


def _passed(walk: Walk, index: int, word: str, tag: str) -> int | Outcome | None:
    """Where the walk goes on past a word that ends no noun phrase, or what it tells; None where it may end one."""
    scene, sets = walk.scene, walk.words.sets
    if word in sets["sources"]:
        return None, False
    if word in sets["documents"] and (issued := issuing(walk, index)) is not None:
        return issued - 1
    if word in sets["days"] and scene.word_starts[index] in scene.holders:
        return index - 1  # 发言人高峰|当天回应称
    if word in sets["trails"]:
        return _past_trail(walk, index, index)
    if word in sets["media"] and (lead := lead_of(walk, index)) is not None:
        return lead - 1
    if tag in sets["manner_tags"]:
        return index - 2  # 针锋相对地
    if word in sets["joins"] and (subject := subject_of(walk, index)) is not None:
        return Speaker(subject.start, subject.end, walk.floor, None, False, subject.name), False
    if word in sets["between"] or word in sets["addresses"] and is_named(walk, index - 1):
        return index - 1
    if word in sets["circles"]:
        return None
    if (time := time_before(walk, index, word)) is not None:
        return time
    phrase = tag not in sets["speaker_tags"] or tag == "n" or word[0] in sets["leads"]
    if len(word) > 1 and word[-1] in sets["trails"] and phrase:
        return _past_trail(walk, index, index)  # 演讲时 as one token
    if tag in sets["between_tags"]:
        return index - 1
    if tag not in sets["head_tags"] and not (len(word) > 1 and walk.words.speakers.search(word)):
        found = first_name(walk, scene.word_starts[index])
        return found, found is None and word in sets["leads"]
    return None


def _spoken(walk: Walk, index: int) -> int | Outcome:
    """The noun phrase that ends with the token ``index``, unless it only tells to whom or meanwhile what."""
    scene, sets = walk.scene, walk.words.sets
    phrase = phrase_before(walk, index)
    if phrase.start == phrase.end:
        return first_name(walk, scene.word_ends[index]), False
    before = bisect_right(scene.word_ends, phrase.start) - 1
    if before > walk.first and walk.word[before][-1] in sets["meanwhile"]:
        return before - (2 if walk.word[before] in sets["meanwhile"] else 1)  # 修着树枝|告诉记者
    if phrase.name is None and is_document(walk, phrase.end):
        for at in range(before, max(before - FEW, walk.first - 1), -1):
            if walk.word[at] in sets["issues"]:
                return at - 1  # 云岭药业发布|股票异常波动|公告称
    sourced = before >= walk.first and walk.word[before] in sets["sources"]
    if not sets["cites"].isdisjoint(walk.word[max(before - CITED, 0) : before + 1]):
        if (cited := cites(walk, before)) is not None:
            return cited - 1
    if before >= walk.first and walk.word[before] in sets["leads"] and not sourced:
        if walk.word[before] not in sets["pairs"] or scene.folded[phrase.start : phrase.end] in sets["listeners"]:
            return before - 1
        first = phrase_before(walk, before - 1)
        return Speaker(first.start if first.start < first.end else phrase.start, phrase.end, walk.floor), False
    return Speaker(phrase.start, phrase.end, walk.floor, None, sourced, phrase.name), False


def _past_trail(walk: Walk, index: int, last: int) -> int | Outcome:
    """Past a phrase that ends with the token ``last`` (在会上); without a beginning of it, the first name counts."""
    lead = lead_of(walk, last)
    if lead is not None:
        return lead - 1
    found = first_name(walk, walk.scene.word_starts[index])
    if found is None and index - 2 >= walk.first and walk.tag[index - 1] in walk.words.sets["deed_tags"]:
        subject = phrase_before(walk, index - 2)
        if walk.words.speakers.search(walk.scene.folded[subject.start : subject.end]) is not None:
            found = Speaker(subject.start, subject.end, walk.floor)  # 有关部门|调查后认为
    return found, False


def _carried(walk: Walk, cue: Cue, last: Speaker | None) -> Speaker | None:
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


def _pointed(walk: Walk, found: Speaker, last: Speaker) -> Speaker:
    """该负责人: the speaker before, where the same noun stands in front of the name or ends the phrase."""
    folded, starts = walk.scene.folded, walk.words.starts["pointing"]
    noun = found.start + next(len(word) for word in starts if folded.startswith(word, found.start))
    said = folded[noun : found.end]
    meant = last.meant or (last.start, last.end)
    if not said or not (folded.endswith(said, 0, meant[0]) or folded.endswith(said, *meant)):
        return found
    if folded.startswith(starts, meant[0]):
        return found  # 该负责人说，……。该负责人还说，……
    return replace(found, pronoun=(found.start, found.end), meant=meant)


def _antecedent(walk: Walk, found: Speaker, last: Speaker | None) -> Speaker:
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

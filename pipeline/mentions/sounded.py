"""Places (洛塞尼|河, 抵达|卡维诺) and peoples (洛塞尼|人) whose names, written by sound, look like those of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from pipeline.mentions.gazetteer import written_by_sound
from pipeline.mentions.grammar import RULE, Candidate
from pipeline.mentions.items import Items
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

FOREIGN, LOOKS = "entity.per.foreign", "entity.per.name"
BY_SOUND = frozenset([FOREIGN, LOOKS])
"""The rules whose names may be such."""
PLAIN = 3
"""Signs from which a name that only looks like one is taken for one written by sound."""


@dataclass(frozen=True, slots=True)
class Sounded:
    """What stands beside names that are written by sound."""

    signs: frozenset[str]
    heads: regex.Pattern[str]
    """Heads of places, which belong to the name."""
    ends: tuple[str, ...]
    """The same as the end of a name."""
    beside: regex.Pattern[str]
    """What is told of places behind them."""
    before: tuple[str, ...]
    """What stands before places."""
    behind: Mapping[str, tuple[str, ...]]
    """What stands behind places that stand behind a preposition."""
    banks: frozenset[str]
    """Words that begin with a head that belongs to a name before them: 河畔."""
    people: regex.Pattern[str]
    """What makes a people, a tongue or a thing of a name before it."""


def _sounded(rules: Rulebook) -> Sounded:
    settings = rules.settings("entities")
    patterns = [regex.compile(settings[key]) for key in ("sounded_heads", "sounded_beside", "sounded_people")]
    ends, before, banks = (
        tuple(settings[key].split("|")) for key in ("sounded_ends", "sounded_before", "sounded_banks")
    )
    behind = {word: tuple(verbs.split("|")) for word, verbs in settings["sounded_behind"].items()}
    return Sounded(
        written_by_sound(rules), patterns[0], ends, patterns[1], before, behind, frozenset(banks), patterns[2]
    )


def settle_sounded(texts: Texts, rules: Rulebook) -> None:
    """Makes places of what looks like foreigners where what stands beside them says so, and leaves out peoples."""
    known = rules.once("sounded names", _sounded)
    for text in texts.all:
        if BY_SOUND.isdisjoint(map(RULE, text.found)):
            continue
        read = [(i, c) for i, c in enumerate(text.found) if c[3] == FOREIGN or c[3] == LOOKS and c[1] - c[0] >= PLAIN]
        gone = []
        for i, c in read:
            if c.rule == FOREIGN or known.signs.issuperset(text.folded[c.start : c.end]):
                settled = _settled(c, text.folded, text.items, known)
                if settled is None:
                    gone.append(i)
                else:
                    text.found[i] = settled
        for i in reversed(gone):
            del text.found[i]


def _settled(c: Candidate, folded: str, items: Items, known: Sounded) -> Candidate | None:
    """A name written by sound as what it is; None where it is none."""
    start, end = c.start, c.end
    if (m := known.heads.match(folded, end)) and _is_apart(end, m.end(), items, known):
        return c._replace(end=m.end(), label="LOC", rule="entity.loc.headed")
    if not folded[start:end].isalpha():
        return c
    if (m := known.people.match(folded, end)) and items.is_edge(m.end()):
        return None
    return c._replace(label="LOC", rule="entity.loc.foreign") if _is_place(c, folded, known) else c


def _is_apart(start: int, end: int, items: Items, known: Sounded) -> bool:
    """Whether what stands in ``[start, end)`` is no beginning of a word: 尼奥|山|东, but 尼奥|河畔, 尼奥|区辖有."""
    if items.is_edge(end):
        return True
    word = items.words[items.at(start)]
    return items.starts[items.at(start)] == start and (word in known.banks or not is_known(word))


def _is_place(c: Candidate, folded: str, known: Sounded) -> bool:
    """Whether a name is a place's by its end or by what stands beside it."""
    start, end = c.start, c.end
    ends = c.rule == FOREIGN and end - start > PLAIN and folded.endswith(known.ends, start, end)
    if ends or folded.endswith(known.before, 0, start):
        return True
    behind = known.behind.get(folded[start - 1 : start], ())
    return folded.startswith(behind, end) or known.beside.match(folded, end) is not None

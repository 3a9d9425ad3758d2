"""Names made of known elements, which the segmenter cuts as it likes: 次仁|顿珠, 乌云|其木格."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.mentions.grammar import Candidate
from pipeline.mentions.joined import CharSet, char_set
from pipeline.mentions.texts import Texts
from pipeline.rulebook import Rulebook

MOST = 3
"""Elements of one name."""


def find_made(texts: Texts, rules: Rulebook) -> None:
    """Tibetan and Mongolian names: two or three elements of one of the two languages."""
    for pattern, sets in rules.once("name elements", _patterns):
        for text, start, end, _ in texts.begun(pattern, sets):
            if text.items.is_edge(start) or text.items.is_edge(end):
                text.found.append(Candidate(start, end, "PER", "entity.per.made", "0.90", 3))


def _patterns(rules: Rulebook) -> list[tuple[re.Pattern[str], Sequence[CharSet]]]:
    """Of each language the pattern of its names and the sets of the characters that they begin with."""
    out: list[tuple[re.Pattern[str], Sequence[CharSet]]] = []
    for row in rules.rows("name_elements"):
        words = sorted(row["words"], key=len, reverse=True)
        element = "|".join(map(re.escape, words))
        sets = (char_set(w[0] for w in words), char_set(w[1] for w in words), char_set("".join(words)))
        out.append((re.compile(f"(?:{element}){{2,{MOST}}}"), sets))
    return out

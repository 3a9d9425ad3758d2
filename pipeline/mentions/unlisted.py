"""Names of no table and no dictionary that the segmenter cut, as edits of the words: 霞桐|市, 霞铁|置业."""

from __future__ import annotations

from collections.abc import Iterator, Set

from pipeline.mentions.items import Edit, Items
from pipeline.mentions.signs import Signs
from pipeline.tokens.segment import is_known

DIVISION, FIRM, VERB = "DCv"
"""Signs of heads of divisions and firms, and of what the tagger takes a name of no dictionary for."""
PERSON, ORGAN = "nr", "H"
"""What the segmenter takes a name with the verb of an office for, and the sign of an organ."""
UNLISTED = "nvrz"
"""Signs of words of no dictionary that may be of a place's name."""
EDGES = "_|~y:k(rQRuc"
"""Signs behind which a name may begin."""
TRADES, PLAIN = "IG", "nv"
"""Signs of lines of business, and of what the tagger takes a firm's own name for."""
NOUNS = "nzbIGJ"
"""Signs of what stands between a firm's own name and its legal form."""


def unlisted_firms(items: Items, by_tag: Signs) -> Iterator[Edit]:
    """Edits that make names of firms' own words."""
    yield from _firms(items, by_tag)
    yield from _owns(items, by_tag)


def unlisted_places(folded: str, items: Items, organs: Set[int], by_tag: Signs) -> Iterator[Edit]:
    """Edits that make names of places; ``organs`` tells where organs of the tables begin."""
    yield from _divisions(items, organs, by_tag)
    yield from _owners(folded, items, organs, by_tag)


def _divisions(items: Items, organs: Set[int], by_tag: Signs) -> Iterator[Edit]:
    """Makes one word of a division of no table: 霞桐|市, 雾|山市, 从雾|山市."""
    i = items.signs.find(DIVISION, 1)
    while i > 0:
        word, before, start, end = items.words[i], items.words[i - 1], items.starts[i - 1], items.ends[i]
        if word[-1] in by_tag.joined_heads and end - start == len(before) + len(word) < 5:
            edge = i == 1 or items.signs[i - 2] in EDGES
            cut = len(word) == 2 and items.tags[i] == "ns" and not is_known(word)
            if cut and len(before) == 2 and before[0] in by_tag.names.before and not is_known(before):
                yield i - 1, i + 1, (start, start + 1, end), ("p", "ns")
            elif len(word) == 1 and items.tags[i - 1] == PERSON and before[-1] in by_tag.office_verb:
                if len(before) == 3 and items.signs[i + 1 : i + 2] == ORGAN:
                    yield i - 1, i, (start, start + 2, start + 3), (PERSON, "v")  # 罗霁任|市|水利局局长
            elif edge and (cut and _is_sign(items, i - 1) or len(word) == 1 and _is_own(items, i, end in organs)):
                yield i - 1, i + 1, (start, end), ("ns",)
        i = items.signs.find(DIVISION, i + 1)


def _owners(folded: str, items: Items, organs: Set[int], by_tag: Signs) -> Iterator[Edit]:
    """Makes a place of a noun before an organ that has its head (霞源|县政府), or which the article has with its head:
    霞源|消防救援大队."""
    for start in organs:
        i = items.at(start)
        if not i or items.ends[i - 1] != start or items.signs[i - 1] not in UNLISTED or is_known(items.words[i - 1]):
            continue
        word, begin = items.words[i - 1], items.starts[i - 1]
        headed = folded[start] in by_tag.joined_heads
        if len(word) == 2 and (headed or any(word + head in folded for head in by_tag.joined_heads)):
            yield i - 1, i, (begin, start), ("ns",)
        elif headed and len(word) == 3 and word[0] in by_tag.names.before:
            yield i - 1, i, (begin, begin + 1, start), ("p", "ns")  # 据霞源|市政府


def _is_sign(items: Items, i: int) -> bool:
    """Whether the word ``i`` is one sign that may begin a place's name: 雾|山市."""
    return len(items.words[i]) == 1 and items.signs[i] in NOUNS


def _is_own(items: Items, i: int, before_organ: bool) -> bool:
    """Whether what stands before the head ``i`` is its name: no word of a dictionary, or a noun before an organ."""
    if len(items.words[i - 1]) != 2 or items.signs[i - 1] not in UNLISTED:
        return False
    return before_organ and items.signs[i - 1] == UNLISTED[0] or not is_known(items.words[i - 1])


def _firms(items: Items, by_tag: Signs) -> Iterator[Edit]:
    """Makes a name of what looks like a verb in front of a firm's, for no dictionary has it: 澄岸|科技|有限公司; and a
    place of what its head was cut from: 霞源|县昌泰|有限公司."""
    i = items.signs.find(FIRM, 1)
    while i > 0:
        j = i - 1
        while j > max(i - 5, 0) and items.signs[j] in NOUNS:
            if _begins_with_head(items, j, by_tag):
                start = items.starts[j]
                yield j - 1, j + 1, (items.starts[j - 1], start + 1, items.ends[j]), ("ns", "nz")
            j -= 1
        word = items.words[j]
        if items.signs[j] == VERB and len(word) == 2 and not is_known(word):
            if not j or items.signs[j - 1] in EDGES:
                yield j, j + 1, (items.starts[j], items.ends[j]), ("nz",)
        i = items.signs.find(FIRM, i + 1)


def _owns(items: Items, by_tag: Signs) -> Iterator[Edit]:
    """Makes a firm's own name of a word of no dictionary before its line of business: 霞铁|置业, 与岚证|资管."""
    signs, words = items.signs, items.words
    for head in TRADES:
        i = signs.find(head, 1) - 1
        while i >= 0:
            size = len(words[i]) if signs[i] in PLAIN else 0
            own = size == 2 and (not i or signs[i - 1] in EDGES)
            if (own or size == 3 and words[i][0] in by_tag.names.before) and not is_known(words[i]):
                start, end = items.starts[i], items.ends[i]
                if by_tag.is_own(words[i][-2:]):
                    yield i, i + 1, (start, end) if own else (start, start + 1, end), ("nz",) if own else ("p", "nz")
            i = signs.find(head, i + 2) - 1


def _begins_with_head(items: Items, j: int, by_tag: Signs) -> bool:
    """Whether the word ``j`` begins with the head of the place before it, and no dictionary has either."""
    word, before = items.words[j], items.words[j - 1]
    if word[0] not in by_tag.joined_heads or len(before) != 2 or len(word) < 3 or items.signs[j - 1] not in UNLISTED:
        return False
    return not is_known(word) and not is_known(before) and (j == 1 or items.signs[j - 2] in EDGES)

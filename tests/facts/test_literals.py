"""Words of several lists found in one pass are those that each list would find alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.facts.literals import Hit, Literals
from pipeline.facts.literals import literals_of as of_rules
from pipeline.rulebook import load

WORDS = st.sets(st.text("甲乙丙", min_size=1, max_size=4), min_size=1, max_size=6)
TEXTS = st.lists(st.text("甲乙丙丁\n", max_size=24), max_size=4)


def leftmost_longest(words: tuple[str, ...], text: str) -> list[Hit]:
    """The plain definition: at each place the longest word, then on behind it."""
    out, at = [], 0
    while at < len(text):
        word = max((w for w in words if text.startswith(w, at)), key=len, default="")
        if word:
            out.append((words.index(word), at, at + len(word)))
        at += len(word) or 1
    return out


@given(WORDS, WORDS, WORDS, WORDS, TEXTS)
def test_each_list_is_found_as_if_alone(
    titles: set[str], verbs: set[str], triggers: set[str], refutals: set[str], texts: list[str]
) -> None:
    literals = Literals(titles, verbs, triggers, refutals)
    found = literals.find(texts)
    assert len(found) == len(texts)
    for text, hits in zip(texts, found, strict=True):
        assert hits.titles == leftmost_longest(literals.titles, text)
        assert hits.verbs == leftmost_longest(literals.verbs, text)
        assert hits.triggers == leftmost_longest(literals.triggers, text)
        assert hits.refutals == leftmost_longest(literals.refutals, text)


def test_the_words_are_those_of_the_tables() -> None:
    literals = of_rules(load())
    (hits,) = literals.find(["砚湖市市长何苗表示，两家公司已签署协议，传闻不实。"])
    assert [literals.titles[n] for n, _, _ in hits.titles] == ["市长"]
    assert [literals.verbs[n] for n, _, _ in hits.verbs] == ["表示"]
    assert [literals.triggers[n] for n, _, _ in hits.triggers] == ["签署"]
    assert [literals.refutals[n] for n, _, _ in hits.refutals] == ["不实"]

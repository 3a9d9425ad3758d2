"""What is told of words, remembered."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.lookup import NEW, Remembered


def told(known: Remembered, words: Sequence[str]) -> list[str]:
    """What is told of ``words``, each in capitals once it is learnt."""
    out = known.of(words)
    known.learn(words, out, lambda i: words[i].upper())
    return out


def test_what_is_learnt_is_known() -> None:
    known = Remembered(9)
    assert (known.of("ab"), known.of("a"), known.of("")) == ([NEW, NEW], [NEW], [])
    assert told(known, "abb") == ["A", "B", "B"]
    assert known.of("bca") == ["B", NEW, "A"]
    assert told(known, "bca") == ["B", "C", "A"]


def test_what_is_told_otherwise_is_not_learnt() -> None:
    known = Remembered(9)
    out = known.of("ab")
    out[0] = "m"
    known.learn("ab", out, lambda i: "n")
    assert (out, known.of("ab")) == (["m", "n"], [NEW, "n"])


def test_no_more_words_are_remembered_than_asked_for() -> None:
    known = Remembered(2)
    for word in "abcdefg":
        assert told(known, [word]) == [word.upper()]
        assert len(known) <= 3

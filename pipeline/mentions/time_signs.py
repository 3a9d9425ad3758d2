"""What stands beside times and says what they are, as the settings of ``times.toml`` have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.rulebook import Rulebook


class Signs(NamedTuple):
    """Signs and words beside a time that say what it is."""

    datelines: tuple[str, ...]
    ahead: tuple[str, ...]
    once: str
    hopes: tuple[str, ...]
    since: str
    due: tuple[str, ...]
    records: tuple[str, ...]
    """Words of what is yet to come; what stands behind a time that is past, behind one that is a limit, and behind
    one since which nothing was so high or low."""
    plans: tuple[str, ...]
    coming: tuple[str, ...]
    by: str
    will: str
    until: str
    """Words of what is planned; years to come; what stands before the last year of a plan, and behind that; what may
    stand between such a word and the year."""
    days: Mapping[str, int]
    """The characters of days around publication, and how far off they are: 昨 of 昨（14）日."""
    clause: frozenset[str]
    """What a clause may begin behind."""
    adverbial: str
    brackets: str
    comma: tuple[str, ...]
    as_of: tuple[str, ...]
    compared: tuple[str, ...]
    asides: tuple[str, ...]
    """What stands before a date that is a limit, before one that is a comparison, before either."""
    listed: str


def _signs(rules: Rulebook) -> Signs:
    s = rules.settings("times")
    guards: Mapping[str, str] = s["prefix_guards"]
    clause = frozenset(("", "\n", *guards["clause"]))
    return Signs(
        tuple(s["datelines"]), tuple(s["ahead"]), s["once"], tuple(s["hopes"]), s["since"],
        tuple(s["due"]), tuple(s["records"]),
        tuple(s["plans"]), tuple(s["coming_years"]), s["by"], s["will"], s["until"],
        {word: int(by) for by, words in s["days"].items() for word in words}, clause,
        guards["clause"][:1], guards["brackets"], tuple(s["comma"]), tuple(s["as_of"]), tuple(s["compared"]),
        (*s["as_of"], *s["compared"]), s["list_signs"],
    )  # fmt: skip


def time_signs(rules: Rulebook) -> Signs:
    """The signs of ``rules``, made once."""
    return rules.once(Signs, _signs)

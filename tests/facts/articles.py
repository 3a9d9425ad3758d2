"""Articles for the tests of facts: a text with the names, times and quantities that it is to have."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.core.model import Argument, Entity, EntityNorm, Fact, Line, Time, TimeNorm, View
from pipeline.facts.events import events_in
from pipeline.facts.quantity import quantities_in
from pipeline.facts.quotes import quotes_in
from pipeline.facts.roles import roles_in
from pipeline.facts.scene import scene_of
from pipeline.lexis.fold import fold
from pipeline.rulebook import load
from pipeline.tokens.segment import segment
from pipeline.tokens.sentences import split_sentences


def article(text: str, names: Iterable[tuple[str, str]] = (), times: Iterable[tuple[str, str]] = ()) -> View:
    """``text`` as one paragraph a line, with the first place of each name (words, label) and time (words, value)."""
    view = View(text, fold(text))
    start = 0
    lines = []
    for line in text.split("\n"):
        lines.append(Line(start, start + len(line)))
        start += len(line) + 1
    view.lines = lines
    for words, value in times:
        at = text.index(words)
        view.times.append(Time(at, at + len(words), TimeNorm("date", value), "time.date"))
    view.tokens = segment(view.folded, [(t.start, t.end, "t") for t in view.times], load())
    view.sentences = split_sentences(view.folded, load())
    for words, label in names:
        at = text.index(words)
        view.entities.append(Entity(at, at + len(words), label, EntityNorm(words, "e1", None, ()), "entity.given"))
    view.entities.sort(key=lambda e: e.start)
    return view


def quantity_facts(view: View) -> list[Fact]:
    """The quantity facts of an article."""
    return quantities_in([view], load())[0]


def role_facts(view: View) -> list[Fact]:
    """The role facts of an article."""
    return roles_in([scene_of(view, load())], load())[0]


def quote_facts(view: View) -> list[Fact]:
    """The quote facts of an article."""
    scenes = [scene_of(view, load())]
    return quotes_in(scenes, roles_in(scenes, load()), load())[0]


def event_facts(view: View) -> list[Fact]:
    """The event facts of an article."""
    return events_in([scene_of(view, load())], load())[0]


def words_of(view: View, argument: Argument | None) -> str | None:
    """The text of an argument, None where it is absent."""
    return None if argument is None else "".join(view.text[a:b] for a, b in argument.pieces)


def check_arguments(view: View, fact: Fact) -> None:
    """Every piece of every argument lies in the text, is not empty, and has no blank at its ends."""
    for argument in fact.args.values():
        assert argument.pieces
        for start, end in argument.pieces:
            assert 0 <= start < end <= len(view.text)
            assert view.text[start:end] == view.text[start:end].strip()

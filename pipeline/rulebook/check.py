"""What the readers cannot see line by line: ids over all files, examples that test nothing, patterns that are slow.

`check` gives one `RuleError` for each finding, with file, line, what is wrong and how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from random import Random
from time import process_time

import regex

from pipeline.core.errors import RuleError
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.rule import Pattern, Row, Rule
from pipeline.rulebook.template import FILL

LENGTH = 20_000
"""Characters of a speed probe."""
LIMIT = 0.050
"""Seconds of CPU that a pattern may take for a probe, on a machine where the `YARDSTICK` takes `NOMINAL` seconds."""
YARDSTICK = regex.compile("[0-9]{1,12}(?:[a-f]|[x-z])")
NOMINAL = 0.006
HERE = "here"
"""What ``tried`` says, in an entry or in the settings of its file, of patterns that are tried at one place only.

A number says that they are tried on pieces of at most so many characters; else it is the whole text.
"""
PATIENCE = 0.5
"""Seconds after which a search is given up."""

ID = regex.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*(?:\.[a-z0-9]+(?:[-_][a-z0-9]+)*)+")
ESCAPE = regex.compile(r"\\(?:[pP]\{[^}]*\}|[a-zA-Z])|\(\?[a-zA-Z<=!:>#|-]+|\{[0-9, ]*\}")
GENERAL = "1 a,.\n"
"""Characters that stand for what classes such as \\d, \\w and \\s match; the examples give the Chinese ones."""


def check(rules: Rulebook, speed: bool = True) -> list[RuleError]:
    """Everything that is wrong with how the rules are written, file by file; ``speed``: time the patterns too."""
    try:
        every = list(rules.all())
    except RuleError as e:
        return [e]
    limit = _limit() if speed else LIMIT
    problems = list(_ids(every))
    for rule in every:
        problems += _unfilled(rule)
        problems += _examples(rule)
        if isinstance(rule, Pattern):
            tried = rule.get("tried", rules.settings(PurePath(rule.file).stem).get("tried", LENGTH))
            problems += _tried(rule, tried, limit if speed else None)
    return sorted(problems, key=lambda p: (p.file, p.line or 0))


def _problem(rule: Rule, what: str, mend: str) -> RuleError:
    return RuleError(rule.file, rule.line, what, mend)


def _ids(every: Iterable[Rule]) -> Iterator[RuleError]:
    seen: dict[str, Rule] = {}
    for rule in every:
        if not isinstance(rule, Row | Pattern):
            continue  # a table's front matter goes by the file's name
        first = seen.setdefault(rule.id, rule)
        if first is not rule:
            yield _problem(rule, f"the id {rule.id} stands at {first.file}:{first.line} too", "give each its own id")
        if not ID.fullmatch(rule.id):
            yield _problem(rule, f"the id {rule.id!r} is not dotted lower case", "write it as in time.date.month")


def _unfilled(rule: Rule) -> Iterator[RuleError]:
    """A rule that was begun from a template and not finished."""
    values = rule.cells.values() if isinstance(rule, Row) else rule.fields.values() if isinstance(rule, Pattern) else ()
    source = rule.source if isinstance(rule, Pattern) else ""
    texts = [rule.note, source, *(e.text for e in (*rule.examples, *rule.counterexamples)), *map(str, values)]
    if any(FILL in text for text in texts):
        yield _problem(rule, f"{rule.id} still says {FILL}", f"write what is asked for in place of {FILL}")


def _examples(rule: Rule) -> Iterator[RuleError]:
    for name, examples in (("example", rule.examples), ("counterexample", rule.counterexamples)):
        for example in examples:
            if not example.text.strip():
                yield _problem(rule, f"one {name} of {rule.id} is empty", "write a sentence, or remove it")
            elif example.span is not None and example.span[0] >= example.span[1]:
                yield _problem(rule, f"the span of {example.text!r} is empty", "put the brackets around the mention")
            elif name == "example" and example.span is None:
                yield _problem(rule, f"the example {example.text!r} marks no span", "put brackets around what is found")
    for text in {e.text for e in rule.examples} & {e.text for e in rule.counterexamples}:
        both = [e.span for e in (*rule.examples, *rule.counterexamples) if e.text == text]
        if len(set(both)) < len(both):
            yield _problem(rule, f"{text!r} is an example and a counterexample of {rule.id}", "remove one of them")


def _tried(rule: Pattern, tried: int | str, limit: float | None) -> Iterator[RuleError]:
    try:
        yield from _empty_match(rule) if tried != HERE else ()
        yield from _slow(rule, tried, limit) if limit is not None else ()
    except RuleError as e:  # patterns are compiled when they are first used
        yield e


def _empty_match(rule: Pattern) -> Iterator[RuleError]:
    texts = ("", *(e.text for e in rule.examples))
    if any(m.start() == m.end() for text in texts for m in rule.regex.finditer(text)):
        yield _problem(
            rule,
            f"the pattern of {rule.id} matches the empty string",
            'ask for at least one character; where it is tried at one place only, say so: tried = "here"',
        )


def _limit() -> float:
    """`LIMIT` on this machine, as busy as it is now."""
    return LIMIT * max(1.0, min(_yardstick() for _ in range(5)) / NOMINAL)


def _yardstick() -> float:
    text = "0123456789" * (LENGTH // 10)
    return _once(lambda: sum(1 for _ in YARDSTICK.finditer(text)))


def _slow(rule: Pattern, tried: int | str, limit: float) -> Iterator[RuleError]:
    for kind, probe in probes(rule, LENGTH if isinstance(tried, str) else tried):
        share = len(probe) / LENGTH
        took = _seconds(rule.regex, probe, tried == HERE, limit * share) / share
        if took > limit and _against_yardstick(rule.regex, probe, tried == HERE) / share > LIMIT / NOMINAL:
            shown = f"over {PATIENCE:g} s" if took >= PATIENCE else f"{took * 1000:.0f} ms"
            yield _problem(
                rule,
                f"the pattern of {rule.id} takes {shown} for {LENGTH} characters ({kind})",
                "begin it with a literal, bound its repeats ({0,20}) or make them possessive (*+, ++); "
                "where it is tried on short pieces only, say how long they are: tried = 60",
            )
            return


def probes(rule: Pattern, length: int = LENGTH) -> Iterator[tuple[str, str]]:
    """Texts of ``length`` characters that a slow pattern chokes on, each with what it is made of; always the same."""
    letters = alphabet(rule)
    yield "its own characters, mixed", "".join(Random(1).choices(letters, k=length))
    for example in rule.examples[:2]:
        yield "an example, again and again", _filled(example.text, length)
        if example.span and example.span[1] - example.span[0] > 1:
            cut = example.text[example.span[0] : example.span[1] - 1]
            yield "a span cut short, again and again", _filled(cut, length)
    for c in dict.fromkeys((*GENERAL, *letters[:: max(len(letters) // 8, 1)])):
        # The other characters come last, so that a search does not give up for want of one of them.
        rest = "\n" + letters.replace(c, "")[: length // 2]
        yield f"{c!r} again and again", (c * length)[: length - len(rest)] + rest


def alphabet(rule: Pattern) -> str:
    """The characters that a pattern is written with, without its operators, and those of its examples."""
    plain = [c for c in ESCAPE.sub("", rule.source) if c not in r"\()[]{}|?*+^$"]
    return "".join(dict.fromkeys([*plain, *"".join(e.text for e in rule.examples), *GENERAL]))


def _filled(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _seconds(pattern: regex.Pattern[str], text: str, here: bool, limit: float) -> float:
    """CPU seconds of a search for all matches (of one, at the start): the best of some where the first is slow."""
    best = PATIENCE
    for _ in range(7):
        best = min(best, _searched(pattern, text, here))
        if best <= limit or best >= PATIENCE:
            break
    return best


def _searched(pattern: regex.Pattern[str], text: str, here: bool) -> float:
    if here:
        return _once(lambda: pattern.match(text, timeout=PATIENCE))
    return _once(lambda: sum(1 for _ in pattern.finditer(text, timeout=PATIENCE)))


def _against_yardstick(pattern: regex.Pattern[str], text: str, here: bool) -> float:
    """The time of a search as a multiple of the yardstick's beside it, of each the least of some: a machine that became
    busy since its `_limit` was measured makes both slow, and one that was busy for a moment neither."""
    pairs = [(_searched(pattern, text, here), _yardstick()) for _ in range(5)]
    return min(took for took, _ in pairs) / max(NOMINAL, min(unit for _, unit in pairs))


def _once(work: Callable[[], object]) -> float:
    began = process_time()
    try:
        work()
    except TimeoutError:
        return PATIENCE
    return process_time() - began

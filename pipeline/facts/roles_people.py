"""Who stands at a place where a title calls for a person: a name that was found, or one that its title alone shows."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.core.model import Offsets
from pipeline.facts.scene import Scene
from pipeline.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Names as patterns, built once."""

    foreign: regex.Pattern[str]
    veiled: regex.Pattern[str]
    brackets: regex.Pattern[str]
    joints: str


def person_at(scene: Scene, start: int, rules: Rulebook) -> Offsets | None:
    """The person whose name begins at ``start``: a PER mention, or what looks like a name in a title's company."""
    name = scene.begins.get(start)
    if name is not None:
        return (name.start, name.end) if name.label == "PER" else None
    shapes = rules.once("facts.roles.people", _shapes)
    m = shapes.foreign.match(scene.folded, start) or shapes.veiled.match(scene.folded, start)
    if m:
        return m.span()
    tokens = scene.view.tokens
    index = tokens.at(start)
    if index < len(tokens) and tokens.starts[index] == start and tokens.tags[index] == "nr":
        end = tokens.ends[index]
        if 2 <= end - start <= 4:
            return start, end
    return None


def persons_from(scene: Scene, person: Offsets, spaced: bool, rules: Rulebook) -> list[Offsets]:
    """``person`` and those who share the title: 记者 何苗 李山, 董事周启明、韩丽娟; blanks join only where ``spaced``."""
    shapes = rules.once("facts.roles.people", _shapes)
    out = [person]
    while True:
        end = out[-1][1]
        m = shapes.brackets.match(scene.folded, end)
        end = m.end() if m else end
        at = end
        if scene.folded[at : at + 1] and scene.folded[at] in shapes.joints:
            at += 1
        elif spaced:
            while scene.folded[at : at + 1] == " ":
                at += 1
        if at == end or (following := scene.begins.get(at)) is None or following.label != "PER":
            return out
        out.append((following.start, following.end))


def _shapes(rules: Rulebook) -> _Shapes:
    fragment = rules.fragment
    return _Shapes(
        regex.compile(fragment("facts_roles", "FOREIGN")),
        regex.compile(fragment("facts_roles", "VEILED")),
        regex.compile(fragment("facts_roles", "BRACKETS")),
        rules.settings("facts_roles")["person_joints"],
    )

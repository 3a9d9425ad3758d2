"""Persons who share a title: 董事周启明、韩丽娟, 记者 何苗 李山."""

from __future__ import annotations

from pipeline.core.model import Offsets
from pipeline.facts.roles_people import Shapes, person_at
from pipeline.facts.scene import Scene

MANY = 30
"""Persons that share one title at most."""


def persons_from(scene: Scene, person: Offsets, spaced: bool, shapes: Shapes) -> list[Offsets]:
    """``person`` and those who share the title: 记者 何苗 李山, 董事周启明、韩丽娟; blanks join where ``spaced``."""
    out = [person]
    while len(out) < MANY:
        end = out[-1][1]
        m = shapes.brackets.match(scene.folded, end)
        end = m.end() if m else end
        at = end
        if scene.folded[at : at + 1] and scene.folded[at] in shapes.joints:
            if not scene.is_border(at + 1):
                return out  # 基金经理周应波|同样
            at += 1
        elif spaced or scene.folded[at : at + 1] == " " and _closes(scene, at, shapes):
            while scene.folded[at : at + 1] == " ":
                at += 1
        following = person_at(scene, at, shapes) if at > end or at in scene.begins else None
        if (
            following is None
            or at > end
            and scene.folded[end] not in shapes.joints
            and following[0] not in scene.begins
        ):
            return out
        out.append(following)
    return out


def _closes(scene: Scene, at: int, shapes: Shapes) -> bool:
    """Whether nothing but names parted by blanks stands from ``at`` to a closing bracket: （记者何苗 李山）."""
    while scene.folded[at : at + 1] == " ":
        following = person_at(scene, at + 1, shapes)
        if following is None:
            return False
        at = following[1]
    return scene.folded[at : at + 1] in shapes.closings

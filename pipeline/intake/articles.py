"""From named parts to articles, split at titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.intake.items import Item


@dataclass(slots=True)
class Draft:
    """An article's parts in reading order, and the roles that they have."""

    items: list[Item] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)

    def add(self, item: Item) -> None:
        """Append a part."""
        self.items.append(item)
        self.roles.add(item.role)

    @property
    def waits_for_title(self) -> bool:
        """Whether it has been opened by a kicker and nothing has come after."""
        return "title" not in self.roles and bool(self.items) and self.items[-1].role == "kicker"


def split_articles(items: Sequence[Item]) -> tuple[list[Draft], list[Item]]:
    """The articles in the order of the page, and the furniture."""
    drafts: list[Draft] = [Draft()]
    furniture: list[Item] = []
    for item in items:
        current = drafts[-1]
        if item.role == "dateline" and "dateline" in current.roles:
            item.role, item.kind = "furniture", "dateline"
        if item.role == "furniture":
            furniture.append(item)
            continue
        begun = not current.roles.isdisjoint(("title", "paragraph"))
        if item.role in ("kicker", "title") and begun and not (item.role == "title" and current.waits_for_title):
            current = Draft()
            drafts.append(current)
        current.add(item)
    return [d for d in drafts if d.items], furniture

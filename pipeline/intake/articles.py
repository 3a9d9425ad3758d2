"""From named parts to articles, split at titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.intake.items import Item


@dataclass(slots=True)
class Draft:
    """An article's parts in reading order."""

    items: list[Item] = field(default_factory=list)

    @property
    def titled(self) -> bool:
        """Whether it has its title."""
        return any(i.role == "title" for i in self.items)

    @property
    def has_body(self) -> bool:
        """Whether it has a paragraph."""
        return any(i.role == "paragraph" for i in self.items)


def split_articles(items: Sequence[Item]) -> tuple[list[Draft], list[Item]]:
    """The articles in the order of the page, and the furniture."""
    drafts: list[Draft] = [Draft()]
    furniture: list[Item] = []
    for item in items:
        if item.role == "furniture":
            furniture.append(item)
            continue
        current = drafts[-1]
        opens = item.role == "kicker" or (item.role == "title" and (current.titled or current.has_body))
        if opens and not _kicker_stands(current, item) and (current.titled or current.has_body):
            current = Draft()
            drafts.append(current)
        current.items.append(item)
    return [d for d in drafts if d.items], furniture


def _kicker_stands(draft: Draft, item: Item) -> bool:
    """Whether the article has just been opened by a kicker and waits for its title."""
    return item.role == "title" and bool(draft.items) and not draft.titled and draft.items[-1].role == "kicker"

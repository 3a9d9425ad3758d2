"""From named parts to articles, split at titles."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from pipeline.intake.items import Item
from pipeline.intake.signs import Signs

JUMP = "jump"
PAGED = ("folio", "page-number")
"""The furniture with which another page begins."""


class Draft(Struct):
    """An article's parts in reading order, and the roles that they have."""

    items: list[Item] = []
    roles: set[str] = set()

    def add(self, item: Item) -> None:
        """Append a part."""
        self.items.append(item)
        self.roles.add(item.role)

    @property
    def waits_for_title(self) -> bool:
        """Whether it has been opened by a kicker and nothing has come after."""
        return "title" not in self.roles and bool(self.items) and self.items[-1].role == "kicker"


def split_articles(items: Sequence[Item], signs: Signs) -> tuple[list[Draft], list[Item]]:
    """The articles in the order of the page, and the furniture.

    What stands behind 上接A1版《新桥通车》 belongs to the article of that title, up to the next title; what stands
    behind 上接A1版 on another page to the only one that 下转 was said of.
    """
    drafts: list[Draft] = [Draft()]
    furniture: list[Item] = []
    current = drafts[0]
    turned: dict[int, Draft] = {}
    resumes = paged = False
    for item in items:
        if item.role == "dateline" and "dateline" in current.roles:
            item.role, item.kind = "furniture", "dateline"
        if item.role == "furniture":
            furniture.append(item)
            paged = bool(turned) and (paged or item.kind in PAGED)
            if item.kind == JUMP:
                turns = signs.turns.search(item.text) is not None
                named = _gone_on_with(item.text, drafts, signs)
                if turns and current.items:
                    current.items[-1].turns = True
                    turned[id(current)] = current
                elif named is None and not turns and paged and len(turned) == 1:
                    named = turned.popitem()[1]
                current = named or current
                resumes = not turns
            continue
        if resumes:
            item.resumes, resumes = True, False
        if item.role in ("kicker", "title"):
            last = drafts[-1]
            begun = not last.roles.isdisjoint(("title", "paragraph"))
            if begun and not (item.role == "title" and last.waits_for_title):
                drafts.append(Draft())
            current = drafts[-1]
        current.add(item)
    return [d for d in drafts if d.items], furniture


def _gone_on_with(text: str, drafts: Sequence[Draft], signs: Signs) -> Draft | None:
    """The draft whose title begins as the one that a line of jump names."""
    named = signs.named_title.search(text)
    if named is None:
        return None
    wanted = named[1].replace(" ", "")
    for draft in reversed(drafts):
        title = next((i.text for i in draft.items if i.role == "title"), "").replace(" ", "")
        if title and (title.startswith(wanted) or wanted.startswith(title)):
            return draft
    return None

"""Titles in the text, what belongs to them on the left (副, 首席), and the institution before them."""

from __future__ import annotations

from bisect import bisect_left

from msgspec.structs import replace

from pipeline.core.matchers import Ending, Late, matcher
from pipeline.core.model import Argument, Offsets
from pipeline.core.slices import Record
from pipeline.facts.literals import Hit, literals_of
from pipeline.facts.roles_orgs import OrgWords, org_before, org_words
from pipeline.facts.scene import FAR, Scene
from pipeline.rulebook import Rulebook


class Office(Record, frozen=True):
    """A title with the institution; ``former`` where a word before it says that it is over."""

    start: int
    end: int
    org: Argument | None = None
    former: bool = False

    def of(self, org: Argument | None) -> Office:
        """The same office of ``org``."""
        return replace(self, org=org)


class Lexicon(Record, frozen=True):
    """What is built once from the rules."""

    words: frozenset[str]
    following: frozenset[str]
    rank: Late
    former: Ending
    clause: Late
    filled: Late
    joints: str
    listed: str
    """The same in a list behind a verb: 辞去副董事长与总经理职务."""
    whole: tuple[str, ...]
    own: tuple[str, ...]
    serving: tuple[str, ...]
    """Ends of titles of those who serve the holder of the title before them: 秘书长|特使."""
    orgs: OrgWords


class Titles:
    """The titles of one text, leftmost-longest, in order."""

    def __init__(self, hits: list[Hit], lexicon: Lexicon) -> None:
        """``hits`` are those of the titles."""
        self.lexicon = lexicon
        self.orgs = lexicon.orgs
        self.joints = lexicon.joints
        self.spans: list[Offsets] = [(a, b) for _, a, b in hits]

    def ending_at(self, end: int) -> Offsets | None:
        """The title that ends at ``end``."""
        at = bisect_left(self.spans, (end, end)) - 1
        return self.spans[at] if at >= 0 and self.spans[at][1] == end else None

    def between(self, start: int, end: int) -> list[Offsets]:
        """The titles within ``[start, end)``."""
        at = bisect_left(self.spans, (start, start))
        out = []
        while at < len(self.spans) and self.spans[at][1] <= end:
            out.append(self.spans[at])
            at += 1
        return out

    def begins_in(self, start: int, end: int) -> bool:
        """Whether a title begins within ``[start, end)``."""
        at = bisect_left(self.spans, (start, start))
        return at < len(self.spans) and self.spans[at][0] < end

    def widen(self, folded: str, start: int) -> int:
        """Where the title that begins at ``start`` begins with the rank before it: 副, 首席."""
        m = self.lexicon.rank.search(folded, max(start - 8, 0), start)
        return m.start() if m else start

    def former(self, folded: str, start: int) -> int | None:
        """Where the word begins that ends at ``start`` and says that the office is over."""
        m = self.lexicon.former.search(folded, max(start - 5, 0), start)
        return m.start() if m else None

    def served(self, folded: str, end: int) -> bool:
        """Whether the title that ends at ``end`` is the master's of the one behind it: 秘书长|特使."""
        at = bisect_left(self.spans, (end, end))
        if at == len(self.spans) or self.spans[at][0] != end:
            return False
        return folded.endswith(self.lexicon.serving, *self.spans[at])

    def follows(self, folded: str, start: int, end: int) -> bool:
        """Whether the title may stand after its holder: 教授, 局长."""
        return any(folded[i:end] in self.lexicon.following for i in range(start, end - 1))

    def clause_end(self, folded: str, start: int, filled: bool = False) -> int:
        """The end of the clause from ``start`` on; with ``filled`` a closing bracket ends it too."""
        m = (self.lexicon.filled if filled else self.lexicon.clause).search(folded, start, start + FAR)
        return m.start() if m else min(len(folded), start + FAR)


def lexicon_of(rules: Rulebook) -> Lexicon:
    """What `Titles` are told of titles that name an office or a profession."""
    return rules.once("facts.roles.titles", _lexicon)


def _lexicon(rules: Rulebook) -> Lexicon:
    settings, orgs = rules.settings("facts_roles"), org_words(rules)
    rows, words = rules.words("person_titles"), literals_of(rules).titles
    return Lexicon(
        words=frozenset(words),
        following=frozenset(w for w in words if rows[w]["after"] and len(w) > 1),
        rank=Late(rules.fragment("facts_roles", "RANK") + r"\Z", matcher),
        former=Ending(rules.fragment("facts_roles", "FORMER")),
        clause=orgs.clause,
        filled=Late(rules.fragment("facts_roles", "FILLED_END"), matcher),
        joints=settings["office_joints"],
        listed=settings["listed_joints"],
        whole=tuple(settings["whole"]),
        own=tuple(settings["own"]),
        serving=tuple(settings["serving"]),
        orgs=orgs,
    )


def title_at(scene: Scene, titles: Titles, start: int) -> Office | None:
    """The office whose title begins at ``start`` or, behind its rank, up to four characters later."""
    for a, b in titles.between(start, start + 16):
        if a == start or titles.widen(scene.folded, a) <= start:
            at = _title_start(scene, titles, a, b)
            return Office(at, b, None, titles.former(scene.folded, at) is not None)
        if a > start + 4:
            break
    return None


def _title_start(scene: Scene, titles: Titles, start: int, end: int) -> int:
    cut = _cut(scene, titles, start, end)
    at = cut if cut > start else titles.widen(scene.folded, start)
    if at < start:
        at = _with_party(scene, titles, at)
    if scene.folded.endswith(titles.lexicon.serving, start, end) and (master := titles.ending_at(at)) is not None:
        return titles.widen(scene.folded, master[0])
    return at


def _with_party(scene: Scene, titles: Titles, at: int) -> int:
    """Where the title that begins at ``at`` with its rank begins with a party's body that no institution holds: of
    原党委|副书记 with 党委, but 市公安局党委 is one name."""
    if not scene.folded.endswith(titles.lexicon.whole, 0, at):
        return at
    word = next(w for w in titles.lexicon.whole if scene.folded.endswith(w, 0, at))
    name = scene.ends.get(at)
    return at - len(word) if name is None or name.start >= at - len(word) else at


def _cut(scene: Scene, titles: Titles, start: int, end: int) -> int:
    """Where the title begins when a name reaches into it: of 市委书记 the name 市委 is the institution."""
    whole = scene.folded.startswith(titles.lexicon.whole, start)
    name = scene.covering(start + 1) if end - start > 2 and not whole else None
    if (
        name is not None
        and name.label != "PER"
        and start < name.end < end
        and scene.folded[name.end : end] in titles.lexicon.words
    ):
        return name.end
    return start


def offices_before(scene: Scene, titles: Titles, start: int, end: int) -> list[Office]:
    """The offices that end with the title ``[start, end)``, in order: all that 、 or 兼 joins to it."""
    out: list[Office] = []
    while True:
        at = _title_start(scene, titles, start, end)
        over = titles.former(scene.folded, at)
        joined = over is None and scene.folded[at - 1 : at] in titles.joints and titles.ending_at(at - 1)
        doubled = titles.ending_at(at) if scene.folded[start:end].isascii() else None  # 首席执行官|CEO
        stop = at if over is None else over
        org = None if joined else org_before(scene, stop if doubled is None else doubled[0], titles.orgs)
        left = org.start if org is not None and org.pieces[0][1] <= at else at
        former = over is not None or left != at and titles.former(scene.folded, left) is not None
        out.append(Office(at, end, org, former))
        joint = left - 1
        before = titles.ending_at(joint) if joint > 0 and scene.folded[joint] in titles.joints else None
        if before is None:
            break
        start, end = before
    out.reverse()
    return _inherit(scene, out, titles.lexicon.own)


def _inherit(scene: Scene, offices: list[Office], own: tuple[str, ...]) -> list[Office]:
    """公司控股股东、实际控制人: an office without an institution of its own is of the one before it."""
    out: list[Office] = []
    for office in offices:
        alone = scene.folded.startswith(own, office.start)
        out.append(office.of(office.org or (out[-1].org if out and not alone else None)))
    return out

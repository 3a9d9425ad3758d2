"""The institution before a title: a name, a run of nouns, a news agency in a dateline, the company meant by 公司."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.core.matchers import Ending, Late, matcher
from pipeline.core.model import Argument, Entity
from pipeline.core.slices import Record
from pipeline.facts.scene import FAR, Scene, argument
from pipeline.rulebook import Rulebook


class OrgWords(Record, frozen=True):
    """What rules/facts_roles.toml says of institutions, built once."""

    dateline: Ending
    term: Ending
    brackets: Ending
    remark: Late
    """What brackets behind a name hold that is no part of it: a code, a short name."""
    outside: Late
    board: Ending
    """The board or meeting of a body: 云岭药业|董事会."""
    clause: Late
    longest: int
    attributes: frozenset[str]
    labels: frozenset[str]
    """Stand between a label and what it names: 来源：云岭晚报."""
    joints: tuple[str, ...]
    """Between two offices, the segmenter joins them to the first: 总裁兼."""
    kinds: frozenset[str]
    no_company: frozenset[str]
    no_org: frozenset[str]
    """Words that end the run of nouns, joints among them."""
    fields: frozenset[str]
    """What somebody works at, which is no institution: 利率策略师."""
    media: tuple[str, ...]
    """Ends of the clause in which a medium opens its report: 每经快讯，……"""
    pointers: frozenset[str]
    heads: frozenset[str]
    """Ends of institutions that the segmenter takes into the title: 住建|局局长."""
    tags: frozenset[str]
    end_tags: frozenset[str]
    first_tags: frozenset[str]


HEADED = "entity.org.headed"
"""The rule of organs that their heads' office hides."""


def org_words(rules: Rulebook) -> OrgWords:
    """The words and patterns of institutions."""
    return rules.once("facts.roles.orgs", _org_words)


def _org_words(rules: Rulebook) -> OrgWords:
    def fragment(name: str) -> str:
        return rules.fragment("facts_roles", name)

    settings = rules.settings("facts_roles")
    return OrgWords(
        dateline=Ending(fragment("DATELINE")),
        term=Ending(fragment("TERM")),
        brackets=Ending(fragment("REMARKS")),
        remark=Late(fragment("REMARK"), matcher),
        outside=Late(fragment("OUTSIDE")),
        board=Ending(fragment("BOARD")),
        clause=Late(fragment("CLAUSE_END"), matcher),
        longest=settings["longest_org"],
        attributes=frozenset(settings["attributes"]),
        labels=frozenset(settings["colons"]),
        joints=tuple(settings["office_joints"]),
        kinds=frozenset(settings["kind_of_org"]),
        no_company=frozenset(settings["no_company"]),
        no_org=frozenset(settings["no_org"]) | frozenset(settings["office_joints"]),
        fields=frozenset(settings["fields"]),
        media=tuple(settings["media"]),
        pointers=frozenset(settings["org_pointers"]),
        heads=frozenset(settings["org_heads"]),
        tags=frozenset(settings["org_tags"]),
        end_tags=frozenset(settings["org_end_tags"]),
        first_tags=frozenset(settings["org_first_tags"]),
    )


def org_before(scene: Scene, end: int, words: OrgWords, first: int = 0) -> Argument | None:
    """The institution whose name ends at ``end`` and begins at ``first`` or later; of 公司 the company meant."""
    folded = scene.folded
    line = scene.line(end)[0]
    dateline = words.dateline.search(folded, max(line, end - 60), end)
    if dateline:
        return argument(*dateline.span("org"))
    term = words.term.search(folded, max(end - 10, first), end)
    if term:
        end = term.start()
    brackets = words.brackets.search(folded, max(end - 26, first), end)
    if brackets and (outer := org_before(scene, brackets.start(), words, first)):
        if words.remark.match(folded, brackets.start() + 1):
            return outer  # 云岭药业（600300）董事长
        # 执委会（理事会）主席
        return argument(outer.start, end)
    if end - 1 in scene.ends and folded[end - 1] in words.attributes:
        end -= 1  # 云岭药业的董事长
    elif end - 1 in scene.ends and folded[end - 1].isspace():
        end -= 1  # Northvale Group CEO
        if folded[scene.ends[end].start - 1] in words.labels:
            return None  # 来源：云岭晚报 作者：何苗
    end = _before_fields(scene, end, words)
    name = scene.ends.get(end) or scene.covering(end)
    start = _own_start(scene, name, words) if name is not None and name.start >= first else None
    if start is None:
        start = _noun_phrase(scene, end, max(first, scene.line(end)[0], end - words.longest), words)
    if start is None:
        return None
    if name is not None and name.rule == HEADED:
        return argument(start, name.end)  # 滨江市公安局|长, whose office begins within it
    if folded[start:end] in words.kinds:
        return company_meant(scene, start, words) or argument(start, end)
    return argument(start, end)


def _before_fields(scene: Scene, end: int, words: OrgWords) -> int:
    """``end`` moved left over what the holder works at: 云岭证券|宏观策略分析师, 明星基金经理."""
    index = bisect_right(scene.word_ends, end) - 1
    while index >= 0 and scene.word_ends[index] == end and scene.words[index] in words.fields and end not in scene.ends:
        end = scene.word_starts[index]
        index -= 1
    return end


def _own_start(scene: Scene, name: Entity, words: OrgWords) -> int | None:
    """Where an institution's name begins, behind another one that was taken into it; None for other names."""
    if name.label not in ("ORG", "LOC"):
        return None
    outside = words.outside.match(scene.folded, name.start, name.end)
    return outside.end() if outside else name.start


def company_meant(scene: Scene, before: int, words: OrgWords) -> Argument | None:
    """The company that 公司 stands for: the subject of the sentence, else the first institution of the paragraph."""
    first = max(scene.line(before)[0], before - 4 * FAR)
    for start in (max(scene.sentence(before)[0], first), first):
        orgs = [e for e in scene.entities(start, before) if e.label == "ORG"]
        names = [e for e in orgs if scene.folded[e.start : e.end] not in words.no_company]
        while names and (border := words.clause.search(scene.folded, names[0].end, before)) is not None:
            if not scene.folded.endswith(words.media, names[0].start, border.start()):
                break
            names = names[1:]  # 每经快讯，云岭药业公告，公司…
        if names:
            # 某社9月3日丨某某家居公布，公司…: the last name of the clause, which may begin with the source's
            border = words.clause.search(scene.folded, names[0].end, before)
            name = [e for e in names if border is None or e.end <= border.start()][-1]
            return argument(name.start, before_board(scene, name.start, name.end, words))
    return None


def before_board(scene: Scene, start: int, end: int, words: OrgWords) -> int:
    """Where the name ``[start, end)`` ends before the board or meeting it names, ``end`` where it names none."""
    board = words.board.search(scene.folded, start, end)
    return end if board is None or board.start() == start else board.start()


def _noun_phrase(scene: Scene, end: int, first: int, words: OrgWords) -> int | None:
    """Where the run of nouns that ends at ``end`` begins, None where there is none."""
    starts, ends, tags = scene.word_starts, scene.word_ends, scene.tags
    index = bisect_right(scene.word_ends, end) - 1
    start = end
    if index + 1 < len(scene.words) and starts[index + 1] < end:
        start = starts[index + 1]
        if scene.folded[start:end] not in words.heads:
            return None
    elif index < 0 or tags[index] not in words.end_tags and ends[index] not in scene.ends:
        return None
    while index >= 0 and starts[index] >= first and ends[index] == start:
        if tags[index] not in words.tags and not _points(scene, index, words):
            break
        name = scene.ends.get(start)
        if name is not None and name.label == "PER" or scene.words[index] in words.no_org:
            break
        if name is None and scene.words[index].endswith(words.joints):
            break  # 云岭集团副|总裁兼|工业技术总裁
        if name is not None and name.start >= first:
            start = name.start
            break
        start = starts[index]
        index -= 1
    if start == end:
        return None
    head = bisect_right(scene.word_ends, start)
    if tags[head] == "vn" and ends[head] == end:
        return None  # 证实|总裁: one word that is a verb too
    return _from_noun(scene, start, end, words)


def _points(scene: Scene, index: int, words: OrgWords) -> bool:
    """Whether a token points to an institution: 该, 该院."""
    return scene.words[index][0] in words.pointers and scene.tags[index] == "r"


def _from_noun(scene: Scene, start: int, end: int, words: OrgWords) -> int | None:
    """``start`` moved right to the first word that a name may begin with."""
    if start in scene.begins:
        return start
    for index in scene.tokens(start, end):
        known = scene.word_starts[index] in scene.begins or _points(scene, index, words)
        if scene.tags[index] in words.first_tags or known:
            return scene.word_starts[index]
    return None

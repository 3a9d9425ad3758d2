"""The institution of an office that stands apart from it: the body that appoints, the heading's, the clause's topic."""

from __future__ import annotations

from pipeline.core.matchers import Ending, Late, matcher
from pipeline.core.model import Argument, Entity
from pipeline.core.slices import Record
from pipeline.facts.roles_orgs import OrgWords, before_board, company_meant, org_words
from pipeline.facts.scene import FAR, Scene, argument
from pipeline.rulebook import Rulebook

BODIES = ("ORG", "LOC")
"""Labels of what an office may be of."""


class Seats(Record, frozen=True):
    """What rules/facts_roles.toml says of such institutions, built once."""

    orgs: OrgWords
    appointing: Ending
    """What stands between a body and its verb of appointing: 同意, 决定."""
    organ: Ending
    """Ends of bodies that appoint to other bodies' offices: 常委会."""
    board: Late
    founding: Ending
    """Stands before the institution that the next clause is about: 设立."""
    reporting: Late
    """What follows who only reports: 某平台|信息显示，"""
    others: Late
    """The same of others than a company that tells of itself."""
    kinds: tuple[str, ...]
    colons: frozenset[str]
    commas: frozenset[str]
    borders: frozenset[str]
    """Colons and commas: no institution that stands apart is an office's that begins behind anything else."""
    telling: str
    """Stands between a comma and what is told: 发布公告，称|董事长…."""
    governments: tuple[str, ...]
    """What makes a government of a place: 云岭县|人民政府."""
    levels: str
    """Heads of divisions, whose heads' offices are of them: 县|长."""
    own: tuple[str, ...]
    """Offices that name their own seat: 副市长."""
    bare: Late
    """Titles of heads of bodies that end with ``head``: 副|局|长, but not 卫生部长, which names its body."""
    of_company: tuple[str, ...]
    """Titles of those who lead a company."""
    media: str
    """What the names of media end with, who only tell of a company."""


def seats_of(rules: Rulebook) -> Seats:
    """The words and patterns, built once."""
    return rules.once("facts.roles.seats", _seats)


def _seats(rules: Rulebook) -> Seats:
    settings = rules.settings("facts_roles")
    return Seats(
        orgs=org_words(rules),
        appointing=Ending(rules.fragment("facts_roles", "APPOINTING")),
        organ=Ending(rules.fragment("facts_roles", "ORGAN")),
        board=Late(rules.fragment("facts_roles", "BOARD"), matcher),
        founding=Ending(rules.fragment("facts_roles", "FOUNDING")),
        reporting=Late(rules.fragment("facts_roles", "REPORTING"), matcher),
        others=Late(rules.fragment("facts_roles", "OTHERS"), matcher),
        kinds=tuple(sorted(settings["kind_of_org"], key=len, reverse=True)),
        colons=frozenset(settings["colons"]),
        commas=frozenset(settings["commas"]),
        borders=frozenset(settings["colons"] + settings["commas"]),
        telling=settings["telling"],
        governments=tuple(settings["governments"]),
        levels=settings["levels"],
        own=tuple(settings["own"]),
        bare=Late(rules.fragment("facts_roles", "BARE"), matcher),
        of_company=tuple(settings["of_company"]),
        media=settings["media_ends"],
    )


def seat_of_appointer(scene: Scene, verb: int, office: int, seats: Seats) -> Argument | None:
    """The body before the verb of appointing at ``verb``, whose the office at ``office`` is: 云岭药业|选举…为董事长."""
    folded = scene.folded
    if folded.startswith(seats.own, office):
        return None
    line = scene.line(verb)[0]
    between = seats.appointing.search(folded, max(verb - 12, line), verb)
    end = between.start() if between is not None else verb
    name = scene.ends.get(end)
    if name is None or name.label != "ORG":
        board = seats.orgs.board.search(folded, max(end - 16, line), end)
        end = board.start() if board is not None else end
        name = scene.ends.get(end)
        if name is None:
            kind = next((k for k in seats.kinds if folded.endswith(k, line, end)), None)
            meant = company_meant(scene, end, seats.orgs) if board is not None or kind else None
            return argument(end - len(kind), end) if meant is None and kind else meant
    return _seat(scene, name, seats)


def _seat(scene: Scene, name: Entity, seats: Seats) -> Argument | None:
    """The institution ``name`` without its board; None where it is no institution, or one that appoints to others."""
    end = before_board(scene, name.start, name.end, seats.orgs)
    if name.label != "ORG" or seats.organ.search(scene.folded, name.start, end) is not None:
        return None
    return argument(name.start, end)


def begins_clause(scene: Scene, at: int, seats: Seats) -> bool:
    """Whether a clause begins at ``at``, or what is told in one: 发布公告，称|董事长何苗辞职."""
    before = scene.folded[at - 2 : at]
    if before[-1:] in seats.telling:
        before = before[:-1]
    return before[-1:] in seats.borders or scene.sentence(at)[0] == at


def seat_apart(scene: Scene, start: int, end: int, named: bool, seats: Seats) -> Argument | None:
    """The institution of an office that begins a clause and has none beside it; ``named``: its holder is told after a
    verb."""
    seat = seat_in_heading(scene, start, seats)
    if seat is None and named:
        seat = seat_of_topic(scene, start, seats)
    return seat_told(scene, start, end, seats) if seat is None else seat


def seat_in_heading(scene: Scene, office: int, seats: Seats) -> Argument | None:
    """Whom a heading is of, whose the office behind its colon is: 云岭药业：股东周启明拟减持."""
    folded = scene.folded
    if folded[office - 1 : office] not in seats.colons or folded.startswith(seats.own, office):
        return None
    name = scene.ends.get(office - 1)
    return _seat(scene, name, seats) if name is not None and name.start == scene.line(office)[0] else None


def seat_of_topic(scene: Scene, office: int, seats: Seats) -> Argument | None:
    """The institution that the sentence is about where the office begins a clause: 某公司成立于…，法定代表人为…

    That is the one founded in the clause before (设立某公司，法定代表人为…), else the last that began a clause.
    """
    folded = scene.folded
    if folded[office - 1 : office] not in seats.commas or folded.startswith(seats.own, office):
        return None
    first = scene.sentence(office)[0]
    for name in reversed(scene.entities(max(first, office - FAR), office)):
        if name.label != "ORG":
            continue
        begins = name.start == first or folded[name.start - 1] in seats.commas
        if begins or seats.founding.search(folded, max(name.start - 4, 0), name.start) is not None:
            return None if seats.reporting.match(folded, name.end) is not None else _seat(scene, name, seats)
    return None


def seat_told(scene: Scene, start: int, end: int, seats: Seats) -> Argument | None:
    """The body that was told before of which the office ``[start, end)`` is that begins a clause: of 局长 the last 局
    of the paragraph, of 首席执行官 its only company."""
    folded, line = scene.folded, scene.line(start)[0]
    names = [e for e in scene.entities(max(line, start - FAR), start) if e.end <= start]
    bare = seats.bare.fullmatch(folded, start, end)
    if bare is not None and (body := _headed(scene, names, line, bare["head"], seats)) is not None:
        return argument(body.start, body.end)
    if not folded.endswith(seats.of_company, start, end):
        return None
    bodies = [e for e in names if e.label == "ORG" and folded[e.end - 1] not in seats.media]
    if len({e.norm.entity for e in bodies}) != 1:
        return None
    return None if seats.others.match(folded, bodies[0].end) is not None else _seat(scene, bodies[0], seats)


def _headed(scene: Scene, names: list[Entity], line: int, head: str, seats: Seats) -> Entity | None:
    """The last of ``names`` that ends with ``head``, or is the government of what does: of 县长 also 云岭县人民政府;
    where the paragraph, which begins at ``line``, has none the only such place or body that was told before it."""
    ends = (head, *(head + government for government in seats.governments))
    bodies = [e for e in names if e.label in BODIES and scene.folded.endswith(ends, e.start, e.end)]
    if bodies or head not in seats.levels:
        return bodies[-1] if bodies else None
    told = scene.entities(max(line - 4 * FAR, 0), line)
    bodies = [e for e in told if e.label in BODIES and scene.folded.endswith(ends, e.start, e.end)]
    return bodies[-1] if len({e.norm.entity for e in bodies}) == 1 else None


def is_board(scene: Scene, org: Argument, seats: Seats) -> bool:
    """Whether ``org`` is a board's: 董事会战略委员会, which is not whose director somebody is."""
    return seats.board.match(scene.folded, org.start) is not None

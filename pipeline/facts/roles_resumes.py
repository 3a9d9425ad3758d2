"""Offices of a résumé, all of the person it begins with: 张海洋，男，……。曾任某厂厂长；现任公司总经理."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from pipeline.core.matchers import Ending, Late, matcher
from pipeline.core.model import Entity, Fact
from pipeline.core.slices import Record
from pipeline.facts.roles_orgs import org_before
from pipeline.facts.roles_titles import Office, Titles, title_at
from pipeline.facts.scene import Scene, argument
from pipeline.rulebook import Pattern, Rulebook

_FIRST = itemgetter(0)
FORM = "resume"
"""The form of the rules that name the verbs of a résumé; ``former``: the offices are no longer held."""

NEAR = 12
"""Characters in which a title ends that stands right behind an institution."""


class _Resumes(Record, frozen=True):
    """What a résumé's first person is followed by, and the rules of its verbs."""

    opens: Late
    verbs: tuple[Pattern, ...]
    again: Ending
    """What stands before such a verb in a later clause of a sentence that is no résumé: a comma, 自…年."""
    closing: str
    """What stands behind an office at the end of its clause: 现任局长|等职."""


def resume_facts(scene: Scene, persons: list[Entity], titles: Titles, rules: Rulebook) -> Iterator[Fact]:
    """The offices that the résumés of the article tell, each of its person, one of ``persons``, in order."""
    known = rules.once("facts.roles.resume", _resumes)
    opens = known.opens.match
    starts = set(map(_FIRST, scene.view.sentences))
    heads = [e for e in persons if e.start in starts and opens(scene.folded, e.end)]
    over = 0
    for n, person in enumerate(heads):
        end = scene.line(person.start)[1]
        if n + 1 < len(heads):
            end = min(end, heads[n + 1].start)
        yield from _told(scene, titles, known, person, end, later=False)
        over = end
    for n, person in enumerate(persons):
        stop = persons[n + 1].start if n + 1 < len(persons) else len(scene.folded)
        if person.start >= over and titles.begins_in(person.end, stop):
            yield from _goes_on(scene, titles, known, person, stop)


def _goes_on(scene: Scene, titles: Titles, known: _Resumes, person: Entity, stop: int) -> Iterator[Fact]:
    """The offices of ``person`` that later clauses of the sentence tell before ``stop``: 何苗此前任…，现任…"""
    end = min(scene.sentence(person.start)[1], stop)
    if titles.begins_in(person.end, end):
        yield from _told(scene, titles, known, person, end, later=True)


def _resumes(rules: Rulebook) -> _Resumes:
    settings = rules.settings("facts_roles")
    return _Resumes(
        Late(settings["resume_opens"], matcher),
        tuple(p for p in rules.patterns("facts_roles") if p.get("form") == FORM),
        Ending(rules.fragment("facts_roles", "AGAIN")),
        settings["office_closing"],
    )


def _told(scene: Scene, titles: Titles, known: _Resumes, person: Entity, end: int, later: bool) -> Iterator[Fact]:
    """The offices behind each verb before ``end``, up to the next verb or the end of its sentence.

    ``later``: only those of later clauses of a sentence that is no résumé.
    """
    found = sorted(
        ((m.span(), rule) for rule in known.verbs for m in rule.regex.finditer(scene.folded, person.end, end)),
        key=lambda one: one[0],
    )
    if later:
        found = [f for f in found if known.again.search(scene.folded, person.end, f[0][0]) is not None]
    for n, ((_, start), rule) in enumerate(found):
        stop = min(scene.sentence(start)[1], found[n + 1][0][0] if n + 1 < len(found) else end)
        if later:
            stop = min(stop, _listed_to(scene, titles, start))
        for office in _offices(scene, titles, start, stop):
            if later and not _closes(scene, titles, office.end, known):
                continue
            args = {"person": argument(person.start, person.end), "title": argument(office.start, office.end)}
            if office.org is not None:
                args["org"] = office.org
            norm = {"former": bool(rule.get("former"))}
            yield Fact("role", args, norm, scene.sentence(start), rule.id, "0.85")


def _closes(scene: Scene, titles: Titles, end: int, known: _Resumes) -> bool:
    """Whether the clause is over behind the office, or another office follows: not 现任局长|很好."""
    return titles.clause_end(scene.folded, end) == end or scene.folded[end] in titles.lexicon.listed + known.closing


def _listed_to(scene: Scene, titles: Titles, start: int) -> int:
    """The end of the clause from ``start`` on and of those after it that begin with an institution and its title:
    历任云岭药业副总经理，青山制药董事."""
    end = titles.clause_end(scene.folded, start)
    while (name := scene.begins.get(end + 1)) is not None and name.label == "ORG":
        if not any(titles.widen(scene.folded, a) == name.end for a, _ in titles.between(name.end, name.end + NEAR)):
            break
        end = titles.clause_end(scene.folded, name.end)
    return end


def _offices(scene: Scene, titles: Titles, start: int, stop: int) -> Iterator[Office]:
    """The offices between ``start`` and ``stop``; one without an institution is of the one named before it."""
    org, at = None, start
    for first, last in titles.between(start, stop):
        if first < at or not scene.is_border(last) and scene.folded[last] not in titles.lexicon.listed:
            continue  # 规划|委员会
        office = title_at(scene, titles, first)
        if office is not None:
            org = org_before(scene, office.start, titles.orgs, at) or org
            at = last
            yield office.of(org)

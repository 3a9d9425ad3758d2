"""Offices of a résumé, all of the person it begins with: 张海洋，男，……。曾任某厂厂长；现任公司总经理."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from pipeline.core.matchers import Late, matcher
from pipeline.core.model import Entity, Fact
from pipeline.core.slices import Record
from pipeline.facts.roles_orgs import org_before
from pipeline.facts.roles_titles import Office, Titles, title_at
from pipeline.facts.scene import Scene, argument
from pipeline.rulebook import Pattern, Rulebook

_FIRST = itemgetter(0)
FORM = "resume"
"""The form of the rules that name the verbs of a résumé; ``former``: the offices are no longer held."""


class _Resumes(Record, frozen=True):
    """What a résumé's first person is followed by, and the rules of its verbs."""

    opens: Late
    verbs: tuple[Pattern, ...]


def resume_facts(scene: Scene, persons: list[Entity], titles: Titles, rules: Rulebook) -> Iterator[Fact]:
    """The offices that the résumés of the article tell, each of its person, one of ``persons``, in order."""
    known = rules.once("facts.roles.resume", _resumes)
    opens = known.opens.match
    starts = set(map(_FIRST, scene.view.sentences))
    heads = [e for e in persons if e.start in starts and opens(scene.folded, e.end)]
    for n, person in enumerate(heads):
        end = scene.line(person.start)[1]
        if n + 1 < len(heads):
            end = min(end, heads[n + 1].start)
        yield from _told(scene, titles, known.verbs, person, end)


def _resumes(rules: Rulebook) -> _Resumes:
    opens = Late(rules.settings("facts_roles")["resume_opens"], matcher)
    return _Resumes(opens, tuple(p for p in rules.patterns("facts_roles") if p.get("form") == FORM))


def _told(scene: Scene, titles: Titles, verbs: tuple[Pattern, ...], person: Entity, end: int) -> Iterator[Fact]:
    """The offices behind each verb before ``end``, up to the next verb or the end of its sentence."""
    found = sorted(
        ((m.span(), rule) for rule in verbs for m in rule.regex.finditer(scene.folded, person.end, end)),
        key=lambda one: one[0],
    )
    for n, ((_, start), rule) in enumerate(found):
        stop = min(scene.sentence(start)[1], found[n + 1][0][0] if n + 1 < len(found) else end)
        for office in _offices(scene, titles, start, stop):
            args = {"person": argument(person.start, person.end), "title": argument(office.start, office.end)}
            if office.org is not None:
                args["org"] = office.org
            norm = {"former": bool(rule.get("former"))}
            yield Fact("role", args, norm, scene.sentence(start), rule.id, "0.85")


def _offices(scene: Scene, titles: Titles, start: int, stop: int) -> Iterator[Office]:
    """The offices between ``start`` and ``stop``; one without an institution is of the one named before it."""
    org, at = None, start
    for first, last in titles.between(start, stop):
        if first < at:
            continue
        office = title_at(scene, titles, first)
        if office is not None:
            org = org_before(scene, office.start, titles.orgs, at) or org
            at = last
            yield office.of(org)

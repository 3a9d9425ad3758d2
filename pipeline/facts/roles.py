"""Role facts: who holds (or held) which office of which institution. The wording stands in rules/facts_roles.toml."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.core.model import Argument, Entity, Fact, Offsets, View
from pipeline.core.slices import Record
from pipeline.facts.roles_people import person_at, persons_from
from pipeline.facts.roles_resumes import FORM as RESUME
from pipeline.facts.roles_resumes import resume_facts
from pipeline.facts.roles_titles import Office, Titles, offices_before, org_before, title_at, titles_of
from pipeline.facts.scene import Scene, argument
from pipeline.rulebook import Pattern, Rulebook


class _Case(Record, frozen=True):
    """What every step needs: the article, its titles, the rules by form."""

    scene: Scene
    titles: Titles
    rules: Rulebook
    forms: dict[str, list[Pattern]]
    guests: tuple[str, ...]
    gate: regex.Pattern[str]


def role_facts(view: View, rules: Rulebook) -> list[Fact]:
    """The role facts of ``view``, in order: one for each person and office at each place where the text states it.

    Reads ``entities``, ``tokens`` and ``sentences``; ``norm["former"]`` tells an office that is no longer held.
    """
    return roles_in(Scene.of(view), rules)


def roles_in(scene: Scene, rules: Rulebook) -> list[Fact]:
    """The role facts of ``scene``, as `role_facts` gives them."""
    guests = tuple(rules.settings("facts_roles")["guests"])
    case = _Case(
        scene,
        titles_of(scene.folded, rules),
        rules,
        rules.once("facts.roles.forms", _forms),
        guests,
        rules.once("facts.roles.gate", _gate),
    )
    found = [*_before_names(case), *_by_verbs(case)]
    taken = {(f.args["person"].pieces, f.args["title"].pieces[0][1]) for f in found}
    held = {f.args["person"].pieces for f in found}
    found += [
        f for f in _after_names(case, held) if (f.args["person"].pieces, f.args["title"].pieces[0][1]) not in taken
    ]
    told = {f.args["title"].pieces for f in found}
    found += [f for f in resume_facts(scene, case.titles, rules) if f.args["title"].pieces not in told]
    return sorted(found, key=lambda f: (f.args["person"].start, f.args["title"].start))


def _forms(rules: Rulebook) -> dict[str, list[Pattern]]:
    forms: dict[str, list[Pattern]] = {"title-person": [], "person-title": [], "verb": [], RESUME: []}
    for pattern in rules.patterns("facts_roles"):
        forms[pattern.get("form")].append(pattern)
    return forms


def _gate(rules: Rulebook) -> regex.Pattern[str]:
    """What any of the verbs' patterns matches, so that most names are asked once."""
    verbs = [p.source for p in rules.patterns("facts_roles") if p.get("form") == "verb"]
    return regex.compile("|".join(f"(?:{source})" for source in verbs))


def _before_names(case: _Case) -> Iterator[Fact]:
    scene = case.scene
    for rule in case.forms["title-person"]:
        last: tuple[int, Argument | None] | None = None
        for start, end in case.titles.spans:
            gap = rule.regex.match(scene.folded, end)
            if gap is None or rule.get("named") and gap.end() not in scene.begins:
                continue
            at = gap.end()
            person = person_at(scene, at, case.rules)
            if person is None:
                continue
            offices = offices_before(scene, case.titles, start, end, case.rules)
            if offices[0].org is None and last is not None and _listed(case, last[0], offices[0].start):
                # 云岭药业董事长马文涛、总经理孙晓梅: the second office is of the same body
                offices = [office.of(office.org or last[1]) for office in offices]
            holders = persons_from(scene, person, at > end, case.rules)
            last = (holders[-1][1], offices[-1].org) if offices[-1].org is not None else None
            for holder in holders:
                yield from (_fact(case, rule, holder, office) for office in offices)


def _listed(case: _Case, person_end: int, office: int) -> bool:
    """Whether nothing but the joint of a list stands between a holder and the next office of the same body."""
    folded = case.scene.folded
    joined = office == person_end + 1 and folded[person_end] in case.titles.joints
    return joined and not folded.startswith(case.guests, office)


def _after_names(case: _Case, held: set[tuple[Offsets, ...]]) -> Iterator[Fact]:
    """刘玉梅教授: only where no title before the name took it and no other name follows the title."""
    scene = case.scene
    for rule in case.forms["person-title"]:
        for person in scene.view.entities:
            if person.label != "PER" or ((person.start, person.end),) in held:
                continue
            gap = rule.regex.match(scene.folded, person.end)
            office = title_at(scene, case.titles, gap.end(), case.rules) if gap else None
            if office is None or not case.titles.follows(scene.folded, office.start, office.end):
                continue
            if person_at(scene, office.end, case.rules) is None:
                org = org_before(scene, person.start, case.rules)
                yield _fact(case, rule, (person.start, person.end), office.of(org))


def _by_verbs(case: _Case) -> Iterator[Fact]:
    scene = case.scene
    last: Argument | None = None
    for person in scene.view.entities:
        if person.label != "PER" or case.gate.match(scene.folded, person.end) is None:
            continue
        for rule in case.forms["verb"]:
            offices = _offices_by_verb(case, rule, person)
            for office in offices:
                # 赵某当选为商会会长，钱某当选为监事长: the second office is of the same body.
                last = office.org or (last if _same_sentence(scene, last, person) else None)
                yield _fact(case, rule, (person.start, person.end), office.of(last), bool(rule.get("former")))
            if offices:
                break


def _same_sentence(scene: Scene, org: Argument | None, person: Entity) -> bool:
    return org is not None and scene.sentence(org.start) == scene.sentence(person.start)


def _offices_by_verb(case: _Case, rule: Pattern, person: Entity) -> list[Office]:
    """The offices that ``rule``'s verb after ``person`` names, up to the end of the clause."""
    scene = case.scene
    before = rule.get("before")
    if before and not case.titles.ends_with(scene.folded, person.start, before):
        return []
    unless = rule.get("unless")
    if unless and case.titles.ends_with(scene.folded, person.start, unless):
        return []  # 接替…任局长: it is the other one who comes in
    verb = rule.regex.match(scene.folded, person.end)
    if not verb or verb.end() == person.end:
        return []
    fills = bool(rule.get("fills"))
    stop = case.titles.clause_end(scene.folded, verb.end(), fills)
    out: list[Office] = []
    for start, end in case.titles.between(verb.end(), stop):
        if out and scene.folded[out[-1].end : start].strip(case.titles.joints):
            org = org_before(scene, case.titles.widen(scene.folded, start), case.rules)
            if org is None or scene.folded[out[-1].end : org.start].strip(case.titles.joints):
                break
        office = title_at(scene, case.titles, start, case.rules)
        if office is not None and person_at(scene, end, case.rules) is None:
            org = org_before(scene, office.start, case.rules, verb.end())
            out.append(office.of(org or (out[-1].org if out else None)))
    return out if not fills or out and _fills(out, verb.end(), stop) else []


def _fills(offices: list[Office], start: int, stop: int) -> bool:
    """Whether the offices with the first one's institution are all that stands between ``start`` and ``stop``."""
    first = offices[0].org.start if offices[0].org is not None else offices[0].start
    return first <= start and offices[-1].end == stop


def _fact(case: _Case, rule: Pattern, person: Offsets, office: Office, former: bool = False) -> Fact:
    args = {"person": argument(*person), "title": argument(office.start, office.end)}
    if office.org is not None:
        args["org"] = office.org
    norm = {"former": former or office.former}
    return Fact("role", args, norm, case.scene.sentence(person[0]), rule.id, "0.90")

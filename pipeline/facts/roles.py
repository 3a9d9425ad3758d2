"""Role facts: who holds (or held) which office of which institution. The wording stands in rules/facts_roles.toml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.matchers import Ending, Late, matcher
from pipeline.core.model import Argument, Entity, Fact, Offsets
from pipeline.core.slices import Record
from pipeline.facts.roles_lists import persons_from
from pipeline.facts.roles_orgs import org_before
from pipeline.facts.roles_people import Shapes, person_at, shapes_of
from pipeline.facts.roles_resumes import FORM as RESUME
from pipeline.facts.roles_resumes import resume_facts
from pipeline.facts.roles_seats import Seats, begins_clause, is_board, seat_apart, seat_of_appointer, seats_of
from pipeline.facts.roles_titles import Office, Titles, lexicon_of, offices_before, title_at
from pipeline.facts.scene import Scene, argument
from pipeline.rulebook import Pattern, Rulebook


class _Form(Record, frozen=True):
    """A rule of rules/facts_roles.toml, its fields read once."""

    rule: Pattern
    joins: Late
    """Matches between a title and a name, or behind a name."""
    named: bool
    former: bool
    fills: bool
    before: Ending | None
    unless: Ending | None


class _Forms(Record, frozen=True):
    """The rules by how title and name stand together, and what any of the verbs' patterns matches."""

    title_person: tuple[_Form, ...]
    person_title: tuple[_Form, ...]
    verbs: tuple[_Form, ...]
    any_verb: Late
    any_named: Late
    """What any of the patterns matches that ask for a name found before behind the title."""
    guests: tuple[str, ...]


class _Case(Record, frozen=True):
    """What every step needs: the article, its titles, the rules."""

    scene: Scene
    persons: list[Entity]
    titles: Titles
    people: Shapes
    forms: _Forms
    seats: Seats


def roles_in(scenes: Sequence[Scene], rules: Rulebook) -> list[list[Fact]]:
    """The role facts of each of ``scenes``, in order: one for each person and office at each place where it is stated.

    Reads ``entities``, ``tokens`` and ``sentences``; ``norm["former"]`` tells an office that is no longer held.
    Step by step over all the scenes, not scene by scene: one step's code and tables stay in the cache.
    """
    lexicon, known = lexicon_of(rules), (shapes_of(rules), rules.once("facts.roles.forms", _forms), seats_of(rules))
    cases = [
        _Case(scene, [e for e in scene.view.entities if e.label == "PER"], Titles(scene.hits.titles, lexicon), *known)
        for scene in scenes
        if scene.hits.titles
    ]
    beside = [list(_before_names(case)) for case in cases]
    for case, facts in zip(cases, beside, strict=True):
        facts += _by_verbs(case)
    found = iter([_with_the_rest(case, facts, rules) for case, facts in zip(cases, beside, strict=True)])
    return [next(found) if scene.hits.titles else [] for scene in scenes]


def _with_the_rest(case: _Case, found: list[Fact], rules: Rulebook) -> list[Fact]:
    """What was found, with the titles behind names and those of résumés that it does not hold, in order."""
    if case.persons:
        taken = {(f.args["person"].pieces, f.args["title"].pieces[0][1]) for f in found}
        behind = _after_names(case, {person for person, _ in taken})
        found += [f for f in behind if (f.args["person"].pieces, f.args["title"].pieces[0][1]) not in taken]
        resumes = list(resume_facts(case.scene, case.persons, case.titles, rules))
        told = {f.args["title"].pieces for f in found} if resumes else set()
        found += [f for f in resumes if f.args["title"].pieces not in told]
    return sorted(found, key=lambda f: (f.args["person"].start, f.args["title"].start))


def _forms(rules: Rulebook) -> _Forms:
    forms: dict[str, list[_Form]] = {"title-person": [], "person-title": [], "verb": [], RESUME: []}
    for pattern in rules.patterns("facts_roles"):
        forms[pattern.get("form")].append(_form(pattern))
    named = [form for form in forms["title-person"] if form.named]
    return _Forms(
        tuple(forms["title-person"]),
        tuple(forms["person-title"]),
        tuple(forms["verb"]),
        _any_of(forms["verb"]),
        _any_of(named),
        (*rules.settings("facts_roles")["guests"], *rules.settings("facts_roles")["own"]),
    )


def _any_of(forms: Sequence[_Form]) -> Late:
    return Late("|".join(f"(?:{form.rule.source})" for form in forms) or "(?!)", matcher)


def _form(pattern: Pattern) -> _Form:
    before, unless = pattern.get("before"), pattern.get("unless")
    return _Form(
        rule=pattern,
        joins=Late(pattern.source, matcher),
        named=bool(pattern.get("named")),
        former=bool(pattern.get("former")),
        fills=bool(pattern.get("fills")),
        before=Ending(before) if before else None,
        unless=Ending(unless) if unless else None,
    )


def _before_names(case: _Case) -> Iterator[Fact]:
    scene, titles = case.scene, case.titles.spans
    before_named = [title for title in titles if case.forms.any_named.match(scene.folded, title[1]) is not None]
    for form in case.forms.title_person:
        last: tuple[int, Argument | None] | None = None
        for start, end in before_named if form.named else titles:
            gap = form.joins.match(scene.folded, end)
            if gap is None or form.named and gap.end() not in scene.begins:
                continue
            at = gap.end()
            if not scene.is_border(at) and at not in scene.begins and not _is_word(case, start, end):
                continue
            person = person_at(scene, at, case.people)
            if person is None:
                continue
            offices = offices_before(scene, case.titles, start, end)
            if form.before is not None and not _led(scene, form.before, offices[0]):
                continue
            if offices[0].org is None and last is not None and _listed(case, last[0], offices[0].start):
                # 云岭药业董事长马文涛、总经理孙晓梅: the second office is of the same body
                offices = [office.of(office.org or last[1]) for office in offices]
            if offices[0].org is None and begins_clause(scene, offices[0].start, case.seats):
                seat = seat_apart(scene, offices[0].start, offices[0].end, form.named, case.seats)
                offices = [office.of(office.org or seat) for office in offices]
            holders = persons_from(scene, person, at > end, case.people)
            last = (holders[-1][1], offices[-1].org) if offices[-1].org is not None else None
            for holder in holders:
                for office in offices:
                    yield _fact(case, form, holder, office, form.former)


def _led(scene: Scene, before: Ending, office: Office) -> bool:
    """Whether what a form asks for stands before the office and its institution: 身为|云岭药业董事长的…"""
    at = office.start if office.org is None else min(office.start, office.org.start)
    return before.search(scene.folded, max(at - 6, 0), at) is not None


def _is_word(case: _Case, start: int, end: int) -> bool:
    """Whether a title that ends within a word is one: 董事|长江向阳, and neither 540万股|长江船运 nor 大|公司之间, nor
    国务委员|会, whose word ends with the head of a body."""
    if end - start < 3 or not case.scene.is_border(start):
        return False
    return case.scene.folded[end : end + 1] not in case.titles.orgs.heads or not case.scene.is_border(end + 1)


def _listed(case: _Case, person_end: int, office: int) -> bool:
    """Whether nothing but the joint of a list stands between a holder and the next office of the same body."""
    folded = case.scene.folded
    joined = office == person_end + 1 and folded[person_end] in case.titles.joints
    return joined and not folded.startswith(case.forms.guests, office)


def _after_names(case: _Case, held: set[tuple[Offsets, ...]]) -> Iterator[Fact]:
    """刘玉梅教授: only where no title before the name took it and no other name follows the title."""
    scene = case.scene
    for form in case.forms.person_title:
        for person in case.persons:
            if ((person.start, person.end),) in held:
                continue
            gap = form.joins.match(scene.folded, person.end)
            office = title_at(scene, case.titles, gap.end()) if gap else None
            if office is None or not case.titles.follows(scene.folded, office.start, office.end):
                continue
            if person_at(scene, office.end, case.people) is None:
                org = org_before(scene, person.start, case.titles.orgs)
                if org is not None and org.pieces[-1][1] not in scene.ends:
                    # 云岭上黑榜|臧小丽律师, but 该院|臧小丽律师
                    org = org if scene.folded[org.start] in case.titles.orgs.pointers else None
                yield _fact(case, form, (person.start, person.end), office.of(org))


def _by_verbs(case: _Case) -> Iterator[Fact]:
    scene = case.scene
    last: Argument | None = None
    for person in case.persons:
        if case.forms.any_verb.match(scene.folded, person.end) is None:
            continue
        for form in case.forms.verbs:
            offices = _offices_by_verb(case, form, person)
            holders = _together(case, form, person) if offices else []
            for office in offices:
                # 赵某当选为商会会长，钱某当选为监事长: the second office is of the same body.
                last = office.org or (last if _passes_on(case, last, person) else None)
                for holder in holders:
                    yield _fact(case, form, holder, office.of(last), form.former)
            if offices:
                break


def _together(case: _Case, form: _Form, person: Entity) -> list[Offsets]:
    """``person`` and those whom a list joins before, who come into the office too: 任命何苗、孙晓梅为副总经理."""
    out, scene = [(person.start, person.end)], case.scene
    while not form.fills and scene.folded[out[-1][0] - 1 : out[-1][0]] in case.people.joints:
        other = scene.ends.get(out[-1][0] - 1)
        if other is None or other.label != "PER":
            break
        out.append((other.start, other.end))
    return out


def _passes_on(case: _Case, org: Argument | None, person: Entity) -> bool:
    """Whether an office of ``person`` may be of ``org``, which the sentence named for an office before."""
    if org is None or case.scene.sentence(org.start) != case.scene.sentence(person.start):
        return False
    return not is_board(case.scene, org, case.seats)


def _offices_by_verb(case: _Case, form: _Form, person: Entity) -> list[Office]:
    """The offices that the verb of ``form`` after ``person`` names, up to the end of the clause."""
    folded, titles = case.scene.folded, case.titles
    near = max(person.start - 6, 0)
    lead = form.before.search(folded, near, person.start) if form.before is not None else None
    if form.before is not None and lead is None:
        return []
    if form.unless is not None and form.unless.search(folded, near, person.start) is not None:
        return []  # 接替…任局长: it is the other one who comes in
    verb = form.joins.match(folded, person.end)
    if not verb or verb.end() == person.end and form.before is None:
        return []  # but 免去何苗|财务总监职务
    stop = titles.clause_end(folded, verb.end(), form.fills)
    out = _offices_in(case, verb.end(), stop)
    if out and out[0].org is None and lead is not None:
        seat = seat_of_appointer(case.scene, lead.start(), out[0].start, case.seats)
        out = [office.of(office.org or seat) for office in out]
    return out if not form.fills or out and _fills(out, verb.end(), stop) else []


def _offices_in(case: _Case, first: int, stop: int) -> list[Office]:
    """The offices between ``first`` and ``stop`` that nothing but joints and institutions part."""
    scene, titles = case.scene, case.titles
    joints = titles.lexicon.listed
    out: list[Office] = []
    for start, end in titles.between(first, stop):
        if not scene.is_border(end) and scene.folded[end] not in joints:
            continue  # 指挥|部
        if titles.served(scene.folded, end):
            continue  # 秘书长|特使
        inside = scene.covering(end)
        if inside is not None and inside.start < start:
            continue  # 云岭会计师|事务所
        at = titles.widen(scene.folded, start)
        if out and scene.folded[out[-1].end : at].strip(joints):
            org = org_before(scene, at, titles.orgs)
            if org is None or scene.folded[out[-1].end : org.start].strip(joints):
                break
        office = title_at(scene, titles, start)
        if office is not None and person_at(scene, end, case.people) is None:
            doubled = out and out[-1].end == office.start  # 首席执行官|CEO
            org = None if doubled else org_before(scene, office.start, titles.orgs, first)
            out.append(office.of(org or (out[-1].org if out else None)))
    return out


def _fills(offices: list[Office], start: int, stop: int) -> bool:
    """Whether the offices with the first one's institution are all that stands between ``start`` and ``stop``."""
    first = offices[0].org.start if offices[0].org is not None else offices[0].start
    return first <= start and offices[-1].end == stop


def _fact(case: _Case, form: _Form, person: Offsets, office: Office, former: bool = False) -> Fact:
    args = {"person": argument(*person), "title": argument(office.start, office.end)}
    if office.org is not None:
        args["org"] = office.org
    norm = {"former": former or office.former}
    return Fact("role", args, norm, case.scene.sentence(person[0]), form.rule.id, "0.90")

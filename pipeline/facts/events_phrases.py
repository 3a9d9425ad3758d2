"""The noun phrases of an event: its agent and its object before, around and behind the trigger."""

from __future__ import annotations

from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.events_frames import Site, clause_start, place_of, time_behind, time_of
from pipeline.facts.events_nouns import after_attribute, behind, noun_behind, place_behind, span_of

PREPOSITION = "p"
"""The part of speech of prepositions."""
VERB = "v"
"""The part of speech of verbs."""


class Found(Record, frozen=True):
    """What stands around a trigger."""

    agent: Offsets | None
    object: Offsets | None
    place: Offsets | None
    time: str | None
    planned: bool
    estimated: bool
    denied: bool


def arguments(site: Site) -> Found:
    """The arguments of a trigger within its clause, and the time of its clause or sentence."""
    tokens = site.scene.view.tokens
    near = tokens.within(max(site.clause, site.hit.start - 12), site.hit.start)
    words = {site.word(i) for i in near if not _moves(site, i)}
    agent, thing, place = _parties(site)
    return Found(
        agent, thing, place or place_of(site), time_of(site),
        bool(words & site.frames.sets["planned"]), bool(words & site.frames.sets["estimated"]),
        bool(words & site.frames.sets["denied"]),
    )  # fmt: skip


def _moves(site: Site, i: int) -> bool:
    """Whether a word puts a thing before the trigger: 将200万股质押 plans nothing."""
    following = site.scene.view.tokens.starts[i + 1]
    return site.among(i, "movers") and following < site.hit.start and site.tag(i + 1) in site.frames.sets["moved_tags"]


def _parties(site: Site) -> tuple[Offsets | None, Offsets | None, Offsets | None]:
    """Agent, object and, where it stands behind the trigger or in the subject's stead, the place."""
    before, tokens = _before(site, site.clause, site.hit.start), site.scene.view.tokens
    if before and site.among(before[-1], "attributes"):
        # 《…目录》的出台: the noun before 的; 商会完成了首届大会的召开 names the agent before it
        noun = _nouns_before(site, before[:-1])
        return _agent(site, [i for i in before if noun and tokens.ends[i] <= noun[0]]), noun, None
    moved = _moved(site, before)
    if moved is not None:
        return _agent(site, [i for i in before if tokens.ends[i] <= moved[0]]), moved[1], None
    if site.hit.rule.get("mutual") and (pair := _mutual(site, before)) is not None:
        return *pair, None
    following = behind(site) if site.hit.takes != "before" else None
    if following and (time_behind(site) or _goes_on(site, following)):
        following = None
    where = place_behind(site, following) if following else None
    if where and (noun := noun_behind(site, where[1])):
        return None, noun, where
    if following is None and (done_by := _passive(site, before)) is not None:
        return done_by[1], done_by[0], where
    if where or following is None and not _says(site) and site.hit.takes != "after":
        return None, _thing(site, before), where
    if (done_by := _passive(site, before)) is not None:
        return done_by[1], following or done_by[0], None
    agent, place = _agent_or_place(site, before)
    if site.hit.rule.get("sites"):
        place = place or place_of(site)
    if agent is None and place is None and site.clause > site.sentence:
        agent = _subject_before(site)
    if agent and not place and site.hit.rule.get("sites"):
        if site.scene.folded[agent[0] : agent[1]].endswith(site.frames.sites):
            agent, place = None, agent  # 小吃街内发生火灾
    return agent, following, place


def _before(site: Site, start: int, end: int) -> list[int]:
    """The tokens of a clause before the trigger, without times and adverbs at both ends."""
    span = list(site.scene.view.tokens.within(start, end))
    while span and site.light(span[0]):
        span.pop(0)
    while span and (site.light(span[-1]) and not site.among(span[-1], "attributes")):
        span.pop()
    return span


def _parted(site: Site, span: list[int]) -> list[int]:
    """The tokens up to the first preposition or adverb outside names."""
    starts = site.scene.view.tokens.starts
    for n, i in enumerate(span):
        ends = n and (site.among(i, "parting") or site.among(i, "places") or site.among(i, "denied"))
        # 一正在装修的酒店, 一由东向西行驶的轿车: what is said in an attribute parts nothing.
        moves = n and (site.among(i, "motions") or site.light(i))
        moves = moves and not any(site.among(j, "attributes") for j in span[n:])
        if (ends or moves) and site.scene.covering(starts[i]) is None:
            return span[:n]
    return span


def _thing(site: Site, before: list[int]) -> Offsets | None:
    """The subject of what comes about: 花卉博览会在昆明开幕."""
    span = before
    for n, i in enumerate(span):
        over = site.among(i, "places") or site.among(i, "causes") or site.tag(i) == "t"
        if n and over and _outside(site, span[: n + 1]):
            span = span[:n]
            break
    if span and site.among(span[0], "places"):
        return None
    while span and (site.light(span[-1]) or site.tag(span[-1]) == PREPOSITION):  # 《…条例》自|颁布以来
        span = span[:-1]
    if site.hit.rule.get("place") == "always":
        last = max((n for n, i in enumerate(span) if site.among(i, "heads_off")), default=-1)
        span = span[last + 1 :]
    return span_of(site, after_attribute(site, span))


def _outside(site: Site, span: list[int]) -> bool:
    words = [site.word(i) for i in span]
    inside = sum(w in site.frames.open for w in words) - sum(w in site.frames.close for w in words)
    return inside <= 0 and site.scene.covering(site.scene.view.tokens.starts[span[-1]]) is None


def _agent_or_place(site: Site, before: list[int]) -> tuple[Offsets | None, Offsets | None]:
    """The agent; a place in the subject's stead (月亮湾海域将举办…) that is no town or country is the place."""
    agent = _agent(site, before)
    name = site.scene.begins.get(agent[0]) if agent else None
    if agent and name is not None and name.label == "LOC" and name.end >= agent[1]:
        text = site.scene.folded[name.start : name.end]
        if (
            site.hit.rule.get("place") == "always"
            or site.hit.rule.get("place")
            and not text.endswith(site.frames.admin_ends)
        ):
            return None, (name.start, name.end)
    return agent, None


def _agent(site: Site, before: list[int]) -> Offsets | None:
    """The noun phrase that the clause begins with; of 局长周启明 the person."""
    span = _parted(site, before)
    if not span or site.among(span[0], "places") or site.among(span[0], "parting"):
        return None
    if site.tag(span[0]) == "v" and site.scene.covering(site.scene.view.tokens.starts[span[0]] + 1) is None:
        return None  # 行至路口时
    starts, ends = site.scene.view.tokens.starts, site.scene.view.tokens.ends
    names = site.scene.entities(starts[span[0]], ends[span[-1]])
    person = next((e for e in names if e.label == "PER"), None)
    strict = site.hit.rule.get("place") == "always"  # 张培雄家庭作坊: the house, not its owner
    if person is not None and not (strict and person.end < ends[span[-1]]):
        return person.start, person.end
    if names and names[-1].label == "ORG" and (names[-1].end == ends[span[-1]] or _bracket_at(site, names[-1].end)):
        if len(names) == 1:
            return names[0].start, names[0].end
    if names and names[0].start == starts[span[0]] and names[0].label == "ORG":
        last = names[0]
        for name in names[1:]:
            if name.label == "ORG" and name.start - last.end == 1:
                last = name
        return names[0].start, last.end
    return span_of(site, after_attribute(site, span))


def _bracket_at(site: Site, at: int) -> bool:
    """Whether a remark in brackets follows, as behind a company's name: 某公司（002798.SZ）."""
    following = site.scene.folded[at : at + 1]
    return bool(following) and following in site.frames.brackets


def _subject_before(site: Site) -> Offsets | None:
    """The subject of a clause before, where the trigger's own has none: 轿车失控，撞坏护栏; but not of 某人说，…"""
    start = site.clause
    for _ in range(3):
        end = start - 1
        if end <= site.sentence:
            return None
        start = clause_start(site.scene, site.frames, site.sentence, end)
        span = _before(site, start, end)
        if span and site.among(span[-1], "says"):
            return None
        found = _agent(site, span)
        if found is not None:
            return found
    return None


def _moved(site: Site, before: list[int]) -> tuple[int, Offsets | None] | None:
    """What 将 or 把 puts before the trigger (将200万股质押): where the phrase begins, and its noun."""
    for n in range(len(before) - 1, -1, -1):
        if site.among(before[n], "movers"):
            span = _parted(site, after_attribute(site, before[n + 1 :]))
            found = span_of(site, span)
            if found is None or site.tag(span[0]) in ("v", "p", "d"):
                return None
            return site.scene.view.tokens.starts[before[n]], found
    return None


def _mutual(site: Site, before: list[int]) -> tuple[Offsets | None, Offsets | None] | None:
    """甲车与乙车相撞: the one and the other."""
    for n, i in enumerate(before):
        if site.among(i, "mutual") and n + 1 < len(before):
            first = span_of(site, after_attribute(site, before[:n])) or (
                _subject_before(site) if site.clause > site.sentence else None
            )
            return first, span_of(site, after_attribute(site, before[n + 1 :]))
    return None


def _goes_on(site: Site, following: Offsets) -> bool:
    """Whether a frame that takes nouns alone is followed by a verb: 平台上线运行."""
    tokens = site.scene.view.tokens
    return bool(site.hit.rule.get("nouns")) and site.tag(tokens.at(following[1] - 1)) == VERB


def _passive(site: Site, before: list[int]) -> tuple[Offsets | None, Offsets | None] | None:
    """甲公司被乙公司收购, 新规由市政府发布: whom it befalls and who does it; None where nothing says so."""
    for n in range(len(before) - 2, 0, -1):
        if site.among(before[n], "passives") and _outside(site, before[: n + 1]):
            done_by = span_of(site, after_attribute(site, _parted(site, before[n + 1 :])))
            befallen = _agent(site, before[:n])
            return (befallen, done_by) if done_by and befallen else None
    return None


def _nouns_before(site: Site, span: list[int]) -> Offsets | None:
    """The run of nouns that ``span`` ends with."""
    tokens = site.scene.view.tokens
    out: list[int] = []
    for i in reversed(span):
        name = site.scene.covering(tokens.starts[i] + 1) or site.scene.begins.get(tokens.starts[i])
        if name is None and site.tag(i) not in site.frames.sets["noun_tags"]:
            break
        out.insert(0, i)
    return span_of(site, out)


def _says(site: Site) -> bool:
    """Whether what follows is said, not done: 某公司公布，…"""
    following = site.scene.folded[site.hit.end : site.hit.end + 1]
    said = following in site.frames.borders and following not in site.frames.stops
    return bool(site.hit.rule.get("says")) and said

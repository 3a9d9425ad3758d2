"""Who stands at a place where a title calls for a person: a name that was found, or one that its title alone shows."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.core.matchers import Late, Openings, matcher
from pipeline.core.model import Offsets
from pipeline.core.slices import Record
from pipeline.facts.scene import Scene
from pipeline.rulebook import Rulebook

NEAR = 7
"""Within how many characters a foreigner's name has its dot (`FOREIGN` in rules/facts_roles.toml)."""

FULL = 3
"""Signs of most Chinese names."""

NAME_TAGS = frozenset({"nr", "nrt", "nrfg"})
"""The segmenter's tags of names of persons."""


class Shapes(Record, frozen=True):
    """Names as patterns, built once."""

    foreign: Late
    plain: Late
    """Those that nothing but their writing shows: 张某, John Smith."""
    sounds: Late
    brackets: Late
    joints: str
    closings: tuple[str, ...]
    dots: frozenset[str]
    foreign_signs: frozenset[str]
    surnames: frozenset[str]
    everyday: frozenset[str]
    strong: frozenset[str]
    """Signs that stand in foreign names much more than elsewhere."""
    nobody: tuple[str, ...]
    """Words behind a title that are nobody: 股东|计划减持."""
    countries: frozenset[str]
    no_names: frozenset[str]
    """Words that only look like names, and titles."""
    no_name_tags: frozenset[str]
    particle_tags: frozenset[str]
    story_tags: frozenset[str]
    context_words: frozenset[str]
    contexts: Openings
    verbs: Openings
    saying: tuple[str, ...]
    tail: Late
    reign: Late
    says: Late
    titled: Late
    glued: Late
    joining: Late
    after_tags: frozenset[str]
    given_tags: frozenset[str]
    foreign_tags: frozenset[str]


def person_at(scene: Scene, start: int, shapes: Shapes) -> Offsets | None:
    """The person whose name begins at ``start``: a PER mention, or what looks like a name in a title's company."""
    if not scene.folded[start : start + 1].isalpha():
        return None
    name, m = scene.begins.get(start), None
    if not shapes.foreign_signs.isdisjoint(scene.folded[start + 1 : start + NEAR]):
        m = shapes.foreign.match(scene.folded, start)
    # 马克·卢蒲 of which only 马克 was found
    if m and (name is None or name.end < m.end() and set(scene.folded[name.end - 1 : name.end + 1]) & shapes.dots):
        return m.span()
    if name is not None:
        if name.label == "PER":
            return _whole(scene, name.start, name.end, shapes)
        if name.label == "LOC" and name.end - start > 2 and name.norm.code is None:
            # 能矿部长阿列塔: a name by sound, taken for a place
            known = scene.folded[start : name.end] in shapes.countries  # 外长王毅同|俄罗斯外长
            return (start, name.end) if not known and _sounds_to(scene, start, name.end, shapes) else None
        # 副厅长高明远: a town's name in a person's
        written = _written_name(scene, start, shapes) if name.label == "LOC" and name.end == start + 2 else None
        return written if written is not None and written[1] > name.end else None
    m = shapes.plain.match(scene.folded, start)
    if m:
        return m.span()
    if shapes.verbs.at(scene.folded, start) or scene.folded.startswith(shapes.nobody, start):
        return None  # 总统宣布, 股东计划减持
    found = _written_name(scene, start, shapes)
    if found is None:
        index = bisect_right(scene.word_ends, start)
        found = _token_name(scene, start, index, shapes) or _foreign_words(scene, start, index, shapes)
    if found and scene.folded[slice(*found)] in shapes.no_names and not _acts(scene, found[1], shapes):
        return None  # 股东陈述, 董事长董秘; 发言人高峰说
    if found and any(i in scene.begins and scene.begins[i].label == "ORG" for i in range(start + 1, found[1])):
        return None  # 股东爱|康佳|华因
    return _whole(scene, *found, shapes) if found else None


def _sounds_to(scene: Scene, start: int, end: int, shapes: Shapes) -> bool:
    return bool(shapes.sounds.fullmatch(scene.folded, start, end)) and _name_ends(scene, end, shapes)


def _whole(scene: Scene, start: int, end: int, shapes: Shapes) -> Offsets:
    """A name that was found, mended where its title and what follows show that it ends elsewhere."""
    folded = scene.folded
    if end - start > 2 and shapes.tail.match(folded, end - 1):
        return start, end - 1  # 洛桑说|：
    if end - start > 2 and folded[end - 1] in shapes.joints and end in scene.begins:
        return start, end - 1  # 王毅同|德国外长
    address = shapes.titled.search(folded, start + 2, end)
    if address:
        return start, address.start()
    reign = shapes.reign.match(folded, end)
    if reign:
        return start, reign.end()  # 伊丽莎白|二世
    at = bisect_right(scene.word_ends, end)
    sounds = shapes.sounds.match(folded, start)
    if sounds and sounds.end() > end and _is_full(folded[start:end], shapes):
        sounds = None  # 胡亚春|本次
    if sounds and sounds.end() > end and shapes.says.match(folded, sounds.end()):
        return sounds.span()  # 努格罗|霍说
    if sounds and sounds.end() > end and scene.is_border(sounds.end()):
        after = bisect_right(scene.word_ends, sounds.end())
        if after >= len(scene.words) or scene.tags[after] in shapes.after_tags:
            return sounds.span()  # 纳西尔|别克陪同
    if end - start != 2 or folded[start] not in shapes.surnames or at >= len(scene.words):
        return start, end
    if scene.word_starts[at] == end and scene.word_ends[at] == end + 2 and shapes.glued.match(folded, end):
        return start, end + 1
    if not scene.is_border(end + 1):
        return start, end
    joined = scene.word_starts[at] < end or scene.tags[at] in shapes.given_tags
    given = joined and folded[end].isalpha() and not shapes.contexts.at(folded, end)
    if given and _name_ends(scene, end + 1, shapes) or shapes.joining.match(folded, end):
        return start, end + 1  # 唐翔|千为团长, 杨世|和说
    return start, end


def _is_full(name: str, shapes: Shapes) -> bool:
    """Whether ``name`` is a whole Chinese one, not the beginning of a foreigner's: 胡亚春|本次, but 鲍里斯|约翰逊."""
    return len(name) == FULL and name[0] in shapes.surnames and not shapes.strong.issuperset(name[1:])


def _foreign_words(scene: Scene, start: int, index: int, shapes: Shapes) -> Offsets | None:
    """A foreigner's name of up to seven characters that the segmenter cut (毕力|格赛|汗), a piece taken for a name.

    ``index`` is the token that holds ``start``.
    """
    named = False
    while (
        index < len(scene.words)
        and scene.word_ends[index] <= start + 7
        and scene.words[index] not in shapes.context_words
    ):
        if not scene.words[index].isalpha() or scene.tags[index] in shapes.story_tags:
            return None
        named |= scene.tags[index] in shapes.foreign_tags
        index += 1
    end = scene.word_ends[index - 1] if index else start
    return (start, end) if named and end - start > 1 and _name_ends(scene, end, shapes) else None


def _token_name(scene: Scene, start: int, index: int, shapes: Shapes) -> Offsets | None:
    """The word ``index`` where the segmenter takes it for a name."""
    if index >= len(scene.words) or scene.word_starts[index] != start or scene.tags[index] not in NAME_TAGS:
        return None
    end = scene.word_ends[index]
    if scene.folded[start] in shapes.surnames:
        return (start, end) if 2 <= end - start <= 4 else None
    return (start, end) if shapes.sounds.fullmatch(scene.folded, start, end) else None


def _written_name(scene: Scene, start: int, shapes: Shapes) -> Offsets | None:
    """A surname with one or two characters, or foreign sounds, before a word that names are followed by: 杨世和说."""
    folded = scene.folded
    m = shapes.sounds.match(folded, start)
    if m and m.end() - start > 2 and _name_ends(scene, m.end(), shapes):
        return m.span()
    surname = folded[start : start + 1]
    if surname not in shapes.surnames:
        return _unusual_name(scene, start, shapes) if surname in shapes.everyday else None
    for end in (start + 3, start + 2):
        han = folded[start:end]
        if shapes.verbs.at(folded, start + 1) or shapes.verbs.at(folded, start + 2):
            continue  # 支队长韩介绍
        whole, border = len(han) == end - start and han.isalpha(), scene.is_border(end)
        if whole and not border and shapes.tail.match(folded, end):
            return start, end  # 黄奕|波于7月
        if not whole or not border:
            continue
        particle = scene.tags[bisect_right(scene.word_ends, end - 1)] in shapes.particle_tags  # 副总裁任职|的公告
        if not particle and _name_ends(scene, end, shapes):
            return start, end
    return None


def _unusual_name(scene: Scene, start: int, shapes: Shapes) -> Offsets | None:
    """A name with a surname that is an everyday word too (成安华), if no word in it is one of the story.

    With one given name (高峰) a verb of saying or a time must follow.
    """
    if (
        _acts(scene, start + 2, shapes)
        and scene.is_border(start + 2)
        and scene.tags[bisect_right(scene.word_ends, start)] in ("n", *NAME_TAGS)
    ):
        return start, start + 2
    end = start + 3
    if (
        end > len(scene.folded)
        or not scene.folded[start:end].isalpha()
        or not scene.is_border(end)
        or not _name_ends(scene, end, shapes)
    ):
        return None
    for i in scene.tokens(start, end):
        barred = shapes.no_name_tags if scene.word_ends[i] - scene.word_starts[i] > 1 else shapes.particle_tags
        if scene.tags[i] in barred and scene.word_starts[i] >= start:
            return None
    return start, end


def _acts(scene: Scene, at: int, shapes: Shapes) -> bool:
    """Whether a verb of saying or a time stands at ``at``, as behind a person who acts."""
    return scene.folded.startswith(shapes.saying, at) or bool(scene.times(at, at + 1))


def _name_ends(scene: Scene, end: int, shapes: Shapes) -> bool:
    """Whether a time, a number or a word that names are followed by stands behind ``end``."""
    folded = scene.folded
    following = folded[end : end + 1]
    known = not following or following.isdigit() or shapes.contexts.at(folded, end) or bool(scene.times(end, end + 1))
    return known


def shapes_of(rules: Rulebook) -> Shapes:
    """The names as patterns."""
    return rules.once("facts.roles.people", _shapes)


def _shapes(rules: Rulebook) -> Shapes:
    def pattern(name: str) -> Late:
        return Late(rules.fragment("facts_roles", name), matcher)

    settings = rules.settings("facts_roles")
    contexts = {w for w in rules.words("name_contexts")} | set(settings["after_names"])
    return Shapes(
        foreign=pattern("FOREIGN"),
        plain=Late("|".join(f"(?:{rules.fragment('facts_roles', name)})" for name in ("VEILED", "LATIN")), matcher),
        sounds=pattern("SOUNDS"),
        brackets=pattern("AFTER_NAME"),
        joints=settings["person_joints"],
        closings=tuple(settings["closings"]),
        dots=frozenset(settings["dots"]),
        foreign_signs=frozenset(settings["foreign_signs"]),
        surnames=rules.word_set("surnames", "kind", "common"),
        everyday=rules.word_set("surnames", "kind", "everyday"),
        strong=rules.word_set("transliteration", "id", "transliteration.strong"),
        nobody=tuple(settings["nobody"]),
        countries=rules.word_set("countries"),
        no_names=rules.word_set("not_entities", "kind", "person") | rules.word_set("person_titles"),
        no_name_tags=frozenset(settings["no_name_tags"]),
        particle_tags=frozenset(settings["particle_tags"]),
        story_tags=frozenset(settings["story_tags"]),
        context_words=frozenset(contexts),
        contexts=Openings(contexts),
        saying=tuple(settings["saying"]),
        tail=pattern("TAIL"),
        titled=pattern("TITLED"),
        glued=pattern("GLUED"),
        says=pattern("SAYS"),
        reign=pattern("REIGN"),
        joining=pattern("JOINING"),
        after_tags=frozenset(settings["after_tags"]),
        given_tags=frozenset(settings["given_tags"]),
        foreign_tags=frozenset(settings["foreign_tags"]),
        verbs=Openings(w for w in contexts if len(w) > 1),
    )

"""The sign of a word: what the tables say of it, what its part of speech says, what it looks like."""

from __future__ import annotations

from functools import lru_cache

import regex

from pipeline.mentions.gazetteer import Gazetteer, gazetteer
from pipeline.mentions.joined import char_set
from pipeline.mentions.word_lore import Lore, word_lore
from pipeline.rulebook import Rulebook
from pipeline.tokens.segment import is_known

BREAK = "|"
"""The sign of a line break."""
CUT = "\0"
"""The sign of a word that is to be cut in two."""
GAP = "~"
"""The sign of white space within a line."""
FIRMS = "GJ"
"""Signs of heads of firms and other bodies."""
PERSONS = ("nr", "nrt", "nrfg")
"""The segmenter's tags of names of persons."""
REMEMBERED = 1 << 14
"""Words of one part of speech whose signs are remembered."""


class _TagSigns(dict[str, str]):
    """The signs of the words of one part of speech; it remembers the words that come again and again."""

    def __init__(self, tag: str, sign: str, signs: Signs) -> None:
        self.tag, self.sign, self.signs = tag, sign, signs
        self.may_cut = tag[:1] in ("n", "j", "s", "l")

    def __missing__(self, word: str) -> str:
        sign = CUT if self.may_cut and len(word) > 1 and self.signs.cut(word, self.tag) else self.read(word)
        if len(self) < REMEMBERED:
            self[word] = sign
        return sign

    def read(self, word: str) -> str:
        """The sign of a word that is not cut again."""
        names = self.signs.names
        return _refined(word, self.tag, names.signs.get(word) or self.sign, names, self.signs.lore)


class Signs(dict[str, _TagSigns]):
    """What gives the signs of words, by part of speech."""

    def __init__(self, rules: Rulebook) -> None:
        settings = rules.settings("entities")
        self.names, self.lore = gazetteer(rules), word_lore(rules)
        self.tags: dict[str, str] = settings["tags"]
        self.other: str = settings["other"]
        self.countries = rules.word_set("countries")
        self.latin = regex.compile(settings["latin_names"])
        self.recut = regex.compile("|".join(self.names.recut))
        self.recut_row = [char_set(text[i] for text in self.names.recut) for i in (0, 1)]
        self.left_row = [char_set(settings[key]) for key in ("heads_left", "left_behind")]
        self.joined_heads: str = settings["joined_heads"]
        self.office_verb: str = settings["office_verb"]
        self.own_not = frozenset(settings["own_not"].split("|"))
        self.own_not_start, self.own_not_end = (frozenset(settings[k]) for k in ("own_not_start", "own_not_end"))
        self.latin_heads = frozenset(settings["latin_heads"].split("|"))
        self.whole = lru_cache(REMEMBERED)(self._whole)
        """The sign of a word of a part of speech that is not cut again."""

    def __missing__(self, tag: str) -> _TagSigns:
        signs = self[tag] = _TagSigns(tag, self.tags.get(tag, self.other), self)
        return signs

    def _whole(self, tag: str, word: str) -> str:
        return self[tag].read(word)

    def is_own(self, word: str) -> bool:
        """Whether a word of no dictionary may be a firm's own name: not 网贷|公司, 这是|公司, 减持|本公司."""
        return word not in self.own_not and word[0] not in self.own_not_start and word[-1] not in self.own_not_end

    def cut(self, word: str, tag: str) -> int:
        """Where a noun is to be cut in two, 0 where it is one: 德国|总理, 吴|先生, 县委|书记; 从|市, 路|上; 对|周宁."""
        names, lore, signs = self.names, self.lore, self.names.signs
        if len(word) == 2:
            led = word[0] in lore.before or word[0] in self.office_verb  # 从|市, 任|市
            parted = led and signs.get(word[1]) == "D" or word in lore.road_sides
            return int(word not in signs and parted)
        if word in signs:
            return names.offices.get(word, 0)
        rest = word[1:]
        if rest in lore.forms and lore.surnames.get(word[0]) == "common" and word not in lore.noise:
            return 1
        if word[0] in lore.before and signs.get(rest, "?") in "DLOU":
            return 1  # 据|省
        if tag in PERSONS and len(word) == 4 and word[3] in lore.glued:
            if lore.surnames.get(word[0]) == "common" or lore.strong.issuperset(word[:3]):
                return 3  # 段旺泽|说, 卡维尼|向
        if tag == "nr" and len(word) > 2 and word[0] in lore.no_surname and word[0] not in lore.surnames:
            if len(word) == 3 or _is_whole(rest, lore):
                return 1  # 对|周宁, 由|范玉娥, 据|卡维尼
        if signs.get(word[0]) == "D" and signs.get(rest) in ("H", "U", "P") and signs.get(rest[0]) != "D":
            return 1  # 省|公安厅, 市|图书馆
        sizes = range(len(word) - 1, 1, -1)
        mission = next((n for n in sizes if word[n:] in lore.missions and signs.get(word[:n]) == "L"), 0)
        if mission:
            return mission
        size = next(
            (n for n in sizes if signs.get(word[n:], "?") in "nTLU_" and signs.get(word[:n], "_") in "LORUHG"), 0
        )
        if word in names.never or word[-2:] in lore.plain_ends:
            sizes = range(len(word) - 2, 1, -1)
            return next((n for n in sizes if signs.get(word[:n]) == "L"), size)  # 美国|公司, 北京|高校
        if size or word[-3:] in names.tails or word[-2:] in names.tails or word[-1] in names.tails:
            return size
        return next((n for n in sizes[1:] if word[:n] in self.countries), 0)


def _refined(word: str, tag: str, sign: str, names: Gazetteer, lore: Lore) -> str:
    """The sign of a word where part of speech alone does not settle it: persons, foreign names, words with a head."""
    if word in lore.born and word not in names.signs:
        return "S"
    if sign == "_":
        if word.isspace():
            return BREAK if "\n" in word else GAP
        return "S" if len(word) == 1 and lore.surnames.get(word) == "common" else sign
    if tag in "vf" and sign in "GgIA" and (len(word) == 1 or word in lore.verbs):
        return tag
    if tag == "ns" and word in lore.titles_too:
        return "L"
    if names.signs.get(word[:1]) == "F" and names.signs.get(word[1:]) == "T":
        return "T"  # 副厅长, one word to the tagger
    if sign == "m":
        return "1" if lore.ordinal.fullmatch(word) else sign
    if sign == "T" and word in lore.after_name:
        return "k"
    if sign == "V":
        return "L" if tag == "ns" else sign
    return _settled(word, tag, sign, names, lore) if sign in "rKLOznv" and word not in names.signs else sign


def _settled(word: str, tag: str, sign: str, names: Gazetteer, lore: Lore) -> str:
    """The sign of a word of no table by what it is written with."""
    if word in names.never:
        return "n"
    if len(word) > 3 and names.signs.get(word[-2:], "_") in FIRMS and names.signs.get(word[:-2], "_") in "OW":
        return "O"  # 松下公司
    if sign in "nrzK" and word[-1] in lore.place_tail and len(word) == 3 and word not in lore.plain_places:
        return names.tails[word[-1]]
    if sign in "rK":
        if len(word) > 2 and word[-1] == lore.team:
            return "O" if names.signs.get(word[:-1]) == "L" else "g"  # 里昂队, 滨江|红帆队
        return _name_sign(word, sign, lore)
    if lore.surnames.get(word) == "foreign":
        return "M"
    if len(word) < 3:
        return _short_sign(word, sign, names, lore)
    if names.tails.get(word[-1]) == "g" and names.signs.get(word[:-1]) == "L":
        return "L" if word[-1] == lore.station else "O"
    if sign == "v":
        return sign
    if (
        len(word) == 4
        and sign in "zLn"
        and lore.surnames.get(word[:2]) == "foreign"
        and lore.given.issuperset(word[2:])
    ):
        return "R"  # 池田大作
    if len(word) == 4 and sign in "zn" and _is_married(word, lore):
        return "R"
    if tag == "x" and len(word) == 3 and lore.surnames.get(word[0]) == "common" and lore.sure.issuperset(word[1:]):
        return "R"  # 张钰珊, a word of no dictionary
    return _sign_by_tail(word, tag, sign, names, lore)


def _short_sign(word: str, sign: str, names: Gazetteer, lore: Lore) -> str:
    """The sign of a word of one character or two."""
    if len(word) == 1:
        return "S" if word in lore.surnames and sign != "v" else "z" if sign in "LO" else sign
    if sign == "L" and word[-1] in lore.town_end:
        return "D"  # 龙头|山镇
    return "z" if sign in "LO" and word not in names.codes else sign


def _sign_by_tail(word: str, tag: str, sign: str, names: Gazetteer, lore: Lore) -> str:
    """The sign of a longer word by what it ends with."""
    if word in lore.plain_places or word[1:] in lore.plain_places:
        return "n"  # 铺平道路, 新|出路
    tail = names.tails.get(word[-3:]) or names.tails.get(word[-2:]) or names.tails.get(word[-1])
    if sign == "L" and not (tail == "h" and _proper(word, tail, names)):
        return tail if tail in ("L", "X", "Y") else "K" if lore.foreign.issuperset(word) else "z"
    if sign in "LO" or sign == "z" and tail in ("h", "g"):
        if _proper(word, tail, names):
            return "O"
        if sign == "O" and tail and word[-2:] not in lore.plain_ends:
            return tail if tail in ("L", "X", "Y") else "g"  # 滨江图书大厦; 滨江|质检局
        return "h" if tail == "h" and sign == "z" else "n"
    if sign == "z" and tail and (tag == "nz" or tail != "L"):
        return tail
    if sign == "n" and tail == "g" and word[-1] in lore.organ_end and word[-2:] not in lore.plain_ends:
        return "g"
    return "h" if tail == "h" else sign


def _proper(word: str, tail: str | None, names: Gazetteer) -> bool:
    """Whether a word that the tagger takes for a name of its own kind is an organisation: 印尼队, 外交部新闻司."""
    signs = names.signs
    owner = signs.get(word[:-1], "") or signs.get(word[:3], "") or signs.get(word[:2], "")
    return tail in ("h", "g") and (owner in ("L", "A", "a", "O") or tail == "h" and len(word) > 3)


def _is_given(text: str, lore: Lore) -> bool:
    """Whether ``text`` is two characters of given names, one of which hardly stands elsewhere: 霞丽."""
    return len(text) == 2 and lore.given.issuperset(text) and not lore.sure.isdisjoint(text)


def _is_married(word: str, lore: Lore) -> bool:
    """Whether ``word``, of no dictionary, is built of two surnames and a given name: 周梁丽婉."""
    surnames = lore.surnames.get(word[0]) == lore.surnames.get(word[1]) == "common"
    return surnames and _is_given(word[2:], lore) and not is_known(word)


def _is_whole(text: str, lore: Lore) -> bool:
    """Whether ``text`` is built like a whole name: a surname and two characters of given names, or one by sound."""
    chinese = len(text) == 3 and lore.surnames.get(text[0]) == "common" and lore.given.issuperset(text[1:])
    return chinese or lore.strong.issuperset(text)


def _name_sign(word: str, sign: str, lore: Lore) -> str:
    """The sign of a word that the tagger takes for the name of a person."""
    if len(word) == 1:
        return "S" if word in lore.surnames else "z"
    if word in lore.noise:
        return "n"
    double = lore.surnames.get(word[:2]) == "compound"
    if sign == "r" and word[0] in lore.surnames and len(word) < 4 or double:
        if word[-1] in lore.place_end:
            return "L"
        if word[-1] in lore.noun_end:
            return "n"
        if lore.surnames.get(word[0]) == "everyday" and not double and not _is_given(word[1:], lore):
            return "K" if len(word) > 2 and lore.strong.issuperset(word) else "M"  # 伊吕西, 高明
        return "R" if len(word) > 2 else "Q"
    if 2 < len(word) < 6 and lore.surnames.get(word[:2]) == "foreign":
        return "R"
    if lore.foreign.issuperset(word):
        return "K" if len(word) > 2 else "x"
    if len(word) == 4 and _is_married(word, lore):
        return "R"
    return "r" if len(word) < 4 else "n"

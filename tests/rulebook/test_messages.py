"""Broken rule files are refused with file, line, what is wrong and how to mend it.

Each file of `broken/` says in its first line what must be told: ``# expects LINE: WHAT; MEND`` (``*`` for the rest).
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from pipeline.core.errors import RuleError
from pipeline.rulebook import book, load
from pipeline.rulebook.patterns import fill_pattern, read_patterns
from pipeline.rulebook.tables import read_table

BROKEN = sorted((Path(__file__).parent / "broken").iterdir())


def read(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.suffix == ".tsv":
        read_table(path.stem, path.name, text)
    else:
        file = read_patterns(path.stem, path.name, text)
        for order, draft in enumerate(file.drafts):
            assert fill_pattern(draft, order, file.fragments.get).regex


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.name)
def test_a_broken_file_is_refused(path: Path) -> None:
    expected = path.read_text("utf-8").splitlines()[0].removeprefix("# expects ")
    with pytest.raises(RuleError) as caught:
        read(path)
    place = f"{path.name}{expected}" if expected.startswith(":") else f"{path.name}:{expected}"
    literal = place.replace("[", "[[]") if "*" in place else place
    message = str(caught.value)
    assert message == place or fnmatchcase(message, literal), message
    assert caught.value.mend


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the project's own rules."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "units.tsv").write_text('#: note = "lengths"\nid\twords:words\nunit.km\t公里\nunit.m\t米\n', "utf-8")
    (folder / "times.toml").write_text(
        'note = "months"\n[fragments]\nDAY = "日"\n[settings]\nyears = 3\n'
        '[[rule]]\nid = "time.month"\nnote = "6月"\npattern = "[0-9]+月"\nexamples = ["[6月]"]\natom = "month"\n'
        '[[rule]]\nid = "time.day"\nnote = "6日"\npattern = "[0-9]+{DAY}"\nexamples = ["[6日]"]\natom = "day"\n',
        "utf-8",
    )
    monkeypatch.setattr(book, "rules_home", lambda: folder)
    load.cache_clear()
    return folder


def test_a_folder_that_is_none(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(RuleError, match=r"nowhere: cannot be read: No such file or directory; check the path"):
        load(tmp_path / "nowhere")
    with pytest.raises(RuleError, match=r"file: is no folder; give a folder with \.tsv and \.toml files"):
        load(tmp_path / "file")


def test_a_file_that_is_not_utf8(home: Path) -> None:
    (home / "words.tsv").write_bytes("id\twords:words\nunit.km\t公里\n".encode("gb18030"))
    with pytest.raises(RuleError, match=r"words\.tsv:2: is not UTF-8; save it as UTF-8"):
        load()


def test_a_table_and_a_file_that_are_missing(home: Path) -> None:
    with pytest.raises(RuleError, match=r"verbs\.tsv: is missing from the rules; put it back"):
        load().rows("verbs")
    with pytest.raises(RuleError, match=r"verbs\.toml: is missing from the rules; put it back"):
        load().patterns("verbs")


def test_a_users_folder_replaces_adds_and_switches_off(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "units.tsv").write_text(
        '#: note = "my lengths"\nid\twords:words\tenabled\nunit.km\t公里|千米\nunit.m\t米\tno\nunit.li\t里\n', "utf-8"
    )
    (mine / "times.toml").write_text(
        'note = "mine"\n[fragments]\nDAY = "[日号]"\n[settings]\nyears = 5\n'
        '[[rule]]\nid = "time.month"\nenabled = false\n',
        "utf-8",
    )
    plain, laid = load(), load(mine)
    assert [r.id for r in plain.rows("units")] == ["unit.km", "unit.m"]
    assert [(r.id, r["words"]) for r in laid.rows("units")] == [("unit.km", ("公里", "千米")), ("unit.li", ("里",))]
    assert [p.id for p in laid.patterns("times")] == ["time.day"]
    assert laid.patterns("times")[0].regex.fullmatch("6号")
    assert (plain.settings("times")["years"], laid.settings("times")["years"]) == (3, 5)
    assert plain.digest != laid.digest


RULE = '[[rule]]\nid = "own.day"\nnote = "6日"\npattern = "6日"\nexamples = ["[6日]"]\natom = "day"\n'


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "units.tsv",
            '#: note = "x"\nid\tword:text\nunit.li\t里\n',
            "units.tsv: the column word:text is not in rules/units.tsv; its columns: id:text, words:words",
        ),
        (
            "units.tsv",
            '#: note = "x"\nid\nunit.li\n',
            "units.tsv: lacks the column words:words of rules/units.tsv; give each row a cell in it",
        ),
        (
            "units.tsv",
            '#: note = "x"\nid\tenabled\nunit.ell\tno\n',
            "units.tsv: switches off unit.ell, which is not in rules/units.tsv; `zhfacts rules list` shows the ids",
        ),
        (
            "times.toml",
            'note = "x"\n[[rule]]\nid = "time.noon"\nenabled = false\n',
            "times.toml: switches off time.noon, which is not in rules/times.toml; `zhfacts rules list` shows the ids",
        ),
        (
            "times.toml",
            'note = "x"\n' + RULE.replace('atom = "day"\n', ""),
            "times.toml:3: own.day has no atom; every rule of rules/times.toml has one",
        ),
        (
            "times.toml",
            'note = "x"\n' + RULE + 'atoms = "day"\n',
            "times.toml:3: own.day has 'atoms'; known keys: atom, counterexamples, enabled, examples, id, note, "
            "pattern, tested, tried",
        ),
        (
            "mine.toml",
            'note = "x"\n' + RULE,
            "mine.toml: is of a name that nothing reads; name it as the file it adds to: times.toml",
        ),
        (
            "unit.tsv",
            '#: note = "x"\nid\twords:words\nunit.li\t里\n',
            "unit.tsv: is of a name that nothing reads; name it as the file it adds to: units.tsv",
        ),
    ],
)
def test_a_users_file_that_would_do_nothing(home: Path, tmp_path: Path, name: str, text: str, told: str) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / name).write_text(text, "utf-8")
    with pytest.raises(RuleError) as caught:
        load(mine)
    assert str(caught.value) == f"{mine}/{told}"


def test_a_users_folder_without_rules(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    with pytest.raises(RuleError, match="mine: holds no rules; put"):
        load(mine)


def test_a_users_table_of_a_new_name_for_his_own_patterns(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "feasts.tsv").write_text('#: note = "feasts"\nid\twords:words\nfeast.spring\t春节|除夕\n', "utf-8")
    (mine / "times.toml").write_text('note = "x"\n' + RULE.replace("6日", "{feasts.words}"), "utf-8")
    assert load(mine).patterns("times")[-1].regex.fullmatch("除夕")


def test_switching_off_needs_no_other_column(home: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "units.tsv").write_text('#: note = "x"\nid\tenabled\nunit.m\tno\n', "utf-8")
    assert [r.id for r in load(mine).rows("units")] == ["unit.km"]

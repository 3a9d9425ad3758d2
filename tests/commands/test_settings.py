"""Options from the environment and from a settings file: who goes before whom, and one clear line for what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import Done, Run

RULE = """note = "amounts of our own"
[[rule]]
id = "quantity.own.hardness"
note = "莫氏硬度7级"
unit = "级"
kind = "measure"
code = "[Mohs]"
pattern = '硬度[^，。]{0,4}#'
examples = ["这块石板硬度[7级] => 7 [Mohs]"]
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A folder with rules and a settings file, as a team keeps it."""
    (tmp_path / "team" / "rules").mkdir(parents=True)
    (tmp_path / "team" / "rules" / "quantities.toml").write_text(RULE, "utf-8")
    file = tmp_path / "team" / "zhfacts.toml"
    file.write_text(
        'rules = "rules"\npublished = 2024-05-31\n\n[commands.extract]\nwith-text = true\n'
        '[commands."rules test"]\nverbose = 1\n',
        "utf-8",
    )
    return file


def shown(done: Done) -> dict[str, list[tuple[str, str, str]]]:
    """Value, origin and commands by option, as `config show` prints them."""
    out: dict[str, list[tuple[str, str, str]]] = {}
    for line in done.out.decode("utf-8").splitlines():
        option, value, origin, commands = line.split("\t")
        out.setdefault(option, []).append((value, origin, commands))
    return out


@pytest.mark.parametrize("named", [("extract", "stone.txt", "--config"), ("--config",)])
def test_a_run_is_repeated_from_a_settings_file(run: Run, team: Path, tmp_path: Path, named: tuple[str, ...]) -> None:
    (tmp_path / "stone.txt").write_text("这块石板硬度7级，昨天运到。", "utf-8")
    arguments = (*named, "team/zhfacts.toml", *(() if "extract" in named else ("extract", "stone.txt")))
    (document,) = run(*arguments).documents
    hardness, day = document["mentions"]
    assert (hardness["norm"]["unit"], hardness["rule"]) == ("[Mohs]", "quantity.own.hardness")
    assert day["norm"]["value"] == "2024-05-30"
    assert "text" in document["doc"]


def test_other_commands_take_the_same_options(run: Run, team: Path) -> None:
    done = run("rules", "test", "quantity.own", "--config", "team/zhfacts.toml")
    assert (done.code, done.told) == (0, ["zhfacts: 0 failures in 1 example"])


def test_the_command_line_goes_before_the_environment_before_the_file(
    run: Run, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def published(*arguments: str) -> str:
        (document,) = run("extract", "note.txt", "--config", str(team), *arguments).documents
        date: str = document["doc"]["published"]
        return date

    assert published() == "2024-05-31"
    monkeypatch.setenv("ZHFACTS_PUBLISHED", "2020-02-29")
    assert published() == "2020-02-29"
    assert published("--published", "2016-01-01") == "2016-01-01"


def test_config_show_says_where_each_value_is_from(run: Run, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHFACTS_SEGMENTER", "jieba")
    done = run("config", "show", "--config", "team/zhfacts.toml")
    assert (done.code, done.told) == (0, ["zhfacts: team/zhfacts.toml was read"])
    told = shown(done)
    assert told["rules"] == [("team/rules", "team/zhfacts.toml:1", "all")]
    assert told["published"] == [("2024-05-31", "team/zhfacts.toml:2", "all")]
    assert told["segmenter"] == [("jieba", "ZHFACTS_SEGMENTER", "all")]
    assert told["encoding"] == [("", "default", "all")]
    assert ("1", "team/zhfacts.toml:7", "rules test") in told["verbose"]
    assert not {"output", "force", "config"} & told.keys()


def test_the_working_folder_is_looked_into(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("config", "show").told == ["zhfacts: there is no settings file; see --config in `zhfacts extract -h`"]
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', "utf-8")
    assert shown(run("config", "show"))["quiet"] == [("no", "default", "all")]
    (tmp_path / "pyproject.toml").write_text("[tool.zhfacts]\nquiet = true\n", "utf-8")
    assert shown(run("config", "show"))["quiet"] == [("yes", "pyproject.toml:2", "all")]
    (tmp_path / "zhfacts.toml").write_text("", "utf-8")
    assert shown(run("config", "show"))["quiet"] == [("no", "default", "all")]
    monkeypatch.setenv("ZHFACTS_CONFIG", "pyproject.toml")
    assert shown(run("config", "show"))["quiet"] == [("yes", "pyproject.toml:2", "all")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('rule = "x"', "s.toml:1: there is no option 'rule'; did you mean 'rules'?"),
        ('# a remark\nverbose = "1"', "s.toml:2: '1' is no whole number; write digits without quotes"),
        ("verbose = true", "s.toml:1: true is no whole number; write digits without quotes"),
        ('"with-text" = "yes"', "s.toml:1: 'yes' is no switch; write true or false"),
        ("rules = 3", "s.toml:1: 3 is no path; write a path in quotes"),
        ('published = ["x"]', "s.toml:1: ['x'] is no text; put it in quotes"),
        ('segmenter = "x"', "s.toml:1: 'x' is not known; choose one of rjieba, jieba"),
        ("force = true", "s.toml:1: force cannot be kept in a file; say it on the command line"),
        ("quiet = = 1", "s.toml:1: is no TOML: Invalid value (at line 1, column 9); correct the line"),
        ("commands = 3", "s.toml: commands holds tables only; write [commands.extract] or the like"),
        (
            'quiet = true\n[commands.extract]\nformat = "xml"',
            "s.toml:3: 'xml' is not known; choose one of table, jsonl, json, csv, parquet, markdown, sqlite, duckdb, "
            "labelstudio, doccano, brat, inception, webannotation, spacy, prodigy, conll, hf",
        ),
    ],
)
def test_a_settings_file_that_is_wrong(run: Run, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "s.toml").write_text(text, "utf-8")
    done = run("extract", "note.txt", "--config", "s.toml")
    assert (done.code, done.out, done.told) == (2, b"", [f"zhfacts: {told}"])


def test_a_command_that_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("[commands.extrakt]\nquiet = true", "utf-8")
    (told,) = run("extract", "note.txt", "--config", "s.toml").told
    assert told.startswith("zhfacts: s.toml:1: there is no command 'extrakt'; the commands: extract, ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none.toml", "none.toml: cannot be read: No such file or directory; name a file that is there with --config"),
        ("sub/pyproject.toml", "sub/pyproject.toml: has no [tool.zhfacts]; write the options below such a line"),
    ],
)
def test_a_settings_file_that_is_not_there(run: Run, tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pyproject.toml").write_text("", "utf-8")
    done = run("extract", "note.txt", "--config", name)
    assert (done.code, done.told) == (2, [f"zhfacts: {told}"])


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("ZHFACTS_RULE", "x", "there is no option ZHFACTS_RULE; did you mean ZHFACTS_RULES?"),
        ("ZHFACTS_VERBOSE", "x", "'x' is no whole number; write digits without quotes"),
        ("ZHFACTS_QUIET", "perhaps", "'perhaps' is neither yes nor no; write 1 or 0"),
    ],
)
def test_a_variable_that_is_wrong(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    done = run("extract", "note.txt")
    assert (done.code, done.told) == (2, [f"zhfacts: {variable}: {told}"])


def test_an_empty_variable_says_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHFACTS_RULES", "")
    assert run("extract", "note.txt").code == 0


def test_help_needs_no_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zhfacts.toml").write_text("rule = 3", "utf-8")
    assert run("extract", "--help").code == 0
    assert run("extract", "note.txt").code == 2
    assert run("extract", "note.txt", "--config", "/dev/null").code == 0

"""The tiers that find names: one option, one set of records, and one line for what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

import pipeline
from pipeline.chain.explain import explain
from pipeline.core.errors import UsageError
from pipeline.mentions.tagger.features import TEMPLATES

TEXT = "滨江市水务局局长周启明昨天去了樟溪大桥，读了《湿地条例》。周启明说，大桥已经修好。"


def names(entities: str | Path, text: str = TEXT) -> list[tuple[str, str, str]]:
    document = pipeline.extract(text, "2024-05-31", entities=entities)
    return [(m.text, m.label, m.rule) for m in document.mentions if hasattr(m, "label")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spaCy pipeline that finds what it is told, with the labels of OntoNotes."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    for label, name in (
        ("PERSON", "周启明"),
        ("GPE", "滨江"),
        ("FAC", "市"),
        ("DATE", "昨天"),
        ("WORK_OF_ART", "湿地"),
    ):
        ruler.add_patterns([{"label": label, "pattern": name}])  # type: ignore[attr-defined]
    out = tmp_path_factory.mktemp("spacy") / "own"
    nlp.to_disk(out)
    return out


def test_rules_name_their_rules() -> None:
    assert names("rules")[0] == ("滨江市水务局", "ORG", "entity.org.organ")
    assert not [rule for _, _, rule in names("rules") if "tagger" in rule]


def test_the_default_is_the_tagger() -> None:
    assert names("default") == names(Path(pipeline.__file__).parent / "mentions" / "weights" / "news.tagger")


def test_a_spacy_pipeline_with_its_labels_mapped(folder: Path) -> None:
    assert names(f"spacy:{folder}") == [
        ("滨江市", "LOC", "entity.spacy.gpe"),
        ("周启明", "PER", "entity.spacy.person"),
        ("《湿地条例》", "WORK", "entity.work.title"),
        ("周启明", "PER", "entity.spacy.person"),
    ]


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    spacy.blank("zh").to_disk(tmp_path / "bare")
    with pytest.raises(UsageError, match="finds no entities"):
        names(f"spacy:{tmp_path / 'bare'}")


@pytest.mark.parametrize(
    ("entities", "told"),
    [("everything", "choose rules, default, spacy:NAME"), ("spacy:zh_no_such", "install it"), (__file__, "no tagger")],
)
def test_what_is_no_tier_is_told_in_a_line(entities: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as e:
        pipeline.load(entities=entities)
    assert "\n" not in str(e.value)


def test_the_component_alone_takes_a_tier_and_batches() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("zh_entities", config={"entities": "rules"})
    docs = list(nlp.pipe([TEXT, "", TEXT], batch_size=2))
    assert [[s.text for s in doc.spans["entities"]][:1] for doc in (docs[0], docs[2])] == [["滨江市水务局"]] * 2


def told_of(text: str) -> str:
    findings = explain(text, find="樟溪大桥")[0].findings
    (told,) = [step.value for finding in findings for step in finding.steps if step.what == "tagger"]
    return told


def test_who_asks_is_told_what_weighed() -> None:
    """The steps of a name tell the templates of the tagger's features and what each added."""
    told = told_of("哈哈哈今天和朋友去樟溪大桥玩啦，好开心呀！")
    assert set(part.rsplit(" ", 1)[0] for part in told.split(", ")) <= set(TEMPLATES)
    assert told_of(TEXT) == "left to the rules: they labelled all texts of this kind"

"""The tagger's features, its file, and the names that it makes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

import pipeline
from pipeline.core.errors import UsageError
from pipeline.mentions.entities import RulesTier, find_entities, read_names
from pipeline.mentions.tagger.features import TEMPLATES, Sight, lay_out, rows_of
from pipeline.mentions.tagger.model import model_bytes, read_model
from pipeline.mentions.tagger.names import WEIGHTS, TaggerTier, model_of, trimmed
from pipeline.rulebook import load
from tests.mentions.views import view_of
from tests.work import calls

TEXTS = (
    "临川市水务局局长周启明昨天到场。",
    "樟溪镇的陶若溪说，河道已经清淤。",
    "",
    "第三句里没有名字。\n第二行也没有。",
    "恒通达公司在青澜港开业",
)


def sights(texts: tuple[str, ...]) -> list[Sight]:
    views = [view_of(text) for text in texts]
    readings = read_names(views, load())
    return [Sight(v.folded, r.items, r.kept) for v, r in zip(views, readings, strict=True)]


def rows(texts: tuple[str, ...]) -> list[np.ndarray]:
    strip = lay_out(sights(texts))
    every = np.stack(list(rows_of(strip, [0] * len(texts), np.arange(len(strip.chars)))))
    return [every[:, at : at + len(text)] for at, text in zip(strip.offsets, texts, strict=True)]


def test_a_text_is_seen_alike_whatever_stands_beside_it() -> None:
    together = rows(TEXTS)
    for text, seen in zip(TEXTS, together, strict=True):
        if text:
            assert (rows((text,))[0] == seen).all()


def test_names_are_the_same_one_by_one_and_in_a_batch() -> None:
    rules, tier = load(), TaggerTier(model_of(WEIGHTS), load())
    batch = find_entities([view_of(t) for t in TEXTS * 30], rules, tier)
    alone = [find_entities([view_of(t)], rules, tier)[0] for t in TEXTS]
    assert batch == alone * 30


def test_what_a_rule_is_sure_of_stands() -> None:
    rules, model = load(), model_of(WEIGHTS)
    header = msgspec.structs.replace(model.header, steps=((0,) * 7,) * 7, kinds=("posts", "letters", "reports"))
    blind = TaggerTier(replace(model, header=header, weights=np.zeros_like(model.weights)), rules)
    named = {
        e.rule: e.confidence
        for e in find_entities([view_of("局长周启明读了《湿地条例》，去了滨江。")], rules, blind)[0]
    }
    assert named == {"entity.per.title": "0.97", "entity.work.title": "0.99"}


def test_a_text_of_the_kind_that_the_rules_labelled_is_left_to_them() -> None:
    text, rules = "局长周启明说，恒通达公司已经停产，陶若溪去了青澜港。" * 9, load()
    shipped, model = TaggerTier(model_of(WEIGHTS), rules), model_of(WEIGHTS)
    assert shipped.kinds([text, "哈哈哈好想去看演唱会呀你们呢" * 9]) == [shipped.ruled, 1]
    header = msgspec.structs.replace(model.header, kinds=("posts", "letters", "reports"))
    every = TaggerTier(replace(model, header=header), rules)
    seen, read = (find_entities([view_of(text)], rules, tier)[0] for tier in (shipped, every))
    assert seen == find_entities([view_of(text)], rules, RulesTier())[0]
    assert {(e.start, e.end, e.label) for e in seen} == {(e.start, e.end, e.label) for e in read}


def test_where_a_text_is_near_to_the_rules_kind_their_places_and_organisations_stand() -> None:
    rules, model = load(), model_of(WEIGHTS)
    header = msgspec.structs.replace(model.header, steps=((0,) * 7,) * 7)
    blind = TaggerTier(replace(model, header=header, weights=np.zeros_like(model.weights)), rules)
    near, far = "她曾在教育部和滨江市水务局任职，后来回到湖南写小说。", "哈哈哈好想去湖南看演唱会呀你们呢" * 3
    assert blind.ruled not in blind.kinds([near, far])
    named = [[t[e.start : e.end] for e in find_entities([view_of(t)], rules, blind)[0]] for t in (near, far)]
    assert named == [["教育部", "滨江市水务局", "湖南"], []]


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "own.tagger"
    data = model_bytes(model_of(WEIGHTS))
    file.write_bytes(data)
    assert data == WEIGHTS.read_bytes()
    assert model_bytes(read_model(file)) == data


@pytest.mark.parametrize("spoil", [lambda d: d[:-1], lambda d: b"", lambda d: b"x" + d, lambda d: d[:20] + b"{}\n"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "own.tagger"
    file.write_bytes(spoil(WEIGHTS.read_bytes()))
    with pytest.raises(UsageError, match="no tagger's model of this version"):
        read_model(file)


def test_weights_are_few_and_small() -> None:
    assert WEIGHTS.stat().st_size < 3_000_000
    # The sum of all templates' weights must stay within 16 bits.
    model = model_of(WEIGHTS)
    assert sum(1 for _ in rows_of(lay_out(sights(TEXTS[:1])), [0], np.arange(2))) == len(TEMPLATES)
    assert int(np.abs(model.weights.astype(np.int32)).max()) * len(TEMPLATES) < 1 << 15


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 港南市", "港南市"),
        ("、陶若溪”", "陶若溪"),
        ("青澜港（集团）", "青澜港（集团）"),
        ("“远山”号", "“远山”号"),
        ("（远山", "远山"),
        ("——", ""),
    ],
)
def test_a_name_begins_and_ends_with_a_letter_or_a_pair(text: str, name: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == name


def test_no_name_lies_between_texts_whatever_the_weights() -> None:
    model = model_of(WEIGHTS)
    steps = tuple(tuple(step + 500 * (i > 0) for i, step in enumerate(row)) for row in model.header.steps)
    header = msgspec.structs.replace(model.header, steps=steps)
    eager = TaggerTier(replace(model, header=header), load())
    for sight, found in zip(sights(TEXTS), eager.margins(sights(TEXTS), [0] * len(TEXTS)), strict=True):
        assert all(0 <= start < end <= len(sight.folded) for start, end, _, _ in found)
        assert not any("\n" in sight.folded[start:end] for start, end, _, _ in found)


def test_names_are_not_compared_with_all_others():
    """A text that is no news, of thousands of names that the rules are sure of."""

    def work(times):
        return calls(pipeline.extract, "任命周启明为局长，" * times)

    work(1)
    assert work(1200) < work(300) * 4 * 1.4

"""The chain as a spaCy pipeline and as a function from text to records."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.chain import BATCH, BATCH_CHARS, STAGES
from pipeline.chain.components import KEY
from pipeline.core.errors import InputError, UsageError
from pipeline.rulebook import load

ROOT = Path(__file__).resolve().parents[2]
TOLD = [ROOT / "samples" / f"{name}.txt" for name in ("accident", "economy", "filing", "page", "sport")]
TEXT = (
    "昨日上午，青澜市发展和改革委员会主任周启明表示，截至2023年底，全市累计建成充电桩1.2万个，同比增长15.6%。"
    "“今年还将新建3000个。”周启明说。"
)


def spans_of(thing):
    """All (text, spans) pairs anywhere in a record, as plain data."""
    if isinstance(thing, dict):
        if "spans" in thing and "text" in thing:
            yield thing["text"], thing["spans"]
        for value in thing.values():
            yield from spans_of(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from spans_of(value)


def plain(document):
    return json.loads(msgspec.json.encode(document))


def assert_every_span_is_its_slice(document, source):
    for text, spans in spans_of(plain(document)):
        assert "".join(source[a:b] for a, b in spans) == text
        assert all(0 <= a < b <= len(source) for a, b in spans)


def test_load_is_a_spacy_language():
    nlp = pipeline.load()
    assert nlp.lang == "zh" and tuple(nlp.pipe_names) == tuple(STAGES)
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert [s.text for s in doc.spans["quantities"]][:2] == ["1.2万个", "15.6%"]
    assert "2023年底" in [s.text for s in doc.spans["times"]]
    assert any(s.label_ == "PER" for s in doc.spans["entities"])
    assert [s.text for s in doc.sents][-1].endswith("周启明说。")


@pytest.mark.parametrize("stage", STAGES)
def test_each_component_runs_behind_another_tokenizer(stage):
    nlp = spacy.blank("zh")
    nlp.add_pipe(stage)
    doc = nlp(TEXT)
    assert doc.text == TEXT
    if stage == "zh_quantities":
        assert [s.text for s in doc.spans["quantities"]][:2] == ["1.2万个", "15.6%"]


def test_the_language_finds_what_an_extraction_finds():
    document, view = pipeline.extract(TEXT), pipeline.load()(TEXT).user_data[KEY]
    found = sorted((m.start, -m.end, m.rule) for m in (*view.quantities, *view.times, *view.entities))
    assert found == [(m.spans[0][0], -m.spans[-1][1], m.rule) for m in document.mentions]
    assert sorted(f.rule for f in view.facts) == sorted(f.rule for f in document.facts)


def test_an_extraction_does_without_spacy():
    code = f"import sys, pipeline; pipeline.extract({TEXT!r}); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_foreign_components_fit_in():
    nlp = pipeline.load()
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "CITY", "pattern": "青澜市"}])
    assert nlp.has_pipe("entity_ruler") and nlp(TEXT).text == TEXT


@pytest.mark.parametrize("segmenter", ["rjieba", "jieba"])
def test_quantities_and_times_fall_on_token_bounds(segmenter):
    doc = pipeline.load(segmenter=segmenter)(TEXT)
    starts, ends = {t.idx for t in doc}, {t.idx + len(t) for t in doc}
    view = doc.user_data[KEY]
    assert view.quantities and view.times
    for m in (*view.quantities, *view.times):
        assert m.start in starts and m.end in ends


def test_both_segmenters_give_the_same_document():
    assert pipeline.extract(TEXT, "2024-05-31") == pipeline.extract(TEXT, "2024-05-31", segmenter="jieba")


@pytest.mark.parametrize(
    ("file", "rule", "text"),
    [
        ("quantities", "quantity.percent", "产量增长3.5%。"),
        ("times", "time.date.day", "大桥于2023年6月9日通车。"),
        ("entities", "entity.work.title", "他写了《临江旧事》。"),
        ("entities", "entity.org.organ", "临江市财政局公布了预算。"),
    ],
)
def test_what_is_switched_off_is_not_found(tmp_path, file, rule, text):
    def found(rules):
        document = pipeline.extract(text, rules=rules)
        return [m.rule for m in (*document.mentions, *document.facts)]

    (tmp_path / f"{file}.toml").write_text(f'note = "mine"\n[[rule]]\nid = "{rule}"\nenabled = false\n', "utf-8")
    assert rule in found(None)
    assert rule not in found(tmp_path)


def test_every_rule_that_is_told_can_be_shown():
    known = {rule.id for rule in load().all()}
    texts = ["临江县、云溪县分别生产茶叶30吨、50吨。", *(p.read_text("utf-8") for p in TOLD)]
    for document in pipeline.extract_texts(texts):
        assert {one.rule for one in (*document.mentions, *document.facts, *document.checks)} <= known


def test_documents_come_in_order_and_alike():
    texts = [f"今年新增就业{n}万人。" for n in range(1, 80)]
    documents = list(pipeline.extract_texts(iter(texts), "2024-05-31"))
    assert [d.doc.id for d in documents] == [str(i) for i in range(len(texts))]
    assert [d.mentions[-1].norm.value for d in documents] == [str(n * 10000) for n in range(1, 80)]
    assert pipeline.extract(texts[3], "2024-05-31", id="3") == documents[3]


def test_a_text_that_is_empty_loses_none_before_it():
    documents = pipeline.extract_texts(["产量增长3.5%。", "新增岗位4万个。", " \n", "雨。"])
    assert [next(documents).doc.id for _ in range(2)] == ["0", "1"]
    with pytest.raises(pipeline.InputError, match="text 2: is empty"):
        next(documents)


def test_texts_are_taken_as_they_are_needed():
    taken = []

    def endless():
        for n in itertools.count():
            taken.append(n)
            yield f"第{n}号台风生成。" if n % 2 else "雨" * 1000

    documents = pipeline.extract_texts(endless())
    assert [next(documents).doc.id for _ in range(3)] == ["0", "1", "2"]
    assert len(taken) <= BATCH
    long = pipeline.extract_texts("雨" * BATCH_CHARS for _ in itertools.count())
    assert next(long).doc.chars == BATCH_CHARS


def test_a_document_that_breaks_a_stage_takes_no_other_with_it(monkeypatch):
    from pipeline import chain
    from pipeline.intake.source import Failure, Source

    whole = chain.assemble.__call__

    def brittle(job, *rest):
        if "坏" in job.decoded.text:
            raise KeyError("a fault of ours")
        return whole(job, *rest)

    monkeypatch.setattr(chain, "assemble", brittle)
    sources = [Source(str(i), f"{i}.txt", f"今天{t}天。", "") for i, t in enumerate("晴坏雨")]
    results = list(chain.extract_sources([*sources, Failure("4.txt", "no such file")]))
    assert [getattr(r, "doc", r).source for r in results] == ["0.txt", "1.txt", "2.txt", "4.txt"]
    assert [isinstance(r, Failure) for r in results] == [False, True, False, True]
    assert "could not be worked (KeyError: 'a fault of ours')" in str(results[1])


def test_the_publication_date_is_an_input():
    assert pipeline.extract("今天下雨。").doc.published is None
    dated = pipeline.extract("今天下雨。", "2024-05-31")
    assert (dated.doc.published, dated.doc.published_from) == ("2024-05-31", "option")
    assert dated.mentions[0].norm.value == "2024-05-31"
    with pytest.raises(UsageError, match="is no date"):
        pipeline.extract("今天下雨。", "yesterday")


def test_a_text_that_says_another_day_is_told_so():
    page = "2024年3月8日 星期五 A3版\n\n新馆开放\n\n市图书馆新馆昨日开放，馆藏图书三十万册，读者可以凭证借阅。\n"
    document = pipeline.extract(page, "2024-05-31")
    assert (document.doc.published, document.mentions[0].norm.value) == ("2024-05-31", "2024-05-30")
    (told,) = [issue for issue in document.issues if issue.code == "published.otherwise"]
    assert "2024-03-08" in told.message and page[slice(*told.spans[0])].startswith("2024年3月8日")
    assert not pipeline.extract(page, "2024-03-08").issues and not pipeline.extract(page).issues


@pytest.mark.parametrize("source", ["", b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))])
def test_what_is_no_text_is_refused(source):
    with pytest.raises(InputError):
        pipeline.extract(source)


def test_checks_are_told_where_there_are_no_facts():
    document = pipeline.extract("例会定在2023年8月9日（星期五）。")
    assert not document.facts
    assert [check.rule for check in document.checks] == ["check.weekday"]


def test_facts_name_their_mentions_and_quotes():
    document = plain(pipeline.extract(TEXT, "2024-05-31"))
    mentions = {m["id"]: m for m in document["mentions"]}
    quotes = {f["id"]: f for f in document["facts"] if f["type"] == "quote"}
    amounts = [f for f in document["facts"] if f["type"] == "quantity"]
    assert amounts and quotes
    for fact in amounts:
        arg = fact["args"]["quantity"]
        assert mentions[arg["mention"]]["spans"] == arg["spans"]
        assert fact["norm"]["value"] == mentions[arg["mention"]]["norm"]["value"]
    said = [f for f in amounts if f["args"]["quantity"]["text"] == "1.2万个"]
    assert said[0]["assertion"]["source"] in quotes and said[0]["assertion"]["modality"] == "reported"


WORDS = (
    "昨日|2023年6月|约1.2亿元|一百二十八家|《办法》|李明表示，|“好。”|，|。|３．５％|開幕|增长|市委|（|）|第3届|零下5℃"
)
ODD = ["至", "—", "\r\n", "\n\n", "\x00", "\ud800", "𠀀", "😀", " ", "　　", "万" * 9, "1" * 450]
PIECES = st.sampled_from(WORDS.split("|") + ODD)


@settings(max_examples=150)
@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
def test_spans_are_slices_and_output_is_stable(source):
    if not source.strip():
        return
    try:
        document = pipeline.extract(source, "2024-05-31")
    except InputError:
        return
    text = source.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\ud800" in source else source
    assert_every_span_is_its_slice(document, source.replace("\ud800", "\ufffd"))
    assert len(text) == document.doc.chars
    assert msgspec.json.encode(document) == msgspec.json.encode(pipeline.extract(source, "2024-05-31"))
    order = [(m["spans"][0][0]) for m in plain(document)["mentions"]]
    assert order == sorted(order)


@settings(max_examples=60)
@given(st.lists(PIECES, min_size=1, max_size=10).map("".join))
def test_every_quantity_and_time_falls_on_token_bounds(source):
    nlp = pipeline.load()
    doc = nlp(source.replace("\ud800", ""))
    starts, ends = {t.idx for t in doc}, {t.idx + len(t) for t in doc}
    view = doc.user_data[KEY]
    for m in (*view.quantities, *view.times):
        assert m.start in starts and m.end in ends

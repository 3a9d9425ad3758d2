"""zhfacts: raw Chinese news text in, normalized facts with source spans out.

    bytes ─ intake ─► articles + offset map ─ tokens ─► stages: quantities ─ times ─ entities ─ facts ─► Document

``extract`` works one document, ``extract_texts`` many in bounded memory, ``extract_sources`` files; ``load`` gives the
chain as a spaCy ``Language``. What comes back are the records of `pipeline.core.records`. All below runs as a test.

One text. Relative times are resolved against the date of publication; all spans count code points of the text.

>>> import pipeline
>>> text = "临江铁路全长68公里，总投资约85亿元，去年底开工。局长周启明说：“明年6月通车。”"
>>> document = pipeline.extract(text, published="2024-05-31")
>>> for mention in document.mentions:
...     print(mention.id, mention.spans, mention.text)
m1 ((0, 2),) 临江
m2 ((6, 10),) 68公里
m3 ((14, 19),) 约85亿元
m4 ((20, 23),) 去年底
m5 ((28, 31),) 周启明
m6 ((34, 38),) 明年6月

Mentions have a ``norm`` of their type: amounts with value (or low and high), unit and modifier as exact decimal
strings, times in ISO 8601 with the interval, names with what all mentions of one thing share.

>>> length, cost = document.mentions[1:3]
>>> length.norm.value, length.norm.unit, length.norm.si.value
('68', 'km', '68000')
>>> cost.norm.value, cost.norm.unit, cost.norm.modifier
('8500000000', 'CNY', 'approx')
>>> from decimal import Decimal
>>> Decimal(cost.norm.value) / 2
Decimal('4250000000')
>>> document.mentions[3].norm.value
'2023-12-31'

Facts are of the types quantity, rank, role, quote and event; ``match`` takes them apart. An argument that is absent is
``msgspec.UNSET``, which is false.

>>> from pipeline.core.records import QuantityFact, QuoteFact
>>> for fact in document.facts:
...     match fact:
...         case QuantityFact(args=args, norm=norm):
...             print(norm.value, norm.unit, args.subject and args.subject.text)
...         case QuoteFact(args=args, norm=norm):
...             print(norm.speaker, norm.kind, args.content.text)
8500000000 CNY 临江铁路
68 km 临江铁路
周启明 direct 明年6月通车

A document in a notebook shows its text with the mentions marked (where it was made ``with_text=True``) and its facts as
a table. As JSON it is what the command line writes:

>>> import msgspec
>>> again = msgspec.json.decode(msgspec.json.encode(document), type=pipeline.Document)
>>> again == document
True

Many texts, and files, archives and feeds; what cannot be read is a `Failure` that says why:

>>> [len(d.mentions) for d in pipeline.extract_texts(["产量增长3.5%。", "新增岗位4万个。"])]
[1, 1]
>>> for result in pipeline.extract_sources(pipeline.read(["samples/economy.txt", "nowhere.txt"])):
...     if isinstance(result, pipeline.Failure):
...         print(result)
...     else:
...         print(result.doc.id, result.doc.chars)
economy 578
nowhere.txt: no such file; check the path

Facts as a table, a row for each, for pandas and others:

>>> from pipeline.output.flat import FACTS
>>> import pandas
>>> rows = [row for d in (document,) for row in FACTS.rows(d)]
>>> frame = pandas.DataFrame(rows, columns=FACTS.names)
>>> frame[frame.norm_unit == "km"][["subject", "norm_value"]].to_dict("records")
[{'subject': '临江铁路', 'norm_value': '68'}]

DuckDB reads what ``zhfacts extract … -o facts.parquet`` writes; numbers are exact strings there, so cast them:

>>> import duckdb, pathlib, tempfile
>>> from pipeline.output import WRITERS
>>> path = pathlib.Path(tempfile.mkdtemp(), "facts.parquet")
>>> with path.open("wb") as stream:
...     writer = WRITERS["parquet"](stream)
...     writer.write(document)
...     writer.close()
>>> costs = "select subject, norm_value::decimal(38, 2) from read_parquet(?) where norm_unit = 'CNY'"
>>> duckdb.execute(costs, [str(path)]).fetchall()
[('临江铁路', Decimal('8500000000.00'))]

The chain as a spaCy pipeline works on clean text; its mentions are spans of the Doc, the words are never cut through a
numeral or a time, and their tags are those of rjieba:

>>> nlp = pipeline.load()
>>> doc = nlp("周启明昨天说，全市工业企业达2317家，总投资超过3.6亿元。")
>>> for key in ("quantities", "times", "entities"):
...     print(key, [(span.text, span.label_) for span in doc.spans[key]])
quantities [('2317家', 'count'), ('超过3.6亿元', 'money')]
times [('昨天', 'date')]
entities [('周启明', 'PER')]
>>> from spacy.matcher import Matcher
>>> matcher = Matcher(nlp.vocab)
>>> matcher.add("HAS", [[{"TAG": {"IN": ["n", "vn"]}}, {"TEXT": {"IN": ["达", "超过"]}, "OP": "?"}, {"TAG": "m"}]])
>>> [doc[start:end].text for _, start, end in matcher(doc)]
['企业达2317家', '投资超过3.6亿元']

Its components fit into any pipeline for Chinese, and displaCy draws what they find:

>>> import spacy
>>> own = spacy.blank("zh")
>>> for name in ("zh_quantities", "zh_times", "zh_entities"):
...     _ = own.add_pipe(name)
>>> from spacy import displacy
>>> html = displacy.render(own("总投资3.6亿元。"), style="span", options={"spans_key": "quantities"}, jupyter=False)
>>> "money" in html
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.chain import extract, extract_sources, extract_texts, load
    from pipeline.chain.explain import explain
    from pipeline.core.errors import InputError, OutputError, RuleError, UsageError, ZhfactsError
    from pipeline.core.explanations import Explanation
    from pipeline.core.records import Document
    from pipeline.intake.source import Failure
    from pipeline.intake.sources import read

__all__ = [
    "Document",
    "Explanation",
    "Failure",
    "InputError",
    "OutputError",
    "RuleError",
    "UsageError",
    "ZhfactsError",
    "explain",
    "extract",
    "extract_sources",
    "extract_texts",
    "load",
    "read",
]

# The chain imports spaCy (0.7 s), so names are looked up when they are first used: `--help` must not pay for it.
_HOME = {
    **dict.fromkeys(("extract", "extract_sources", "extract_texts", "load"), "pipeline.chain"),
    **dict.fromkeys(("InputError", "OutputError", "RuleError", "UsageError", "ZhfactsError"), "pipeline.core.errors"),
    "explain": "pipeline.chain.explain",
    "read": "pipeline.intake.sources",
    "Document": "pipeline.core.records",
    "Explanation": "pipeline.core.explanations",
    "Failure": "pipeline.intake.source",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)

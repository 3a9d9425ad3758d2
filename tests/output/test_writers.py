"""The writers and the schema: what is written is what the contract says."""

from __future__ import annotations

import io
import json
from typing import Any

import jsonschema
import msgspec
import pytest

from pipeline.core.records import Document
from pipeline.output import SUFFIXES, WRITERS
from pipeline.output.schema import schema, schema_text
from tests.records import document


def written(form: str, *documents: Document) -> str:
    out = io.BytesIO()
    writer = WRITERS[form](out)
    for d in documents:
        writer.write(d)
    writer.close()
    return out.getvalue().decode("utf-8")


def test_jsonl_is_one_document_a_line_with_non_ascii_as_it_is() -> None:
    text = written("jsonl", document(), document(()))
    first, second = text.splitlines()
    assert text.endswith("}\n")
    assert "净利润" in first
    assert msgspec.json.decode(first, type=Document) == document()
    assert msgspec.json.decode(second, type=Document) == document(())


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_indented_array(count: int) -> None:
    text = written("json", *[document()] * count)
    assert [msgspec.convert(d, Document) for d in json.loads(text)] == [document()] * count
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_absent_arguments_are_left_out_and_empty_fields_are_null() -> None:
    data = json.loads(written("jsonl", document(with_text=False)))
    quantity = next(f for f in data["facts"] if f["type"] == "quantity")
    assert set(quantity["args"]) == {"quantity", "property"}
    assert quantity["norm"]["change"] is None
    assert "text" not in data["doc"]


def test_every_suffix_stands_for_a_format() -> None:
    assert set(SUFFIXES.values()) <= set(WRITERS)


def test_the_schema_takes_what_is_written() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(written("jsonl", document())), schema())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "zhfacts/2"),
        (("facts", 1, "norm", "value"), 123456000),
        (("facts", 1, "type"), "amount"),
        (("facts", 0, "assertion", "modality"), "maybe"),
        (("articles", 0, "title"), "远澜新材"),
        (("doc", "published_from"), "clock"),
    ],
)
def test_the_schema_refuses_what_is_not(path: tuple[str | int, ...], value: Any) -> None:
    data: Any = json.loads(written("jsonl", document()))
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema())


def test_the_schema_asks_for_every_field_of_a_record() -> None:
    """All but arguments that a fact has not, and the text where nobody asked for it."""
    free = {
        (name, field)
        for name, record in schema()["$defs"].items()
        for field in set(record.get("properties", ())) - set(record["required"])
        if not name.endswith("Args")
    }
    assert free == {("Doc", "text")}
    assert schema()["$defs"]["QuantityArgs"]["required"] == ["quantity"]


def test_the_schema_is_the_same_every_time() -> None:
    assert schema_text() == schema_text()
    assert json.loads(schema_text()) == json.loads(json.dumps(schema()))

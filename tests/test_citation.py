"""CITATION.cff is what the Citation File Format 1.2.0 asks for, and agrees with pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
TEXT = {"type": "string", "minLength": 1}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": TEXT,
        "title": TEXT,
        "abstract": TEXT,
        "type": {"enum": ["software", "dataset"]},
        "version": TEXT,
        "license": TEXT,
        "date-released": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "repository-code": {"type": "string", "format": "uri"},
        "keywords": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
        "authors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "anyOf": [{"required": ["name"]}, {"required": ["family-names"]}],
                "additionalProperties": False,
                "properties": {
                    n: TEXT for n in ("name", "family-names", "given-names", "affiliation", "orcid", "email")
                },
            },
        },
    },
}
"""The part of the format's own schema that this file may use; whatever else is in it is refused."""


def citation() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    return data


def test_the_file_is_of_its_format() -> None:
    jsonschema.validate(citation(), SCHEMA)


@pytest.mark.parametrize("broken", [{"authors": []}, {"title": ""}, {"cff-version": "1.1.0"}, {"licence": "MIT"}])
def test_a_wrong_file_would_be_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**citation(), **broken}, SCHEMA)


def test_it_agrees_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = citation()
    assert (told["title"], told["version"], told["license"]) == (
        project["name"],
        project["version"],
        project["license"],
    )

"""zhfacts: raw Chinese news text in, normalized facts with source spans out.

    bytes ─ intake ─► articles + offset map ─ tokens ─► spaCy Doc
          ─ quantities ─ times ─ entities ─ facts ─► Document ─ output ─► files

``extract`` works one document, ``extract_texts`` many in bounded memory, ``explain`` says why something was found or
not, ``load`` gives the spaCy ``Language`` of the chain. What comes back are the records of `pipeline.core.records` and
`pipeline.core.explanations`.
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

__all__ = [
    "Document",
    "Explanation",
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
]

# The chain imports spaCy (0.7 s), so names are looked up when they are first used: `--help` must not pay for it.
_HOME = {
    **dict.fromkeys(("extract", "extract_sources", "extract_texts", "load"), "pipeline.chain"),
    **dict.fromkeys(("InputError", "OutputError", "RuleError", "UsageError", "ZhfactsError"), "pipeline.core.errors"),
    "explain": "pipeline.chain.explain",
    "Document": "pipeline.core.records",
    "Explanation": "pipeline.core.explanations",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)

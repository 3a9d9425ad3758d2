"""The options of an extraction: what is found in a document depends on them, on the rules, and on nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Segmenter = Literal["rjieba", "jieba"]
"""The word segmenters; they give the same words, jieba is slower."""
DEFAULT_TIER, RULES_TIER = "default", "rules"
"""What finds names where nothing else is asked for, the rules and the project's own weights; the rules alone."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `pipeline.extract` that change what is found; all who hand them on hand on this."""

    published: str | None = None
    rules: Path | None = None
    segmenter: Segmenter = "rjieba"
    entities: str = DEFAULT_TIER

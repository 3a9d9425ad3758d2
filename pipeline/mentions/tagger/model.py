"""A tagger's model: whole numbers as weights, in one file.

The file is a line that names the form, a line of JSON (what it was made for), and for each of its two tables the cells
that are not zero (row × columns + column, unsigned 32 bits, rising) and their weights (signed 16 bits), little-endian.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from pipeline.core.errors import UsageError
from pipeline.mentions.tagger.features import BITS, FORM, LABELS
from pipeline.mentions.tagger.kinds import BITS as PAIR_BITS
from pipeline.mentions.tagger.kinds import Table

MAGIC = b"zhfacts tagger\n"
CELL = 6
"""Bytes of a cell: its place and its weight."""
SCALE = 64
"""Weights are written in parts of this size of a unit of log-odds."""
LARGEST = 1000
"""The largest weight: those of all templates together stay within 16 bits."""
FORBIDDEN = -(1 << 20)
"""The weight of a step that no name takes: from outside into the middle of one."""

Weights = npt.NDArray[np.int16]
Scores = npt.NDArray[np.int32]


class Header(msgspec.Struct, frozen=True):
    """What a model was made for and of."""

    form: str
    """The set of features; a model of another one cannot be used."""
    labels: tuple[str, ...]
    steps: tuple[tuple[int, ...], ...]
    """The weight of each step from one label (row) to the next (column)."""
    kinds: tuple[str, ...]
    """The kinds of text that the model has learnt from, by the names of their files."""
    priors: tuple[int, ...]
    """What speaks for each kind before a character is read, in the parts of the pairs' weights."""
    cells: tuple[int, int]
    """How many cells of the weights and of the pairs are not zero."""
    confidence: Mapping[str, tuple[tuple[int, str], ...]]
    """``(margin, confidence)``, the margins falling: for names that the rules see too (``agreed``), for others
    (``own``)."""
    trained_on: str = ""
    """What the model has learnt from, in words."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights ready for use."""

    header: Header
    weights: Weights
    """A row for each row of features, a column for each label."""
    pairs: Table
    """What tells the kinds of text apart: a row for each row of pairs of characters, a column for each kind."""

    @property
    def steps(self) -> Scores:
        """The weight of each step from one label (row) to the next (column)."""
        return np.array(self.header.steps, np.int32)


def model_bytes(model: Model) -> bytes:
    """The bytes of a model file: the same for the same weights."""
    blocks, counts = [], []
    for table in (model.weights, model.pairs):
        flat = table.reshape(-1)
        cells = np.flatnonzero(flat)
        blocks += [cells.astype("<u4").tobytes(), flat[cells].astype("<i2").tobytes()]
        counts.append(len(cells))
    head = msgspec.json.encode(msgspec.structs.replace(model.header, cells=(counts[0], counts[1])))
    return b"".join([MAGIC, head, b"\n", *blocks])


def read_model(path: Path) -> Model:
    """The model in a file. Raises `UsageError` where it cannot be read, or is none or of another form."""
    try:
        data = path.read_bytes()
    except OSError as e:
        raise UsageError(f"{path} cannot be read: {e.strerror}; name a file that `zhfacts train` wrote") from None
    wrong = f"{path} is no tagger's model of this version; make one with `zhfacts train`"
    head, _, body = data.removeprefix(MAGIC).partition(b"\n")
    try:
        if not data.startswith(MAGIC):
            raise UsageError(wrong)
        header = msgspec.json.decode(head, type=Header)
    except msgspec.MsgspecError:
        raise UsageError(wrong) from None
    if header.form != FORM or header.labels != LABELS or len(body) != sum(header.cells) * CELL:
        raise UsageError(wrong)
    weights = _table(body, header.cells[0], 1 << BITS, len(LABELS))
    pairs = _table(body[header.cells[0] * CELL :], header.cells[1], 1 << PAIR_BITS, max(1, len(header.kinds)))
    if weights is None or pairs is None:
        raise UsageError(wrong)
    return Model(header, weights, pairs)


def _table(data: bytes, count: int, rows: int, columns: int) -> Weights | None:
    """The table whose ``count`` cells stand at the beginning of ``data``; None where one of them lies outside."""
    table = np.zeros(rows * columns, np.int16)
    cells = np.frombuffer(data, "<u4", count)
    if count and int(cells.max()) >= len(table):
        return None
    table[cells] = np.frombuffer(data, "<i2", count, count * 4)
    return table.reshape(rows, columns)

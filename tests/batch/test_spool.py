"""What is kept of a shard at hand: whole batches, whatever byte a kill came at."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.spool import Spool

BATCHES = [
    pa.RecordBatch.from_pydict({"id": [f"n{i}" for i in range(rows)], "text": ["\U00020bb7\0岭"] * rows})
    for rows in (1, 3, 2)
]
NEXT = pa.RecordBatch.from_pydict({"id": ["next"], "text": [""]})


def kept(path: Path, more: pa.RecordBatch | None = None) -> list[pa.RecordBatch]:
    """What a spool has when it is opened; ``more`` is kept behind it."""
    with Spool(path) as spool:
        found = list(iter(spool.kept, None))
        if more is not None:
            spool.keep(more)
    return found


@given(st.floats(0, 1))
def test_a_spool_that_was_cut_short_holds_the_batches_before_and_goes_on(share: float) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "spool"
        sizes = [0]
        for batch in BATCHES:
            kept(path, batch)
            sizes.append(path.stat().st_size)
        cut = round(share * sizes[-1])
        path.write_bytes(path.read_bytes()[:cut])
        whole = BATCHES[: sum(size <= cut for size in sizes[1:])]
        assert kept(path, NEXT) == whole
        assert kept(path) == [*whole, NEXT]

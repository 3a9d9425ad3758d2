"""Reprints over a whole archive, from the sketches of its articles, when all of them are there.

Articles that have one of their smallest hashes in common are compared (see `core.similarity`), each with the few that
stand first with that hash. Sketches lie in a file that is mapped into memory, hashes are looked at a part at a time:
what is held is bounded but for some twenty bytes an article.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from pipeline.batch.reading import Archive, reprints_path
from pipeline.batch.shards import whole
from pipeline.core.similarity import ALIKE, CROWD, KEYS, SIZE

PART = 1 << 21
"""About how many hashes are looked at together."""
PAIRS = 1 << 13
"""How many pairs are compared at once."""
NONE = np.uint64(2**64 - 1)
"""What stands for no hash: of all the greatest, so that it sorts behind the others."""
SCHEMA = pa.schema(
    [
        ("number", pa.int64()), ("article", pa.string()), ("of_number", pa.int64()), ("of_article", pa.string()),
        ("of_doc", pa.string()), ("similarity", pa.string()),
    ]
)  # fmt: skip
Array = np.ndarray[Any, Any]


def flag_reprints(archive: Archive) -> int:
    """Write the table of reprints of an archive; returns how many articles are one. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix=".sketches-", dir=archive.path) as folder:
        sketches, numbers, articles = _gathered(archive, Path(folder) / "sketches")
        best, share = _best(sketches)
    (found,) = np.nonzero(best >= 0)
    of = best[found]
    names = _names(archive, set(numbers[of].tolist()))
    table = pa.table(
        [
            pa.array(numbers[found]),
            pa.array([f"a{n}" for n in articles[found].tolist()]),
            pa.array(numbers[of]),
            pa.array([f"a{n}" for n in articles[of].tolist()]),
            pa.array([names[n] for n in numbers[of].tolist()], pa.string()),
            pa.array([f"{s:.2f}" for s in share[found].tolist()]),
        ],
        schema=SCHEMA,
    )
    with (
        whole(reprints_path(archive.path)) as stream,
        ParquetWriter(stream, SCHEMA, compression="zstd", write_page_checksum=True) as writer,
    ):
        writer.write_table(table)
    return len(found)


def _gathered(archive: Archive, path: Path) -> tuple[Array, Array, Array]:
    """The sketches of all articles in order, a row each; the numbers of their documents and of the articles there."""
    numbers, articles = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    count = 0
    with path.open("wb") as out:
        for batch in archive.rows("sketches", ["number", "article", "hashes"], 4096):
            hashes = batch.column("hashes")
            rows = np.full((batch.num_rows, SIZE), NONE, np.uint64)
            lengths = hashes.value_lengths().to_numpy()
            rows[np.arange(SIZE) < lengths[:, None]] = hashes.flatten().to_numpy()
            out.write(rows.tobytes())
            numbers.append(batch.column("number").to_numpy())
            articles.append(np.array([int(a[1:]) for a in batch.column("article").to_pylist()], np.int32))
            count += batch.num_rows
    sketches: Array = np.memmap(path, np.uint64, "r", shape=(count, SIZE)) if count else np.zeros((0, SIZE), np.uint64)
    return sketches, np.concatenate(numbers), np.concatenate(articles)


def _best(sketches: Array) -> tuple[Array, Array]:
    """For each article the earlier one that it is most like, the earliest of several; -1 where none is like enough."""
    best = np.full(len(sketches), -1, np.int64)
    share = np.zeros(len(sketches))
    for late, early in _pairs(sketches):
        # Two texts have up to `KEYS` hashes in common, and what is the same as an early one is like no other any more.
        known = (best[late] == early) | ((share[late] == 1) & (best[late] <= early))
        late, early = late[~known], early[~known]
        if not len(late):
            continue
        alike = _similarity(sketches[late], sketches[early])
        # Of equals the earliest: sorted so that what is to stand is written last.
        order = np.lexsort((-early, alike, late))
        late, early, alike = late[order], early[order], alike[order]
        last = np.append(late[1:] != late[:-1], True)
        late, early, alike = late[last], early[last], alike[last]
        better = (alike > share[late]) | ((alike == share[late]) & (early < best[late]))
        better &= alike >= ALIKE
        best[late[better]], share[late[better]] = early[better], alike[better]
    return best, share


def _pairs(sketches: Array) -> Iterator[tuple[Array, Array]]:
    """Articles that have one of their first hashes in common, the later with the earlier, some pairs at a time."""
    parts = 1 + len(sketches) * KEYS // PART
    for part in range(parts):
        keys, places = _keys(sketches, part, parts)
        order = np.lexsort((places, keys))
        keys, places = keys[order], places[order]
        begins = np.append(True, keys[1:] != keys[:-1]) if len(keys) else np.zeros(0, bool)
        group = np.flatnonzero(begins)[np.cumsum(begins) - 1] if len(keys) else np.zeros(0, np.int64)
        rank = np.arange(len(keys)) - group
        for k in range(CROWD):
            later = np.flatnonzero(rank > k)
            for at in range(0, len(later), PAIRS):
                some = later[at : at + PAIRS]
                yield places[some], places[group[some] + k]


def _keys(sketches: Array, part: int, parts: int) -> tuple[Array, Array]:
    found: list[tuple[Array, Array]] = [(np.zeros(0, np.uint64), np.zeros(0, np.int64))]
    for at in range(0, len(sketches), 1 << 14):
        first = np.array(sketches[at : at + (1 << 14), :KEYS])
        wanted = (first % np.uint64(parts) == np.uint64(part)) & (first != NONE)
        found.append((first[wanted], np.nonzero(wanted)[0] + at))
    return np.concatenate([k for k, _ in found]), np.concatenate([p for _, p in found])


def _similarity(one: Array, other: Array) -> Array:
    """`core.similarity.similarity` of pairs of sketches, row by row."""
    both = np.sort(np.concatenate([one, other], axis=1), axis=1)
    again = np.zeros(both.shape, bool)
    again[:, 1:] = both[:, 1:] == both[:, :-1]
    told = both != NONE
    rank = np.cumsum(~again & told, axis=1)  # of each hash in the union, from 1
    within = (rank <= SIZE) & told
    share: Array = (again & within).sum(axis=1) / np.minimum(rank[:, -1], SIZE)
    return share


def _names(archive: Archive, wanted: set[int]) -> dict[int, str]:
    """The ids of documents by their numbers."""
    names = {}
    if wanted:
        for batch in archive.rows("documents", ["number", "doc"], 4096):
            for number, name in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
                if number in wanted:
                    names[number] = name
    return names

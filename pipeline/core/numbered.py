"""The ids of what stands in a row: m1, m2, m3."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 1 << 10
"""So many ids of a kind are kept: every document counts anew, and few have more."""


def numbered(kind: str, count: int) -> Sequence[str]:
    """The first ``count`` ids that begin with ``kind`` and are numbered from 1."""
    return _KEPT[kind][:count] if count <= MOST else _made(kind, count)


def _made(kind: str, count: int) -> Sequence[str]:
    return [f"{kind}{i}" for i in range(1, count + 1)]


_KEPT = {kind: _made(kind, MOST) for kind in ("a", "m", "f", "e")}
"""Those of articles, mentions, facts and what is named."""

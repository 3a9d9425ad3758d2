"""Plots of an audit as SVG: proportions with their intervals, counts as bars. Names go in as text only."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple
from unicodedata import category

NAME, SIDE, ROW, TOP = 230, 460, 24, 26
"""Units: the column of names, the plot's width, a row's height, the height above the first row."""
TICKS = 5
UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class Point(NamedTuple):
    """A row of a plot of proportions; ``of``: how many it is of."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    of: int


class Bar(NamedTuple):
    """A row of a plot of counts, with its parts: how many, and the class that colours them."""

    name: str
    parts: Sequence[tuple[int, str]]


def proportions(title: str, points: Sequence[Point]) -> str:
    """A dot for each proportion on a scale from 0 to 1, with a line for its interval."""
    rows = []
    for at, point in enumerate(points):
        y = TOP + ROW * at + ROW / 2
        rows.append(
            _name(point.name, y) + _text(NAME + SIDE + 12, y, f"{percent(point.value)} of {point.of}", "number")
        )
        if point.value is not None and point.low is not None and point.high is not None:
            rows.append(f'<line class="interval" x1="{_x(point.low)}" x2="{_x(point.high)}" y1="{y}" y2="{y}"/>')
            rows.append(f'<circle class="dot" cx="{_x(point.value)}" cy="{y}" r="4"/>')
    scale = [n / TICKS for n in range(TICKS + 1)]
    return _svg(title, len(points), _grid([(_x(tick), f"{tick:.0%}") for tick in scale], len(points)) + "".join(rows))


def bars(title: str, rows: Sequence[Bar]) -> str:
    """A bar for each row, its parts one behind the other, on a scale from 0 to the longest."""
    most = max((sum(n for n, _ in row.parts) for row in rows), default=0) or 1
    shown = []
    for at, row in enumerate(rows):
        y = TOP + ROW * at
        x = float(NAME)
        for count, kind in row.parts:
            width = SIDE * count / most
            shown.append(f'<rect class="{kind}" x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="{ROW - 8}"/>')
            x += width
        told = " · ".join(f"{n} {kind}" for n, kind in row.parts if n) if len(row.parts) > 1 else str(row.parts[0][0])
        shown.append(_name(row.name, y + ROW / 2) + _text(x + 8, y + ROW / 2, told, "number"))
    return _svg(title, len(rows), "".join(shown))


def calibration(title: str, points: Sequence[Point]) -> str:
    """What was stated against what was found: a dot for each confidence, with its interval, and the line of equals."""
    side, left, top = 300, 50, 12

    def place(stated: float, found: float) -> tuple[str, str]:
        return f"{left + side * stated:.1f}", f"{top + side * (1 - found):.1f}"

    (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
    drawn = [f'<line class="grid" x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}"/>']
    drawn.append(f'<path class="axis" d="M{x0} {y1}V{y0}H{x1}"/>')
    for tick in (n / TICKS for n in range(TICKS + 1)):
        x, y = place(tick, tick)
        drawn.append(f'<text class="number" x="{x}" y="{top + side + 16}" text-anchor="middle">{tick:.0%}</text>')
        drawn.append(f'<text class="number" x="{left - 6}" y="{y}" text-anchor="end" dy=".35em">{tick:.0%}</text>')
    for point in points:
        if point.value is not None and point.low is not None and point.high is not None:
            x, y = place(float(point.name), point.value)
            low, high = place(0, point.low)[1], place(0, point.high)[1]
            told = f"<title>{as_html(point.name)}: {percent(point.value)} of {point.of}</title>"
            drawn.append(f'<line class="interval" x1="{x}" x2="{x}" y1="{low}" y2="{high}"/>')
            drawn.append(f'<circle class="dot" cx="{x}" cy="{y}" r="4">{told}</circle>')
    return _framed(title, left + side + 30, top + side + 24, "".join(drawn))


def percent(value: float | None) -> str:
    """``91.5 %``; a dash where there is none."""
    return "–" if value is None else f"{100 * value:.1f} %"


def as_html(text: str) -> str:
    """``text`` for HTML and SVG; what would steer a page's direction, or is no character, is shown as U+FFFD."""
    return escape("".join("\ufffd" if category(c) in UNSHOWN and c not in "\n\t" else c for c in text))


def _x(value: float) -> str:
    return f"{NAME + SIDE * value:.1f}"


def _grid(ticks: Sequence[tuple[str, str]], rows: int) -> str:
    bottom = TOP + ROW * rows
    return "".join(
        f'<line class="grid" x1="{x}" x2="{x}" y1="{TOP}" y2="{bottom}"/>'
        f'<text class="number" x="{x}" y="{TOP - 8}" text-anchor="middle">{shown}</text>'
        for x, shown in ticks
    )


def _name(name: str, y: float) -> str:
    shown = name if len(name) <= 34 else f"{name[:33]}…"
    told = f"{as_html(shown)}<title>{as_html(name)}</title>"
    return f'<text x="{NAME - 10}" y="{y}" dy=".35em" text-anchor="end">{told}</text>'


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y}" dy=".35em">{as_html(text)}</text>'


def _svg(title: str, rows: int, body: str) -> str:
    return _framed(title, NAME + SIDE + 260, TOP + ROW * rows + 6, body)


def _framed(title: str, width: int, height: int, body: str) -> str:
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}">{body}</svg>'
    )

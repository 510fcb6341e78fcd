"""Table 6 as a picture: bars of what each design takes, ours beside the paper's."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterator, Sequence

from ..text import count
from .table import COLUMNS, Comparison, parts_of, shortened

# Light and dark are the reader's, the card included, so that text has its contrast on any page.
_STYLE = """\
:root{--card:#fff;--ink:#1b2a41;--dim:#57606a;--line:#d0d7de;--paper:#8c959f;--ours:#0072b2}
@media (prefers-color-scheme:dark){:root{--card:#0d1117;--ink:#e6edf3;--dim:#9198a1;\
--line:#3d444d;--paper:#7d8590;--ours:#4aa8e0}}
text{font:13px system-ui,Helvetica,Arial,sans-serif;fill:var(--ink)}
.h{font-weight:600}.d{fill:var(--dim)}.n{font-size:12px}.e{text-anchor:end}
.paper{fill:var(--paper)}.ours{fill:var(--ours)}.l{stroke:var(--line)}"""
_WIDTH, _MARGIN, _GAP = 720, 16, 18
_TOP, _PART, _ROW, _BAR = 68, 34, 52, 12
# For the number behind the longest bar.
_ROOM = 62
# Where a panel begins and how wide it is, and the figure of its longest bar.
_PANELS = {"LUT": (_MARGIN, 262, 2e5), "FF": (296, 262, 2e5), "BRAM": (576, 128, 8.0)}


def bars(table: Sequence[Comparison]) -> str:
    """The short table as SVG: the same text for the same figures.

    Counts of LUTs and flip-flops reach from two to more than a hundred thousand, so that a decade
    is a length; block RAMs are as they are.
    """
    lines = [*_legend()]
    y = _TOP
    for heading, part in parts_of(shortened(list(table))):
        lines.append(f'<text class="h" x="{_MARGIN}" y="{y + 16}">{html.escape(heading)}</text>')
        y += _PART
        for row in part:
            lines += _row(row, y)
            y += _ROW
    return "\n".join([_head(y + 8), *lines, "</svg>"]) + "\n"


def _head(height: int) -> str:
    title = "Table 6: look-up tables, flip-flops and block RAMs, the paper's and ours"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect width="{_WIDTH}" height="{height}" rx="6" style="fill:var(--card)"/>'
    )


def _legend() -> Iterator[str]:
    for x, kind, words in ((_MARGIN, "paper", "the paper's, Vivado"), (190, "ours", "ours, Yosys")):
        yield f'<rect class="{kind}" x="{x}" y="16" width="12" height="12"/>'
        yield f'<text x="{x + 18}" y="27">{words}</text>'
    names = {"LUT": "look-up tables, log scale", "FF": "flip-flops, log scale", "BRAM": "RAMB36"}
    for column in COLUMNS:
        x, _, _ = _PANELS[column]
        yield f'<text class="d" x="{x}" y="54">{names[column]}</text>'
    yield f'<path class="l" d="M{_MARGIN},62 H{_WIDTH - _MARGIN}"/>'


def _row(row: Comparison, y: int) -> Iterator[str]:
    beside = "" if row.is_the_papers else f"; beside {row.paper.design}"
    numbers = f"{row.numbers:,} numbers a cycle{beside}"
    yield f'<text x="{_MARGIN}" y="{y}">{html.escape(row.design)}'
    yield f'<tspan class="d n" dx="8">{html.escape(numbers)}</tspan></text>'
    for column, (ours, paper) in row.pairs.items():
        for line, (kind, number) in enumerate((("paper", paper), ("ours", ours))):
            yield from _bar(column, kind, number, y + 6 + line * (_BAR + 3))


def _bar(column: str, kind: str, number: float | None, y: int) -> Iterator[str]:
    x, width, most = _PANELS[column]
    length = 0.0 if number is None else _scale(column)(number, most) * (width - _ROOM)
    if length:
        yield f'<rect class="{kind}" x="{x}" y="{y}" width="{length:.1f}" height="{_BAR}"/>'
    yield f'<text class="n" x="{x + length + 5:.1f}" y="{y + _BAR - 1}">{count(number)}</text>'


def _scale(column: str) -> Callable[[float, float], float]:
    return (lambda number, most: number / most) if column == "BRAM" else _logarithmic


def _logarithmic(number: float, most: float) -> float:
    """A count as a share of the longest bar: 1 has the length that each factor of 10 adds."""
    return (1 + math.log10(number)) / (1 + math.log10(most)) if number >= 1 else 0.0

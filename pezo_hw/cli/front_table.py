"""The Pareto front of a space on the terminal."""

from __future__ import annotations

from ..explore import ResultTable
from ..explore.figures import ENERGY
from ..explore.point import NETLIST
from .table import Table
from .terminal import say, write

_MOST_SHOWN = 30


def show_front(table: ResultTable, file: str) -> None:
    """The best configurations, with what differs between them; ``file`` is where more are."""
    names = table.space.objectives.names
    on_front = [row for row in table.rows if row["front"]]
    on_front.sort(key=lambda row: tuple(row[name] for name in names))
    varied = [key for key in table.space.keys if len({row[key] for row in table.rows}) > 1]
    headings = ("name", *names, *(key.rpartition(".")[2] for key in varied))
    shown = Table(title=f"front: {' and '.join(names)}", headings=headings)
    for row in on_front[:_MOST_SHOWN]:
        shown.row(*(_cell(row[key]) for key in ("name", *names, *varied)))
    shown.show()
    if len(on_front) > _MOST_SHOWN:
        say(f"{len(on_front) - _MOST_SHOWN:,} more of the front are in {file}")


def say_what_is_not_known(table: ResultTable) -> None:
    """How many are not on the front for want of a figure."""
    total = len(table.candidates)
    for name in table.space.objectives.names:
        missing = sum(row[name] is None for row in table.rows)
        if missing:
            helps = f"; --energy {NETLIST} simulates them" if name in ENERGY else ""
            write(f"{missing:,} of {total:,} have no {name} and are not on the front{helps}")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)

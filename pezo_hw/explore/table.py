"""The results of a space as a table: a row for each configuration, in the order of the space."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..tools.extras import require
from ..tools.files import replacing
from .candidates import Candidate
from .figures import FIGURES, ORIGINS
from .space import Space

Cell = float | int | str | bool | None

IS_FRONT = "front"
# Of an integer in a column of Parquet; an orbit may be longer.
_COLUMN_BITS = 63


@dataclass(frozen=True, kw_only=True)
class ResultTable:
    """What has been found of a space.

    Attributes
    ----------
    space : Space
        Which.
    candidates : sequence of Candidate
        Its configurations.
    figures : sequence of mapping
        The figures of each.
    """

    space: Space
    candidates: Sequence[Candidate]
    figures: Sequence[Mapping[str, Cell]]

    @property
    def columns(self) -> tuple[str, ...]:
        """Index, name, the space's keys, the figures, whether it is on the front, and the TOML."""
        return ("index", "name", *self.space.keys, *FIGURES, *ORIGINS, IS_FRONT, "toml")

    @property
    def front(self) -> list[bool]:
        """Whether each configuration is on the space's Pareto front."""
        return self.space.objectives.front(self.figures)

    @property
    def rows(self) -> list[dict[str, Cell]]:
        """A row for each configuration; None where it has nothing in a column."""
        return [
            {
                "index": candidate.index,
                "name": candidate.name,
                **{key: _cell(candidate.values.get(key)) for key in self.space.keys},
                **{name: figures.get(name) for name in (*FIGURES, *ORIGINS)},
                IS_FRONT: is_front,
                "toml": candidate.toml,
            }
            for candidate, figures, is_front in zip(
                self.candidates, self.figures, self.front, strict=True
            )
        ]

    def write_csv(self, path: Path) -> None:
        """Writes it as a CSV file, whole or not at all; an empty cell is None."""
        text = io.StringIO()
        writer = csv.DictWriter(text, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: _written(v) for k, v in row.items()} for row in self.rows)
        with replacing(path) as temporary:
            temporary.write_text(text.getvalue(), encoding="utf-8", newline="")

    def write_parquet(self, path: Path) -> None:
        """Writes it as a Parquet file, whole or not at all.

        Raises
        ------
        PezoError
            Where pyarrow is not installed.
        """
        require_parquet()
        from pyarrow import Table, parquet

        rows = self.rows
        columns = {name: _of_one_type([row[name] for row in rows]) for name in self.columns}
        with replacing(path) as temporary:
            parquet.write_table(Table.from_pydict(columns), temporary)


def require_parquet() -> None:
    """Checks that Parquet files can be written; raises PezoError where pyarrow is missing."""
    require("--parquet needs", ["pyarrow"], extra="parquet")


def _cell(value: object) -> Cell:
    """A list as text, as TOML has it."""
    return json.dumps(value) if isinstance(value, list) else value  # type: ignore[return-value]


def _written(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell


def narrowed(cell: Cell, bits: int) -> Cell:
    """An integer of more bits as a float, or as text where no float is so large; others as is."""
    if not isinstance(cell, int) or cell.bit_length() <= bits:
        return cell
    try:
        return float(cell)
    except OverflowError:
        return str(cell)


def _of_one_type(cells: list[Cell]) -> list[Cell]:
    """As they are, or all as text where texts stand beside numbers."""
    cells = [narrowed(cell, _COLUMN_BITS) for cell in cells]
    texts = [isinstance(cell, str) for cell in cells if cell is not None]
    if any(texts) and not all(texts):
        return [None if cell is None else str(_written(cell)) for cell in cells]
    return cells

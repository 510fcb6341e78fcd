"""The figures in words and short numbers, for tables and reports."""

from __future__ import annotations

from collections.abc import Sequence

from .figures import NAMES, in_words, number
from .quality import Quality

INDEPENDENT = ("independent Gaussian", "independent uniform")


def headings(names: Sequence[str]) -> tuple[str, ...]:
    """Of a table of configurations with these names, independent numbers beside them."""
    return ("figure", *names, *INDEPENDENT)


def rows(found: Sequence[Quality]) -> list[tuple[str, ...]]:
    """A row a figure: its name, what each configuration has, what independent numbers would give.

    Independent numbers are those beside the first of the configurations.
    """
    first = found[0]
    averaged = ("averaged over", *map(_starts, found), "", "")
    return [
        averaged,
        *(
            (
                name,
                *(quality.measured(key) for quality in found),
                in_words(first.gaussian, key),
                in_words(first.uniform, key),
            )
            for key, name in NAMES.items()
        ),
    ]


def _starts(quality: Quality) -> str:
    if quality.samples is None:
        return f"all {number(quality.starts)} starts"
    return f"{quality.samples:,} of {number(quality.starts)} starts"

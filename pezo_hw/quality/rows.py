"""The figures in words and short numbers, for tables and reports."""

from __future__ import annotations

from collections.abc import Sequence

from .figures import Figures
from .quality import Quality

NAMES = {
    "mean": "mean",
    "variance": "variance",
    "kurtosis": "kurtosis",
    "cycle_cv_before": "CV of a cycle's norm, before scaling",
    "cycle_cv": "CV of a cycle's norm",
    "norm_cv_before": "CV of the norm, before scaling",
    "norm_cv": "CV of the norm",
    "lane_correlation": "strongest correlation, same cycle",
    "lag_correlation": "strongest correlation, later cycle",
    "lag_distance": "that many numbers apart",
    "participation": "participation ratio",
    "smallest_eigenvalue": "smallest eigenvalue / mean",
    "largest_eigenvalue": "largest eigenvalue / mean",
    "cosine_mean": "cosine with the next, mean",
    "cosine_rms": "cosine with the next, rms",
    "cosine_largest": "cosine with the next, largest",
    "different": "different, one after another",
    "entropy_bytes": "bytes of entropy a step",
}
"""What each figure is called, in the order of a table."""

INDEPENDENT = ("independent Gaussian", "independent uniform")
NONE = "–"
_MOST_DIGITS = 15


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
                *(_measured(quality, key) for quality in found),
                _cell(first.gaussian, key),
                _cell(first.uniform, key),
            )
            for key, name in NAMES.items()
        ),
    ]


def _starts(quality: Quality) -> str:
    if quality.samples is None:
        return f"all {number(quality.starts)} starts"
    return f"{quality.samples:,} of {number(quality.starts)} starts"


def _measured(quality: Quality, key: str) -> str:
    cell, error = _cell(quality, key), quality.errors.get(key)
    return cell if error is None else f"{cell} ± {error:.1g}"


def _cell(figures: Figures, key: str) -> str:
    value = getattr(figures, key)
    if key == "different" and figures.starts is None:
        return "no end"
    return number(value)


def number(value: float | None) -> str:
    """A figure of four digits; an integer whole, unless it is one of dozens of digits."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return f"{value:,}" if len(str(value)) <= _MOST_DIGITS else f"{float(value):.3g}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.4g}"

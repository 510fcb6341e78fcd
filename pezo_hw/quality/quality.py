"""The quality of a stream as a source of perturbations, beside independent numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import TypedDict

from .. import checks
from ..config import Config
from ..notebook import card
from ..numbers.compact_orbit import CompactOrbit
from ..numbers.stream import Stream
from .exact import LARGEST, exact_figures
from .exact import STEPS as EXACT_STEPS
from .figures import NAMES, Figures, in_words
from .independent import gaussian_figures, uniform_figures
from .sampled import FEWEST, sampled_figures
from .sampled import STEPS as SAMPLED_STEPS
from .spectrum import one_blas_thread

LENGTH, LONGEST = 992, 8192
SAMPLES, MOST_SAMPLES = 8000, 1_000_000


class _Options(TypedDict):
    has_eigenvalues: bool
    on_step: Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Quality(Figures):
    """The figures of perturbations of a length, and what independent numbers would give.

    Attributes
    ----------
    length : int
        d, the numbers of a perturbation.
    lanes : int
        W, the numbers of a cycle.
    start_lanes : int
        A tensor starts at a multiple of so many numbers: W, or 1 where it starts at any number.
    jump : int or None
        Perturbations start so many times that apart, whatever their length; None where each starts
        where the last one ended.
    samples : int or None
        Of how many starts drawn at random the figures are; None where they are of all.
    errors : mapping of str to float
        The standard error of each figure that is estimated from samples; else empty.
    gaussian, uniform : Figures
        What independent numbers of variance 1 would give: by formula, of as many samples.
    """

    length: int
    lanes: int
    start_lanes: int
    jump: int | None
    samples: int | None
    errors: Mapping[str, float] = field(default_factory=dict)
    gaussian: Figures
    uniform: Figures

    def different_for(self, sizes: Sequence[int]) -> int:
        """How many perturbations of a model come, one after another, before the first comes again.

        Parameters
        ----------
        sizes : sequence of int
            The numbers of each tensor, >= 0; each starts on a fresh cycle, and so does the next
            perturbation, unless there is a ``jump``.
        """
        starts = self.starts or 0
        checked = [checks.integer("size", size, 0) for size in sizes]
        cycles = sum(-(-size // self.start_lanes) for size in checked)
        return starts // math.gcd(starts, cycles if self.jump is None else self.jump)

    def measured(self, key: str) -> str:
        """A figure of `figures.NAMES` in words, with its error where it is estimated."""
        words, error = in_words(self, key), self.errors.get(key)
        return words if error is None else f"{words} ± {error:.1g}"

    def as_dict(self) -> dict[str, object]:
        """All of it as plain numbers, fit for JSON."""
        return asdict(self)

    def _repr_html_(self) -> str:
        beside = (self.gaussian, self.uniform)
        rows: list[tuple[str, ...]] = [
            ("", "measured", "independent Gaussian", "independent uniform")
        ]
        for key, name in NAMES.items():
            rows.append((name, self.measured(key), *(in_words(one, key) for one in beside)))
        return card(f"perturbations of {self.length:,} numbers", rows)


def quality_of(
    source: Config | Stream,
    *,
    length: int = LENGTH,
    samples: int = SAMPLES,
    has_eigenvalues: bool = True,
    on_step: Callable[[], object] = lambda: None,
) -> Quality:
    """How good the perturbations of a configuration, or of a stream, are.

    Figures are exact, over all starts of the orbit, where that is at most `exact.LARGEST` numbers
    in its compact form; else they are of starts drawn at random, the same ones every time.

    Parameters
    ----------
    source : Config or Stream
        Where the numbers come from.
    length : int
        d, 1 to 8192: the numbers of a perturbation.
    samples : int
        How many starts are drawn where there are too many, 100 to 1,000,000.
    has_eigenvalues : bool
        Whether the smallest and the largest eigenvalue are computed: they take most of the time.
    on_step : callable
        Called `steps_of(source)` times on the way.

    Raises
    ------
    ConfigError
        For a length or a number of samples out of range.

    Examples
    --------
    >>> import pezo_hw
    >>> from pezo_hw.quality import quality_of
    >>> found = quality_of(pezo_hw.load("paper-roberta"), length=93)
    >>> found.starts, found.samples, round(found.cycle_cv, 3), round(found.participation, 1)
    (7905, None, 0.101, 84.6)
    >>> found.gaussian.participation, round(found.gaussian.cycle_cv, 3)
    (93.0, 0.128)
    >>> found.different_for([31 * 254, 10])  # the tensors of a model take 255 cycles of 7905
    31
    """
    length = checks.integer("length", length, 1, LONGEST)
    samples = checks.integer("samples", samples, FEWEST, MOST_SAMPLES)
    orbit = _orbit_of(source)
    errors: dict[str, float] = {}
    drawn = None if orbit.size <= LARGEST else samples
    options = _Options(has_eigenvalues=has_eigenvalues, on_step=on_step)
    with one_blas_thread():
        if drawn is None:
            found = exact_figures(orbit, length, **options)
        else:
            found, errors = sampled_figures(orbit, length, drawn, **options)
    beside = (length, orbit.beat_lanes, orbit.unit, drawn)
    return Quality(
        **{each.name: getattr(found, each.name) for each in fields(Figures)},
        length=length,
        lanes=orbit.beat_lanes,
        start_lanes=orbit.lanes,
        jump=orbit.jump,
        samples=drawn,
        errors=errors,
        gaussian=gaussian_figures(*beside),
        uniform=uniform_figures(*beside),
    )


def steps_of(source: Config | Stream) -> int:
    """How often `quality_of` calls ``on_step``."""
    return EXACT_STEPS if _orbit_of(source).size <= LARGEST else SAMPLED_STEPS


def _orbit_of(source: Config | Stream) -> CompactOrbit:
    stream = source if isinstance(source, Stream) else source.stream()
    return stream.compact_orbit()

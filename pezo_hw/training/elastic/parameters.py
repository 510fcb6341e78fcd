"""What the comparison asks for: which ways of training, how long, and the grid of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from ... import checks
from ...errors import ConfigError
from ..experiment.parameters import MOST_BATCH, MOST_SEEDS, MOST_STEPS, check_sizes

Settings = dict[str, float]

METHODS = ("zo", "control", "elastic", "bp")
TUNING_SEED = 0
# Seeds of a run, with `TUNING_SEED` the first: no test seed has been tuned for.
FIRST_TEST_SEED = 1
# Between the starting positions of two seeds: a prime, which no stream's period divides.
APART = 1_000_003
# The numbers of each tensor of LeNet-5, biases behind their weights.
SIZES = (150, 6, 2400, 16, 94080, 120, 10080, 84, 840, 10)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A way of training LeNet-5.

    Attributes
    ----------
    method : str
        ``"zo"``: all layers by zeroth-order steps. ``"elastic"``: the head by back-propagation, the
        others by zeroth-order steps. ``"control"``: the head by back-propagation, the others as
        they were. ``"bp"``: all layers by back-propagation.
    layers : int
        How many fully connected layers the head has; 0 where there is none.
    is_integer : bool
        int8 weights and integers alone, else float32.
    """

    method: str
    layers: int = 0
    is_integer: bool = False

    @property
    def name(self) -> str:
        """As on the command line: ``"int8-elastic-1"``."""
        head = f"-{self.layers}" if self.layers else ""
        return f"{'int8-' if self.is_integer else ''}{self.method}{head}"

    @property
    def perturbed(self) -> tuple[int, ...] | None:
        """The numbers of each tensor that zeroth-order steps move; None where there are no such.

        Empty for integers, whose steps are so long that every perturbation of a stream is used.
        """
        if self.method in ("control", "bp"):
            return None
        return () if self.is_integer else SIZES[: len(SIZES) - 2 * self.layers]

    @property
    def grid(self) -> list[Settings]:
        """Every setting that is tried, the learning rate of each part by its name."""
        own = (_INTEGER_GRIDS if self.is_integer else _GRIDS)[self.method]
        return [dict(zip(own, values, strict=True)) for values in product(*own.values())]


_GRIDS: dict[str, dict[str, Sequence[float]]] = {
    "zo": {"zo": (1e-4, 3e-4, 1e-3, 3e-3), "epsilon": (1e-3,)},
    "control": {"head": (0.1, 0.3, 1.0, 3.0)},
    "elastic": {"zo": (1e-4, 3e-4, 1e-3), "epsilon": (1e-3,), "head": (0.1, 0.3, 1.0, 3.0)},
    "bp": {"head": (0.1, 0.3)},
}
_INTEGER_GRIDS: dict[str, dict[str, Sequence[float]]] = {
    "zo": {"amplitude": (2,), "mask": (0,), "rate": (0, 1, 2)},
    "control": {"head_rate": (-1, 0, 1)},
    "elastic": {"amplitude": (2,), "mask": (0,), "rate": (1, 3, 5), "head_rate": (-1, 0)},
}

VARIANTS = {
    variant.name: variant
    for variant in (
        Variant(method="zo"),
        *(Variant(method=m, layers=n) for n in (1, 2) for m in ("control", "elastic")),
        Variant(method="bp"),
        Variant(method="zo", is_integer=True),
        Variant(method="control", layers=1, is_integer=True),
        Variant(method="elastic", layers=1, is_integer=True),
    )
}


@dataclass(frozen=True, kw_only=True)
class ElasticParameters:
    """Which variants, and what they have in common.

    Parameters
    ----------
    variants : sequence of str
        Names of `VARIANTS`.
    source : str
        A name for `find_source`: where perturbations come from.
    seeds : int
        Runs of each variant, at least 1; each has weights, batches and a starting position of its
        own, the same for every variant.
    steps : int
        Steps of a run, at least 1; learning rates fall linearly over them.
    batch : int
        Images a step.

    Raises
    ------
    ConfigError
        For any value that is not allowed.
    """

    variants: Sequence[str] = tuple(VARIANTS)
    source: str = "paper-roberta"
    seeds: int = 5
    steps: int = 600
    batch: int = 64

    def __post_init__(self) -> None:
        for name in self.variants:
            checks.choice("variants", name, tuple(VARIANTS))
        if not self.variants or len(set(self.variants)) < len(self.variants):
            raise ConfigError("variants", ",".join(self.variants), "one or more different names")
        check_sizes(self, seeds=MOST_SEEDS, steps=MOST_STEPS, batch=MOST_BATCH)

    @property
    def test_seeds(self) -> range:
        """The seeds that the tables are about."""
        return range(FIRST_TEST_SEED, FIRST_TEST_SEED + self.seeds)

    @property
    def runs(self) -> int:
        """The runs of it all: every point of every grid, then every seed."""
        return sum(len(VARIANTS[name].grid) + self.seeds for name in self.variants)

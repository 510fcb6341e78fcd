"""A configuration of a space, measured: what it costs and how good its perturbations are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from .. import checks
from ..config import Config
from ..numbers.stream import Stream
from ..power import Request as PowerRequest
from ..power import measure as measure_power
from ..power.estimate import estimated_toggles
from ..quality import quality_of
from ..quality.quality import LENGTH, LONGEST, MOST_SAMPLES
from ..quality.sampled import FEWEST
from ..synth import Cache, cache_folder, measure
from ..synth.estimate import estimated
from .candidates import Candidate
from .figures import ENERGY, QUALITY, TRAINING
from .training import ShortRuns, trained

Figure = float | int | str | None

TARGET = "xcup"
SAMPLES = 1000
ESTIMATE, SYNTHESIS, NETLIST = "estimate", "synthesis", "netlist"
# Of a longer orbit a window of so many cycles, as for the toggles of a netlist.
_LONGEST_ORBIT, _WINDOW = 16_384, 4096
_NUMBERS_AT_ONCE = 1 << 22


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is measured of every configuration.

    Parameters
    ----------
    length : int
        d, the numbers of a perturbation.
    samples : int
        How many are drawn where an orbit is too long to take all of them.
    synthesises : bool
        Whether each is synthesised. If not, its cost is an estimate, but for generators that have
        none.
    simulates : bool
        Whether the netlist of each is simulated. If not, its toggles are an estimate, or not known.
    training : ShortRuns or None
        How each trains, if it does.

    Raises
    ------
    ConfigError
        For a number out of range.
    """

    length: int = LENGTH
    samples: int = SAMPLES
    synthesises: bool = False
    simulates: bool = False
    training: ShortRuns | None = None

    def __post_init__(self) -> None:
        checks.integer("length", self.length, 1, LONGEST)
        checks.integer("samples", self.samples, FEWEST, MOST_SAMPLES)


def measured(candidate: Candidate, request: Request) -> dict[str, Figure]:
    """The figures of a configuration by their names (`pezo_hw.explore.figures`).

    It is called in other processes, on other machines perhaps: nothing but its arguments, the
    package and its cache of netlists decides what it returns.
    """
    config = candidate.config
    cost = _cost(config, request)
    lanes = config.parameters.lanes
    stream = config.stream()
    found: dict[str, Figure] = {
        **cost,
        "lanes": lanes,
        "sites_a_number": float(cost["lut_sites"]) / lanes,  # type: ignore[arg-type]
        "toggles": toggles(stream),
        **_energy(config, request),
    }
    quality = quality_of(
        stream, length=request.length, samples=request.samples, has_eigenvalues=False
    )
    found |= {name: getattr(quality, name, None) for name in QUALITY}
    if quality.participation is not None:
        found["isotropy"] = quality.participation / quality.length
    mean_square = quality.variance + quality.mean**2
    found |= _training(config, request, mean_square)
    return found | {"samples": quality.samples}


def _cost(config: Config, request: Request) -> Mapping[str, Figure]:
    cost = None if request.synthesises else estimated(config.generator)
    if cost is not None:
        return {**asdict(cost), "cost_from": ESTIMATE}
    cache = Cache(folder=cache_folder())
    used = measure(config, TARGET, seeds=(), cache=cache)[0].resources
    counts = {name: getattr(used, name) for name in ("lut", "lut_sites", "ff", "bram")}
    return {**counts, "cost_from": SYNTHESIS}


def _energy(config: Config, request: Request) -> Mapping[str, Figure]:
    if request.simulates:
        wanted = PowerRequest(cache=Cache(folder=cache_folder()))
        found, origin = measure_power([config], wanted)[0].toggles.total, NETLIST
    else:
        estimate = estimated_toggles(config.generator)
        if estimate is None:
            return dict.fromkeys((*ENERGY, "toggles_from"))
        found, origin = estimate, ESTIMATE
    a_number = found / config.parameters.lanes
    return {"net_toggles": found, "net_toggles_a_number": a_number, "toggles_from": origin}


def _training(config: Config, request: Request, mean_square: float) -> Mapping[str, Figure]:
    if request.training is None or not mean_square:
        return dict.fromkeys(TRAINING)
    return trained(config, request.training, mean_square)


def toggles(stream: Stream) -> float:
    """How many bits of a number at the pins change from one cycle to the next, on average.

    Over the whole joint orbit where it has at most 16,384 cycles, else over its first 4,096; and
    over no more cycles than are held in memory at once, at least two.

    Examples
    --------
    >>> import pezo_hw
    >>> from pezo_hw.explore.point import toggles
    >>> round(toggles(pezo_hw.load("paper-roberta").stream()), 2)  # of 8 bits
    4.02
    """
    cycles = stream.orbit if stream.orbit <= _LONGEST_ORBIT else _WINDOW
    cycles = max(1, min(cycles, _NUMBERS_AT_ONCE // stream.lanes))
    numbers = stream.mantissas(0, cycles + 1)
    changed = (numbers[1:] ^ numbers[:-1]) & ((1 << stream.fixed_point.bits) - 1)
    return float(np.bitwise_count(changed).mean())

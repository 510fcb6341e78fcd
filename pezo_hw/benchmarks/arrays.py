"""Filling arrays and perturbing weights, against NumPy and PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import load
from ..fast.perturb import perturb_
from ..training import PerturbationSource
from ..training.sources import GaussianSource, RademacherSource, UniformSource
from .measure import Measure, Rate, measured_presets, medians, rate_of

_NUMBERS = "numbers/s"
_WEIGHTS = "weights/s"
_START = 10**12
_EPSILON = 1e-3
# At most 1.1 times as long as MeZO's.
_AS_FAST = 1 / 1.1


def measure_values(
    count: int, rounds: int, on_round: Callable[[], None], torch: Any
) -> list[Measure]:
    """float32 values of the on-the-fly presets against copying and against Gaussian numbers."""
    out, source = np.zeros(count, np.float32), np.ones(count, np.float32)
    generator = np.random.default_rng(0)
    others: dict[str, Rate] = {
        "np.copyto": rate_of(lambda: np.copyto(out, source), count),
        "standard_normal": rate_of(
            lambda: generator.standard_normal(out=out, dtype=np.float32), count
        ),
    }
    targets = {"np.copyto": 0.8, "standard_normal": 20.0}
    if torch is not None:
        tensor = torch.from_numpy(out)
        others["torch normal_"] = rate_of(tensor.normal_, count)
        targets["torch normal_"] = 6.0
    presets = ("paper-roberta", "paper-opt")
    ours = {name: rate_of(_filling(name, out), count) for name in presets}
    rates = medians({**others, **ours}, rounds, on_round)
    return [
        Measure(
            measure=f"float32 : {other}",
            preset=name,
            ours=rates[name],
            theirs=rates[other],
            unit=_NUMBERS,
            at_least=target,
        )
        for other, target in targets.items()
        for name in presets
    ]


def measure_mantissas(count: int, rounds: int, on_round: Callable[[], None]) -> list[Measure]:
    """int8 mantissas of the preset that has them, against copying."""
    out, source = np.zeros(count, np.int8), np.ones(count, np.int8)
    name = "paper-roberta"
    participants = {
        "np.copyto": rate_of(lambda: np.copyto(out, source), count),
        name: rate_of(_filling(name, out), count),
    }
    rates = medians(participants, rounds, on_round)
    return [
        Measure(
            measure="int8 : np.copyto",
            preset=name,
            ours=rates[name],
            theirs=rates["np.copyto"],
            unit=_NUMBERS,
            at_least=0.6,
        )
    ]


def measure_perturbing(
    count: int, rounds: int, on_round: Callable[[], None], torch: Any
) -> list[Measure]:
    """perturb_ on float32 weights of every preset against MeZO's way, which needs PyTorch."""
    weights = np.zeros(count, np.float32)
    ours = {name: rate_of(_perturbing(name, weights), count) for name in measured_presets()}
    rates = medians({"mezo": rate_of(_as_mezo(torch, weights), count), **ours}, rounds, on_round)
    return [
        Measure(
            measure="perturb_ : MeZO",
            preset=name,
            ours=rates[name],
            theirs=rates["mezo"],
            unit=_WEIGHTS,
            at_least=8.0,
        )
        for name in ours
    ]


def measure_sources(
    counts: Sequence[int], rounds: int, on_round: Callable[[], None], torch: Any
) -> list[Measure]:
    """The software's distributions against MeZO's loop, which they stand for in comparisons."""
    found = []
    for count in counts:
        weights = np.zeros(count, np.float32)
        participants = {"mezo": rate_of(_as_mezo(torch, weights), count)}
        for source in (GaussianSource(), RademacherSource(), UniformSource()):
            participants[source.kind] = rate_of(_adding(source, weights), count)
        rates = medians(participants, rounds, on_round)
        found += [
            Measure(
                measure=f"source : MeZO, {count / 1e6:g} M",
                preset=name,
                ours=rate,
                theirs=rates["mezo"],
                unit=_WEIGHTS,
                at_least=_AS_FAST,
            )
            for name, rate in rates.items()
            if name != "mezo"
        ]
    return found


def measure_random_access(rounds: int, on_round: Callable[[], None]) -> list[Measure]:
    """The golden model's windows of 1000 cycles at cycle 10^12 against cycle 0."""
    participants: dict[str, Rate] = {}
    for name in measured_presets():
        golden = load(name).stream()
        for start in (0, _START):
            work = _reading(golden.values, start)
            participants[f"{name} {start}"] = rate_of(work, 1000)
    rates = medians(participants, rounds, on_round)
    return [
        Measure(
            measure="golden, 10^12 : 0",
            preset=name,
            ours=rates[f"{name} {_START}"],
            theirs=rates[f"{name} 0"],
            unit="cycles/s",
        )
        for name in measured_presets()
    ]


def _filling(name: str, out: NDArray[Any]) -> Callable[[], None]:
    stream = load(name).fast_stream()
    return lambda: stream.fill(out, _START)


def _perturbing(name: str, weights: NDArray[Any]) -> Callable[[], object]:
    stream = load(name).fast_stream()
    return lambda: perturb_([weights], _EPSILON, stream, _START)


def _adding(source: PerturbationSource, weights: NDArray[Any]) -> Callable[[], object]:
    return lambda: source.add_([weights], _EPSILON, 1)


def _as_mezo(torch: Any, weights: NDArray[Any]) -> Callable[[], object]:
    """One of MeZO's passes: the whole z, drawn again from its seed."""
    tensor = torch.from_numpy(weights)

    def add() -> None:
        torch.manual_seed(1)
        z = torch.normal(mean=0.0, std=1.0, size=(len(weights),))
        tensor.add_(z * _EPSILON)

    return add


def _reading(values: Callable[[int, int], object], start: int) -> Callable[[], object]:
    return lambda: values(start, 1000)

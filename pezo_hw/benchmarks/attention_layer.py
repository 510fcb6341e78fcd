"""The numbers of one attention layer: what the paper says a CPU takes, and what others take.

PeZO paper, section 2.3: an attention layer of LLaMA2-7B takes 4 x 4096 x 4096 Gaussian numbers. A
ZCU102's Cortex-A53 makes them in 11,927.258 ms; inference of the layer takes 2.013 ms on the FPGA,
at 225 MHz.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import load
from ..text import significant, table_lines
from .measure import Rate, medians, rate_of

SHAPES = ((4096, 4096),) * 4
PAPERS_CPU_MS, PAPERS_INFERENCE_MS, PAPERS_INFERENCE_MHZ = 11_927.258, 2.013, 225
# Clocks of table 6; of designs that it does not have there is none.
PAPERS_MHZ = {"mezo": 500, "paper-pool": 700, "paper-roberta": 700, "paper-opt": 700}
DESIGNS = ("mezo", "paper-pool", "paper-roberta", "paper-opt", "spread", "wide")
HEADINGS = ("where", "how", "ms", "the paper's CPU over it", "it over the inference")


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to make the layer's numbers, once.

    Attributes
    ----------
    where, how : str
        On what, and with what.
    ms : float
        Milliseconds.
    """

    where: str
    how: str
    ms: float

    @property
    def papers_cpu(self) -> float:
        """How many times as long the paper's CPU takes."""
        return PAPERS_CPU_MS / self.ms

    @property
    def inference(self) -> float:
        """How many times as long as the layer's inference it takes."""
        return self.ms / PAPERS_INFERENCE_MS

    @property
    def cells(self) -> tuple[str, ...]:
        """A line of the table, under `HEADINGS`."""
        times = (f"{significant(factor)} ×" for factor in (self.papers_cpu, self.inference))
        return (self.where, self.how, significant(self.ms), *times)

    def as_dict(self) -> dict[str, object]:
        """Plain numbers, fit for JSON."""
        return {
            "where": self.where,
            "how": self.how,
            "ms": self.ms,
            "papers_cpu": self.papers_cpu,
            "inference": self.inference,
        }


def papers_ways() -> list[Way]:
    """What the paper says of its CPU."""
    return [Way(where="Cortex-A53", how="Gaussian, in the paper", ms=PAPERS_CPU_MS)]


def measured_ways(
    rounds: int,
    torch: Any,
    on_round: Callable[[], None],
    *,
    shapes: tuple[tuple[int, ...], ...] = SHAPES,
) -> list[Way]:
    """Gaussian numbers, and perturbations of `DESIGNS` out of fast streams, on this machine.

    Each is the median over ``rounds``, in every one of which all have their turn.

    Parameters
    ----------
    rounds : int
        How many.
    torch : module or None
        PyTorch, where it is installed.
    on_round : callable
        Called after each, and after the one before the first.
    shapes : tuple of tuple of int
        Those of the layer's tensors.
    """
    tensors = [np.zeros(shape, np.float32) for shape in shapes]
    participants = _gaussian(tensors, torch)
    for name in DESIGNS[1:]:
        participants[f"fast_stream, {name}"] = rate_of(_perturbing(name, tensors), 1.0)
    rates = medians(participants, rounds, on_round)
    return [Way(where="this machine", how=how, ms=1e3 / rate) for how, rate in rates.items()]


def hardware_ways() -> list[Way]:
    """The cycles that the cores need, at the clock of the layer's inference and the paper's own."""
    found = []
    for name in DESIGNS:
        lanes = load(name).parameters.lanes
        cycles = sum(-(-rows * columns // lanes) for rows, columns in SHAPES)
        clocks = (PAPERS_INFERENCE_MHZ, *((PAPERS_MHZ[name],) if name in PAPERS_MHZ else ()))
        found += [
            Way(where=f"core at {mhz} MHz", how=f"{name}, {cycles:,} cycles", ms=cycles / mhz / 1e3)
            for mhz in clocks
        ]
    return found


def markdown(ways: list[Way], machine: str) -> str:
    """The table as Markdown, with the machine that it was measured on."""
    lines = table_lines(HEADINGS, [way.cells for way in ways], left=2)
    return "\n".join([*lines, "", f"This machine: {machine}."]) + "\n"


def _gaussian(tensors: list[NDArray[np.float32]], torch: Any) -> dict[str, Rate]:
    generator = np.random.default_rng(0)

    def by_numpy() -> None:
        for tensor in tensors:
            generator.standard_normal(out=tensor, dtype=np.float32)

    found = {"NumPy, standard_normal": rate_of(by_numpy, 1.0)}
    if torch is None:
        return found
    parameters = [torch.from_numpy(tensor) for tensor in tensors]

    def by_torch() -> None:
        for parameter in parameters:
            parameter.normal_()

    def as_mezo() -> None:
        for parameter in parameters:
            z = torch.normal(mean=0.0, std=1.0, size=parameter.size(), dtype=parameter.dtype)
            parameter.add_(z * 1e-3)

    return found | {
        "PyTorch, normal_": rate_of(by_torch, 1.0),
        "MeZO: torch.normal, and added": rate_of(as_mezo, 1.0),
    }


def _perturbing(name: str, tensors: list[NDArray[np.float32]]) -> Callable[[], None]:
    stream = load(name).fast_stream()

    def fill() -> None:
        start = 0
        for tensor in tensors:
            stream.fill(tensor, start)
            start += -(-tensor.size // stream.lanes)

    return fill

"""How fast weights are perturbed on a GPU, beside a plain copy and beside MeZO's way.

Run as ``python benchmarks/gpu.py [device] [millions of weights]``: without arguments on the first
accelerator that PyTorch finds, with 50 million weights. A perturbation must read and write every
weight once, which is what a copy does: 100 % is the card's limit. All rates are taken in the same
rounds, and the median of them counts.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import torch

from pezo_hw import load
from pezo_hw.errors import PezoError
from pezo_hw.fast.exact import ExactPerturbation
from pezo_hw.fast.perturb import perturb_

EPSILON = 1e-3
PRESETS = ("paper-roberta", "paper-opt", "paper-pool", "spread")
ROUNDS, TIMES = 7, 5
Work = Callable[[], object]


def participants(weights: torch.Tensor) -> dict[str, Work]:
    """What is measured: each passes over all weights, the exact moves three times."""
    target = torch.empty_like(weights)
    works: dict[str, Work] = {
        "copy": lambda: target.copy_(weights),
        "MeZO: manual_seed, normal, add_": lambda: mezo_(weights),
    }
    for name in PRESETS:
        stream = load(name).fast_stream()
        works[f"perturb_ {name}"] = lambda s=stream: perturb_([weights], EPSILON, s, 10**12)  # type: ignore[misc]
    stream = load("paper-roberta").fast_stream()
    works["exact plus, minus, restore paper-roberta"] = lambda: exact(weights, stream)
    return works


def mezo_(weights: torch.Tensor) -> None:
    """One of MeZO's passes: the whole z, drawn again from its seed."""
    torch.manual_seed(1)
    z = torch.normal(0.0, 1.0, size=weights.shape, device=weights.device, dtype=weights.dtype)
    weights.add_(z, alpha=EPSILON)


def exact(weights: torch.Tensor, stream: object) -> None:
    """There, to the other side and back, bit for bit."""
    with ExactPerturbation([weights], EPSILON, stream, 5) as moves:  # type: ignore[arg-type]
        moves.plus()
        moves.minus()


def seconds(work: Work) -> float:
    """Of one call, the device's work included."""
    torch.accelerator.synchronize()
    start = time.perf_counter()
    for _ in range(TIMES):
        work()
    torch.accelerator.synchronize()
    return (time.perf_counter() - start) / TIMES


def measured(works: dict[str, Work]) -> dict[str, float]:
    """The median time of each; a round before the first makes tables."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(ROUNDS + 1):
        for name, work in works.items():
            found = seconds(work)
            if number:
                times[name].append(found)
    return {name: statistics.median(found) for name, found in times.items()}


def main(arguments: list[str]) -> None:
    """Measures, and prints a table for each type of weight."""
    if not arguments and not torch.accelerator.is_available():
        raise PezoError("there is no accelerator here; allowed: a device of PyTorch's as argument")
    device = torch.device(arguments[0]) if arguments else torch.accelerator.current_accelerator()
    count = round(float(arguments[1]) * 1e6) if len(arguments) > 1 else 50_000_000
    card = torch.cuda.get_device_name() if torch.cuda.is_available() else str(device)
    print(f"{card}, PyTorch {torch.__version__}, {count:,} weights")
    for dtype in (torch.float32, torch.bfloat16):
        weights = torch.zeros(count, device=device, dtype=dtype)
        times = measured(participants(weights))
        moved = 2 * count * dtype.itemsize
        print(f"\n| {dtype} | ms | G weights/s | of a copy, % |\n| --- | --: | --: | --: |")
        for name, found in times.items():
            share = 100 * times["copy"] / found
            print(f"| {name} | {1e3 * found:.3f} | {count / found / 1e9:.1f} | {share:.0f} |")
        print(f"\ncopy: {moved / times['copy'] / 1e9:,.0f} GB/s")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PezoError as error:
        sys.exit(f"error: {error}")

"""What the ensembles add is what the sources add, bit for bit."""

import pytest

torch = pytest.importorskip("torch")

from pezo_hw.config import parse
from pezo_hw.training.language.perturbations import (
    DrawnPerturbations,
    GatheredPerturbations,
    HostPerturbations,
    perturbations_of,
)
from pezo_hw.training.source import PerturbationSource
from pezo_hw.training.sources import IntegerUniformSource, find_source
from pezo_hw.training.stream_source import StreamSource

CPU = torch.device("cpu")
SIZES = [5, 4100, 31, 1, 35_000]


def added(source: PerturbationSource, position: int) -> tuple[torch.Tensor, int]:
    """What the source itself adds to zeros."""
    tensors = [torch.zeros(size) for size in SIZES]
    following = source.add_(tensors, 1.0, position)
    return torch.cat(tensors), following


def tiled(lanes: int, **keys: object) -> StreamSource:
    """31 registers of 11 bits on so many lanes."""
    lines = [f"{key} = {str(value).lower()}" for key, value in keys.items()]
    text = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 31\nwidth = 11\n'
    return StreamSource(parse(text + "\n".join([f"lanes = {lanes}", *lines]), name="tiled"))


def check(made: object, position: int) -> None:
    """Three perturbations in a row, each of them beside another."""
    out = torch.empty(2, sum(SIZES))
    for _ in range(3):
        expected, following = zip(
            *(added(made.source, each) for each in (position, 1)), strict=True
        )
        assert made.draw([position, 1], out) == list(following)
        assert torch.equal(out.view(torch.int32), torch.stack(expected).view(torch.int32))
        position = following[0]


def test_streams_are_gathered_from_a_table() -> None:
    names = ("paper-roberta", "paper-opt", "spread", "wide", "paper-pool", "row-pool")
    sources = [*map(find_source, names), tiled(1024), tiled(7), tiled(40, rotate=False)]
    for source in sources:
        made = perturbations_of(source, SIZES, CPU)
        assert isinstance(made, GatheredPerturbations)
        for position in (0, 3, 1_000_003):
            check(made, position)


def test_distributions_are_computed_on_the_device() -> None:
    names = ("gaussian", "rademacher", "uniform", "integer-uniform")
    for source in (*map(find_source, names), IntegerUniformSource(seed=2**64 - 1, width=5)):
        for position in (0, 2**63 + 5):
            check(DrawnPerturbations(source, SIZES, CPU), position)


def test_what_no_table_holds_is_computed_here_and_sent() -> None:
    for name in ("mezo", "uniform"):
        made = perturbations_of(find_source(name), SIZES, CPU)
        assert isinstance(made, HostPerturbations)
        check(made, 7)

"""What the ensembles add is what the sources add, bit for bit."""

import pytest

torch = pytest.importorskip("torch")

from pezo_hw.config import parse  # noqa: E402
from pezo_hw.training.language.perturbations import (  # noqa: E402
    DrawnPerturbations,
    GatheredPerturbations,
    HostPerturbations,
    Perturbations,
    perturbations_of,
)
from pezo_hw.training.source import PerturbationSource  # noqa: E402
from pezo_hw.training.sources import IntegerUniformSource, find_source  # noqa: E402
from pezo_hw.training.stream_source import StreamSource  # noqa: E402

CPU = torch.device("cpu")
SIZES = [5, 4100, 31, 1]


def added(made: Perturbations, position: int) -> tuple[torch.Tensor, int]:
    """What the source itself adds to zeros."""
    tensors = [torch.zeros(size) for size in made.sizes]
    following = made.source.add_(tensors, 1.0, position)
    return torch.cat(tensors), following


def check(made: Perturbations, position: int) -> None:
    """Three perturbations in a row, each of them beside another."""
    out = torch.empty(2, sum(made.sizes))
    for _ in range(3):
        pairs = [added(made, each) for each in (position, 1)]
        expected, following = zip(*pairs, strict=True)
        assert made.draw([position, 1], out) == list(following)
        assert torch.equal(out.view(torch.int32), torch.stack(expected).view(torch.int32))
        position = following[0]


def check_stream(source: PerturbationSource) -> None:
    made = perturbations_of(source, SIZES, CPU)
    assert isinstance(made, GatheredPerturbations)
    for position in (0, 1_000_003):
        check(made, position)


def tiled(lanes: int, rotate: str = "true") -> StreamSource:
    """31 registers of 11 bits on so many lanes."""
    text = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 31\nwidth = 11\n'
    return StreamSource(parse(f"{text}lanes = {lanes}\nrotate = {rotate}\n", name="tiled"))


def test_streams_are_gathered_from_a_table() -> None:
    for name in ("paper-roberta", "paper-pool", "row-pool"):
        check_stream(find_source(name))
    for source in (tiled(1024), tiled(7), tiled(40, "false")):
        check_stream(source)


@pytest.mark.slow
def test_so_are_those_of_long_orbits() -> None:
    for name in ("paper-opt", "wide"):
        check_stream(find_source(name))


def test_distributions_are_computed_on_the_device() -> None:
    names = ("gaussian", "rademacher", "uniform", "integer-uniform")
    for source in (*map(find_source, names), IntegerUniformSource(seed=2**64 - 1, width=5)):
        for position in (0, 2**63 + 5):
            check(DrawnPerturbations(source, [*SIZES, 35_000], CPU), position)


def test_what_no_table_holds_is_computed_here_and_sent() -> None:
    made = perturbations_of(find_source("uniform"), SIZES, CPU)
    assert isinstance(made, HostPerturbations)
    check(made, 7)

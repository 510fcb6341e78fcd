"""The distributions: replay, independence of positions, moments; the streams behind `add_`."""

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.numbers.perturbation import PerturbationSequence
from pezo_hw.training.sources import (
    GaussianSource,
    IntegerUniformSource,
    RademacherSource,
    RandomSource,
    UniformSource,
    find_source,
    source_names,
)
from tests.making import generator_of

RANDOM = [GaussianSource(), RademacherSource(), UniformSource(), IntegerUniformSource()]
SHAPES = [(3, 5), (), (2, 0), (7,)]


def perturbation(source, position: int, shapes=SHAPES, scale: float = 1.0) -> list[np.ndarray]:
    tensors = [np.zeros(shape, np.float32) for shape in shapes]
    source.add_(tensors, scale, position)
    return tensors


def flat(tensors: list[np.ndarray]) -> list[float]:
    return np.concatenate([tensor.reshape(-1) for tensor in tensors]).tolist()


@pytest.mark.parametrize("name", source_names())
def test_a_position_replays_whatever_came_between(name: str):
    source = find_source(name)
    first = flat(perturbation(source, 5))
    assert len(set(first)) > 1
    assert flat(perturbation(source, 0)) != first
    assert flat(perturbation(source, 5)) == first
    assert flat(perturbation(find_source(name), 5)) == first


@pytest.mark.parametrize("name", source_names())
def test_the_scale_multiplies_and_the_next_position_is_another(name: str):
    source = find_source(name)
    tensors = [np.full(40, 8.0, np.float64)]
    following = source.add_(tensors, -0.5, 3)
    assert following > 3
    numbers = perturbation(source, 3, [(40,)])[0].astype(np.float64)
    assert tensors[0].tolist() == (8.0 - 0.5 * numbers).tolist()
    assert perturbation(source, following, [(40,)])[0].tolist() != numbers.tolist()


@pytest.mark.parametrize("name", source_names())
def test_tensors_of_a_perturbation_are_not_alike(name: str):
    first, second = perturbation(find_source(name), 2, [(6, 10), (6, 10)])
    assert abs(np.corrcoef(first.reshape(-1), second.reshape(-1))[0, 1]) < 0.6


@pytest.mark.parametrize("source", RANDOM, ids=lambda source: source.name)
def test_moments(source: RandomSource):
    (numbers,) = perturbation(source, 0, [(1 << 16,)])
    deviation = np.sqrt(source.variance)
    # The mean of 2^16 numbers lies 5 standard errors away once in 3.5 million; -1/2 is the
    # integers' own mean.
    assert abs(numbers.mean() / deviation) < 5 / 256 + 0.5 / deviation * (source.variance > 100)
    assert numbers.var() / source.variance == pytest.approx(1, abs=0.03)


def test_what_values_there_are():
    numbers = {source.kind: perturbation(source, 1, [(1 << 14,)])[0] for source in RANDOM}
    assert set(numbers["rademacher"]) == {-1.0, 1.0}
    assert -1 <= numbers["uniform"].min() < -0.99
    assert 0.99 < numbers["uniform"].max() < 1
    assert set(numbers["integer-uniform"]) == set(range(-128, 128))
    assert 3 < np.abs(numbers["gaussian"]).max() < 6


def test_seeds_are_other_numbers_of_another_name():
    first, second = RademacherSource(), RademacherSource(seed=1)
    assert flat(perturbation(first, 0, [(64,)])) != flat(perturbation(second, 0, [(64,)]))
    assert (first.name, second.name) == ("rademacher", "rademacher, seed 1")
    assert IntegerUniformSource(width=14).name == "integer-uniform, 14 bits"


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda: GaussianSource(seed=-1), "seed"),
        (lambda: GaussianSource(seed=1 << 64), "seed"),
        (lambda: IntegerUniformSource(width=25), "width"),
        (lambda: GaussianSource().add_([], 1.0, -1), "position"),
    ],
)
def test_errors_name_the_key(make, key: str):
    with pytest.raises(PezoError, match=f"^{key} = "):
        make()


@pytest.mark.parametrize("name", ["paper-roberta", "paper-pool"])
def test_a_stream_gives_what_the_golden_sequence_gives(name: str):
    from pezo_hw.config import load

    config = load(name)
    sequence = PerturbationSequence(config.stream(), position=17)
    source = find_source(name)
    assert source.name == name
    assert flat(perturbation(source, 17)) == flat(sequence.next(SHAPES))
    following = source.add_([np.zeros(shape, np.float32) for shape in SHAPES], 1.0, 17)
    assert following == sequence.position


def test_a_config_file_is_a_source(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 5\nwidth = 6\n')
    numbers, _ = generator_of(OnTheFlyParameters(rngs=5, width=6)).stream().perturbation(0, 20)
    source = find_source(str(file))
    assert source.name == "mine"
    assert flat(perturbation(source, 0, [(20,)])) == numbers.tolist()


def test_an_unknown_source_is_one_line_that_lists_all():
    with pytest.raises(
        PezoError, match=r"^there is no source gausian; allowed: a TOML file or"
    ) as e:
        find_source("gausian")
    assert all(name in str(e.value) for name in source_names())
    assert "\n" not in str(e.value)

"""Runs side by side are the runs that `ZOSGD` does one after another."""

from functools import partial

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters  # noqa: E402
from pezo_hw.training.language.backprop import backpropagate  # noqa: E402
from pezo_hw.training.language.encoder import Encoded  # noqa: E402
from pezo_hw.training.language.ensemble import APART, Ensemble, Line, batches_of, losses_of  # noqa: E402
from pezo_hw.training.language.perturbations import perturbations_of  # noqa: E402
from pezo_hw.training.language.splits import Split, split  # noqa: E402
from pezo_hw.training.language.suffix import Suffix  # noqa: E402
from pezo_hw.training.sources import find_source  # noqa: E402
from tests.training.language.tiny import tiny_corpus, tiny_encoder  # noqa: E402

STEPS, BATCH, EPSILON = 6, 4, 1e-2
RATES = (1e-4, 3e-3)
Start = tuple[Suffix, Encoded, torch.Tensor, dict[int, Split]]


@pytest.fixture(name="start", scope="module")
def start_fixture() -> Start:
    encoder, corpus = tiny_encoder(), tiny_corpus()
    suffix = Suffix(encoder.layers, 2)
    texts = encoder.encode(corpus.texts, corpus.labels)
    splits = {seed: split(corpus, 8, seed) for seed in (0, 3)}
    return suffix, texts, suffix.start(encoder.head(corpus.sentences)), splits


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Small models; threads that wait for each other take many times as long."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def trained(start: Start, names: list[str], rates: tuple[float, ...] = RATES) -> Ensemble:
    suffix, texts, weights, splits = start
    lines = [
        Line(perturbations=perturbations, seed=seed, split=part)
        for name in names
        for perturbations in [perturbations_of(find_source(name), suffix.sizes, weights.device)]
        for seed, part in splits.items()
    ]
    sizes = {"epsilon": EPSILON, "steps": STEPS, "batch": BATCH}
    ensemble = Ensemble(suffix, texts, weights, lines, rates=rates, **sizes)
    ensemble.train()
    return ensemble


def alone(start: Start, name: str, seed: int, rate: float) -> torch.Tensor:
    """The same run by the optimiser that everybody uses."""
    suffix, texts, first, splits = start
    weights = first.clone()
    parts = list(weights.split(suffix.sizes))
    settings = ZOSGDParameters(learning_rate=rate, epsilon=EPSILON, schedule="linear", steps=STEPS)
    source = find_source(name)
    optimizer = ZOSGD(Weights(tensors=parts), source, settings, position=seed * APART)
    for indices in batches_of(splits[seed], seed, STEPS, BATCH):
        loss = partial(losses_of, suffix, weights[None], texts, indices[None])
        optimizer.step(lambda loss=loss: loss().item())
    return weights


def test_a_run_among_others_is_the_run_alone(start: Start) -> None:
    names = ["gaussian", "paper-roberta"]
    ensemble, row = trained(start, names), 0
    for name in names:
        for seed in start[3]:
            for rate in RATES:
                expected, found = alone(start, name, seed, rate), ensemble.weights[row]
                moved = (expected - start[2]).norm()
                assert (found - expected).norm() < 2e-3 * moved, (name, seed, rate)
                row += 1


def test_a_run_that_diverges_stops_and_leaves_the_others_alone(start: Start) -> None:
    ensemble = trained(start, ["gaussian"], (1e30, 1e-3))
    calm = trained(start, ["gaussian"], (1e-3,))
    torch.testing.assert_close(ensemble.weights[1::2], calm.weights)
    assert torch.isnan(ensemble.losses[-1, 0])
    assert torch.isfinite(ensemble.losses[:, 1]).all()


def test_batches_are_of_the_training_texts_and_the_seeds_own() -> None:
    parts = split(tiny_corpus(), 8, 0)
    drawn = batches_of(parts, 0, 50, BATCH)
    assert set(drawn.flatten().tolist()) == set(parts.training.tolist())
    assert not torch.equal(drawn, batches_of(parts, 1, 50, BATCH))


def test_back_propagation_learns_each_run_by_itself(start: Start) -> None:
    suffix, texts, first, splits = start
    sizes = {"rate": 1e-2, "steps": 40, "batch": BATCH}
    both = backpropagate(suffix, texts, first, splits, **sizes)
    one = backpropagate(suffix, texts, first, {3: splits[3]}, **sizes)
    torch.testing.assert_close(both[1], one[0], rtol=1e-2, atol=1e-3)
    learnt = torch.from_numpy(np.stack([part.training for part in splits.values()]))
    before = losses_of(suffix, first.repeat(2, 1), texts, learnt)
    assert (losses_of(suffix, both, texts, learnt) < before / 2).all()

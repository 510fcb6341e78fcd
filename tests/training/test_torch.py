"""PyTorch modules and tensors; the same numbers as with NumPy."""

from pathlib import Path

import numpy as np
import pytest

from pezo_hw.training import ZOSGD, Weights, ZOSGDParameters, read_checkpoint, write_checkpoint
from pezo_hw.training.sources import GaussianSource, RademacherSource, find_source
from tests.cases import mostly_slow

torch = pytest.importorskip("torch")

SETTINGS = ZOSGDParameters(learning_rate=0.01, epsilon=2**-6, weight_decay=0.1)


def module():
    torch.manual_seed(0)
    return torch.nn.Sequential(
        torch.nn.Linear(6, 5), torch.nn.LayerNorm(5), torch.nn.ReLU(), torch.nn.Linear(5, 3)
    )


def train(optimizer: ZOSGD, model, steps: int) -> None:
    dtype = next(model.parameters()).dtype
    for _ in range(steps):
        torch.manual_seed(100 + optimizer.steps_done)
        x, y = torch.randn(16, 6, dtype=dtype), torch.randint(0, 3, (16,))
        with torch.no_grad():
            optimizer.step(lambda x=x, y=y: torch.nn.functional.cross_entropy(model(x), y).item())


def test_biases_and_norms_do_not_decay_and_frozen_parameters_do_not_train():
    model = module()
    model[3].weight.requires_grad_(False)
    weights = Weights.of_module(model)
    shapes = [tuple(tensor.shape) for tensor in weights.tensors]
    assert shapes == [(5, 6), (5,), (5,), (5,), (3,)]
    assert weights.decays == (True, False, False, False, False)


def test_attention_with_its_fused_bias():
    weights = Weights.of_module(torch.nn.MultiheadAttention(4, 2))
    assert [d for t, d in zip(weights.tensors, weights.decays, strict=True) if t.ndim == 1] == [
        False,
        False,
    ]
    assert sum(weights.decays) == 2


def test_the_module_itself_is_trained():
    model = module()
    before = [p.detach().clone() for p in model.parameters()]
    train(ZOSGD(Weights.of_module(model), GaussianSource(), SETTINGS), model, 1)
    assert all(not torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_tensors_get_what_arrays_get(dtype: str):
    """Float32 and float64 bit for bit; bfloat16, which NumPy lacks, is float32 rounded."""
    start = np.linspace(-2, 2, 33).astype(np.float16 if dtype == "float16" else np.float32)
    array = start.astype(np.float32 if dtype == "bfloat16" else dtype)
    tensor = torch.tensor(start).to(getattr(torch, dtype))
    if dtype == "bfloat16":
        array = tensor.float().numpy()
    for source in (GaussianSource(), find_source("paper-roberta")):
        expected, got = array.copy(), tensor.clone()
        source.add_([expected], 0.3, 4)
        source.add_([got], 0.3, 4)
        assert torch.equal(got, torch.tensor(expected).to(got.dtype))
        assert not torch.equal(got, tensor)


@pytest.mark.parametrize("dtype", ["bfloat16", "float32", "float64"])
@pytest.mark.parametrize(
    "source", mostly_slow(["gaussian", "paper-opt", "paper-pool"], "paper-pool")
)
def test_resumed_is_uninterrupted(dtype: str, source: str, tmp_path: Path):
    models = [module().to(getattr(torch, dtype)) for _ in range(3)]
    whole, first, second = (
        ZOSGD(Weights.of_module(model), find_source(source), SETTINGS) for model in models
    )
    train(whole, models[0], 8)
    train(first, models[1], 4)
    write_checkpoint(tmp_path / "run.npz", first)
    with torch.no_grad():
        for parameter in models[2].parameters():
            parameter.fill_(7.0)  # the checkpoint has the weights
    read_checkpoint(tmp_path / "run.npz", second)
    train(second, models[2], 4)
    for a, b, c in zip(*(model.parameters() for model in models), strict=True):
        assert torch.equal(a, c)
        assert not torch.equal(a, b)


def test_a_loss_that_raises_leaves_the_weights():
    weight = torch.ones(5)
    optimizer = ZOSGD(Weights(tensors=[weight]), RademacherSource(), SETTINGS)
    with pytest.raises(ZeroDivisionError):
        optimizer.step(lambda: 1 / 0)
    assert weight.tolist() == [1.0] * 5

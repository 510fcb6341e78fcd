"""Modules of PyTorch that change between two steps, and what PyTorch keeps in between."""

import copy
import pickle
import warnings

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.errors import TrainingWarning
from pezo_hw.training import ZOSGD, LossError, Weights, ZOSGDParameters
from pezo_hw.training.sources import GaussianSource, find_source

torch = pytest.importorskip("torch")
nn = torch.nn

SETTINGS = ZOSGDParameters(learning_rate=0.05, epsilon=0.01)
STREAM = find_source("paper-roberta")
X = torch.linspace(-1, 1, 24).reshape(4, 6)


def module() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3)).eval()


def loss_of(model: nn.Module) -> float:
    with torch.no_grad():
        dtype = next(model.parameters()).dtype
        return float(((model(X.to(dtype)).double() - 1) ** 2).mean())


def steps(optimizer: ZOSGD, loss, count: int) -> list:
    return [optimizer.step(loss) for _ in range(count)]


def replaced(model: nn.Module) -> None:
    model[0].weight = nn.Parameter(model[0].weight.detach() * 2)


def resized(model: nn.Module) -> None:
    model[2] = nn.Linear(5, 9)


CHANGES = {
    "bfloat16": lambda m: m.to(torch.bfloat16),
    "double": lambda m: m.double(),
    "replaced": replaced,
    "resized": resized,
    "data": lambda m: setattr(m[0].weight, "data", m[0].weight.data.clone()),
    "transposed": lambda m: setattr(m[0].weight, "data", m[0].weight.data.T.contiguous().T),
    "assigned": lambda m: m.load_state_dict(
        {k: v.clone() for k, v in m.state_dict().items()}, assign=True
    ),
    "frozen": lambda m: m[2].requires_grad_(False),
    "there and back": lambda m: m.to(torch.float64).to(torch.float32),
}


@pytest.mark.parametrize("source", [STREAM, GaussianSource()], ids=lambda source: source.name)
@pytest.mark.parametrize("change", CHANGES)
def test_a_module_that_changes_between_steps_is_followed(change: str, source):
    model = module()
    optimizer = ZOSGD(Weights.of_module(model), source, SETTINGS)
    optimizer.step(lambda: loss_of(model))
    CHANGES[change](model)
    trained = [p for p in model.parameters() if p.requires_grad]
    before = [p.detach().clone() for p in trained]
    report = optimizer.step(lambda: loss_of(model))
    assert report.gradients[0] != 0
    assert report.changed_share > 0.5
    assert all(not torch.equal(p.detach(), b) for p, b in zip(trained, before, strict=True))
    if change == "frozen":
        assert optimizer.weights.tensors[-1].shape == (5,)


def test_parameters_given_directly_are_followed_too():
    model = module()
    optimizer = ZOSGD(Weights(tensors=model.parameters()), GaussianSource(), SETTINGS)
    optimizer.step(lambda: loss_of(model))
    model.to(torch.float16)
    report = optimizer.step(lambda: loss_of(model))
    assert report.gradients[0] != 0
    assert all(tensor.dtype == torch.float16 for tensor in optimizer.weights.tensors)


REFUSED = {
    "expanded": (
        lambda m: setattr(m[0].weight, "data", torch.zeros(1).expand(5, 6)),
        "0.weight = ",
    ),
    "meta": (lambda m: m.to("meta"), "0.weight = .*meta"),
    "frozen": (lambda m: m.requires_grad_(False), "weights = nothing"),
    "shared": (
        lambda m: setattr(m[2].bias, "data", m[0].bias.data[1:4]),
        '2.bias = "the memory of 0.bias"|0.bias = "the memory of 2.bias"',
    ),
    "complex": (lambda m: m.to(torch.complex64), "0.weight = .*complex64"),
    "eighths": (lambda m: m.to(torch.float8_e4m3fn), "0.weight = .*float8"),
    "lazy": (lambda m: m.append(nn.LazyLinear(3)), "3.weight = .*not initialised"),
    "sparse": (
        lambda m: setattr(m[0], "weight", nn.Parameter(torch.eye(5, 6).to_sparse())),
        "0.weight = .*sparse",
    ),
}


@pytest.mark.filterwarnings("ignore:Complex modules are a new feature")
@pytest.mark.parametrize("change", REFUSED)
def test_a_module_that_cannot_be_followed_is_refused(change: str):
    model = module()
    optimizer = ZOSGD(Weights.of_module(model), STREAM, SETTINGS)
    how, message = REFUSED[change]
    how(model)
    with pytest.raises(PezoError, match=rf"^({message}).* allowed: ") as error:
        optimizer.step(lambda: 1.0)
    assert "\n" not in str(error.value)
    assert optimizer.steps_done == 0
    with pytest.raises(PezoError, match="allowed: "):
        Weights.of_module(model)


def test_one_parameter_in_two_places_is_one_weight():
    model = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4))
    model[1].weight = model[0].weight
    weights = Weights.of_module(model)
    assert len(weights.tensors) == 3
    before = [p.detach().clone() for p in model.parameters()]
    ZOSGD(weights, STREAM, ZOSGDParameters(learning_rate=1e-30)).step(lambda: 1.0)
    assert all(map(torch.equal, before, model.parameters()))


@pytest.mark.parametrize("change", ["bfloat16", "replaced", "data", "frozen"])
def test_what_changes_while_its_loss_is_computed_is_refused(change: str):
    model = module()
    optimizer = ZOSGD(Weights.of_module(model), STREAM, SETTINGS)
    calls = iter(range(2))

    def loss() -> float:
        if next(calls):
            CHANGES[change](model)
        return 1.0

    with pytest.raises(PezoError, match=r"was moved, .* allowed: between two steps"):
        optimizer.step(loss)
    assert optimizer.steps_done == 0


def test_what_is_no_module():
    for other in (None, [torch.zeros(3)], torch.zeros(3)):
        with pytest.raises(PezoError, match=r"^module = .* allowed: a torch.nn.Module"):
            Weights.of_module(other)
    with pytest.raises(PezoError, match=r"^tensors = Tensor"):
        Weights(tensors=torch.zeros(3, 3))


@pytest.mark.parametrize("source", [STREAM, GaussianSource()], ids=lambda source: source.name)
def test_tensors_made_in_inference_mode(source):
    with torch.inference_mode():
        weight = torch.ones(5)
    optimizer = ZOSGD(Weights(tensors=[weight]), source, SETTINGS)
    optimizer.step(lambda: float(((weight - 2) ** 2).sum()))
    assert not torch.equal(weight, torch.ones(5))


@pytest.mark.parametrize("exact", [True, False])
def test_autocast_does_not_hide_the_weights(exact: bool):
    """Its cache of cast weights is emptied; the gradient is the one without it, nearly."""
    settings = ZOSGDParameters(learning_rate=0.05, epsilon=0.1, exact_restore=exact)
    gradients = []
    for enabled in (False, True):
        model = module()
        optimizer = ZOSGD(Weights.of_module(model), STREAM, settings)
        with torch.autocast("cpu", torch.bfloat16, enabled=enabled):
            reports = [
                optimizer.step(lambda m=model: m(X).double().pow(2).mean()) for _ in range(3)
            ]
        gradients.append([report.gradients[0] for report in reports])
    assert gradients[1] == pytest.approx(gradients[0], rel=0.1, abs=0.02)
    assert min(map(abs, gradients[0])) > 0.03


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor(float("nan")),
        torch.ones(2),
        torch.tensor(1j),
        torch.tensor(True),
        torch.zeros((), device="meta"),
        torch.zeros(0),
    ],
)
def test_tensors_that_are_no_loss(value):
    model = module()
    before = [p.detach().clone() for p in model.parameters()]
    optimizer = ZOSGD(Weights.of_module(model), STREAM, SETTINGS)
    with pytest.raises(LossError, match=r"^loss = .* allowed: one finite real number"):
        optimizer.step(lambda: value)
    assert all(map(torch.equal, before, model.parameters()))
    assert optimizer.steps_done == 0


def test_tensors_that_are_a_loss():
    model = module()
    optimizer = ZOSGD(Weights.of_module(model), STREAM, SETTINGS)
    for value in (torch.tensor(2.0, requires_grad=True), torch.ones(1, 1), torch.tensor(3)):
        assert optimizer.step(lambda value=value: value).loss == float(value.detach().flatten()[0])


NOISY = {
    "Dropout": lambda: nn.Dropout(0.5),
    "BatchNorm1d": lambda: nn.BatchNorm1d(5),
    "RReLU": lambda: nn.RReLU(),
}
QUIET = {
    "Dropout of nothing": lambda: nn.Dropout(0.0),
    "BatchNorm1d without statistics": lambda: nn.BatchNorm1d(5, track_running_stats=False),
    "LayerNorm": lambda: nn.LayerNorm(5),
}


@pytest.mark.parametrize("name", NOISY)
def test_a_module_in_training_mode_that_is_another_each_time_is_said_once(name: str):
    model = nn.Sequential(nn.Linear(6, 5), NOISY[name](), nn.Linear(5, 3))
    optimizer = ZOSGD(Weights.of_module(model.eval()), STREAM, SETTINGS)
    optimizer.step(lambda: loss_of(model))
    model.train()
    with pytest.warns(TrainingWarning, match=rf"training mode and has {name} \(1\)") as caught:
        steps(optimizer, lambda: loss_of(model), 3)
    assert len(caught) == 1


@pytest.mark.parametrize("name", QUIET)
def test_a_module_in_training_mode_that_is_the_same_is_not_said(name: str):
    model = nn.Sequential(nn.Linear(6, 5), QUIET[name](), nn.Linear(5, 3)).train()
    optimizer = ZOSGD(Weights.of_module(model), STREAM, SETTINGS)
    for _ in range(3):
        optimizer.step(lambda: loss_of(model))


def test_random_numbers_in_the_loss_are_said_once_whoever_draws_them():
    draws = [
        lambda: float(torch.rand(())),
        lambda: float(np.random.rand()),
        lambda: loss_of(module()) + float(nn.functional.dropout(torch.ones(9)).sum()),
    ]
    for draw in draws[:2]:
        optimizer = ZOSGD(Weights.of_module(module()), STREAM, SETTINGS)
        with pytest.warns(TrainingWarning, match="draws random numbers") as caught:
            steps(optimizer, draw, 3)
        assert len(caught) == 1
    optimizer = ZOSGD(Weights.of_module(module()), STREAM, SETTINGS)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        optimizer.step(draws[2])  # it seeds the generator itself, so that both losses are alike


@pytest.mark.parametrize("how", [copy.deepcopy, lambda o: pickle.loads(pickle.dumps(o))])
def test_a_model_and_its_optimiser_are_copied_together(how):
    model = module()
    optimizer = ZOSGD(Weights.of_module(model), STREAM, SETTINGS)
    optimizer.step(lambda: loss_of(model))
    other, its_optimizer = how((model, optimizer))
    report = its_optimizer.step(lambda: loss_of(other))
    assert report == optimizer.step(lambda: loss_of(model))
    assert report.changed_share > 0.5
    for ours, theirs in zip(model.parameters(), other.parameters(), strict=True):
        assert torch.equal(ours, theirs)
        assert ours.data_ptr() != theirs.data_ptr()


def test_steps_that_move_nothing_are_said():
    weight = torch.ones(4096, dtype=torch.bfloat16)
    settings = ZOSGDParameters(learning_rate=1e-6)
    optimizer = ZOSGD(Weights(tensors=[weight]), STREAM, settings)

    def loss() -> float:
        return float(((weight.double() - 2) ** 2).mean())

    with pytest.warns(TrainingWarning, match="20 steps in a row have moved no weight") as caught:
        reports = steps(optimizer, loss, 200)
    assert len(caught) == 1
    assert all(report.changed_share == 0 for report in reports)
    assert torch.equal(weight, torch.ones_like(weight))
    optimizer = ZOSGD(Weights(tensors=[weight]), STREAM, ZOSGDParameters(learning_rate=50.0))
    assert 0 < optimizer.step(loss).changed_share <= 1

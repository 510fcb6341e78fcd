"""The optimiser behind PyTorch's interface: its equations written out, and what PyTorch asks."""

import copy
import pickle
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from pezo_hw import PezoError, training  # noqa: E402
from pezo_hw.pytorch import ZOSGD  # noqa: E402
from pezo_hw.training import LossError, Weights, ZOSGDParameters  # noqa: E402
from pezo_hw.training.sources import GaussianSource, find_source  # noqa: E402
from tests.interruptions import PACKAGE, Interruptions  # noqa: E402

nn = torch.nn
STREAM = find_source("paper-roberta")
SOURCES = [STREAM, GaussianSource()]
X = torch.linspace(-1, 1, 24).reshape(4, 6)


def model_of(dtype=torch.float32) -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3)).to(dtype)


def closure_of(model: nn.Module):
    dtype = next(model.parameters()).dtype
    return lambda: (model(X.to(dtype)).double() - 1).square().mean()


def bits(model: nn.Module) -> list:
    return [p.detach().view(-1).double().tolist() for p in model.parameters()]


def drawn(source, position: int, like: list) -> list:
    z = [torch.zeros(tensor.shape, dtype=torch.float64) for tensor in like]
    return z, source.add_(z, 1.0, position)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_it_does_the_steps_of_the_core(source, dtype):
    """One group, one rate: the bits of `training.ZOSGD` with the same settings."""
    ours, theirs = model_of(dtype), model_of(dtype)
    settings = {"queries": 2, "momentum": 0.5, "clip": 0.5}
    optimizer = ZOSGD(ours.parameters(), source, lr=0.05, epsilon=0.02, position=3, **settings)
    parameters = ZOSGDParameters(learning_rate=0.05, epsilon=0.02, **settings)
    core = training.ZOSGD(Weights.of_module(theirs), source, parameters, position=3)
    for _ in range(5):
        loss = optimizer.step(closure_of(ours))
        with torch.no_grad():
            report = core.step(closure_of(theirs))
        assert loss == report.loss
        assert optimizer.report == report
    assert bits(ours) == bits(theirs) != bits(model_of(dtype))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_groups_go_at_rates_of_their_own(source):
    """Against the equations in float64: epsilon of a group enters its estimate, decay its keep."""
    w = [torch.tensor([1.0, -2.0, 0.5]).double(), torch.full((4,), 3.0).double()]
    for tensor in w:
        tensor.requires_grad_()
    frozen = torch.ones(2, requires_grad=False)
    groups = [
        {"params": [w[0], frozen], "lr": 0.1, "epsilon": 1e-3},
        {"params": w[1], "lr": 0.02, "epsilon": 4e-3, "weight_decay": 0.5},
    ]
    slope = [torch.tensor([1.0, 2.0, 3.0]).double(), torch.full((4,), -1.0).double()]
    before = [tensor.detach().clone() for tensor in w]
    optimizer = ZOSGD(groups, source, lr=7.0)
    # Linear, so that (L+ - L-) / 2 is the sum of epsilon_i z_i . slope_i, whatever they are.
    optimizer.step(lambda: sum((s * t).sum() for s, t in zip(slope, w, strict=True)))
    z, _ = drawn(source, 0, w)
    half = sum(e * (s * t).sum() for e, s, t in zip((1e-3, 4e-3), slope, z, strict=True))
    for i, (rate, epsilon, decay) in enumerate([(0.1, 1e-3, 0), (0.02, 4e-3, 0.5)]):
        expected = before[i] * (1 - rate * decay) - rate * half / epsilon * z[i]
        assert w[i].detach().tolist() == pytest.approx(expected.tolist(), rel=1e-9)
    assert frozen.tolist() == [1, 1]


def test_a_scheduler_of_pytorch_decides_the_rate():
    ours, theirs = model_of(), model_of()
    optimizer = ZOSGD(ours.parameters(), STREAM, lr=0.1)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 0.5**step)
    for step in range(4):
        optimizer.step(closure_of(ours))
        scheduler.step()
        other = ZOSGD(theirs.parameters(), STREAM, lr=0.1 * 0.5**step, position=4 * step)
        other.step(closure_of(theirs))
        assert optimizer.position == other.position == 4 * (step + 1)
        assert optimizer.report.learning_rate == 0.1 * 0.5**step
    assert bits(ours) == bits(theirs)


@pytest.mark.parametrize("settings", [{}, {"momentum": 0.9, "memory": 3, "queries": 2}])
@pytest.mark.parametrize("stop", [0, 1, 4])
def test_a_run_that_is_resumed_is_the_same_run(settings: dict, stop: int, tmp_path):
    """Through torch.save and the loader that takes plain data alone; another scheduler each."""

    def start(model):
        optimizer = ZOSGD(model.parameters(), STREAM, lr=0.05, epsilon=0.01, **settings)
        return optimizer, torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)

    def train(model, optimizer, scheduler, steps):
        for _ in range(steps):
            optimizer.step(closure_of(model))
            scheduler.step()

    whole, first, second = model_of(), model_of(), model_of()
    train(whole, *start(whole), 7)
    before = start(first)
    train(first, *before, stop)
    torch.save((first.state_dict(), *(part.state_dict() for part in before)), tmp_path / "run")
    after = start(second)
    states = torch.load(tmp_path / "run", weights_only=True)
    for part, state in zip((second, *after), states, strict=True):
        part.load_state_dict(state)
    train(second, *after, 7 - stop)
    assert bits(second) == bits(whole)


def test_the_state_of_another_run_is_refused_and_nothing_changes():
    model = model_of()
    optimizer = ZOSGD(model.parameters(), STREAM, lr=0.05)
    optimizer.step(closure_of(model))
    state = optimizer.state_dict()
    others = {
        "source": (ZOSGD(model.parameters(), "paper-opt"), state),
        "settings": (ZOSGD(model.parameters(), STREAM, queries=2), state),
        "state_dict": (optimizer, torch.optim.SGD(model.parameters(), lr=1).state_dict()),
        "step": (optimizer, state | {"zo_sgd": state["zo_sgd"] | {"run": {"step": -1}}}),
        "history": (
            optimizer,
            state | {"zo_sgd": state["zo_sgd"] | {"run": state["zo_sgd"]["run"] | {"history": 3}}},
        ),
    }
    for key, (other, its_state) in others.items():
        kept = other.state_dict()
        with pytest.raises(PezoError, match=rf"^{key}.* allowed: ") as error:
            other.load_state_dict(its_state)
        assert "\n" not in str(error.value)
        assert other.state_dict() == kept


def test_a_state_is_loaded_whole_or_not_at_all():
    """Interrupted at any instruction, those of PyTorch's optimisers included."""
    model = model_of()
    other = ZOSGD(model.parameters(), STREAM, lr=0.05)
    other.step(closure_of(model))
    other.param_groups[0]["lr"] = 0.02
    state, folders = other.state_dict(), (PACKAGE, str(Path(torch.optim.__file__).parent))
    fresh = ZOSGD(model.parameters(), STREAM, lr=0.05).state_dict()
    counter, seen = Interruptions(folders=folders), set()
    counter.run(lambda: ZOSGD(model.parameters(), STREAM).load_state_dict(state))
    for k in range(counter.count, 0, -counter.count // 80):
        optimizer = ZOSGD(model.parameters(), STREAM, lr=0.05)
        Interruptions([k], folders).run(lambda o=optimizer: o.load_state_dict(state))
        seen.add(optimizer.steps_done)
        assert optimizer.state_dict() == (state if optimizer.steps_done else fresh)
        # And those groups are the ones that the next step goes by.
        assert optimizer.core.weights._groups is optimizer.param_groups
    assert seen == {0, 1}


@pytest.mark.parametrize(
    "how", [copy.deepcopy, lambda pair: pickle.loads(pickle.dumps(pair))], ids=["copy", "pickle"]
)
def test_a_copy_goes_on_with_its_own_model(how):
    model = model_of()
    optimizer = ZOSGD(model.parameters(), STREAM, lr=0.05)
    optimizer.step(closure_of(model))
    other, its_optimizer = how((model, optimizer))
    its_optimizer.param_groups[0]["lr"] = optimizer.param_groups[0]["lr"] = 0.01
    its_optimizer.step(closure_of(other))
    assert bits(other) != bits(model)
    optimizer.step(closure_of(model))
    assert bits(other) == bits(model)


@pytest.mark.slow
def test_a_step_that_is_cut_short_anywhere():
    """The same promise as the core's, through PyTorch's wrappers around ``step``."""

    def fresh():
        model = model_of()
        groups = [{"params": model[0].parameters()}, {"params": model[2].parameters(), "lr": 0.1}]
        return model, ZOSGD(groups, STREAM, lr=0.05, queries=2, two_sided=False)

    model, optimizer = fresh()
    counter = Interruptions()
    counter.run(lambda: optimizer.step(closure_of(model)))
    ends = {0: bits(model_of()), 1: bits(model)}
    ends_of_step = range(counter.count - 60, counter.count + 1)  # where modes are put back
    for k in [*range(1, counter.count, counter.count // 60), *ends_of_step]:
        other, its_optimizer = fresh()
        Interruptions([k]).run(lambda o=other, z=its_optimizer: z.step(closure_of(o)))
        assert bits(other) == ends[its_optimizer.steps_done]


REFUSED = {
    "lr": lambda ps: ZOSGD(ps, STREAM, lr=-1),
    "epsilon": lambda ps: ZOSGD(ps, STREAM, epsilon=0.0),
    "weight_decay": lambda ps: ZOSGD([{"params": ps, "weight_decay": "1"}], STREAM),
    "queries": lambda ps: ZOSGD(ps, STREAM, queries=0),
    "beta": lambda ps: ZOSGD(ps, STREAM, beta=3),
    "momentum": lambda ps: ZOSGD(ps, STREAM, momentum=1.0),
    "clip": lambda ps: ZOSGD(ps, STREAM, clip=0),
    "choice": lambda ps: ZOSGD(ps, STREAM, choice="conservative", momentum=0.5),
    "there is no source": lambda ps: ZOSGD(ps, "gausian"),
    "closure": lambda ps: ZOSGD(ps, STREAM).step(),
    "weights = nothing": lambda ps: ZOSGD([p.detach() for p in ps], STREAM),
}


@pytest.mark.parametrize("key", REFUSED)
def test_what_is_not_allowed_is_one_line(key: str):
    with pytest.raises(PezoError, match=rf"^(groups\[0\]\.)?{key}.* allowed: ") as error:
        REFUSED[key](list(model_of().parameters()))
    assert "\n" not in str(error.value)


def test_a_loss_that_is_none_and_a_backward_pass():
    model = model_of()
    optimizer = ZOSGD(model.parameters(), STREAM)
    with pytest.raises(LossError, match="loss = "):
        optimizer.step(lambda: torch.tensor(float("nan")))
    with pytest.raises(RuntimeError, match="does not require grad"):
        optimizer.step(lambda: closure_of(model)().backward())
    assert bits(model) == bits(model_of())
    assert optimizer.steps_done == 0


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_log_trains_a_model_again(dtype, tmp_path):
    model, other = model_of(dtype), model_of(dtype)
    optimizer = ZOSGD(model.parameters(), STREAM, lr=0.1, momentum=0.5)
    scheduler = torch.optim.lr_scheduler.LinearLR(optimizer)
    training.begin_log(optimizer.core)
    for _ in range(6):
        optimizer.step(closure_of(model))
        scheduler.step()
    assert "6 steps" in training.write_log(tmp_path / "log", optimizer.core)
    training.replay(training.read_log(tmp_path / "log"), Weights.of_module(other))
    assert bits(other) == bits(model) != bits(model_of(dtype))


def test_the_page_begins_with_ten_lines_that_learn(capsys):
    """They are what a reader tries first: at most ten, and the loss is well below log 2."""
    text = (Path(__file__).parents[2] / "docs" / "pytorch.md").read_text("utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    assert text.index("```python") < 30
    assert len([line for line in code.splitlines() if line]) <= 10
    exec(compile(code, "pytorch.md", "exec"), {})
    assert float(capsys.readouterr().out) < 0.55

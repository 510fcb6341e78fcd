"""A step of both parts, against ZOSGD alone and against PyTorch's gradients."""

import copy
import random
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import ConfigError, PezoError
from pezo_hw.training import ZOSGD, LossError, Weights, ZOSGDParameters
from pezo_hw.training.sources import find_source
from tests.interruptions import PACKAGE, Interruptions

torch = pytest.importorskip("torch")

from pezo_hw.training.elastic.elastic_zo import ElasticZO  # noqa: E402

SOURCE = find_source("paper-roberta")
SETTINGS = ZOSGDParameters(learning_rate=1e-2, epsilon=1e-2)


def parts():
    with torch.random.fork_rng():
        torch.manual_seed(4)
        body = torch.nn.Sequential(torch.nn.Linear(6, 9), torch.nn.Tanh())
        head = torch.nn.Sequential(torch.nn.Linear(9, 5), torch.nn.ReLU(), torch.nn.Linear(5, 3))
        x, y = torch.randn(16, 6), torch.randint(0, 3, (16,))
    return body, head, x, lambda logits: torch.nn.functional.cross_entropy(logits, y)


def elastic_of(body, head, settings=SETTINGS, rate: float = 0.1) -> ElasticZO:
    sgd = torch.optim.SGD(head.parameters(), rate)
    return ElasticZO(body, head, sgd, SOURCE, settings, position=7)


def bits(module) -> bytes:
    return b"".join(parameter.detach().numpy().tobytes() for parameter in module.parameters())


def test_the_body_goes_as_by_zo_sgd_alone():
    body, head, x, loss = parts()
    other = copy.deepcopy(body)
    elastic = elastic_of(body, head, rate=0.0)
    alone = ZOSGD(Weights.of_module(other), SOURCE, SETTINGS, position=7)
    for _ in range(3):
        report = elastic.step(x, loss)
        with torch.no_grad():
            assert alone.step(lambda: loss(head(other(x)))) == report
    assert bits(other) == bits(body)


@pytest.mark.parametrize(
    "settings",
    [
        SETTINGS,
        ZOSGDParameters(epsilon=1e-2, queries=2),
        ZOSGDParameters(epsilon=1e-2, two_sided=False),
    ],
)
def test_the_head_gets_the_gradient_of_the_mean_loss(settings: ZOSGDParameters):
    body, head, x, loss = parts()
    start, before = copy.deepcopy(body), copy.deepcopy(head)
    elastic_of(body, head, settings).step(x, loss)
    sides, position = [], 7
    for _ in range(settings.queries):
        for sign in (1, -1) if settings.two_sided else (1,):
            moved = copy.deepcopy(start)
            tensors = [parameter.detach() for parameter in moved.parameters()]
            following = SOURCE.add_(tensors, sign * settings.epsilon, position)
            sides.append(moved)
        position = following
    sides += [] if settings.two_sided else [start]
    mean = sum(loss(before(side(x).detach())) for side in sides) / len(sides)
    gradients = torch.autograd.grad(mean, list(before.parameters()))
    for parameter, old, gradient in zip(
        head.parameters(), before.parameters(), gradients, strict=True
    ):
        np.testing.assert_allclose(
            (old - parameter).detach().numpy(), 0.1 * gradient.numpy(), atol=2e-7
        )
    assert all(parameter.grad is None for parameter in body.parameters())


def test_neither_part_moves_where_a_loss_is_no_number():
    body, head, x, loss = parts()
    before = bits(body), bits(head)
    elastic = elastic_of(body, head)
    with pytest.raises(LossError):
        elastic.step(x, lambda logits: loss(logits) / 0)
    assert (bits(body), bits(head)) == before
    elastic.step(x, loss)  # with no gradient left of what was refused
    body_, head_, x, loss = parts()
    elastic_of(body_, head_).step(x, loss)
    assert (bits(body), bits(head)) == (bits(body_), bits(head_))


def test_what_is_not_allowed():
    body, head, _, _ = parts()
    with pytest.raises(ConfigError, match=r'^choice = "conservative"'):
        elastic_of(body, head, ZOSGDParameters(choice="conservative"))
    with pytest.raises(ConfigError, match=r"^optimizer = .*the body's parameters"):
        elastic_of(body, body)


class Case:
    """A second step, with momentum, of a head whose batch norm and optimiser have a state."""

    def __init__(self, optimizer, settings=SETTINGS, first: int = 1, **asked) -> None:
        self.body, self.head, self.x, self.loss = parts()
        self.head.insert(1, torch.nn.BatchNorm1d(5))
        self.optimizer = optimizer(self.head.parameters(), **asked)
        self.elastic = ElasticZO(self.body, self.head, self.optimizer, SOURCE, settings)
        for _ in range(first):
            self.step()

    def step(self) -> None:
        self.elastic.step(self.x, self.loss)

    def bits(self) -> str:
        """Every number that a step may change, read without a line of the package."""
        states = self.body.state_dict(), self.head.state_dict(), self.optimizer.state_dict()
        return repr(_plain(states))


def _plain(value):
    if isinstance(value, torch.Tensor):
        return value.double().tolist()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


SGD, ADAM = torch.optim.SGD, torch.optim.AdamW
QUERIES = ZOSGDParameters(learning_rate=1e-2, epsilon=1e-2, queries=2, momentum=0.9)
CASES = [
    lambda: Case(SGD, lr=0.1, momentum=0.9),
    lambda: Case(SGD, first=0, lr=0.1, momentum=0.9),
    lambda: Case(ADAM, QUERIES, lr=torch.tensor(0.1), foreach=False, amsgrad=True),
]


@pytest.mark.parametrize("times", [1, 2, 4])
def test_both_parts_or_neither_after_interruptions_at_random_instructions(times: int):
    """The package's instructions, and those of PyTorch's optimisers, between two parameters too."""
    folders = PACKAGE, str(Path(torch.optim.__file__).parent)
    generator, raised, runs = random.Random(times), 0, {1: 16, 2: 6, 4: 3}[times]
    for case_of in CASES:
        complete, counter = case_of(), Interruptions(folders=folders)
        before, ends = complete.elastic.zo.steps_done, [complete.bits()]
        counter.run(complete.step)
        ends.append(complete.bits())
        assert ends[0] != ends[1]
        for _ in range(runs):
            # The head's own step is among the last.
            first = generator.choice([1, counter.count * 15 // 16])
            at = [generator.randint(first, counter.count)]
            while len(at) < times:
                at.append(at[-1] + generator.randint(1, generator.choice([8, 60, 1500])))
            case, interruptions = case_of(), Interruptions(at, folders)
            interruptions.run(case.step)
            assert case.bits() == ends[case.elastic.zo.steps_done - before], at
            raised += interruptions.raised
    assert raised > 0.6 * times * runs * len(CASES)


@pytest.mark.parametrize("which", [0, 1])
def test_a_loss_that_raises_moves_neither_part(which: int):
    case, calls = Case(SGD, lr=0.1, momentum=0.9), iter(range(2))
    before = case.bits()

    def loss(logits):
        if next(calls) == which:
            raise KeyboardInterrupt
        return case.loss(logits)

    with pytest.raises(KeyboardInterrupt):
        case.elastic.step(case.x, loss)
    assert case.bits() == before
    assert all(parameter.grad is None for parameter in case.head.parameters())
    case.step()
    whole = Case(SGD, first=2, lr=0.1, momentum=0.9)
    assert case.bits() == whole.bits()


class Failing(torch.optim.SGD):
    """Somebody else's optimiser, which fails after its work and leaves a mark of it."""

    def step(self, closure=None):
        super().step(closure)
        self.param_groups[0]["lr"] /= 2
        self.param_groups[0]["seen"] = 1
        self.state["about all of them"] = [{"times": 1}]
        raise OSError("gone")


def test_an_optimiser_that_fails_takes_the_body_back_with_it():
    case = Case(Failing, first=0, lr=0.1, momentum=0.9)
    before, groups = case.bits(), case.optimizer.param_groups[0]
    with pytest.raises(OSError, match="gone"):
        case.step()
    assert case.bits() == before
    assert case.elastic.zo.steps_done == 0
    assert case.optimizer.param_groups[0] is groups


def test_a_step_inside_a_loss_is_refused_and_costs_the_outer_one_nothing():
    case, whole = Case(SGD, lr=0.1), Case(SGD, first=2, lr=0.1)

    def loss(logits):
        with pytest.raises(PezoError, match="a step is under way"):
            case.step()
        return case.loss(logits)

    case.elastic.step(case.x, loss)
    assert case.bits() == whole.bits()


def test_what_cannot_be_taken_back_is_taken_back_later(monkeypatch):
    case = Case(Failing, first=0, lr=0.1)
    before = case.bits()

    def no_memory(self) -> None:
        raise MemoryError

    with monkeypatch.context() as patch, pytest.raises(MemoryError):
        patch.setattr("pezo_hw.training.elastic.head_step.HeadStep.restore", no_memory)
        case.step()
    with pytest.raises(PezoError, match="recover"):
        case.step()
    case.elastic.recover()
    assert case.bits() == before

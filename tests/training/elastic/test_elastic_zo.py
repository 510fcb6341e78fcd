"""A step of both parts, against ZOSGD alone and against PyTorch's gradients."""

import copy

import numpy as np
import pytest

from pezo_hw import ConfigError
from pezo_hw.training import ZOSGD, LossError, Weights, ZOSGDParameters
from pezo_hw.training.sources import find_source

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

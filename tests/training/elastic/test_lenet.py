"""The model of the comparison, and where it is cut."""

import pytest

torch = pytest.importorskip("torch")

from pezo_hw.training.elastic.lenet import create_lenet, cut  # noqa: E402
from pezo_hw.training.elastic.parameters import Variant  # noqa: E402


def test_lenet_and_its_parts():
    model = create_lenet(3)
    assert sum(parameter.numel() for parameter in model.parameters()) == 107_786
    images = torch.rand(4, 1, 28, 28)
    logits = model(images)
    assert logits.shape == (4, 10)
    for layers, size in ((0, 0), (1, 850), (2, 11_014), (3, 105_214)):
        body, head = cut(model, layers)
        assert sum(parameter.numel() for parameter in head.parameters()) == size
        assert torch.equal(head(body(images)), logits)
        variant = Variant(method="elastic", layers=layers)
        assert variant.perturbed == tuple(parameter.numel() for parameter in body.parameters())
    assert torch.equal(create_lenet(3)(images), logits)
    assert not torch.equal(create_lenet(4)(images), logits)

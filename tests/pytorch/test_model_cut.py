"""Frozen modules of ``nn.Sequential``: the same promises, without transformers."""

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from pezo_hw import PezoError  # noqa: E402
from pezo_hw.pytorch.frozen_prefix import FrozenPrefix  # noqa: E402


def lenet() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(144, 10)
    ).eval()


IMAGES = torch.randn(7, 1, 8, 8, generator=torch.Generator().manual_seed(1))


def test_of_images_a_channel_has_a_scale():
    model = lenet()
    with torch.no_grad():
        expected, inner = model(IMAGES), model[:3](IMAGES)
    for name, size in (("float32", 4 * 144), ("float16", 2 * 144), ("int8", 144 + 4 * 4)):
        prefix = FrozenPrefix(model, 3, precision=name)
        states = prefix.keep(IMAGES, batch_size=7)
        assert states.nbytes == 7 * size
        found = states.batch(range(7))["input"]
        largest = inner.abs().amax(dim=(2, 3), keepdim=True)
        assert ((found - inner).abs() <= largest / 254 * (1 + 1e-6)).all()
        assert torch.equal(found, inner) == (name == "float32")
        with torch.no_grad():
            off = (prefix.suffix(**states.batch(range(7))) - expected).abs().max()
        assert off < {"float32": 1e-6, "float16": 1e-3, "int8": 1e-2}[name]
    vectors = FrozenPrefix(model, 4, precision="int8").keep(IMAGES)
    assert vectors.nbytes == 7 * (144 + 4)


def test_deeper_and_what_is_trained():
    model = lenet()
    prefix = FrozenPrefix(model, 1, precision="float32")
    deeper = prefix.deeper(4)
    states = deeper.keep(prefix.keep(IMAGES))
    with torch.no_grad():
        assert torch.equal(deeper.suffix(**states.batch(range(7))), model(IMAGES))
    assert [name for name, _ in deeper.suffix.named_parameters()] == ["4.weight", "4.bias"]
    assert [name for name, value in model.named_parameters() if value.requires_grad] == [
        "4.weight",
        "4.bias",
    ]


@pytest.mark.parametrize(
    ("layers", "data", "said"),
    [
        (0, IMAGES, "layers = 0 .* from 1 to 4"),
        (5, IMAGES, "layers = 5 "),
        (2, IMAGES[:0], "at least one sample"),
        (2, list(IMAGES), "data = .list. .*a tensor or an array"),
        (2, IMAGES[:, :, :2], "does not run .*RuntimeError"),
        (2, IMAGES.double(), "does not run .*RuntimeError"),
    ],
)
def test_what_cannot_be_is_refused(layers: int, data, said: str):
    with pytest.raises(PezoError, match=said):
        FrozenPrefix(lenet(), layers).keep(data)


def test_what_is_no_module_is_refused():
    with pytest.raises(PezoError, match=r"model = .function. is not allowed"):
        FrozenPrefix(lenet, 2)


def test_a_file_of_other_running_means_is_refused(tmp_path):
    FrozenPrefix(lenet(), 2).keep(IMAGES, path=tmp_path / "states")
    other = lenet()
    other[1].running_mean += 0.5
    with pytest.raises(PezoError, match="hidden states with model = "):
        FrozenPrefix(other, 2).keep(IMAGES, path=tmp_path / "states")

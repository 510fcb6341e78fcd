"""What comes back of a row of numbers, held against the bounds that are promised."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pezo_hw import ConfigError  # noqa: E402
from pezo_hw.pytorch.precision import Precision, precision_at  # noqa: E402

BYTES = {"float32": 4 * 48, "float16": 2 * 48, "int8": 48 + 4}


def rows() -> np.ndarray:
    """Of all magnitudes that float16 has, with outliers, zeros, and numbers half-way."""
    generator = np.random.default_rng(0)
    drawn = generator.standard_normal((200, 48)) * 10.0 ** generator.uniform(-9, 3, (200, 1))
    drawn[::7, 3] *= 40
    drawn[5] = 0
    drawn[6] = np.arange(48) - 0.5  # its largest is 46.5, and many lie half-way between codes
    drawn[7] = -(10.0**-30)
    return drawn.astype(np.float32)


def back(precision: Precision, given: np.ndarray) -> np.ndarray:
    parts = precision.encoded(torch.from_numpy(given))
    size = sum(part.nbytes for part in parts)
    assert size == len(given) * BYTES[precision.name]
    return precision.decoded(*map(torch.from_numpy, parts)).numpy().astype(np.float64)


def test_each_is_within_its_bound():
    given = rows()
    exact = given.astype(np.float64)
    largest = np.abs(exact).max(axis=1, keepdims=True)
    assert (back(Precision(name="float32"), given) == exact).all()
    off = np.abs(back(Precision(name="float16"), given) - exact)
    assert (off <= np.where(np.abs(exact) < 2**-14, 2**-25, np.abs(exact) / 2048)).all()
    assert off.max() > 0
    off = np.abs(back(Precision(name="int8"), given) - exact)
    assert (off <= largest / 254 * (1 + 2**-20) + 2**-119).all()
    assert (off > largest / 300).any()  # the bound is not far from what happens


def test_subnormal_rows_become_zeros():
    given = np.full((1, 4), 1e-44, np.float32)
    assert (back_of(given, "int8") == 0).all()
    assert back_of(np.full((1, 4), 3e38, np.float32), "int8") == pytest.approx(3e38, rel=1e-6)


def back_of(given: np.ndarray, name: str) -> np.ndarray:
    precision = Precision(name=name)
    return precision.decoded(*map(torch.from_numpy, precision.encoded(torch.from_numpy(given))))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("float16", 65520.0, "float32 or int8 (a hidden state is 65520)"),
        ("int8", float("nan"), "finite numbers"),
        ("float32", float("inf"), "finite numbers"),
    ],
)
def test_what_cannot_be_kept_is_refused(name: str, value: float, said: str):
    with pytest.raises(ConfigError) as error:
        Precision(name=name).encoded(torch.tensor([[0.0, -value]]))
    assert error.value.allowed == said


def test_the_rule_and_the_list():
    thirds = [precision_at("auto", layers, 6).name for layers in range(7)]
    assert thirds == ["float32"] * 2 + ["float16"] * 2 + ["int8"] * 3
    assert precision_at(["int8", "float32"], 1, 1).name == "float32"
    for asked in ("int4", 8, None, ["int8"], ["int8", "int4"]):
        with pytest.raises(ConfigError, match="precision = "):
            precision_at(asked, 1, 1)

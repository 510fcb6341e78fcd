"""An update that is whole, or never was."""

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.fast.exact_update import ExactUpdate
from pezo_hw.fast.perturb import perturb_
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.numbers.number_format import round_to_bfloat16, widen_bfloat16
from tests.interruptions import Interruptions
from tests.making import generator_of

STREAMS = [
    generator_of(OnTheFlyParameters()).fast_stream(),
    generator_of(PreGeneratedParameters(lanes=44, leftover="number")).fast_stream(),
]
TYPES = ["float32", "float64", "float16", "bfloat16"]
TERMS = [(1e-3, 5), (-2e-3, 10**12), (0.5, 9)]


def weights_of(name: str) -> list[np.ndarray]:
    drawn = [np.random.default_rng(n).normal(0, 0.02, n).astype(np.float32) for n in (70_000, 33)]
    drawn[1][:3] = [0.0, -0.0, np.inf]
    return [round_to_bfloat16(d) if name == "bfloat16" else d.astype(name) for d in drawn]


def scaled(name: str, array: np.ndarray, keep: float) -> np.ndarray:
    if name == "bfloat16":
        return round_to_bfloat16(widen_bfloat16(array) * np.float32(keep))
    wide = np.float64 if name == "float64" else np.float32
    return (array.astype(wide) * wide(keep)).astype(name)


@pytest.mark.parametrize("stream", STREAMS, ids=["cycles", "numbers"])
@pytest.mark.parametrize("name", TYPES)
def test_it_is_one_perturbation_after_another(name: str, stream):
    weights, before = weights_of(name), weights_of(name)
    expected = [scaled(name, weights[0], 0.75), weights[1].copy()]
    for scale, position in TERMS:
        perturb_(expected, scale, stream, position)
    update = ExactUpdate(weights, TERMS, stream, [0.75, 1.0])
    for _ in range(2):
        update.apply()
        assert [w.tobytes() for w in weights] == [e.tobytes() for e in expected]
        differing = [
            np.count_nonzero(w.view(f"u{w.itemsize}") != b.view(f"u{w.itemsize}"))
            for w, b in zip(weights, before, strict=True)
        ]
        assert update.changed_count == sum(differing)
        update.restore()
        assert [w.tobytes() for w in weights] == [b.tobytes() for b in before]


@pytest.mark.parametrize("keep", [0.0, 1e-30, -3.0])
def test_no_factor_keeps_it_from_coming_back(keep: float):
    weights, before = weights_of("float16"), weights_of("float16")
    update = ExactUpdate(weights, TERMS[:1], STREAMS[0], [keep, keep])
    update.apply()
    update.restore()
    assert [w.tobytes() for w in weights] == [b.tobytes() for b in before]


def test_it_comes_back_from_anywhere():
    weights = [np.linspace(-1, 1, 50, dtype=np.float32), np.ones(9, np.float32)]
    before = [w.tobytes() for w in weights]
    counter = Interruptions()
    counter.run(ExactUpdate([w.copy() for w in weights], TERMS, STREAMS[0], [0.9, 1.0]).apply)
    for k in range(1, counter.count, 23):
        update = ExactUpdate(weights, TERMS, STREAMS[0], [0.9, 1.0])
        Interruptions([k]).run(update.apply)
        Interruptions([1 + k % 90]).run(update.restore)
        update.restore()
        assert [w.tobytes() for w in weights] == before


def test_an_update_too_small_moves_nothing():
    weights = [np.full(4096, 0x3F80, np.uint16)]  # bfloat16 ones
    update = ExactUpdate(weights, [(1e-6, 0)], STREAMS[0], [1.0])
    update.apply()
    assert update.changed_count == 0
    assert (weights[0] == 0x3F80).all()


@pytest.mark.parametrize("keep", [float("nan"), None, True])
def test_a_factor_is_a_finite_number(keep):
    with pytest.raises(PezoError, match=r"^keep = .* allowed: a finite number"):
        ExactUpdate([np.ones(3)], TERMS, STREAMS[0], [keep])


def test_tied_tensors_are_refused():
    weights = np.ones(5)
    with pytest.raises(PezoError, match="share memory"):
        ExactUpdate([weights, weights[3:]], TERMS, STREAMS[0], [1.0, 1.0])

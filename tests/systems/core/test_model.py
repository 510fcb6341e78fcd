"""The cycle model, against a register-by-register simulation written for this test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.systems.core.model import CycleModel
from tests.making import generator_of

SMALL = [
    OnTheFlyParameters(rngs=3, width=4),
    PreGeneratedParameters(pool=15, width=4, lanes=5),
]
controls = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=80)


def one_edge_at_a_time(parameters, rst, en):
    """A counter of filled stages and one of beats; the dumbest model that can be right."""
    filled = beat = 0
    for reset, enabled in zip(rst, en, strict=True):
        valid = filled == parameters.latency
        yield valid, beat
        if reset:
            filled = beat = 0
        elif enabled:
            beat += valid
            filled = min(filled + 1, parameters.latency)


@pytest.mark.parametrize("parameters", SMALL, ids=["on-the-fly", "pre-generated"])
@given(data=controls, cut=st.integers(0, 80))
def test_any_stalls_and_resets(parameters, data: list[tuple[bool, bool]], cut: int):
    rst, en = (np.array(flags, dtype=bool) for flags in zip(*data, strict=True))
    stream, model = generator_of(parameters).stream(), CycleModel(generator_of(parameters).stream())
    pieces = [slice(0, cut), slice(cut, None)]
    traces = [model.run(rst[piece], en[piece]) for piece in pieces if len(rst[piece])]
    valid = np.concatenate([trace.valid for trace in traces])
    mantissa = np.concatenate([trace.mantissa for trace in traces])
    code = np.concatenate([trace.code for trace in traces])
    for i, (is_valid, beat) in enumerate(one_edge_at_a_time(parameters, rst, en)):
        assert valid[i] == is_valid
        if is_valid:
            window = stream.window(beat, 1)
            assert mantissa[i].tolist() == window.mantissa[0].tolist()
            assert code[i] == window.code[0]


def test_taken_beats_are_the_stream():
    parameters = SMALL[0]
    en = np.random.default_rng(0).random(500) < 0.6
    trace = CycleModel(generator_of(parameters).stream()).run(np.zeros(500, dtype=bool), en)
    taken = trace.mantissa[trace.valid & en]
    assert np.array_equal(taken, generator_of(parameters).stream().mantissas(0, len(taken)))

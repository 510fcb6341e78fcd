"""The handshake's golden model against a consumer that keeps what it takes."""

from __future__ import annotations

import numpy as np
import pytest

from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.systems.stream.model import HandshakeModel
from tests.making import generator_of

PARAMETERS = [OnTheFlyParameters(rngs=3, width=4), PreGeneratedParameters(pool=15, lanes=5)]


@pytest.mark.parametrize("parameters", PARAMETERS, ids=["on-the-fly", "pool"])
def test_what_is_taken_is_the_stream_from_each_reset_on(parameters):
    stream = generator_of(parameters).stream()
    random = np.random.default_rng(1)
    rst, ready = random.random(500) < 1 / 40, random.random(500) < 0.5
    model = HandshakeModel(stream)
    traces = [model.run(rst[:7], ready[:7]), model.run(rst[7:], ready[7:])]
    valid = np.concatenate([trace.valid for trace in traces])
    mantissa = np.concatenate([trace.mantissa for trace in traces])
    waited = taken = 0
    for cycle in range(len(rst)):
        assert valid[cycle] == (waited >= parameters.latency)
        if valid[cycle]:
            assert (mantissa[cycle] == stream.mantissas(taken, 1)[0]).all()
        taken = 0 if rst[cycle] else taken + int(valid[cycle] & ready[cycle])
        waited = 0 if rst[cycle] else waited + 1

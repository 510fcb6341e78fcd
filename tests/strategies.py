"""Random configurations, each as the package's parameters and as the independent reference."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from hypothesis import strategies as st

from pezo_hw.algebra.polynomial import from_exponents, is_primitive
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from tests.reference import OnTheFly, PreGenerated


@st.composite
def on_the_fly(draw: Any, widest: int = 9) -> tuple[OnTheFlyParameters, OnTheFly]:
    """n, b, taps, k, seeds, rotation, format, tile and scaling, all drawn."""
    width = draw(st.integers(3, widest))
    period = 2**width - 1
    rngs = draw(st.integers(2, min(12, period)))
    keys: dict[str, Any] = {"rngs": rngs, "width": width}
    keys["taps"] = draw(st.none() | taps_of(width))
    keys["steps_per_cycle"] = draw(
        st.integers(1, 3 * width).filter(lambda k: math.gcd(k, period) == 1)
    )
    if draw(st.booleans()):
        keys["seed"] = draw(st.integers(0, 2**70))
    else:
        keys["seeds"] = draw(
            st.lists(st.integers(1, period), min_size=rngs, max_size=rngs, unique=True)
        )
    keys["rotate"] = draw(st.booleans())
    keys["format"] = draw(st.sampled_from(["twos-complement", "midrise"]))
    keys["lanes"] = draw(st.none() | st.integers(1, 3 * rngs))
    scaling = {
        "rounding": draw(st.sampled_from(["nearest", "log-nearest"])),
        "gain": draw(st.sampled_from([1.0, 0.8, 0.72, 3.0, 1e-6, 1e6])),
        "code_bits": draw(st.integers(1, 4)),
        "output": draw(st.sampled_from(["shared-exponent", "fixed-point"])),
        "mode": draw(st.sampled_from(["adaptive", "constant"])),
    }
    reference = OnTheFly(**{**keys, **scaling})
    return OnTheFlyParameters(**keys, scaling=ScalingParameters(**scaling)), reference


@cache
def taps_of(width: int) -> st.SearchStrategy[list[int]]:
    """Maximal taps other than the default ones."""
    masks = [m for m in range(1 << (width - 1)) if is_primitive((1 << width) | (m << 1) | 1)]
    return st.sampled_from(masks).map(lambda m: _falling(width, m))


def _falling(width: int, mask: int) -> list[int]:
    taps = [width, *(tap for tap in range(width - 1, 0, -1) if mask >> (tap - 1) & 1)]
    assert from_exponents([*taps, 0]) == (1 << width) | (mask << 1) | 1
    return taps


@st.composite
def pre_generated(draw: Any) -> tuple[PreGeneratedParameters, PreGenerated]:
    """N, b, L (a divisor of N or not), and a seed or numbers of one's own."""
    pool = draw(st.integers(1, 120))
    keys: dict[str, Any] = {"pool": pool, "width": draw(st.integers(2, 24))}
    leftover = draw(st.sampled_from(["row", "number"]))
    keys["lanes"] = draw(st.integers(1, 200))
    if draw(st.booleans()):
        keys["seed"] = draw(st.integers(0, 2**70))
    else:
        number = st.floats(-0.999, 0.999).filter(lambda x: abs(x) > 1e-3)
        keys["values"] = draw(st.lists(number, min_size=pool, max_size=pool))
    return PreGeneratedParameters(**keys, leftover=leftover), PreGenerated(**keys)

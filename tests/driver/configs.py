"""Configurations with loading and health, small and of every kind."""

from __future__ import annotations

from typing import Any

from pezo_hw.config import Config
from pezo_hw.generators.on_the_fly.parameters import OnTheFlyParameters
from pezo_hw.generators.on_the_fly.scaling import ScalingParameters
from pezo_hw.generators.pre_generated.parameters import PreGeneratedParameters
from pezo_hw.generators.replay.options import SystemOptions
from tests.making import generator_of


def on_the_fly(
    *,
    load: str = "contents",
    health: str = "reload",
    count_bits: int = 12,
    scaling: dict[str, Any] | None = None,
    tdata: str = "exact",
    **keys: Any,
) -> Config:
    """RNGs; ``keys`` are those of ``[on-the-fly]``."""
    return Config(
        name="on-the-fly",
        generator=generator_of(
            OnTheFlyParameters(
                **{"rngs": 7, "width": 5, **keys}, scaling=ScalingParameters(**scaling or {})
            )
        ),
        system=SystemOptions(count_bits=count_bits, load=load, health=health, tdata=tdata),
    )


def pre_generated(
    *, load: str = "contents", count_bits: int = 12, tdata: str = "exact", **keys: Any
) -> Config:
    """A pool; ``keys`` are those of ``[pre-generated]``."""
    return Config(
        name="pre-generated",
        generator=generator_of(
            PreGeneratedParameters(
                **{"pool": 60, "width": 9, "lanes": 5, "leftover": "row", **keys}
            )
        ),
        system=SystemOptions(count_bits=count_bits, load=load, tdata=tdata),
    )


CONFIGS = {
    "small": on_the_fly(),
    "tile": on_the_fly(lanes=10, seed=5),
    "steps": on_the_fly(rngs=5, width=8, steps_per_cycle=7),
    "midrise": on_the_fly(format="midrise", scaling={"gain": 0.72, "rounding": "log-nearest"}),
    "fixed-point": on_the_fly(scaling={"output": "fixed-point", "code_bits": 3}),
    "constant": on_the_fly(steps_per_cycle=2, scaling={"mode": "constant", "gain": 0.1}),
    "constant-fixed-point": on_the_fly(
        format="midrise", scaling={"mode": "constant", "output": "fixed-point", "gain": 3.0}
    ),
    "flag": on_the_fly(load="phase", health="flag", rngs=3, width=4),
    "plain": on_the_fly(load="none", health="none", count_bits=40),
    "padded": on_the_fly(rngs=5, tdata="power-of-two"),
    "pool": pre_generated(),
    "pool-padded": pre_generated(pool=65, lanes=13, tdata="power-of-two"),
    "pool-in-one": pre_generated(pool=64, lanes=8),
    "pool-coprime": pre_generated(pool=4095, width=12, lanes=45),
    "pool-4-by-23": pre_generated(pool=184, lanes=2),
    "pool-of-three-counters": pre_generated(pool=1040, lanes=1),
    "copies": pre_generated(pool=31, lanes=8, leftover="number"),
    "copies-drawn": pre_generated(pool=31, lanes=8, leftover="number", start="drawn"),
    "copies-counted": pre_generated(pool=28, lanes=6, leftover="number", load="phase"),
    "copies-of-one-port": pre_generated(pool=127, lanes=5, ports=1, leftover="row"),
    "copies-of-the-paper": pre_generated(pool=4095, width=12, lanes=8, leftover="number"),
    "pool-of-large-numbers": pre_generated(pool=64, width=2, lanes=8, values=[0.9, *[0.001] * 63]),
}

"""What a configuration means, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from .config import Config


def describe(config: Config, tensors: Sequence[int] = ()) -> dict[str, str]:
    """By what is described: what all generators have, then what its own says.

    Parameters
    ----------
    config : Config
        The configuration.
    tensors : sequence of int
        Numbers of each tensor of a model, whose perturbations are counted as well.
    """
    return {**_general(config, tensors), **config.generator.facts().described}


def _general(config: Config, tensors: Sequence[int]) -> dict[str, str]:
    p = config.parameters
    perturbations = f"at most {config.generator.starts:,} different ones of a length"
    if tensors:
        different = config.generator.different(tensors)
        perturbations += f"; {different:,} of {sum(tensors):,} numbers"
    return {
        "numbers a cycle": f"{p.lanes} lanes",
        "joint orbit": f"{p.joint_orbit:,} cycles, {p.joint_orbit * p.lanes:,} numbers",
        "perturbations": perturbations,
        "mantissa": str(p.fixed_point),
        "latency": f"{p.latency} enabled clock edges from reset to the first beat",
    }

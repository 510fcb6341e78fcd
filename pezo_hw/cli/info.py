"""``pezo info``."""

from __future__ import annotations

from dataclasses import asdict

import rich_click as click

from ..config import Config
from ..generators.on_the_fly.parameters import OnTheFlyParameters
from ..generators.pre_generated.parameters import PreGeneratedParameters
from ..systems.system import ON_COMMAND
from .common import CONFIG
from .table import Table
from .terminal import room

_LONGEST_BAR = 40
_BESIDE_THE_BAR = 56


@click.command()
@click.argument("config", type=CONFIG)
def info(config: Config) -> None:
    """Say what a config means: orbit, number format, exponents, latency, storage.

    Example: pezo info paper-opt
    """
    parameters = config.parameters
    title = f"{config.name}: {parameters.strategy}"
    table = Table(title=title, headings=("fact", "value"), left=2, has_headings=False)
    facts = _general(config)
    if isinstance(parameters, OnTheFlyParameters):
        facts |= _on_the_fly(parameters)
    else:
        facts |= _pre_generated(parameters)
    for what, how in (facts | _system(config)).items():
        table.row(what, how)
    table.show()
    if isinstance(parameters, OnTheFlyParameters):
        _histogram(parameters).show()


def _general(config: Config) -> dict[str, str]:
    p = config.parameters
    return {
        "numbers a cycle": f"{p.lanes} lanes",
        "joint orbit": f"{p.joint_orbit:,} cycles, {p.joint_orbit * p.lanes:,} numbers",
        "perturbations": f"at most {_starts(p):,} different ones of a length",
        "mantissa": str(p.fixed_point),
        "latency": f"{p.latency} enabled clock edges from reset to the first beat",
    }


def _system(config: Config) -> dict[str, str]:
    listed = ", ".join(f"{name} = {value}" for name, value in asdict(config.system).items())
    return {"[system]": f"{listed}; of --system {' and '.join(ON_COMMAND)} alone"}


def _starts(p: OnTheFlyParameters | PreGeneratedParameters) -> int:
    """Where a perturbation can start: at a cycle, or (leftover = "number") at any number."""
    if isinstance(p, PreGeneratedParameters) and p.leftover == "number":
        return p.pool
    return p.joint_orbit


def _on_the_fly(p: OnTheFlyParameters) -> dict[str, str]:
    table, bank = p.scale_table, p.bank
    highest = table.base + p.scaling.highest_code
    kept = f"shares the factor {bank.shared_factor} with 2^b - 1: collapsed by it"
    gcd = "coprime to 2^b - 1" if bank.shared_factor == 1 else kept
    words = f"{len(table.codes):,} words of {p.scaling.code_bits} bits"
    scale = "2^−frac" if p.scaling.is_shifted else "2^(base + code − frac)"
    return {
        "LFSRs": f"{p.rngs} of {p.width} bits, taps {list(p.lfsr.taps or ())}, "
        f"{p.steps_per_cycle} step(s) a cycle",
        "rotation": gcd if p.rotate else "off",
        "output": p.scaling.output,
        "value": f"mantissa · {scale} · gain",
        "exponents": f"base {table.base}, so codes say 2^{table.base} to 2^{highest}; "
        f"gain {p.scaling.gain:g}, {p.scaling.rounding}",
        "saturated": f"{table.saturated_share:.2%} of the cycles",
        "table": f"{words} = {len(table.codes) * p.scaling.code_bits:,} bits",
        "state": f"{(p.rngs + 1) * p.width:,} flip-flops in the bank and its tracker",
    }


def _pre_generated(p: PreGeneratedParameters) -> dict[str, str]:
    facts = {
        "pool": f"{p.pool:,} numbers, scaled by {p.quantised.scale:.6f} before storing",
        "value": "mantissa · 2^−frac",
        "leftover": p.leftover,
    }
    if p.leftover == "row":
        counters = " and ".join(map(str, p.address_sequence.moduli))
        facts["memory"] = f"{p.rows} rows of {p.lanes * p.width} bits; counters modulo {counters}"
    return facts | {"storage": f"{p.pool * p.width:,} bits"}


def _histogram(p: OnTheFlyParameters) -> Table:
    """How often each exponent is wanted, and the code that it gets."""
    scales = p.scale_table
    counts = scales.histogram()
    title = "exponents over the orbit of RNG 0"
    table = Table(title=title, headings=("scale", "code", "cycles", "share", ""), left=5)
    longest = max(1, min(_LONGEST_BAR, room() - _BESIDE_THE_BAR))
    for exponent, count in counts.items():
        code = min(max(exponent - scales.base, 0), p.scaling.highest_code)
        share = count / sum(counts.values())
        saturated = "" if scales.base + code == exponent else " (saturated)"
        bar = "█" * max(1, round(share * longest))
        table.row(f"2^{exponent}", f"{code}{saturated}", f"{count:,}", f"{share:.2%}", bar)
    return table

"""What is said of an on-the-fly generator."""

from __future__ import annotations

import textwrap
from functools import partial

from ..facts import Chart, Facts
from .parameters import OnTheFlyParameters

_COLUMNS = 96


def facts_of(parameters: OnTheFlyParameters) -> Facts:
    """In words, in the manifest and in the C header."""
    return Facts(
        described=_described(parameters),
        charts=(_exponents(parameters),),
        manifest={"scaling": _scaling(parameters)},
        constants=_constants(parameters),
        objects=partial(_objects, parameters),
    )


def _described(p: OnTheFlyParameters) -> dict[str, str]:
    shared = p.bank.shared_factor
    kept = f"shares the factor {shared} with 2^b - 1: collapsed by it"
    gcd = "coprime to 2^b - 1" if shared == 1 else kept
    return {
        "LFSRs": f"{p.rngs} of {p.width} bits, taps {list(p.lfsr.taps or ())}, "
        f"{p.steps_per_cycle} step(s) a cycle",
        "rotation": f"{gcd}, {p.architecture}" if p.rotate else "off",
        **_reuse(p),
        "output": p.scaling.output,
        "value": f"mantissa · {_factor(p, '−')} · gain",
        **(_table(p) if p.has_table else _no_table(p)),
        "state": _state(p),
    }


def _reuse(p: OnTheFlyParameters) -> dict[str, str]:
    """What of a tensor a cycle covers, where its lanes repeat each other."""
    if p.lanes <= p.rngs:
        return {}
    times, share = -(-p.lanes // p.rngs), p.rngs / p.lanes
    said = f"a cycle covers {p.lanes:,} elements of a tensor with {p.rngs:,} different numbers"
    return {"reuse": f"{said} ({share:.1%}), each up to {times} times: training may suffer"}


def _factor(p: OnTheFlyParameters, minus: str) -> str:
    """What a mantissa is multiplied by, but for the gain."""
    if p.scaling.is_fixed_point:
        return f"2^{minus}frac"
    exponent = "base + code" if p.has_table else "base"
    return f"2^({exponent} {minus} frac)"


def _table(p: OnTheFlyParameters) -> dict[str, str]:
    table = p.scale_table
    highest = table.base + p.scaling.highest_code
    words = f"{len(table.codes):,} words of {p.scaling.code_bits} bits"
    return {
        "exponents": f"base {table.base}, so codes say 2^{table.base} to 2^{highest}; "
        f"gain {p.scaling.gain:g}, {p.scaling.rounding}",
        "saturated": f"{table.saturated_share:.2%} of the cycles",
        "table": f"{words} = {len(table.codes) * p.scaling.code_bits:,} bits",
    }


def _no_table(p: OnTheFlyParameters) -> dict[str, str]:
    same = float((p.scale_table.exponents == p.base).mean())
    return {
        "exponents": f"base {p.base}, so every cycle has 2^{p.base}; "
        f"gain {p.scaling.gain:g}, {p.scaling.rounding}",
        "table": f"none; one would have said the same in {same:.2%} of the cycles",
    }


def _state(p: OnTheFlyParameters) -> str:
    if p.has_table:
        return f"{(p.rngs + 1) * p.width:,} flip-flops in the bank and its tracker"
    return f"{p.rngs * p.width:,} flip-flops in the bank"


def _exponents(p: OnTheFlyParameters) -> Chart:
    """How often each exponent is wanted, and the code that it gets."""
    counts = p.scale_table.histogram()
    rows = []
    for exponent, count in counts.items():
        cells = (f"2^{exponent}", _code(p, exponent), f"{count:,}")
        rows.append((cells, count / sum(counts.values())))
    title = "exponents over the orbit of RNG 0"
    return Chart(title=title, headings=("scale", "code", "cycles"), rows=rows)


def _code(p: OnTheFlyParameters, exponent: int) -> str:
    """The code of an exponent, and whether it says another one."""
    code = min(max(exponent - p.base, 0), p.scaling.highest_code if p.has_table else 0)
    saturated = "" if p.base + code == exponent else " (saturated)"
    return f"{code if p.has_table else 'none'}{saturated}"


def _scaling(p: OnTheFlyParameters) -> dict[str, object]:
    said: dict[str, object] = {"value": f"mantissa * {_factor(p, '-')} * gain", "base": p.base}
    if p.has_table:
        said["code_bits"] = p.scaling.code_bits
    said["gain"] = p.scaling.gain
    if p.has_table:
        said["saturated_share"] = p.scale_table.saturated_share
    return said


def _constants(p: OnTheFlyParameters) -> dict[str, str]:
    table = {"TABLE_BYTES": f"{1 << p.width}u"} if p.has_table else {}
    return {
        "RNGS": f"{p.rngs}u",
        **table,
        "BASE": f"({p.base})",
        "GAIN": repr(p.scaling.gain),
    }


def _objects(parameters: OnTheFlyParameters, top: str) -> str:
    seeds = ", ".join(f"{seed}u" for seed in parameters.bank.seeds)
    wrapped = textwrap.fill(seeds, _COLUMNS, initial_indent="    ", subsequent_indent="    ")
    text = f"\nstatic const uint32_t {top}_seeds[{parameters.rngs}] = {{\n{wrapped}\n}};\n"
    return text + _scaling_object(parameters, top) if parameters.has_table else text


def _scaling_object(parameters: OnTheFlyParameters, top: str) -> str:
    """What the table of new seeds is made with."""
    scaling = parameters.scaling
    log_nearest = "true" if scaling.rounding == "log-nearest" else "false"
    return (
        f"\nstatic const struct pezo_scaling {top}_scaling = "
        f"{{{log_nearest}, {scaling.gain!r}, {scaling.code_bits}u}};\n"
    )

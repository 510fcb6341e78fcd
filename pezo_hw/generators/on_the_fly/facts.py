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
        constants={
            "RNGS": f"{parameters.rngs}u",
            "TABLE_BYTES": f"{1 << parameters.width}u",
            "TABLE_BASE": f"({parameters.scale_table.base})",
            "GAIN": repr(parameters.scaling.gain),
        },
        objects=partial(_objects, parameters),
    )


def _described(p: OnTheFlyParameters) -> dict[str, str]:
    table, bank = p.scale_table, p.bank
    highest = table.base + p.scaling.highest_code
    kept = f"shares the factor {bank.shared_factor} with 2^b - 1: collapsed by it"
    gcd = "coprime to 2^b - 1" if bank.shared_factor == 1 else kept
    words = f"{len(table.codes):,} words of {p.scaling.code_bits} bits"
    scale = "2^−frac" if p.scaling.is_shifted else "2^(base + code − frac)"
    return {
        "LFSRs": f"{p.rngs} of {p.width} bits, taps {list(p.lfsr.taps or ())}, "
        f"{p.steps_per_cycle} step(s) a cycle",
        "rotation": f"{gcd}, {p.architecture}" if p.rotate else "off",
        "output": p.scaling.output,
        "value": f"mantissa · {scale} · gain",
        "exponents": f"base {table.base}, so codes say 2^{table.base} to 2^{highest}; "
        f"gain {p.scaling.gain:g}, {p.scaling.rounding}",
        "saturated": f"{table.saturated_share:.2%} of the cycles",
        "table": f"{words} = {len(table.codes) * p.scaling.code_bits:,} bits",
        "state": f"{(p.rngs + 1) * p.width:,} flip-flops in the bank and its tracker",
    }


def _exponents(p: OnTheFlyParameters) -> Chart:
    """How often each exponent is wanted, and the code that it gets."""
    scales = p.scale_table
    counts = scales.histogram()
    rows = []
    for exponent, count in counts.items():
        code = min(max(exponent - scales.base, 0), p.scaling.highest_code)
        saturated = "" if scales.base + code == exponent else " (saturated)"
        cells = (f"2^{exponent}", f"{code}{saturated}", f"{count:,}")
        rows.append((cells, count / sum(counts.values())))
    title = "exponents over the orbit of RNG 0"
    return Chart(title=title, headings=("scale", "code", "cycles"), rows=rows)


def _scaling(parameters: OnTheFlyParameters) -> dict[str, object]:
    table = parameters.scale_table
    value = "2^-frac" if parameters.scaling.is_shifted else "2^(base + code - frac)"
    return {
        "value": f"mantissa * {value} * gain",
        "base": table.base,
        "code_bits": parameters.scaling.code_bits,
        "gain": parameters.scaling.gain,
        "saturated_share": table.saturated_share,
    }


def _objects(parameters: OnTheFlyParameters, top: str) -> str:
    seeds = ", ".join(f"{seed}u" for seed in parameters.bank.seeds)
    wrapped = textwrap.fill(seeds, _COLUMNS, initial_indent="    ", subsequent_indent="    ")
    scaling = parameters.scaling
    log_nearest = "true" if scaling.rounding == "log-nearest" else "false"
    return (
        f"\nstatic const uint32_t {top}_seeds[{parameters.rngs}] = {{\n{wrapped}\n}};\n\n"
        f"static const struct pezo_scaling {top}_scaling = "
        f"{{{log_nearest}, {scaling.gain!r}, {scaling.code_bits}u}};\n"
    )

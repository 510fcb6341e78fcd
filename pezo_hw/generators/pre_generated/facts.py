"""What is said of a pre-generated pool."""

from __future__ import annotations

from ..facts import Facts
from .parameters import PreGeneratedParameters


def facts_of(parameters: PreGeneratedParameters) -> Facts:
    """In words, in the manifest and in the C header."""
    return Facts(
        described=_described(parameters),
        manifest={"pool": _pool(parameters)},
        constants={
            "ROWS": f"{parameters.rows}u",
            "FRAC": f"({parameters.fixed_point.frac})",
        },
    )


def _described(p: PreGeneratedParameters) -> dict[str, str]:
    facts = {
        "pool": f"{p.pool:,} numbers, scaled by {p.quantised.scale:.6f} before storing",
        "value": "mantissa · 2^−frac",
        "leftover": p.leftover,
    }
    if p.leftover == "row":
        counters = " and ".join(map(str, p.address_sequence.moduli))
        facts["memory"] = f"{p.rows} rows of {p.lanes * p.width} bits; counters modulo {counters}"
    return facts | {"storage": f"{p.pool * p.width:,} bits"}


def _pool(parameters: PreGeneratedParameters) -> dict[str, object]:
    return {
        "value": "mantissa * 2^-frac",
        "scale": parameters.quantised.scale,
        "rows": parameters.rows,
        "address_moduli": list(parameters.address_sequence.moduli),
    }

"""What is said of a pre-generated pool."""

from __future__ import annotations

from ..facts import Facts
from .parameters import PreGeneratedParameters


def facts_of(parameters: PreGeneratedParameters) -> Facts:
    """In words, in the manifest and in the C header."""
    rows = parameters.stores_rows
    stored = {"ROWS": parameters.rows} if rows else {"NUMBERS": parameters.pool}
    return Facts(
        described=_described(parameters),
        manifest={"pool": _pool(parameters)},
        constants={
            **{name: f"{count}u" for name, count in stored.items()},
            "FRAC": f"({parameters.fixed_point.frac})",
        },
    )


def _described(p: PreGeneratedParameters) -> dict[str, str]:
    copies = 1 if p.stores_rows else p.copies.count
    return {
        "pool": f"{p.pool:,} numbers, scaled by {p.quantised.scale:.6f} before storing",
        "value": "mantissa · 2^−frac",
        "leftover": p.leftover,
        **_starts(p),
        "memory": _rows(p) if p.stores_rows else _copies(p),
        "storage": f"{copies * p.pool * p.width:,} bits",
    }


def _starts(p: PreGeneratedParameters) -> dict[str, str]:
    if not p.draws:
        return {}
    what = "numbers" if p.continues else "cycles"
    return {"starts": f"drawn: {p.jump:,} of {p.starts:,} {what} apart, whatever the length"}


def _rows(p: PreGeneratedParameters) -> str:
    counters = " and ".join(map(str, p.address_sequence.moduli))
    return f"{p.rows} rows of {p.lanes * p.width} bits; counters modulo {counters}"


def _copies(p: PreGeneratedParameters) -> str:
    copies, order = p.copies, p.copies.order
    taps = ", ".join(map(str, order.taps))
    counted = f"an LFSR of {order.bits} bits, taps {taps}" if taps else f"counters modulo {p.pool}"
    read = "once" if copies.ports == 1 else "twice"
    return f"{copies.count} copies of {p.pool} numbers, each read {read} a cycle; {counted}"


def _pool(parameters: PreGeneratedParameters) -> dict[str, object]:
    said: dict[str, object] = {
        "value": "mantissa * 2^-frac",
        "scale": parameters.quantised.scale,
    }
    if parameters.draws:
        said |= {"starts": parameters.starts, "jump": parameters.jump}
    if parameters.stores_rows:
        moduli = list(parameters.address_sequence.moduli)
        return said | {"rows": parameters.rows, "address_moduli": moduli}
    copies = parameters.copies
    return said | {
        "copies": copies.count,
        "ports": copies.ports,
        "address_taps": list(copies.order.taps),
        "address_steps_a_number": copies.order.steps_a_number,
    }

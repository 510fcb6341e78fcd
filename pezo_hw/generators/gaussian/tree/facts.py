"""What is said of a bank of trees."""

from __future__ import annotations

from ...facts import Facts
from .levels import WIDTHS


def facts_of(lanes: int) -> Facts:
    """In words, and in the manifest."""
    widths = ", ".join(map(str, WIDTHS))
    value = "mantissa * 2^-frac"
    return Facts(
        described={
            "generator": "TreeGRNG's example of 8 bits, half a tree and a sign",
            "LFSRs": f"{len(WIDTHS)} a lane, of {widths} bits for bit 7 … bit 0, XNOR feedback",
            "value": "mantissa · 2^−frac, an odd mantissa from −255 to 255",
            "state": f"{lanes * sum(WIDTHS):,} flip-flops, {sum(WIDTHS)} a lane",
        },
        manifest={"gaussian": {"generator": "tree", "value": value, "register_widths": [*WIDTHS]}},
    )

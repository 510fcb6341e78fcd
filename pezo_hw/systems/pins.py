"""What pins mean that several systems have."""

from __future__ import annotations

CLOCK = "clock; everything happens at its rising edge"
OF_BEAT = {
    "mantissa": "two's complement numbers, lane 0 lowest",
    "code": "exponent code that all lanes of the beat share",
}
FIELDS = {
    **OF_BEAT,
    "last": "the last beat of a command",
    "length": "how many beats the command asks for, less one",
    "replay": "whether it goes back to where the last command without this began",
    "unused": "how many numbers of its last beat the next command starts with, below the lanes",
}


def describe_fields(fields: dict[str, int]) -> dict[str, object]:
    """Place, width and meaning of every field of a payload, given their widths, lowest first."""
    described: dict[str, object] = {}
    low = 0
    for name, width in fields.items():
        described[name] = {"low": low, "width": width, "meaning": FIELDS[name]}
        low += width
    return described

"""The shapes in the header of a safetensors file; the tensors themselves are not looked at."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from ..errors import PezoError
from ..tools.files import open_regular
from ..tools.plain_data import parse_json

LARGEST_HEADER = 100_000_000
"""Bytes; what the format's own reader allows."""

_COUNT_BYTES = 8


def read_header(path: Path) -> dict[str, object]:
    """What the header says: by the name of a tensor its type, shape and place in the file.

    A header is 8 bytes, its length as a little-endian integer, and so many bytes of JSON. A file
    that ends behind its header will do.

    Raises
    ------
    OSError
        Where it cannot be opened.
    PezoError
        Where it is no such header, or one above `LARGEST_HEADER`; its text is what is wrong.
    """
    with open_regular(path) as file:
        text = _header_text(file)
    try:
        header = parse_json(text)
    except ValueError:
        raise PezoError("its header is not JSON") from None
    if not isinstance(header, dict):
        raise PezoError("its header is no JSON object")
    header.pop("__metadata__", None)
    return header


def _header_text(file: BinaryIO) -> bytes:
    """No more is read than the file has and the bound allows, whatever its first bytes say."""
    count = file.read(_COUNT_BYTES)
    if len(count) < _COUNT_BYTES:
        raise PezoError(f"it has {len(count)} bytes, fewer than the {_COUNT_BYTES} of a count")
    wanted = int.from_bytes(count, "little")
    if wanted > LARGEST_HEADER:
        raise PezoError(f"its header is said to have {wanted:,} bytes, over {LARGEST_HEADER:,}")
    text = file.read(wanted)
    if len(text) < wanted:
        raise PezoError(f"its header is said to have {wanted:,} bytes, and {len(text):,} are there")
    return text

"""Every worker of a run collects the same tests, in whatever second it starts."""

from __future__ import annotations

import gzip

import pytest


@pytest.mark.parametrize("packed", [gzip.compress(b"holds the second of now")])
def test_bytes_are_named_by_their_argument(packed: bytes, request: pytest.FixtureRequest):
    assert request.node.name.endswith("[packed]")
    assert gzip.decompress(packed)

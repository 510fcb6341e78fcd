"""The cache keeps, forgets what is damaged, and never stands in the way."""

import os
from pathlib import Path

import pytest

from pezo_hw.synth.cache import NO_CACHE, Cache, key_of


def test_what_is_put_comes_back(tmp_path: Path):
    cache = Cache(folder=tmp_path)
    assert cache.get("abc") is None
    cache.put("abc", {"lut": 32})
    assert cache.get("abc") == {"lut": 32}
    assert cache.get("abd") is None


def test_a_damaged_file_is_as_good_as_none(tmp_path: Path):
    cache = Cache(folder=tmp_path)
    cache.put("abc", [1])
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:-9])
    assert cache.get("abc") is None


@pytest.mark.skipif(os.name == "nt", reason="no such path there")
def test_a_folder_that_cannot_be_made_is_no_error():
    cache = Cache(folder=Path("/dev/null/cache"))
    cache.put("abc", 1)
    assert cache.get("abc") is None


def test_no_cache_keeps_nothing():
    NO_CACHE.put("abc", 1)
    assert NO_CACHE.get("abc") is None


def test_keys_differ_with_every_part_and_not_with_the_order_of_names():
    assert key_of("a", {"x": 1, "y": 2}) == key_of("a", {"y": 2, "x": 1})
    assert len({key_of("a", 1), key_of("a", 2), key_of("b", 1), key_of(["a", 1])}) == 4

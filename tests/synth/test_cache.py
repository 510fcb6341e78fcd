"""The cache keeps, forgets what is damaged, and never stands in the way."""

import gzip
import os
from contextlib import suppress
from pathlib import Path

import pytest

from pezo_hw.synth import mapping, synthesise
from pezo_hw.synth.cache import NO_CACHE, Cache, key_of
from tests.corruption import corruptions, no_files


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


def test_whatever_is_damaged_is_a_miss(tmp_path: Path):
    cache = Cache(folder=tmp_path)
    cache.put("abc", {"lut": 32, "cells": ["LUT6", "FDRE"] * 9})
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    kept = path.read_bytes()
    for damaged in corruptions(kept, 400):
        path.write_bytes(damaged)
        assert cache.get("abc") is None
    path.write_bytes(kept)
    assert cache.get("abc") is not None


def test_what_is_no_file_is_a_miss(tmp_path: Path):
    cache = Cache(folder=tmp_path)
    cache.put("abc", 1)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    for kind in no_files(path):
        assert cache.get("abc") is None, kind
        cache.put("abd", 2)
        assert cache.get("abd") == 2


def test_a_result_of_another_key_is_a_miss(tmp_path: Path):
    cache = Cache(folder=tmp_path)
    cache.put("abc", 1)
    cache.put("abd", 2)
    one, other = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    one.write_bytes(other.read_bytes())
    assert (cache.get("abc"), cache.get("abd")) == (None, 2)


def test_json_that_was_not_put_is_a_miss(tmp_path: Path):
    cache = Cache(folder=tmp_path)
    cache.put("abc", 1)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(gzip.compress(b'{"lut": 3}'))
    assert cache.get("abc") is None


@pytest.mark.parametrize(
    "wrong", [1, [], {}, {"json": {}, "verilog": ""}, {"json": {"modules": []}}]
)
def test_a_result_of_another_form_is_measured_anew(tmp_path: Path, monkeypatch, wrong):
    counter = "module top(input clk, output reg n); always @(posedge clk) n <= ~n; endmodule"
    cache = Cache(folder=tmp_path)
    right = {"json": {"modules": {"top": {"cells": {}}}}, "verilog": "module top; endmodule"}
    monkeypatch.setattr(mapping, "_run", lambda *arguments: wrong)
    with suppress(Exception):
        synthesise(counter, {}, "top", "ice40", cache=cache)
    monkeypatch.setattr(mapping, "_run", lambda *arguments: right)
    assert synthesise(counter, {}, "top", "ice40", cache=cache).json == right["json"]


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

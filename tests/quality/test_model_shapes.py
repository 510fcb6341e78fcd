"""Shapes of a model: each kind of file, and what is none."""

from __future__ import annotations

import json
import os
import struct
import time
from pathlib import Path

import pytest

from pezo_hw.errors import ConfigError, PezoError
from pezo_hw.quality import model_shapes
from pezo_hw.quality.safetensors_header import LARGEST_HEADER
from tests.corruption import no_files

SHAPES = [(64, 32), (32,), (), (0, 5)]


def safetensors(header: object, *, count: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if count is None else count) + text


def entry(*shape: int) -> dict[str, object]:
    return {"dtype": "F32", "shape": list(shape), "data_offsets": [0, 0]}


FILES = {
    "lines.txt": b"64x32\n32 # bias\n\n# nothing\n",
    "commas.txt": b"(64, 32)\r\n(32,)\r\n",
    "names.txt": b"a.0.weight [64, 32]\nb: 32\n",
    "signs.shapes": "\ufeff64 × 32\nname=32".encode(),
    "list.json": b"[[64, 32], 32]",
    "names.json": b'{"a": [64, 32], "b": {"c": 32}}',
    "shapes.json": b'{"shapes": [[64, 32], 32]}',
    "list.toml": b"shapes = [[64, 32], [32]]",
    "names.toml": b'"a.0.weight" = [64, 32]\n[b]\nc = 32\n',
    "model.safetensors": safetensors(
        {"__metadata__": {"format": "pt"}, "a": entry(64, 32), "b": entry(32)}
    )
    + bytes(8320),
    "header.SafeTensors": safetensors({"a": entry(64, 32), "b": entry(32)}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file(name: str, tmp_path: Path):
    file = tmp_path / name
    file.write_bytes(FILES[name])
    assert model_shapes(file) == model_shapes(str(file)) == SHAPES[:2]


def test_tensors_without_dimensions_and_without_numbers(tmp_path: Path):
    file = tmp_path / "odd.safetensors"
    file.write_bytes(safetensors({str(i): entry(*shape) for i, shape in enumerate(SHAPES)}))
    assert model_shapes(file) == SHAPES


class Parameter:
    """A tensor that says its shape, and whether it is trained."""

    def __init__(self, *shape: int, requires_grad: bool = True) -> None:
        self.shape, self.requires_grad = shape, requires_grad


class Module:
    """What a module of PyTorch is to `model_shapes`."""

    def parameters(self) -> list[Parameter]:
        return [Parameter(64, 32), Parameter(7, requires_grad=False), Parameter(32)]


def test_a_module():
    assert model_shapes(Module()) == SHAPES[:2]
    with pytest.raises(ConfigError, match=r"a file's name or a torch\.nn\.Module"):
        model_shapes(7)


@pytest.mark.slow
def test_a_module_of_torch():
    torch = pytest.importorskip("torch")
    module = torch.nn.Linear(32, 64)
    assert model_shapes(module) == [(64, 32), (64,)]
    module.bias.requires_grad_(False)
    assert model_shapes(module) == [(64, 32)]


NONE = {
    "empty.txt": (b"", "it has no tensor"),
    "comments.txt": (b"# 7\n", "it has no tensor"),
    "words.txt": (b"64x32\nsixty four\n", "line 2"),
    "sign.txt": (b"-3\n", "line 1"),
    "fraction.txt": (b"3.5\n", "line 1"),
    "digits.txt": (b"9" * 5000, "line 1"),
    "other-digits.txt": ("٣\n".encode(), "line 1"),
    "bytes.txt": (b"\xff\xfe", "not UTF-8"),
    "spaces.txt": (b" " * 100_000 + b"x", "line 1"),
    "many.txt": (b"1 " * 100, "up to 64 integers"),
    "no.json": (b"[[64,", "not JSON"),
    "deep.json": (b"[" * 100_000, "not JSON"),
    "text.json": (b'"x"', "a shape"),
    "fraction.json": (b"[[1.5]]", "a shape"),
    "truth.json": (b"[[true]]", "a shape"),
    "negative.json": (b"[[-1, 2]]", "an integer >= 0"),
    "no.toml": (b"shapes = [[", "not TOML"),
    "parts.toml": (b"a." * 300_000 + b"b = 1", "a key of over 64 parts"),
    "date.toml": (b"a = 2020-01-01", "a shape"),
    "empty.safetensors": (b"", "0 bytes, fewer than"),
    "short.safetensors": (safetensors({"a": entry(3)})[:-4], "are there"),
    "huge.safetensors": (safetensors(b"{}", count=2**64 - 1), "over 100,000,000"),
    "no.safetensors": (safetensors(b"\xff\x00"), "not JSON"),
    "list.safetensors": (safetensors([1]), "no JSON object"),
    "shapeless.safetensors": (safetensors({"a": {"dtype": "F32"}}), "an object with a shape"),
    "odd.safetensors": (safetensors({"a": {"shape": "33"}}), "a shape"),
    "metadata.safetensors": (safetensors({"__metadata__": {}}), "it has no tensor"),
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_none(name: str, tmp_path: Path):
    content, says = NONE[name]
    file = tmp_path / name
    file.write_bytes(content)
    started = time.process_time()
    with pytest.raises(PezoError, match=says) as caught:
        model_shapes(file)
    assert time.process_time() - started < 5
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400 + len(str(file))


def test_what_is_no_file(tmp_path: Path):
    for ending in ("txt", "json", "toml", "safetensors"):
        file = tmp_path / f"model.{ending}"
        file.touch()
        for _ in no_files(file):
            with pytest.raises(PezoError, match="allowed: a text file of a shape a line"):
                model_shapes(file)


def test_a_file_without_end_is_not_read(tmp_path: Path):
    for ending in ("txt", "json", "toml"):
        file = tmp_path / f"model.{ending}"
        file.touch()
        os.truncate(file, 1 << 40)
        with pytest.raises(PezoError, match="more than"):
            model_shapes(file)
    file = tmp_path / "model.safetensors"
    file.write_bytes(safetensors(b"", count=LARGEST_HEADER))
    os.truncate(file, 1 << 40)
    with pytest.raises(PezoError, match="not JSON"):
        model_shapes(file)

"""The shapes of a model's tensors, from files of several kinds or from PyTorch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .. import checks
from ..errors import ConfigError, PezoError
from ..text import printable
from ..tools.files import read_json, read_text
from ..tools.plain_data import parse_toml
from .safetensors_header import read_header

LARGEST_FILE = 1 << 24
LARGEST_TOML = 1 << 20
ALLOWED = (
    "a text file of a shape a line, such as 768x3072; a .json or .toml file of shapes; "
    "or a .safetensors file"
)
_MOST_DIMENSIONS, _MOST_DIGITS = 64, 300
_BETWEEN = str.maketrans("()[],×:=", " " * 8)
_LIST = "shapes"


Shape = tuple[int, ...]


def model_shapes(model: Any) -> list[Shape]:
    r"""The shape of every tensor of a model.

    Parameters
    ----------
    model : str, Path or torch.nn.Module
        A file, whose ending says of which kind it is, or a module, of which the parameters count
        that are trained (``requires_grad``).

        * Text: a shape a line (``768x3072``, ``768, 3072``, ``(768, 3072)``), after a name or
          without one; what follows a ``#`` is not read.
        * JSON: a list of shapes, or objects of names and shapes, nested at will.
        * TOML: keys and shapes in tables, nested at will.
        * safetensors: its header alone is read.

        In lists, and under the key ``shapes``, an integer is a shape of one dimension.

    Raises
    ------
    PezoError
        Where a file cannot be read, is none of these or has no tensor; in one line.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from pezo_hw.quality import model_shapes
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mlp.txt")
    ...     _ = file.write_text("hidden 64x32  # weights\n32\n32, 10\n10\n")
    ...     model_shapes(file)
    [(64, 32), (32,), (32, 10), (10,)]
    """
    if isinstance(model, (str, Path)):
        return _of_file(Path(model))
    if not hasattr(model, "parameters"):
        raise ConfigError("model", type(model).__name__, "a file's name or a torch.nn.Module")
    return [tuple(p.shape) for p in model.parameters() if p.requires_grad]


def sizes_of(shapes: list[Shape]) -> list[int]:
    """How many numbers each tensor has."""
    return [math.prod(shape) for shape in shapes]


def _of_file(path: Path) -> list[Shape]:
    name = printable(str(path))
    read = _READERS.get(path.suffix.lower(), _from_text)
    try:
        shapes = [_checked(key, shape) for key, shape in read(path)]
    except OSError as error:
        raise PezoError(f"{name}: {error.strerror or error}; allowed: {ALLOWED}") from None
    except ConfigError as error:
        raise PezoError(f"{name}: {error}") from None
    except PezoError as error:
        raise PezoError(f"{name}: {error}; allowed: {ALLOWED}") from None
    if not shapes:
        raise PezoError(f"{name}: it has no tensor; allowed: {ALLOWED}")
    return shapes


def _checked(key: str, shape: object) -> Shape:
    allowed = f"a shape: up to {_MOST_DIMENSIONS} integers"
    sizes = checks.integers(key, shape, allowed)
    if len(sizes) > _MOST_DIMENSIONS:
        raise ConfigError(key, f"{len(sizes)} dimensions", allowed)
    return tuple(checks.integer(key, size, 0) for size in sizes)


def _from_text(path: Path) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(read_text(path, LARGEST_FILE).splitlines(), 1):
        words = line.partition("#")[0].translate(_BETWEEN).split()
        if words:
            yield f"line {number}", _shape_of(words, f"line {number}", line)


def _shape_of(words: list[str], key: str, line: str) -> list[int]:
    """The integers of a line's words, but for a name that comes first."""
    sizes = [size for word in words for size in word.split("x")]
    if not _are_integers(sizes) and len(words) > 1:
        sizes = [size for word in words[1:] for size in word.split("x")]
    if not _are_integers(sizes):
        raise ConfigError(key, line, "a shape, such as 768x3072")
    return [int(size) for size in sizes]


def _are_integers(words: list[str]) -> bool:
    return all(w.isascii() and w.isdecimal() and len(w) <= _MOST_DIGITS for w in words)


def _from_json(path: Path) -> Iterator[tuple[str, object]]:
    return _walk("", read_json(path, LARGEST_FILE))


def _from_toml(path: Path) -> Iterator[tuple[str, object]]:
    return _walk("", parse_toml(read_text(path, LARGEST_TOML)))


def _from_safetensors(path: Path) -> Iterator[tuple[str, object]]:
    for name, entry in read_header(path).items():
        if not isinstance(entry, dict) or "shape" not in entry:
            raise ConfigError(name, entry, "an object with a shape")
        yield name, entry["shape"]


def _walk(key: str, value: object) -> Iterator[tuple[str, object]]:
    """Shapes of nested tables; a list is a shape where it stands for one tensor."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(f"{key}.{name}" if key else name, inner)
    elif isinstance(value, list) and (_is_list_of_shapes(key, value)):
        for index, shape in enumerate(value):
            yield f"{key}[{index}]", shape if isinstance(shape, list) else [shape]
    else:
        yield key, value if isinstance(value, list) else [value]


def _is_list_of_shapes(key: str, value: list[object]) -> bool:
    return key in ("", _LIST) or any(isinstance(item, list) for item in value)


_READERS: dict[str, Callable[[Path], Iterator[tuple[str, object]]]] = {
    ".json": _from_json,
    ".toml": _from_toml,
    ".safetensors": _from_safetensors,
}

"""Windows of a stream as files, of any length, in bounded memory."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import numpy as np

from ..errors import PezoError
from ..tools.extras import require
from ..tools.files import replacing
from .stream import Beats, Stream

_NUMBERS_AT_ONCE = 1 << 20


def export(stream: Stream, start: int, count: int, path: Path) -> Iterator[int]:
    """Writes ``count`` cycles from cycle ``start`` to a file of one of `FORMATS`.

    Yields the number of cycles done, now and then. The file appears once it is whole.

    Raises
    ------
    PezoError
        Where the file system refuses or has too little room, or ``.parquet`` lacks its library.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pezo_hw
    >>> from pezo_hw.numbers.export import export
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "window.csv"
    ...     done = list(export(pezo_hw.load("paper-roberta").stream(), 10**12, 8, path))
    ...     done, len(path.read_text().splitlines())
    ([8], 9)
    """
    write = FORMATS[path.suffix]
    with replacing(path) as temporary:
        room = shutil.disk_usage(temporary.parent).free
        least = count * stream.lanes * _LEAST_BYTES[path.suffix]
        if least > room:
            raise PezoError(f"{path}: needs over {least:,} bytes, the disk has {room:,}")
        yield from write(stream, start, count, temporary)


def _write_csv(stream: Stream, start: int, count: int, path: Path) -> Iterator[int]:
    """A line of headings, then one cycle a line: the code, then the mantissas."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{','.join(['code', *(f'lane{lane}' for lane in range(stream.lanes))])}\n")
        for window in _windows(stream, start, count):
            rows = np.column_stack([window.code.astype(np.int32), window.mantissa])
            file.writelines(f"{','.join(map(str, row))}\n" for row in rows.tolist())
            yield window.start + len(window) - start


def _write_npz(stream: Stream, start: int, count: int, path: Path) -> Iterator[int]:
    """Three arrays one after another, each made anew, so that none is ever held whole."""
    shape = (count, stream.lanes)
    arrays: dict[str, tuple[tuple[int, ...], Callable[[Beats], np.ndarray]]] = {
        "mantissa": (shape, lambda window: window.mantissa),
        "code": (shape[:1], lambda window: window.code),
        "value": (shape, lambda window: window.value),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for index, (name, (dimensions, part)) in enumerate(arrays.items()):
            # With a ZipInfo the date is a fixed one; the size is not known before, hence 64 bits.
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as file:
                dtype = part(stream.window(start, 0)).dtype
                header = {"descr": dtype.str, "fortran_order": False, "shape": dimensions}
                np.lib.format.write_array_header_1_0(file, header)
                for window in _windows(stream, start, count):
                    file.write(part(window).tobytes())
                    done = window.start + len(window) - start
                    yield (index * count + done) // len(arrays)


def _write_npy(stream: Stream, start: int, count: int, path: Path) -> Iterator[int]:
    """The values alone, as one array."""
    with path.open("wb") as file:
        dtype = stream.window(start, 0).value.dtype
        header = {"descr": dtype.str, "fortran_order": False, "shape": (count, stream.lanes)}
        np.lib.format.write_array_header_1_0(file, header)
        for window in _windows(stream, start, count):
            file.write(window.value.tobytes())
            yield window.start + len(window) - start


def _write_parquet(stream: Stream, start: int, count: int, path: Path) -> Iterator[int]:
    """The columns of the CSV file, with types."""
    require(".parquet needs", ["pyarrow"], extra="parquet")
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    lanes = [(f"lane{lane}", arrow.int32()) for lane in range(stream.lanes)]
    schema = arrow.schema([("code", arrow.uint8()), *lanes])
    with parquet.ParquetWriter(path, schema) as writer:
        for window in _windows(stream, start, count):
            columns = [window.code, *np.ascontiguousarray(window.mantissa.T)]
            writer.write_table(arrow.table(columns, schema=schema))
            yield window.start + len(window) - start


FORMATS = {
    ".npz": _write_npz,
    ".csv": _write_csv,
    ".npy": _write_npy,
    ".parquet": _write_parquet,
}
# Of a number; what is packed may be next to nothing.
_LEAST_BYTES = {".npz": 8, ".csv": 2, ".npy": 4, ".parquet": 0}


def _windows(stream: Stream, start: int, count: int) -> Iterator[Beats]:
    """The window in pieces of bounded size."""
    most = max(1, _NUMBERS_AT_ONCE // stream.lanes)
    for first in range(start, start + count, most):
        yield stream.window(first, min(most, start + count - first))

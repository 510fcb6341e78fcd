"""``pezo driver``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from .. import driver as package
from ..tools.files import write_files
from .common import FOLDER
from .terminal import write

_SOURCES = Path(package.__file__).parent
_SUFFIXES = {"c": (".c", ".h"), "python/pezo_driver": (".py",)}


@click.command()
@click.option("-o", "--output", type=FOLDER, required=True, metavar="DIR", help="Where to write.")
def driver(output: Path) -> None:
    """Copy out the drivers of --system axi, for a board.

    DIR/c has the C driver: pezo.h, and all the files to compile with it. DIR/python has the package
    pezo_driver, which needs NumPy and nothing else.

    Example: pezo driver -o software
    """
    files = driver_files()
    write_files(output, files)
    for name in files:
        write(str(output / name))


def driver_files() -> dict[str, str]:
    """Every file's text by its path below the folder."""
    folders = {"c": _SOURCES / "c", "python/pezo_driver": _SOURCES}
    return {
        f"{target}/{path.relative_to(folder).as_posix()}": path.read_text("utf-8")
        for target, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _SUFFIXES[target]
    }

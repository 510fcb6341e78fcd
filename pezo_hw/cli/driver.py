"""``pezo driver``."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from .. import driver as package
from ..tools.files import write_files
from .common import OUTPUT_FOLDER
from .terminal import write

_SOURCES = Path(package.__file__).parent
# A repository of drivers as a board support package of Vitis takes it.
_VITIS = "vitis/drivers/pezo_v1_0"
# Where files go, of which folder they are, and how their names end.
_PLACES = (
    ("c", "c", (".c", ".h")),
    ("python/pezo_driver", ".", (".py",)),
    (f"{_VITIS}/data", "vitis", (".mdd", ".tcl")),
    (f"{_VITIS}/src", "vitis", ("Makefile",)),
    (f"{_VITIS}/src", "c", (".c", ".h")),
)
# Of a program under Linux alone.
_HOSTED = "pezo_linux.h"


@click.command()
@click.option(
    "-o", "--output", type=OUTPUT_FOLDER, required=True, metavar="DIR", help="Where to write."
)
def driver(output: Path) -> None:
    """Copy out the drivers of --system axi, for a board.

    DIR/c has the C driver: pezo.h, and all the files to compile with it. DIR/python has the package
    pezo_driver, which needs NumPy and nothing else. DIR/vitis is a repository with the C driver for
    board support packages.

    Example: pezo driver -o software
    """
    files = driver_files()
    write_files(output, files)
    for name in files:
        write(str(output / name))


def driver_files() -> dict[str, str]:
    """Every file's text by its path below the folder."""
    return {
        f"{target}/{path.relative_to(_SOURCES / folder).as_posix()}": path.read_text("utf-8")
        for target, folder, endings in _PLACES
        for path in sorted((_SOURCES / folder).rglob("*"))
        if path.name.endswith(endings) and not (target.startswith(_VITIS) and path.name == _HOSTED)
    }

"""``python -m pezo_hw.registers``: writes what is made from the description, in a checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..errors import PezoError
from ..text import one_line
from ..tools.files import write_files
from .markdown import markdown
from .register_map import register_map
from .software import HEADER, c_header, python_module

_CHECKOUT = Path(__file__).parents[2]


def derived_files() -> dict[str, str]:
    """The texts by their place in the checkout."""
    return {
        f"pezo_hw/driver/c/{HEADER}": c_header(),
        "pezo_hw/driver/registers.py": python_module(register_map()),
        "docs/registers.md": markdown(register_map()),
    }


def main() -> int:
    """Writes all of them, or none, and says which they are, or why not; returns the exit status."""
    try:
        files = derived_files()
        write_files(_CHECKOUT, files)
        print("\n".join(files), flush=True)
    except PezoError as error:
        return _fail(str(error))
    except OSError as error:
        # What has no room is still in the buffer, and would be tried once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return _fail(f"{error.filename or 'standard output'}: {error.strerror}")
    return 0


def _fail(message: str) -> int:
    print(f"pezo_hw.registers: error: {one_line(message)}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())

"""``python -m pezo_hw.registers``: writes what is made from the description, in a checkout."""

from __future__ import annotations

from pathlib import Path

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


def main() -> None:
    """Writes all of them, or none, and says which they are."""
    files = derived_files()
    write_files(_CHECKOUT, files)
    for place in files:
        print(place)


if __name__ == "__main__":
    main()

"""The templates of the files that are written."""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parent / "templates"
# Tcl and Verilog use the $ of string.Template themselves, and Verilog @ as well, but not with {.
_PLACE = re.compile(r"@\{(\w+)\}")


def fill(template: str, **values: object) -> str:
    """The text of a file of the templates' folder with its ``@{name}`` filled in.

    Raises
    ------
    KeyError
        For a name in the template that has no value.
    """
    text = (_FOLDER / template).read_text("utf-8")
    return _PLACE.sub(lambda found: str(values[found[1]]), text)

"""Files that are written from a template."""

from __future__ import annotations

import re
from pathlib import Path

# Tcl and Verilog use the $ of string.Template themselves, and Verilog @ as well, but not with {.
_PLACE = re.compile(r"@\{(\w+)\}")


def fill(template: Path, **values: object) -> str:
    """The text of a template file with its ``@{name}`` filled in.

    Raises
    ------
    KeyError
        For a name in the template that has no value.
    """
    return _PLACE.sub(lambda found: str(values[found[1]]), template.read_text("utf-8"))

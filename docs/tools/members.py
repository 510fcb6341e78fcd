"""Shows the section *Members* of a component's docstring, which NumPy's style does not know."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_SECTION = re.compile(r"^Members\n-------\n(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)


class Members(Extension):
    """Turns the section into a list, before the docstring is parsed; it is always the last one."""

    def on_instance(self, *, obj: Object, **kwargs: Any) -> None:
        if obj.docstring is not None:
            obj.docstring.value = _SECTION.sub(_as_list, obj.docstring.value)


def _as_list(section: re.Match[str]) -> str:
    lines = ["Members", "-------"]
    for line in section["body"].splitlines():
        names, colon, what = line.partition(" : ")
        if line[:1].strip() and colon:
            lines.append(f"* **`{names}`** (*{what}*):")
        elif line.strip():
            lines[-1] += f" {line.strip()}"
    return "\n".join(lines)

"""Timing diagrams as SVG, drawn by WaveDrom."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from xml.etree import ElementTree

from ..tools.extras import require

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
# WaveDrom draws in black on nothing; whoever looks at it may have a dark page.
_STYLE = """
text { font-family: Helvetica, Arial, sans-serif; }
text:not([class]) { font-size: 13px; }
.paper { fill: #fff; stroke: none; }
@media screen and (prefers-color-scheme: dark) {
  .paper { fill: #1b1e25; }
  text { fill: #dfe3ea !important; }
  text.info, .info { fill: #8fb4ff !important; }
  .muted { fill: #8a93a3 !important; }
  .s1, .s2, .s3, .s4 { stroke: #dfe3ea !important; }
  .s6 { fill: #dfe3ea !important; }
  .s5, .s7, .s8, .s9, .s10 { fill: none !important; }
  path[style*="0041c4"] { stroke: #8fb4ff !important; }
}
"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A signal over the cycles.

    Attributes
    ----------
    name : str
        What stands in front of it.
    values : sequence of int or None
        One for each cycle, None where it is undefined.
    is_bit : bool
        Whether it is drawn as a line, low or high, and not as numbers.
    is_address : bool
        Whether the numbers are in hexadecimal.
    """

    name: str
    values: Sequence[int | None]
    is_bit: bool = False
    is_address: bool = False

    def as_wave(self) -> dict[str, object]:
        """The signal in WaveJSON."""
        wave, data = "", []
        for cycle, value in enumerate(self.values):
            if cycle and value == self.values[cycle - 1]:
                wave += "."
            elif value is None:
                wave += "x"
            elif self.is_bit:
                wave += str(value)
            else:
                wave += "="
                data.append(f"{value:#05x}" if self.is_address else str(value))
        return {"name": self.name, "wave": wave, **({} if self.is_bit else {"data": data})}


@dataclass(frozen=True, kw_only=True)
class TimingDiagram:
    """Signals below a clock.

    Attributes
    ----------
    title : str
        What it shows, for those who cannot see it.
    clock : str
        The clock's name.
    groups : sequence of (str, sequence of Row)
        The signals, group by group; a group without a name has no bracket.
    """

    title: str
    clock: str = "clk"
    groups: Sequence[tuple[str, Sequence[Row]]]

    @property
    def cycles(self) -> int:
        """How many cycles there are."""
        return len(self.groups[0][1][0].values)

    def wave_json(self) -> dict[str, object]:
        """The diagram in WaveJSON, which other tools of WaveDrom take as well."""
        signals: list[object] = [{"name": self.clock, "wave": "P" + "." * (self.cycles - 1)}]
        for name, rows in self.groups:
            waves = [row.as_wave() for row in rows]
            signals += [[name, *waves]] if name else waves
        return {"signal": signals, "head": {"tick": 0}}

    def svg(self) -> str:
        """The diagram; the same text every time.

        Raises
        ------
        PezoError
            Where WaveDrom is not installed.
        """
        require("a timing diagram needs", ["wavedrom"], extra="report")
        drawing = import_module("wavedrom").render(json.dumps(self.wave_json()))
        return _finished(drawing.tostring(), self.title)


def _finished(drawing: str, title: str) -> str:
    """WaveDrom's SVG with a title, colours for dark pages, and only the shapes that it uses."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _LINK[1:].partition("}")[0])
    root = ElementTree.fromstring(drawing)
    _drop_unused(root)
    paper = ElementTree.Element(f"{{{_SVG}}}rect", {"class": "paper"} | _FULL)
    style = ElementTree.Element(f"{{{_SVG}}}style")
    style.text = _STYLE
    named = ElementTree.Element(f"{{{_SVG}}}title")
    named.text = title
    for element in (paper, style, named):
        root.insert(0, element)
    root.set("role", "img")
    text = ElementTree.tostring(root, encoding="unicode")
    # Whitespace in the style says nothing; one element a line makes a change readable.
    return re.sub(r"(</g>|</defs>|</style>)", r"\1\n", text) + "\n"


_FULL = {"width": "100%", "height": "100%"}


def _drop_unused(root: ElementTree.Element) -> None:
    """WaveDrom brings all its shapes along, some 45 kB."""
    used = {element.get(_LINK, "").removeprefix("#") for element in root.iter()}
    for definitions in root.iter(f"{{{_SVG}}}defs"):
        for shape in list(definitions):
            if shape.tag != f"{{{_SVG}}}style" and shape.get("id") not in used:
                definitions.remove(shape)

"""The pictures of the documentation that are drawn from numbers are what the numbers are now."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from xml.etree import ElementTree

import pezo_hw
from pezo_hw.table6.bars import bars
from tests.table6.recorded import recorded_table

TEXT = "{http://www.w3.org/2000/svg}text"


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(TEXT)]


def test_the_generator_at_work_is_the_golden_model(root: Path):
    """The picture is fresh, and its numbers are those of the stream."""
    made = runpy.run_path(str(root / "docs/tools/generator_at_work.py"))["derived_files"]()
    for name, text in made.items():
        assert (root / name).read_text("utf-8") == text, "make diagrams draws it anew"
    (svg,) = made.values()
    # A frame goes before the next one comes.
    (share,) = re.findall(r"visible\}([\d.]+)%", svg)
    assert 99.9 < 6 * float(share) <= 100
    window = pezo_hw.load("paper-roberta").stream().window(0, 6)
    shown = [
        float(each.replace("−", "-")) for each in texts(svg) if re.fullmatch(r"−?\d\.\d\d", each)
    ]
    golden = window.value[:, [*range(7), 30]].ravel()
    assert shown == [float(f"{value:.2f}") for value in golden.tolist()]
    codes = [int(each[-1]) for each in texts(svg) if each.startswith("table[")]
    assert codes == window.code.tolist()


def test_the_bars_are_those_of_table_6(root: Path):
    table = recorded_table(root)
    svg = bars(table)
    assert (root / "docs/images/table6.svg").read_text("utf-8") == svg, "make table6 draws it anew"
    shown = texts(svg)
    for row in table:
        if row.is_the_papers:
            at = next(index for index, each in enumerate(shown) if each.startswith(row.design))
            figures = [number for pair in row.pairs.values() for number in reversed(pair)]
            assert shown[at + 1 : at + 7] == [
                "–" if number is None else f"{number:,g}" if number < 1e5 else f"{number:,}"
                for number in figures
            ]


def test_longer_bars_are_of_larger_figures(root: Path):
    for kind in ("paper", "ours"):
        found = re.findall(
            rf'<rect class="{kind}" x="16" y="\d+" width="([\d.]+)".*\n.*>([\d,]+)</text>',
            bars(recorded_table(root)),
        )
        lengths = sorted((float(count.replace(",", "")), float(length)) for length, count in found)
        assert len(lengths) > 3
        assert [length for _, length in lengths] == sorted(length for _, length in lengths)

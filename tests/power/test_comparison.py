"""The table of several configurations, of figures that are made up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pezo_hw import PezoError
from pezo_hw.power import Clocked, InCells, Net, PowerFigures, Toggles, markdown, ratios
from pezo_hw.power.copies import SIZES, extrapolated
from pezo_hw.power.paper_watts import dynamic_ratio, static_power, write_plot
from pezo_hw.power.sta import CellPower
from pezo_hw.text import significant


def figures(
    name: str, toggles: float, watts: float | None, *, nets: Sequence[Net] = (), **changes: object
) -> PowerFigures:
    in_cells = None
    if watts is not None:
        drawn = CellPower(internal=watts, switching=0.0, leakage=0.0, total=watts)
        in_cells = InCells(
            library="paper",
            area=1000 * watts,
            cells=7,
            toggles=Toggles(by_kind={"gate": toggles}),
            clocked=Clocked(mhz=50.0, period_ns=4.0, power=drawn),
        )
    given = {
        "name": name,
        "numbers": 10,
        "cycles": 4096,
        "joint_orbit": 10**20,
        "copies": 1,
        "tool": "Yosys",
        "key": f"of {name}",
        "toggles": Toggles(by_kind={"LUT": toggles, "block RAM": 99.0}, nets=nets),
        "in_cells": in_cells,
    }
    return PowerFigures(**(given | changes))


LARGE = figures("large", 83_900.0, 3.5, numbers=1000, copies=1024)
SMALL = figures("small", 143.9, 0.01, cycles=7905, joint_orbit=7905)


def test_ratios_are_the_first_over_each():
    first, second = ratios([LARGE, SMALL])
    assert set(first.values()) == {1.0}
    assert second["toggles a cycle"] == pytest.approx(583.04, abs=0.01)
    assert second["power, mW"] == pytest.approx(350)
    # 3.5 W / 50 MHz / 1000 numbers to 0.01 W / 50 MHz / 10 numbers.
    assert second["pJ a number"] == pytest.approx(3.5)


def test_a_name_is_no_mark_in_markdown():
    text = markdown([LARGE, figures("a|<b>*`c`", 1.0, None)])
    assert "\n| a\\|\\<b>\\*\\`c\\` | 10 |" in text
    assert "\n\na\\|\\<b>\\*\\`c\\`: 4096 cycles" in text.replace(",", "")


def test_markdown_has_ratios_and_what_was_simulated():
    text = markdown([LARGE, SMALL])
    assert "| small | 10 | 143.9 (÷ 583) |" in text
    assert "(÷ 350)" in text
    assert "extrapolated from 1 and 2 of 1,024 equal parts" in text
    assert "small: 7,905 cycles, the joint orbit." in text
    assert "no wires, no clock tree" in text
    assert "holds" not in text.splitlines()[0]
    assert "(4.474 − S) / (0.608 − S)" in text


def test_without_a_library_there_is_no_column_of_one():
    text = markdown([figures("bare", 5.0, None)])
    assert text.splitlines()[0] == "| configuration | numbers a cycle | toggles a cycle |"
    assert "Standard cells" not in text


def test_json_is_finite_and_complete():
    said = json.loads(json.dumps(LARGE.as_dict(), allow_nan=False))
    assert said["in_cells"]["clocked"]["energy_pj"] == pytest.approx(70_000)
    assert said["energy_a_number_pj"] == pytest.approx(70)
    assert said["toggles"]["total"] == 83_900
    assert said["simulated_copies"] == [1, 2]


def test_copies_are_extrapolated_past_what_is_common():
    common, each = 7.0, 3.0
    assert (
        extrapolated(common + SIZES[0] * each, common + SIZES[1] * each, 1024)
        == common + 1024 * each
    )
    assert extrapolated(5.0, 5.0, 1) == 5.0


def test_figures_have_four_digits():
    numbers = (None, 0.0, 0.05491, 144.62, 999.96, 83_900.4)
    assert [significant(n) for n in numbers] == ["–", "0", "0.05491", "144.6", "1000", "83,900"]


def test_the_papers_watts_by_what_the_device_draws_at_rest():
    assert dynamic_ratio(0.0) == pytest.approx(4.474 / 0.608)
    assert dynamic_ratio(0.4) == pytest.approx(4.074 / 0.208)
    for ratio in (8.0, 300.0, 583.0):
        assert dynamic_ratio(static_power(ratio)) == pytest.approx(ratio)
    assert static_power(300.0) == pytest.approx(0.595, abs=0.0005)


@pytest.mark.slow
def test_the_plot_is_the_same_file_every_time(tmp_path: Path):
    pytest.importorskip("matplotlib")
    for kind in ("svg", "png"):
        texts = []
        for number in range(2):
            path = tmp_path / f"{number}.{kind}"
            write_plot(path)
            texts.append(path.read_bytes())
        assert texts[0] == texts[1]
        assert len(texts[0]) > 1000


def test_another_format_and_a_missing_package_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(PezoError, match=r"allowed: FILE.svg or FILE.png$"):
        write_plot(tmp_path / "plot.pdf")
    monkeypatch.setattr("pezo_hw.tools.extras.find_spec", lambda name: None)
    with pytest.raises(PezoError, match=r"^--plot needs matplotlib; allowed: pip install"):
        write_plot(tmp_path / "plot.svg")
    assert list(tmp_path.iterdir()) == []

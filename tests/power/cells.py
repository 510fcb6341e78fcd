"""A library of five gates (of fewer ABC makes nothing) whose power can be worked out on paper."""

from __future__ import annotations

from pathlib import Path

VOLTS = 2.0
# Femtofarads, and femtojoules for each transition of a pin, whatever its slope and load.
CAPACITANCE = {
    "INV": {"A": 2.0},
    "BUF": {"A": 2.0},
    "NAND": {"A": 3.0, "B": 3.0},
    "NOR": {"A": 4.0, "B": 4.0},
    "DFF": {"D": 1.0, "C": 1.5},
}
ENERGY = {
    "INV": {"Y": 3.0},
    "BUF": {"Y": 3.0},
    "NAND": {"Y": 6.0},
    "NOR": {"Y": 7.0},
    "DFF": {"Q": 5.0, "C": 4.0},
}
NANOWATTS = {"INV": 1.0, "BUF": 1.0, "NAND": 2.0, "NOR": 3.0, "DFF": 7.0}
AREA = {"INV": 1.5, "BUF": 2.0, "NAND": 2.5, "NOR": 2.5, "DFF": 10.0}
# Nanoseconds, by every arc; and what a flip-flop needs before the edge.
DELAY, SETUP = 0.25, 0.125
FUNCTIONS = {
    "INV": ("Y", "(!A)"),
    "BUF": ("Y", "A"),
    "NAND": ("Y", "(!(A & B))"),
    "NOR": ("Y", "(!(A | B))"),
    "DFF": ("Q", "IQ"),
}

_HEAD = f"""library (paper) {{
  delay_model : table_lookup;
  time_unit : "1ns"; voltage_unit : "1V"; current_unit : "1mA";
  leakage_power_unit : "1nW"; capacitive_load_unit (1, ff); pulling_resistance_unit : "1kohm";
  nom_voltage : {VOLTS}; nom_temperature : 25; nom_process : 1;
  operating_conditions (typical) {{ process : 1; temperature : 25; voltage : {VOLTS}; }}
  default_operating_conditions : typical;
  input_threshold_pct_rise : 50; input_threshold_pct_fall : 50;
  output_threshold_pct_rise : 50; output_threshold_pct_fall : 50;
  slew_lower_threshold_pct_rise : 20; slew_lower_threshold_pct_fall : 20;
  slew_upper_threshold_pct_rise : 80; slew_upper_threshold_pct_fall : 80;
"""


def liberty_text(*, power: bool = True, flip_flop: bool = True) -> str:
    """The library, with or without tables of power and its flip-flop."""
    kinds = [kind for kind in CAPACITANCE if flip_flop or kind != "DFF"]
    return _HEAD + "".join(_cell(kind, power) for kind in kinds) + "}\n"


def write_liberty(folder: Path) -> Path:
    """The library as a file."""
    path = folder / "paper.lib"
    path.write_text(liberty_text())
    return path


def _cell(kind: str, power: bool) -> str:
    output, function = FUNCTIONS[kind]
    state = '    ff (IQ, IQN) { clocked_on : "C"; next_state : "D"; }\n' if kind == "DFF" else ""
    pins = "".join(_input(kind, pin, power) for pin in CAPACITANCE[kind])
    arcs = "".join(_arc(kind, pin) for pin in CAPACITANCE[kind] if (kind, pin) != ("DFF", "D"))
    return (
        f"  cell ({kind}) {{\n    area : {AREA[kind]}; cell_leakage_power : {NANOWATTS[kind]};\n"
        f'{state}{pins}    pin ({output}) {{ direction : output; function : "{function}";\n'
        f"      max_capacitance : 1000;\n{arcs}"
        f"{_internal(ENERGY[kind][output], power)}    }}\n  }}\n"
    )


def _input(kind: str, pin: str, power: bool) -> str:
    inner = "clock : true; " if (kind, pin) == ("DFF", "C") else ""
    inner += _internal(ENERGY[kind].get(pin), power)
    if (kind, pin) == ("DFF", "D"):
        inner += (
            'timing () { related_pin : "C"; timing_type : setup_rising; '
            f"{_table('rise_constraint', SETUP)} {_table('fall_constraint', SETUP)} }} "
        )
    capacitance = CAPACITANCE[kind][pin]
    return f"    pin ({pin}) {{ direction : input; capacitance : {capacitance}; {inner}}}\n"


def _arc(kind: str, pin: str) -> str:
    unate = "positive_unate" if kind == "BUF" else "negative_unate"
    how = "timing_type : rising_edge;" if kind == "DFF" else f"timing_sense : {unate};"
    delays = " ".join(_table(name, DELAY) for name in ("cell_rise", "cell_fall"))
    slews = " ".join(_table(name, 0.01) for name in ("rise_transition", "fall_transition"))
    return f'      timing () {{ related_pin : "{pin}"; {how} {delays} {slews} }}\n'


def _internal(energy: float | None, power: bool) -> str:
    if energy is None or not power:
        return ""
    both = " ".join(_table(name, energy) for name in ("rise_power", "fall_power"))
    return f"internal_power () {{ {both} }}\n"


def _table(name: str, value: float) -> str:
    return f'{name} (scalar) {{ values ("{value}"); }}'

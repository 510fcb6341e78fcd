"""The page: one file of HTML that needs no network, no script and no other file."""

from __future__ import annotations

import base64
import json
import shlex
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from ..config import Config, preset_names
from ..power.comparison import notes
from ..power.toggles import BLOCK_RAM
from ..quality.rows import headings, rows
from ..synth.rows import PaperRow
from ..synth.target import find_target
from ..text import NOTHING, count, significant
from ..tools.extras import require
from ..version import __version__
from .findings import TARGET, Findings
from .first_cycles import first_cycles
from .plots import PAPER, distribution_plot, resources_plot

_TEMPLATES = Path(__file__).parent / "templates"
_SUMMARY = (
    *("configuration", "numbers a cycle", "joint orbit", "LUT", "FF", "BRAM"),
    *("participation ratio", "toggles a cycle", "verdict"),
)


def require_report() -> None:
    """Checks that what draws and fills the page is installed.

    Raises
    ------
    PezoError
        Saying where it comes from.
    """
    require("pezo report needs", ("jinja2", "matplotlib", "wavedrom"), extra="report")


def page(found: Sequence[Findings], *, length: int, cycles: int | None) -> str:
    """The page of some configurations; the same findings give the same text.

    Parameters
    ----------
    found : sequence of Findings
        What it is about.
    length : int
        The numbers of a perturbation, as the commands say it.
    cycles : int or None
        The cycles that were compared, where they were named.
    """
    jinja = import_module("jinja2")
    environment = jinja.Environment(
        loader=jinja.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text: str = environment.get_template("report.html.j2").render(
        title=", ".join(one.config.name for one in found),
        version=__version__,
        summary_headings=_SUMMARY,
        summary=[_summary(one) for one in found],
        sections=[_section(one, length, cycles) for one in found],
    )
    return text


def _summary(found: Findings) -> list[str]:
    used = found.resources.resources if found.resources else None
    parameters = found.config.parameters
    return [
        found.config.name,
        f"{parameters.lanes:,}",
        f"{parameters.joint_orbit:,}",
        *(NOTHING if used is None else count(n) for n in _counts(used)),
        significant(found.quality.participation),
        significant(None if found.power is None else found.power.toggles.total),
        _verdict(found),
    ]


def _counts(used: Any) -> tuple[float | None, float | None, float | None]:
    return (used.lut, used.ff, used.bram) if used is not None else (None, None, None)


def _verdict(found: Findings) -> str:
    if found.verdicts is None:
        return "not compared"
    return "bit-exact" if found.is_exact else "DIFFERS"


def _section(found: Findings, length: int, cycles: int | None) -> dict[str, object]:
    """What the template has places for, of a configuration."""
    config = found.config
    manifest = {} if found.core is None else json.loads(found.core.files[f"{found.core.top}.json"])
    return {
        "name": config.name,
        "source": _source(config),
        "verified": "" if cycles is None else f" --cycles {cycles}",
        "strategy": config.generator.strategy,
        "facts": config.described(),
        "charts": config.generator.facts().charts,
        "config": _toml(config),
        "first_cycles": _picture(first_cycles(config).svg()),
        "missing": found.missing,
        "resources": _resources(found),
        "quality_headings": headings([config.name]),
        "quality": rows([found.quality]),
        "length": length,
        "distribution": _picture(distribution_plot(config)),
        "power": _power(found),
        "verdicts": found.verdicts or [],
        "verdict": _verdict(found),
        "versions": manifest.get("generator", {}),
        "files": manifest.get("files", {}),
    }


def _source(config: Config) -> str:
    """What a command calls it: a preset's name, or a file's."""
    name = config.name if config.name in preset_names() else f"{config.name}.toml"
    return shlex.quote(name)


def _resources(found: Findings) -> dict[str, object] | None:
    if found.resources is None:
        return None
    used = found.resources.resources
    ours: list[str | float | None] = [
        *(found.config.name, used.lut, used.ff, used.bram, used.lut_sites, used.path.levels),
    ]
    return {
        "device": find_target(TARGET).device,
        "tool": found.resources.tool,
        "rows": [[_number(cell) for cell in row] for row in (ours, *map(_paper_row, PAPER))],
        "plot": _picture(resources_plot(found.config.name, used)),
    }


def _paper_row(row: PaperRow) -> list[str | float | None]:
    return [f"{row.design} (the paper's)", row.lut, row.ff, row.bram, None, None]


def _number(cell: str | float | None) -> str:
    return cell if isinstance(cell, str) else count(cell)


def _power(found: Findings) -> dict[str, object] | None:
    if found.power is None:
        return None
    toggles = found.power.toggles
    listed = [
        (f"{kind} (not in the sum)" if kind == BLOCK_RAM else kind, significant(count))
        for kind, count in toggles.by_kind.items()
    ]
    per_number = significant(toggles.total / found.power.numbers)
    return {
        "rows": [
            *listed,
            ("all a cycle", significant(toggles.total)),
            ("all a number", per_number),
        ],
        "notes": notes([found.power]),
    }


def _picture(svg: str) -> str:
    """An image of its own, whose styles and names are nobody else's."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def _toml(config: Config) -> str:
    """The configuration with all that it does not say itself."""
    return "\n".join(_lines_of_toml(config))


def _lines_of_toml(config: Config) -> Iterator[str]:
    for section, keys in config.resolved().items():
        yield f"[{section}]"
        # JSON's text of these values is TOML's as well.
        yield from (f"{key} = {json.dumps(value)}" for key, value in keys.items())
        yield ""

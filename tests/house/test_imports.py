"""The order of the house: imports go one way, and models know nothing of hardware."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.imports import Graph, circles, imports, modules

# Whoever stands in a later line may import from the earlier ones, and from his own package.
ORDER = (
    ("text", "version"),
    ("errors",),
    ("checks", "names"),
    ("algebra", "tools"),
    ("notebook",),
    ("numbers",),
    ("rtl", "bench", "registers"),
    ("generators",),
    ("config",),
    ("systems",),
    ("emit", "fast", "quality"),
    ("synth", "driver", "training"),
    ("verify", "pytorch"),
    ("vivado", "benchmarks", "boards"),
    ("audit", "power"),
    ("explore", "report", "table6"),
    ("cli",),
)
RANKS = {name: rank for rank, names in enumerate(ORDER) for name in names}
# Where Amaranth is at home; everywhere else its name may only stand in annotations.
AMARANTH = ("rtl", "emit")
SIMULATOR = "pezo_hw.verify.amaranth_simulator"


def package_of(module: str) -> str:
    """The part behind ``pezo_hw``; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def upwards(graph: Graph) -> list[str]:
    """Every import that goes against the order."""
    return [
        f"{module} imports {target}"
        for module, targets in sorted(graph.items())
        for target in sorted(targets)
        if package_of(module) in RANKS
        and package_of(module) != package_of(target)
        and RANKS.get(package_of(target), len(ORDER)) >= RANKS[package_of(module)]
    ]


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {name: path.read_text("utf-8") for name, path in modules().items()}


@pytest.fixture(scope="module")
def packages() -> set[str]:
    return {name for name, path in modules().items() if path.name == "__init__.py"}


def test_every_package_has_its_place_in_the_order(packages: set[str]):
    inner = {package_of(name) for name in packages} - {""}
    assert inner <= set(RANKS)


def test_no_import_goes_upwards(sources: dict[str, str], packages: set[str]):
    assert upwards(imports(sources, packages)) == []


def test_there_is_no_circle(sources: dict[str, str], packages: set[str]):
    assert circles(imports(sources, packages)) == []


LAZY = "def f():\n    from {module} import x\n"
TYPED = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {module} import x\n"


@pytest.mark.parametrize("text", ["from {module} import x\n", LAZY, TYPED])
def test_an_edge_upwards_is_found(sources: dict[str, str], packages: set[str], text: str):
    name = "pezo_hw.numbers.stream"
    spoilt = sources | {name: text.format(module="pezo_hw.config.config") + sources[name]}
    spoilt[name] = spoilt[name].replace("from __future__ import annotations\n", "")
    assert upwards(imports(spoilt, packages)) == [f"{name} imports pezo_hw.config.config"]


@pytest.mark.parametrize("text", ["from {module} import x\n", LAZY, TYPED])
def test_a_circle_is_found(sources: dict[str, str], packages: set[str], text: str):
    name = "pezo_hw.numbers.fixed_point"
    spoilt = sources | {name: text.format(module="pezo_hw.numbers.stream")}
    assert circles(imports(spoilt, packages)) == [[name, "pezo_hw.numbers.stream"]]


def uses_amaranth(text: str) -> bool:
    """Whether it imports Amaranth, but for annotations."""
    lines = text.splitlines()
    return any(line.startswith(("from amaranth", "import amaranth")) for line in lines)


def test_amaranth_stays_where_it_is_at_home(sources: dict[str, str]):
    strangers = [
        name
        for name, text in sources.items()
        if uses_amaranth(text) and not set(name.split(".")) & set(AMARANTH) and name != SIMULATOR
    ]
    assert strangers == []
    assert uses_amaranth(sources["pezo_hw.generators.on_the_fly.rtl.core"])


def test_the_command_line_starts_without_hardware():
    """Nor with what draws, trains or simulates: whoever asks for help waits for none of it."""
    code = "import sys; import pezo_hw.cli.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "numpy" in loaded
    assert loaded & {"amaranth", "cocotb", "matplotlib", "pyosys", "systemrdl", "torch"} == set()

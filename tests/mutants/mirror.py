"""Which tests mirror a module of the package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PACKAGE = PurePosixPath("pezo_hw")
TESTS = PurePosixPath("tests")
FOLDERS = ("rtl", "algebra", "numbers", "generators", "systems", "fast", "driver")
# In these folders, but what describes, drives or tests a core, and not what makes its numbers.
_AROUND = frozenset(
    {"bench", "benches", "config_header", "config_keys", "facts", "generator", "load_stimulus"}
    | {"manager", "pins", "pool_file", "registry", "system"}
)
# Where else a folder has tests: another folder, or a module of one.
_BESIDE = {
    "rtl": ("generators", "systems/replay"),
    "numbers": ("generators/on_the_fly", "generators/pre_generated"),
    "generators": ("systems/replay", "numbers", "config", "synth/test_estimate.py"),
    "systems/replay": ("generators",),
    "systems/axi": ("axi",),
}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Test modules that are run together, in order.

    Attributes
    ----------
    tests : tuple of str
        Their paths from the root.
    slow : bool
        Whether the tests are run that are marked as slow, instead of the others.
    """

    tests: tuple[str, ...]
    slow: bool


def stages_of(module: str, root: Path) -> list[Stage]:
    """The tests of a module, the cheapest and nearest first.

    The quick ones of the module of its name, of its folder, and the others around it; then those
    that are marked as slow of the first two, and of the others.
    """
    tests = mirror_of(module, root)
    path = PurePosixPath(module).relative_to(PACKAGE)
    own = (TESTS / path.with_name(f"test_{path.name}")).as_posix()
    folder = (TESTS / path.parent).as_posix()
    named = tuple(test for test in tests if test == own)
    beside = tuple(t for t in tests if t != own and PurePosixPath(t).parent.as_posix() == folder)
    around = tuple(test for test in tests if test not in {*named, *beside})
    quick = [Stage(tests=part, slow=False) for part in (named, beside, around)]
    slow = [Stage(tests=part, slow=True) for part in (named + beside, around)]
    return [stage for stage in quick + slow if stage.tests]


def mirror_of(module: str, root: Path) -> tuple[str, ...]:
    """The test modules of ``pezo_hw/<folder>/<module>.py``, as paths from the root.

    First the one of its name, then those of its folder, then the others of the generators, of its
    system or of its part of the package, the nearest first.

    Raises
    ------
    ValueError
        Where there are none.
    """
    path = PurePosixPath(module).relative_to(PACKAGE)
    part = _part_of(path)
    folders = (part, *_BESIDE.get(part, ()))
    found = [test for folder in folders for test in _modules(root / TESTS / folder)]
    tests = [test.relative_to(root / TESTS) for test in found]
    if not tests:
        raise ValueError(f"{module} has no tests that mirror it")
    own = path.with_name(f"test_{path.name}")
    nearest = sorted(tests, key=lambda test: (test.as_posix() != own.as_posix(), -_near(test, own)))
    return tuple((TESTS / test).as_posix() for test in nearest)


def sources(root: Path, only: str | None = None) -> dict[str, str]:
    """The text of every module that has mutants, by its path; of one file or folder if asked for.

    Raises
    ------
    ValueError
        For a path that is none of them.
    """
    files = (file for folder in FOLDERS for file in (root / PACKAGE / folder).rglob("*.py"))
    paths = sorted(PurePosixPath(file.relative_to(root).as_posix()) for file in files)
    wanted = PurePosixPath(only or PACKAGE)
    texts = {
        str(path): (root / path).read_text("utf-8")
        for path in paths
        if path.is_relative_to(wanted) and _AROUND.isdisjoint(path.with_suffix("").parts)
    }
    if not texts:
        allowed = ", ".join(f"{PACKAGE}/{folder}" for folder in FOLDERS)
        raise ValueError(f"{only} has no mutants; allowed: a module or folder in {allowed}")
    return texts


def _part_of(path: PurePosixPath) -> str:
    """The part of the package whose tests are run: a system, or a folder of the package."""
    top, *inner = path.parent.parts
    return f"{top}/{inner[0]}" if top == "systems" and inner else top


def _modules(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("test_*.py"))


def _near(test: PurePosixPath, own: PurePosixPath) -> int:
    """How many folders two tests share."""
    shared = 0
    for a, b in zip(test.parent.parts, own.parent.parts, strict=False):
        if a != b:
            break
        shared += 1
    return shared

"""From TOML text to parameters, with errors that name the key, the value and what is allowed."""

from __future__ import annotations

import difflib
import tomllib
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .. import checks
from ..errors import MISSING, ConfigError, JointOrbitWarning, PezoError
from ..generators.on_the_fly.parameters import OnTheFlyParameters
from ..generators.on_the_fly.scaling import ScalingParameters
from ..generators.pre_generated.parameters import LARGEST_POOL, PreGeneratedParameters
from ..generators.replay.options import SystemOptions
from ..text import printable
from ..tools.files import read_text
from .config import Config
from .open_files import name_of_open_file, read_open_file
from .pool_file import read_values
from .presets import preset_names, preset_text

KEYS: dict[str, tuple[str, ...]] = {
    "perturbation": ("strategy",),
    "on-the-fly": (
        *("rngs", "width", "taps", "steps_per_cycle", "seed", "seeds"),
        *("rotate", "format", "tile"),
    ),
    "scaling": ("rounding", "gain", "code_bits", "output"),
    "pre-generated": ("pool", "width", "lanes", "seed", "values", "leftover"),
    "system": ("count_bits", "load", "health"),
}
_LARGEST_FILE = 1 << 20
# Dotted keys of thousands of parts take tomllib minutes and gigabytes.
_MOST_PARTS = 16
STRATEGIES = ("on-the-fly", "pre-generated")

Section = dict[str, object]


def load(source: str | Path) -> Config:
    """The configuration of a TOML file, or of a preset by its name.

    ``-`` and ``/dev/stdin`` are standard input: a config named ``stdin``, with file names in it
    relative to the current folder. The name of any other is its file's without the ending, with
    escapes where it has characters that cannot be shown.

    Raises
    ------
    PezoError
        Where the file cannot be read or is not TOML.
    ConfigError
        For the first key that is unknown, of the wrong type or out of range.

    Warns
    -----
    JointOrbitWarning
        Where the rotation and the LFSRs share a factor (see `parse`).
    """
    if isinstance(source, str) and source in preset_names():
        return parse(preset_text(source), name=source)
    path = Path(source)
    piped = name_of_open_file(str(source))
    try:
        if piped is not None:
            return parse(read_open_file(piped, _LARGEST_FILE), name=piped)
        return parse(_text_of(path), name=printable(path.stem), folder=path.parent)
    except PezoError as error:
        error.args = (f"{piped or printable(str(path))}: {error}",)
        raise


def _text_of(path: Path) -> str:
    allowed = f"a TOML file, - for standard input, or one of {', '.join(preset_names())}"
    try:
        if path.stem.strip(".") == "":
            raise PezoError(f"not the name of a config; allowed: {allowed}")
        return read_text(path, _LARGEST_FILE)
    except OSError as error:
        raise PezoError(f"{error.strerror}; allowed: {allowed}") from None


def parse(text: str, *, name: str, folder: Path = Path()) -> Config:
    """The configuration that TOML text says; file names in it are relative to ``folder``.

    Every section of the file is checked, also that of the strategy which is not in use.
    """
    if any(_parts(line) > _MOST_PARTS for line in text.splitlines()):
        raise PezoError(f"a key of over {_MOST_PARTS} parts is not allowed; allowed: section.key")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PezoError(f"not TOML: {error}") from None
    except RecursionError:
        raise PezoError("not TOML: it is nested too deep; allowed: sections of keys") from None
    except ValueError:  # of int(), for thousands of digits
        raise PezoError("not TOML: an integer of thousands of digits") from None
    sections = _known_sections(document)
    strategy = sections["perturbation"].get("strategy", MISSING)
    with _section("perturbation"):
        checks.choice("strategy", strategy, STRATEGIES)
    on_the_fly = _on_the_fly(sections)
    values_file = sections["pre-generated"].get("values")
    pre_generated = _pre_generated(sections, folder, strategy == "pre-generated")
    with _section("system"):
        system = SystemOptions(**sections["system"])  # type: ignore[arg-type]
    if strategy == "pre-generated":
        file = str(values_file) if values_file is not None else None
        return Config(name=name, parameters=pre_generated, values_file=file, system=system)
    _warn_of_collapse(on_the_fly)
    return Config(name=name, parameters=on_the_fly, system=system)


def _parts(line: str) -> int:
    """How many parts the keys of a line have at most; a comment has none."""
    said, _, comment = line.partition("#")
    if '"' in said or "'" in said:
        said += comment
    return sum(map(bool, said.split(".")))


def _known_sections(document: Mapping[str, object]) -> dict[str, Section]:
    """The sections by name, empty where absent, once every name in them is known."""
    sections: dict[str, Section] = {name: {} for name in KEYS}
    for name, content in document.items():
        if name not in KEYS:
            raise ConfigError(name, content, _nearest(name, list(KEYS), "a section"))
        if not isinstance(content, dict):
            raise ConfigError(name, content, f"a section [{name}]")
        for key, value in content.items():
            if key not in KEYS[name]:
                raise ConfigError(f"{name}.{key}", value, _nearest(key, list(KEYS[name]), "a key"))
        sections[name] = content
    return sections


def _nearest(name: str, known: list[str], what: str) -> str:
    """What is allowed, with the nearest known name first."""
    listed = f"{what} of {', '.join(known)}"
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}? {listed}" if close else listed


def _on_the_fly(sections: dict[str, Section]) -> OnTheFlyParameters:
    with _section("scaling"):
        scaling = ScalingParameters(**sections["scaling"])  # type: ignore[arg-type]
    with _section("on-the-fly"):
        return OnTheFlyParameters(**sections["on-the-fly"], scaling=scaling)  # type: ignore[arg-type]


def _pre_generated(
    sections: dict[str, Section], folder: Path, in_use: bool
) -> PreGeneratedParameters:
    keys = dict(sections["pre-generated"])
    with _section("pre-generated"):
        file = keys.pop("values", None)
        if file is not None and not isinstance(file, str):
            raise ConfigError("values", file, "the name of a .npy file")
        if file is not None and in_use:
            checks.integer("pool", keys.get("pool", 1), 1, LARGEST_POOL)
            keys["values"] = read_values(folder / file, file)
        try:
            return PreGeneratedParameters(**keys)  # type: ignore[arg-type]
        except ConfigError as error:
            if error.key != "values":
                raise
            allowed = f"{error.allowed} (found: {error.value})"
            raise ConfigError("values", file, allowed) from None


@contextmanager
def _section(name: str) -> Iterator[None]:
    """Puts the section's name before the keys of the errors from inside."""
    try:
        yield
    except ConfigError as error:
        raise error.within(name) from None


def _warn_of_collapse(parameters: OnTheFlyParameters) -> None:
    """Say so where fewer combinations appear than the paper's n * (2^b - 1)."""
    bank = parameters.bank
    if bank.shared_factor == 1:
        return
    n, period = bank.rngs, bank.lfsr.period
    message = (
        f"on-the-fly.rngs = {n} and 2^{parameters.width} - 1 = {period} share the factor "
        f"{bank.shared_factor}: the joint orbit is {bank.joint_orbit} cycles, not {n * period}"
    )
    warnings.warn(message, JointOrbitWarning, stacklevel=3)

"""From TOML text to parameters, with errors that name the key, the value and what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from ..checks import choice
from ..errors import MISSING, ConfigError, PezoError
from ..generators.config_keys import STARTS, keys_of, section
from ..generators.registry import GENERATORS, STRATEGIES
from ..generators.replay.options import SystemOptions
from ..text import printable
from ..tools.plain_data import parse_toml
from .config import Config
from .sources import name_of_pipe, preset_names, preset_text, read_file, read_pipe

KEYS: dict[str, tuple[str, ...]] = {
    "perturbation": ("strategy", "start"),
    **{name: keys for generator in GENERATORS for name, keys in generator.sections.items()},
    "system": keys_of(SystemOptions),
}
RENAMED = {generator.strategy: generator.renamed for generator in GENERATORS}


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

    Examples
    --------
    >>> from pezo_hw import load
    >>> load("paper-opt").parameters.joint_orbit
    507873
    >>> load("paper-opd")
    Traceback (most recent call last):
        ...
    pezo_hw.errors.PezoError: paper-opd: No such file or directory; allowed: a TOML file, ...
    """
    if isinstance(source, str) and source in preset_names():
        return parse(preset_text(source), name=source)
    path = Path(source)
    pipe = name_of_pipe(str(source))
    try:
        if pipe is not None:
            return parse(read_pipe(pipe), name=pipe)
        return parse(read_file(path), name=printable(path.stem), folder=path.parent)
    except PezoError as error:
        error.args = (f"{pipe or printable(str(path))}: {error}",)
        raise


def parse(text: str, *, name: str, folder: Path = Path()) -> Config:
    """The configuration that TOML text says; file names in it are relative to ``folder``.

    Every section of the file is checked, also that of the strategy which is not in use.

    Examples
    --------
    >>> from pezo_hw.config import parse
    >>> text = '''
    ... [perturbation]
    ... strategy = "on-the-fly"
    ... [on-the-fly]
    ... rngs = 7
    ... '''
    >>> parse(text, name="mine").parameters.joint_orbit  # 7 * 255
    1785
    >>> parse(text.replace("7", "1"), name="mine")
    Traceback (most recent call last):
        ...
    pezo_hw.errors.ConfigError: on-the-fly.rngs = 1 is not allowed; allowed: an integer ...
    """
    document = parse_toml(text)
    sections = known_sections(document)
    strategy = sections["perturbation"].get("strategy", MISSING)
    with section("perturbation"):
        choice("strategy", strategy, STRATEGIES)
        _check_start(str(strategy), sections["perturbation"].get("start", STARTS[0]))
    # Also of strategies that are not in use: a mistake there waits for whoever switches to them.
    generators = {
        kind.strategy: kind.read(sections, folder, in_use=kind.strategy == strategy)
        for kind in GENERATORS
    }
    with section("system"):
        system = SystemOptions(**sections["system"])  # type: ignore[arg-type]
    generator = generators[str(strategy)]
    generator.warn()
    return Config(name=name, generator=generator, system=system)


def _check_start(strategy: str, start: object) -> None:
    """Whether perturbations of the strategy can start so."""
    choice("start", start, STARTS)
    drawing = [kind.strategy for kind in GENERATORS if kind.draws_starts]
    if start == "drawn" and strategy not in drawing:
        others = " or ".join(f'"{each}"' for each in drawing)
        allowed = f'"next" with strategy = "{strategy}", whose state cannot jump in a cycle'
        raise ConfigError("start", start, f'{allowed}; "drawn" with strategy = {others}')


def known_sections(document: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """The sections by name, empty where absent, once every name in them is known."""
    sections: dict[str, dict[str, object]] = {name: {} for name in KEYS}
    for name, content in document.items():
        if name not in KEYS:
            raise ConfigError(name, content, _nearest(name, list(KEYS), "a section"))
        if not isinstance(content, dict):
            raise ConfigError(name, content, f"a section [{name}]")
        for key, value in content.items():
            if key in RENAMED.get(name, ()):
                allowed = f"{RENAMED[name][key]}, which is what {key} was called once"
                raise ConfigError(f"{name}.{key}", value, allowed)
            if key not in KEYS[name]:
                raise ConfigError(f"{name}.{key}", value, _nearest(key, list(KEYS[name]), "a key"))
        sections[name] = content
    return sections


def _nearest(name: str, known: list[str], what: str) -> str:
    """What is allowed, with the nearest known name first."""
    listed = f"{what} of {', '.join(known)}"
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}? {listed}" if close else listed

"""A space of configurations: a config file in which a key may have many values."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from ..config.loader import known_sections
from ..errors import MISSING, ConfigError, PezoError
from ..generators.registry import GENERATORS
from ..text import printable
from ..tools.files import read_text
from ..tools.plain_data import parse_toml
from .axis import Value, as_toml, values_of
from .objectives import Objectives

MOST_COMBINATIONS = 1_000_000
_PART, _FRONT = "part", "front"
_KEYS = (_PART, _FRONT)
_ENDING = ".toml"
_LARGEST = 1 << 20

Combination = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A product: every combination of the values of some keys.

    Attributes
    ----------
    axes : mapping of str to mapping of str to tuple
        The values of each key of each section. Sections that another strategy alone has do not
        multiply a strategy's combinations.
    """

    axes: Mapping[str, Mapping[str, tuple[Value, ...]]]

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return sum(
            math.prod(len(values) for _, _, values in self._keys(strategy))
            for strategy in self._strategies
        )

    def combinations(self) -> Iterator[Combination]:
        """Every combination, the last key fastest."""
        for strategy in self._strategies:
            keys = self._keys(strategy)
            for values in itertools.product(*(values for _, _, values in keys)):
                found: dict[str, dict[str, Value]] = {"perturbation": {"strategy": strategy}}
                for (section, key, _), value in zip(keys, values, strict=True):
                    found.setdefault(section, {})[key] = value
                yield found

    @property
    def _strategies(self) -> tuple[Value, ...]:
        return self.axes["perturbation"]["strategy"]

    def _keys(self, strategy: Value) -> list[tuple[str, str, tuple[Value, ...]]]:
        own = next((kind.sections for kind in GENERATORS if kind.strategy == strategy), {})
        return [
            (section, key, values)
            for section, keys in self.axes.items()
            if section in own
            for key, values in keys.items()
        ]


@dataclass(frozen=True, kw_only=True)
class Space:
    """Parts, one after another, and what is wanted of their configurations.

    Attributes
    ----------
    name : str
        That of the file without its ending.
    parts : tuple of Part
        In the order of the file.
    objectives : Objectives
        What is to be small and what large.

    Examples
    --------
    >>> from pezo_hw.explore.space import parse_space
    >>> space = parse_space('''
    ... [[part]]
    ... perturbation.strategy = "on-the-fly"
    ... on-the-fly.rngs = [15, 31]
    ... on-the-fly.width = { from = 8, to = 12, step = 2 }
    ... ''', name="mine")
    >>> space.size, space.keys
    (6, ('perturbation.strategy', 'on-the-fly.rngs', 'on-the-fly.width'))
    """

    name: str
    parts: tuple[Part, ...]
    objectives: Objectives = field(default_factory=Objectives)

    @property
    def size(self) -> int:
        """How many combinations there are, whether they are configurations or not."""
        return sum(part.size for part in self.parts)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that any part gives values to, with their sections, in the order of the file."""
        named = (
            f"{section}.{key}"
            for part in self.parts
            for section in part.axes
            for key in part.axes[section]
        )
        return tuple(dict.fromkeys(named))

    def combinations(self) -> Iterator[Combination]:
        """Those of all parts."""
        return itertools.chain.from_iterable(part.combinations() for part in self.parts)


def toml_of(combination: Combination) -> str:
    """The config file that a combination is."""
    sections = (
        "\n".join([f"[{name}]", *(f"{key} = {as_toml(value)}" for key, value in keys.items())])
        for name, keys in combination.items()
    )
    return "\n\n".join(sections) + "\n"


def load_space(source: str | Path) -> Space:
    """The space of a file, or of one that comes with the package by its name.

    Raises
    ------
    PezoError
        Where the file cannot be read or is not TOML.
    ConfigError
        For the first key that is unknown or has no values.
    """
    if isinstance(source, str) and source in space_names():
        text = resources.files(__package__).joinpath("spaces", source + _ENDING).read_text("utf-8")
        return parse_space(text, name=source)
    path = Path(source)
    try:
        return parse_space(_text_of(path), name=printable(path.stem))
    except PezoError as error:
        error.args = (f"{printable(str(path))}: {error}",)
        raise


def space_names() -> list[str]:
    """The spaces that come with the package, in alphabetical order."""
    entries = resources.files(__package__).joinpath("spaces").iterdir()
    return sorted(entry.name.removesuffix(_ENDING) for entry in entries)


def parse_space(text: str, *, name: str) -> Space:
    """The space that TOML text says."""
    document = parse_toml(text)
    for key, value in document.items():
        if key not in _KEYS:
            raise ConfigError(key, value, "[[part]] with the sections of a config, or [front]")
    parts = document.get(_PART, MISSING)
    if not isinstance(parts, list) or not parts or not all(isinstance(p, dict) for p in parts):
        raise ConfigError(_PART, parts, "[[part]] with the sections of a config, at least once")
    space = Space(
        name=name,
        parts=tuple(_part(f"{_PART}[{index}]", part) for index, part in enumerate(parts)),
        objectives=Objectives.read(_FRONT, document.get(_FRONT, {})),
    )
    if space.size > MOST_COMBINATIONS:
        raise PezoError(
            f"{space.size:,} combinations are not allowed; allowed: up to {MOST_COMBINATIONS:,}"
        )
    return space


def _part(name: str, document: Mapping[str, object]) -> Part:
    try:
        sections = known_sections(document)
        axes = {
            section: {key: values_of(f"{section}.{key}", value) for key, value in keys.items()}
            for section in document
            for keys in [sections[section]]
        }
        strategies = axes.get("perturbation", {}).get("strategy")
        if strategies is None:
            raise ConfigError("perturbation.strategy", MISSING, "a strategy, or a list of them")
    except ConfigError as error:
        raise ConfigError(f"{name}.{error.key}", error.value, error.allowed) from None
    return Part(axes=axes)


def _text_of(path: Path) -> str:
    try:
        return read_text(path, _LARGEST)
    except OSError as error:
        allowed = f"a TOML file, or one of {', '.join(space_names())}"
        raise PezoError(f"{error.strerror}; allowed: {allowed}") from None

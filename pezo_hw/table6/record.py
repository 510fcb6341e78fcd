"""Behaviours that were measured, kept beside what decided them: some take many minutes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..synth.record import read_figures
from .behaviour import Behaviour

_KEY = "key"


@dataclass(frozen=True, kw_only=True)
class BehaviourRecord:
    """The behaviours of many designs.

    Attributes
    ----------
    entries : mapping of str to (str, Behaviour)
        The key (`behaviour_key`) and the figures, by the design's name.
    """

    entries: Mapping[str, tuple[str, Behaviour]] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, Behaviour]:
        """The figures by their keys."""
        return dict(self.entries.values())

    def changed(self, keys: Mapping[str, str]) -> list[str]:
        """The names whose keys are not these, or that were never recorded."""
        return [
            name
            for name, key in keys.items()
            if name not in self.entries or self.entries[name][0] != key
        ]

    def text(self) -> str:
        """As a file holds it."""
        content = {
            name: {_KEY: key, **asdict(behaviour)}
            for name, (key, behaviour) in self.entries.items()
        }
        return json.dumps(content, indent=1) + "\n"


def read_behaviours(file: Path) -> BehaviourRecord:
    """The record that a file holds.

    Raises
    ------
    PezoError
        Where it cannot be read, or holds none.
    """
    return read_figures(file, _record, "allowed: a file that pezo table6 --record wrote")


def _record(content: Any) -> BehaviourRecord:
    return BehaviourRecord(entries={name: _entry(dict(plain)) for name, plain in content.items()})


def _entry(plain: dict[str, object]) -> tuple[str, Behaviour]:
    key = plain.pop(_KEY)
    if not isinstance(key, str):
        raise TypeError("a key is no text")
    return key, Behaviour.of(plain)

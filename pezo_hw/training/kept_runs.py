"""Runs kept in a file as they end, so that an experiment that was ended goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..tools.json_lines import JsonLines
from ..tools.plain_data import with_nulls

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FILE = "runs.jsonl"

_Key = TypeVar("_Key", bound="DataclassInstance")
_Result = TypeVar("_Result", bound="DataclassInstance")


class KeptRuns(Generic[_Key, _Result]):
    """A file of JSON lines, one for each run: the fields of its key, then those of its result.

    A run is known by its key; runs of other keys in the same file are other runs. A run whose line
    was cut short is done again.

    Parameters
    ----------
    path : Path
        Read if it is there; made with the first run that is kept.
    key : type
        A frozen dataclass of what makes a run the run that it is. It looks at its values.
    read : callable
        Makes a result of the other fields of a line, in which numbers that are not finite are null,
        and looks at every value.
    allowed : str
        What a line should be, for the error's.

    Raises
    ------
    PezoError
        For a line that is no such record, or a file that cannot be read.
    """

    def __init__(
        self, path: Path, key: type[_Key], read: Callable[..., _Result], allowed: str
    ) -> None:
        self._file = JsonLines(path)
        names = {field.name for field in fields(key)}
        make: Callable[..., _Key] = key

        def record(found: Mapping[str, Any]) -> tuple[_Key, _Result]:
            of_key = {name: value for name, value in found.items() if name in names}
            others = {name: value for name, value in found.items() if name not in names}
            return make(**of_key), read(**others)

        self._results = dict(self._file.values(record, f"{allowed}; or another folder"))

    def __contains__(self, key: _Key) -> bool:
        return key in self._results

    def __getitem__(self, key: _Key) -> _Result:
        return self._results[key]

    @property
    def keys(self) -> list[_Key]:
        """Of all runs, in the order in which they ended."""
        return list(self._results)

    def get(self, key: _Key, work: Callable[[], _Result]) -> _Result:
        """The run of a key, done and written down now where it has not been.

        Raises
        ------
        PezoError
            Where it cannot be written down.
        """
        if key not in self._results:
            self.add([(key, work())])
        return self._results[key]

    def add(self, results: Iterable[tuple[_Key, _Result]]) -> None:
        """Write them to the file, and down to the disk.

        Raises
        ------
        PezoError
            Where they cannot be written down.
        """
        pairs = list(results)
        self._file.add(with_nulls(asdict(key) | asdict(result)) for key, result in pairs)
        self._results.update(pairs)

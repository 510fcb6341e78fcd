"""What the registers do not tell: the seeds, and how the scale table is made."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from .errors import ArgumentError
from .families import family_called
from .scaling import Scaling
from .shape import Shape

_UNREADABLE = (OSError, ValueError, RecursionError)
_UNLIKE_A_MANIFEST = (*_UNREADABLE, LookupError, TypeError, ArithmeticError)
_LARGEST_MANIFEST = 1 << 26


@dataclass(frozen=True, kw_only=True)
class BuiltIn:
    """What a device was generated with, beyond what its registers hold.

    Attributes
    ----------
    seeds : tuple of int
        The states of the RNGs at cycle 0; empty with a pool, or where nobody needs them: to load
        a phase, they must be known.
    scaling : Scaling
        How the table of new seeds is made, and the gain of every value.
    shape : Shape, optional
        What the device must be for all this to be true of it.
    """

    seeds: tuple[int, ...] = ()
    scaling: Scaling = field(default_factory=Scaling)
    shape: Shape | None = None

    @classmethod
    def from_manifest(cls, path: str | Path) -> BuiltIn:
        """From the manifest, the ``.json`` file that lies beside the generated Verilog.

        Raises
        ------
        ArgumentError
            Where the file is not one.
        """
        try:
            if not Path(path).is_file() or Path(path).stat().st_size > _LARGEST_MANIFEST:
                raise ValueError("no file, or too large")
            manifest = json.loads(Path(path).read_text(encoding="utf-8"))
            sections = manifest["config"]
            family = family_called(sections["perturbation"]["strategy"])
            return cls(
                seeds=family.seeds_of(sections),
                scaling=family.scaling_of(sections),
                shape=family.shape_of(manifest),
            )
        except _UNLIKE_A_MANIFEST as error:
            what = f"manifest = {path} is not allowed ({type(error).__name__}: {error})"
            allowed = "the .json file that pezo generate writes"
            raise ArgumentError(f"{what}; allowed: {allowed}") from None

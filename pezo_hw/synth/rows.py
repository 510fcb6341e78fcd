"""The configurations that we measure: the paper's rows and what lies beyond them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from importlib import resources

from ..config import Config, load, preset_names
from ..config.loader import parse
from ..config.presets import preset_text
from ..errors import JointOrbitWarning
from .paper import MEZO, OPT, PRE_GENERATION, ROBERTA, PaperRow


@dataclass(frozen=True, kw_only=True)
class Row:
    """A configuration beside a row of the paper.

    Attributes
    ----------
    source : str
        A preset, or a file of the ``rows`` folder without its ending.
    paper : PaperRow
        What it is compared with.
    architecture : str
        How an on-the-fly core rotates.
    """

    source: str
    paper: PaperRow
    architecture: str = "ring"

    @property
    def name(self) -> str:
        """The configuration, with the architecture unless that is the ring."""
        if self.architecture == "ring":
            return self.source
        return f"{self.source}, {self.architecture}"

    @property
    def config(self) -> Config:
        """The loaded configuration; its joint orbit is for the caller to show."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", JointOrbitWarning)
            if self.source in preset_names():
                return load(self.source)
            return parse(self._text, name=self.source)

    @property
    def description(self) -> str:
        """One line: the first comment of the TOML, or what the architecture means."""
        if self.architecture == "pointer":
            return f"{self.source} rotated as in a textbook: fixed LFSRs, a multiplexer a position."
        return self._text.partition("\n")[0].removeprefix("# ")

    @property
    def _text(self) -> str:
        if self.source in preset_names():
            return preset_text(self.source)
        folder = resources.files(__package__).joinpath("rows")
        return folder.joinpath(f"{self.source}.toml").read_text("utf-8")


PAPER_ROWS = (
    Row(source="paper-pool", paper=PRE_GENERATION),
    Row(source="paper-roberta", paper=ROBERTA),
    Row(source="paper-opt", paper=OPT),
)
OWN_ROWS = (
    Row(source="two-taps-9", paper=ROBERTA),
    Row(source="two-taps-15", paper=OPT),
    Row(source="leap-8", paper=ROBERTA),
    Row(source="leap-14", paper=OPT),
    Row(source="fixed-point-8", paper=ROBERTA),
    Row(source="fixed-point-14", paper=OPT),
    Row(source="tile-1024", paper=MEZO),
    Row(source="paper-roberta", paper=ROBERTA, architecture="pointer"),
    Row(source="paper-opt", paper=OPT, architecture="pointer"),
)

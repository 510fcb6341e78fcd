"""The configurations that we measure, beside the rows of the paper's table 6."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from importlib import resources

from ..config import Config, load, preset_names
from ..config.loader import parse
from ..config.sources import preset_text
from ..errors import JointOrbitWarning
from ..generators.replay.options import SystemOptions
from ..systems.registry import CORE


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """A row of the paper's table 6, as printed; a dash of it is None.

    Attributes
    ----------
    design : str
        Its name.
    lut, ff : int or None
        Look-up tables and flip-flops.
    bram : int or None
        Block RAMs.
    watt : float
        Power.
    mhz : int
        Clock frequency.
    """

    design: str
    lut: int | None
    ff: int | None
    bram: int | None
    watt: float
    mhz: int


# PeZO paper, table 6: a ZCU102 (274,080 LUT, 548,160 FF, and 150 BRAM by the paper's count), Vivado
# 2020.1.
MEZO = PaperRow(design="MeZO, 1024 × TreeGRNG", lut=133_120, ff=69_632, bram=0, watt=4.474, mhz=500)
PRE_GENERATION = PaperRow(
    design="PeZO pre-generation, 4096 × 12 bit", lut=None, ff=16, bram=8, watt=2.104, mhz=700
)
ROBERTA = PaperRow(
    design="PeZO on-the-fly, RoBERTa (8 bit)", lut=32, ff=449, bram=1, watt=0.608, mhz=700
)
OPT = PaperRow(design="PeZO on-the-fly, OPT (14 bit)", lut=32, ff=512, bram=1, watt=0.626, mhz=700)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A configuration beside a row of the paper.

    Attributes
    ----------
    source : str
        A preset, or a file of the ``rows`` folder without its ending.
    paper : PaperRow
        What it is compared with.
    system : str
        The layer around the core, one of `pezo_hw.systems.registry.SYSTEMS`.
    options : SystemOptions
        What that layer has beyond the core.
    """

    source: str
    paper: PaperRow
    system: str = CORE
    options: SystemOptions = field(default_factory=SystemOptions)

    @property
    def name(self) -> str:
        """The configuration, with the system and options that are not the default."""
        return ", ".join([self.source, *self.layer])

    @property
    def layer(self) -> tuple[str, ...]:
        """The system and its options, in words; nothing for the core."""
        default = SystemOptions()
        words = [self.system] if self.system != CORE else []
        words += [f"load {self.options.load}"] if self.options.load != default.load else []
        words += [f"health {self.options.health}"] if self.options.health != default.health else []
        return tuple(words)

    @property
    def config(self) -> Config:
        """The loaded configuration; its joint orbit is for the caller to show."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", JointOrbitWarning)
            if self.source in preset_names():
                return replace(load(self.source), system=self.options)
            return replace(parse(self._text, name=self.source), system=self.options)

    @property
    def description(self) -> str:
        """One line: the first comment of the TOML."""
        return self._text.partition("\n")[0].removeprefix("# ")

    @property
    def _text(self) -> str:
        if self.source in preset_names():
            return preset_text(self.source)
        folder = resources.files(__package__).joinpath("rows")
        return folder.joinpath(f"{self.source}.toml").read_text("utf-8")


MEZO_ROW = Row(source="mezo", paper=MEZO)
PAPER_ROWS = (
    Row(source="paper-pool", paper=PRE_GENERATION),
    Row(source="paper-roberta", paper=ROBERTA),
    Row(source="paper-opt", paper=OPT),
    Row(source="row-pool", paper=PRE_GENERATION),
)
OWN_ROWS = (
    Row(source="table-hadamard", paper=MEZO),
    Row(source="pool-9", paper=PRE_GENERATION),
    Row(source="two-taps-9", paper=ROBERTA),
    Row(source="two-taps-15", paper=OPT),
    Row(source="spread", paper=ROBERTA),
    Row(source="spread-3", paper=ROBERTA),
    Row(source="spread-2", paper=ROBERTA),
    Row(source="spread-constant", paper=ROBERTA),
    Row(source="leap-8", paper=ROBERTA),
    Row(source="leap-14", paper=OPT),
    Row(source="fixed-point-8", paper=ROBERTA),
    Row(source="fixed-point-14", paper=OPT),
    Row(source="wide", paper=MEZO),
    Row(source="tile-1024", paper=MEZO),
    Row(source="pointer-8", paper=ROBERTA),
    Row(source="pointer-14", paper=OPT),
)

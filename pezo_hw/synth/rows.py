"""The configurations that we measure: the paper's rows and what lies beyond them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from importlib import resources

from ..config import Config, load, preset_names
from ..config.loader import parse
from ..config.presets import preset_text
from ..errors import JointOrbitWarning
from ..generators.replay.options import SystemOptions
from ..systems.registry import CORE
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


PAPER_ROWS = (
    Row(source="paper-pool", paper=PRE_GENERATION),
    Row(source="paper-roberta", paper=ROBERTA),
    Row(source="paper-opt", paper=OPT),
    Row(source="row-pool", paper=PRE_GENERATION),
)
OWN_ROWS = (
    Row(source="pool-9", paper=PRE_GENERATION),
    Row(source="two-taps-9", paper=ROBERTA),
    Row(source="two-taps-15", paper=OPT),
    Row(source="leap-8", paper=ROBERTA),
    Row(source="leap-14", paper=OPT),
    Row(source="fixed-point-8", paper=ROBERTA),
    Row(source="fixed-point-14", paper=OPT),
    Row(source="tile-1024", paper=MEZO),
    Row(source="pointer-8", paper=ROBERTA),
    Row(source="pointer-14", paper=OPT),
)

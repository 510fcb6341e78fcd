"""``pezo train --model minilm``: what the command does with a language model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..tools.files import write_files
from ..training.kept_runs import FILE
from ..training.language.parameters import LanguageParameters, require_extras
from ..training.language.records import Records
from ..training.language.results import HEADINGS, markdown, outcomes, row, sections
from .progress import counting
from .table import Table
from .terminal import write

if TYPE_CHECKING:
    from ..training.language.encoder import Encoder
    from ..training.language.results import Outcome


def train_language(parameters: LanguageParameters, folder: Path) -> None:
    """Does what is missing in the folder's records; then tables and plots of all of them."""
    require_extras()
    records = Records(folder / FILE)
    _run(parameters, records)
    found = outcomes(parameters, records)
    from ..training.language.plot import write_plots

    write_files(folder, {"table.md": markdown(found)})
    write_plots(parameters, found, folder)
    _print(parameters, found)
    write(f"written to {folder}: {FILE}, table.md, plot.png, plot.svg")


def load_encoder(device: str) -> Encoder:
    """all-MiniLM-L6-v2 with all but its last layers frozen."""
    from ..pytorch.frozen_prefix import FrozenPrefix
    from ..training.language.encoder import TRAINED_LAYERS, Encoder, load_minilm

    model, tokenizer = load_minilm(device)
    frozen = len(model.encoder.layer) - TRAINED_LAYERS
    return Encoder(FrozenPrefix(model, frozen, precision="float32"), tokenizer)


def _run(parameters: LanguageParameters, records: Records) -> None:
    from ..training.language.study import Study
    from ..training.language.tasks import read_corpus

    corpus = read_corpus(parameters.task, parameters.texts)
    study = Study(parameters, corpus, load_encoder(parameters.device), records)
    with counting(f"fine-tuning on {parameters.task}", len(study.open_lines), "lines") as progress:
        (task,) = progress.task_ids
        study.run(lambda: progress.advance(task))


def _print(parameters: LanguageParameters, found: dict[str, list[Outcome]]) -> None:
    about = f"{parameters.task}, k = {parameters.k}, {parameters.steps} steps"
    for title, listed in sections(found):
        table = Table(title=f"{about}, {parameters.seeds} seeds, {title}", headings=HEADINGS)
        for outcome in listed:
            table.row(*row(outcome))
        table.show()

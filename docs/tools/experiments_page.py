"""``make experiments``: writes tables and plots of ``docs/experiments.md`` from its records.

The records are what ``pezo train --task`` leaves as ``runs.jsonl``; nothing is trained here.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from math import prod
from pathlib import Path

from pezo_hw.cli.page import Page
from pezo_hw.errors import JointOrbitWarning
from pezo_hw.text import table_lines
from pezo_hw.tools.pictures import write_picture
from pezo_hw.training.language.parameters import LanguageParameters
from pezo_hw.training.language.records import Records
from pezo_hw.training.language.results import Outcome, at_the_rate_of, cell, chosen, outcomes
from pezo_hw.training.language.variants import (
    BACKPROPAGATION,
    REFERENCE,
    VARIED,
    ZERO_SHOT,
    find_variant,
)
from pezo_hw.training.stream_source import StreamSource

ROOT = Path(__file__).parents[2]
PAGE, RECORDS = "docs/experiments.md", "docs/experiments/minilm.jsonl"
K = 16
# How many classes each task has.
CLASSES = {"bbc": 5, "r8": 8, "rt": 2}
ROWS_OF = "r8"
_MATRIX = (384, 384)
_BLOCK = (
    *[_MATRIX, (384,)] * 4,
    *[(384,)] * 2,
    *[(1536, 384), (1536,), (384, 1536), (384,)],
    *[(384,)] * 2,
)

Found = dict[str, list[Outcome]]


def parts(records: Records) -> Iterator[tuple[str, list[str]]]:
    """The name of every table of the page, and its lines."""
    yield "sources", sources_table(records)
    for study in VARIED:
        yield study, row_table(records, study)


def pictures() -> list[tuple[str, str]]:
    """The task and the study of every picture."""
    return [*((task, "sources") for task in CLASSES), *((ROWS_OF, study) for study in VARIED)]


def parameters_of(task: str, study: str) -> LanguageParameters:
    """What was asked for: the defaults."""
    return LanguageParameters(task=task, k=K, study=study)


def sources_table(records: Records) -> list[str]:
    """A row for each source, two columns for each task: at its own best rate and at gaussian's."""
    tasks = {task: outcomes(parameters_of(task, "sources"), records) for task in CLASSES}
    names = parameters_of(ROWS_OF, "sources").names
    headings = ["source"]
    for task in tasks:
        headings += [f"{task}: own η", "accuracy, %", f"at {REFERENCE}'s η"]
    rows = [(name, *(c for found in tasks.values() for c in _cells(found, name))) for name in names]
    return table_lines(headings, rows)


def _cells(found: Found, name: str) -> tuple[str, ...]:
    """Rate, accuracy and accuracy at the reference's rate; nothing where runs are missing."""
    if name not in found:
        return ("", "", "")
    own = chosen(found[name])
    rate = "" if name == ZERO_SHOT else f"{own.rate:g}"
    if name in (ZERO_SHOT, BACKPROPAGATION):
        return (rate, cell(own.accuracy, 1), "")
    common = at_the_rate_of(chosen(found[REFERENCE]), found[name])
    return (rate, cell(own.accuracy, 1), cell(common.accuracy, 1))


def row_table(records: Records, study: str) -> list[str]:
    """A row for each number of a setting."""
    found = outcomes(parameters_of(ROWS_OF, study), records)
    headings = [study, "different z", *(["of a matrix, %"] if study == "lanes" else [])]
    headings += ["own η", "accuracy, %", "training loss", f"at {REFERENCE}'s η", "training loss"]
    names = [name for name in found if name != ZERO_SHOT]
    return table_lines(headings, [_row(found, study, name) for name in names])


def _row(found: Found, study: str, name: str) -> tuple[str, ...]:
    own = chosen(found[name])
    common = at_the_rate_of(chosen(found[REFERENCE]), found[name])
    number = name.removeprefix(f"{study}-")
    label = f"{int(number):,}" if number.isdigit() else name
    share = (_share(number),) if study == "lanes" else ()
    cells = [text for one in (own, common) for text in _figures(one)]
    return (label, _different(name), *share, f"{own.rate:g}", *cells)


def _figures(outcome: Outcome) -> tuple[str, str]:
    return cell(outcome.accuracy, 1), cell(outcome.loss("training"), 2)


def _share(number: str) -> str:
    """How much of a matrix of 384 x 384 weights one cycle covers."""
    return f"{100 * int(number) / prod(_MATRIX):.2g}" if number.isdigit() else ""


def _different(name: str) -> str:
    """How many different perturbations of the weights that are trained there are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JointOrbitWarning)
        source = find_variant(name)
    if not isinstance(source, StreamSource):
        return "–"
    classes = CLASSES[ROWS_OF]
    sizes = [*map(prod, _BLOCK), *map(prod, _BLOCK), 384 * classes, classes]
    return f"{source.config.generator.different(sizes):,}"


def main() -> None:
    """Writes tables and pictures."""
    from pezo_hw.training.language.plot import draw

    records = Records(ROOT / RECORDS)
    for name, lines in parts(records):
        Page.read(ROOT / PAGE, name).write("".join(f"{line}\n" for line in lines))
    for task, study in pictures():
        parameters = parameters_of(task, study)
        picture = draw(parameters, outcomes(parameters, records))
        write_picture(picture, ROOT / f"docs/images/minilm-{task}-{study}.svg")


if __name__ == "__main__":
    main()

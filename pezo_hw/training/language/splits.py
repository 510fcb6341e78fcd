"""k texts a class to learn, k to choose settings by, and the same test texts for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import PezoError
from .tasks import Corpus

MOST_TESTED = 1000
Indices = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Split:
    """Which texts of a corpus are for what; no text is in two parts.

    Attributes
    ----------
    training, validation : ndarray
        Indices of k texts of each class, the seed's own.
    test : ndarray
        Indices of up to 1,000 texts, the same for every seed.
    """

    training: Indices
    validation: Indices
    test: Indices

    @property
    def parts(self) -> tuple[Indices, Indices, Indices]:
        """All three."""
        return self.training, self.validation, self.test

    def within(self, used: Indices) -> Split:
        """The same texts by their places in a sorted selection of the corpus."""
        training, validation, test = (np.searchsorted(used, part) for part in self.parts)
        return Split(training=training, validation=validation, test=test)


def split(corpus: Corpus, k: int, seed: int) -> Split:
    """The parts of one seed.

    The test texts are drawn first, by a draw of their own: of the corpus's test part if it has one,
    else as many of each class as leave 2 k of the smallest. Training and validation texts are drawn
    from all the others.

    Raises
    ------
    PezoError
        Where a class has fewer texts than that takes.
    """
    tested = _tested(corpus, k)
    rest = np.setdiff1d(_learned(corpus), tested)
    generator = np.random.default_rng((seed, k))
    parts = [generator.permutation(members)[: 2 * k] for members in _by_class(corpus, rest)]
    return Split(
        training=np.concatenate([part[:k] for part in parts]),
        validation=np.concatenate([part[k:] for part in parts]),
        test=tested,
    )


def _learned(corpus: Corpus) -> Indices:
    return np.flatnonzero(~np.array(corpus.for_test))


def _tested(corpus: Corpus, k: int) -> Indices:
    generator = np.random.default_rng(0)
    members = _by_class(corpus, _learned(corpus))
    _require_enough(corpus, members, k)
    if any(corpus.for_test):
        return np.sort(generator.permutation(np.flatnonzero(corpus.for_test))[:MOST_TESTED])
    spare = min(map(len, members)) - 2 * k
    each = min(MOST_TESTED // len(members), spare)
    return np.sort(np.concatenate([generator.permutation(own)[:each] for own in members]))


def _require_enough(corpus: Corpus, members: Sequence[Indices], k: int) -> None:
    """2 k texts of each class, and without a test part of its own one more to test with."""
    fewest = min(map(len, members))
    least = fewest // 2 if any(corpus.for_test) else (fewest - 1) // 2
    if k > least:
        raise PezoError(
            f"--k {k} is not allowed: the smallest class has {fewest:,} texts; allowed: "
            f"1 to {least}, k to learn and k to validate"
        )


def _by_class(corpus: Corpus, indices: Indices) -> list[Indices]:
    labels = np.array(corpus.labels)
    return [indices[labels[indices] == label] for label in range(len(corpus.sentences))]

"""All runs of an experiment, those aside whose results are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from ..gradients import without_gradients
from .backprop import backpropagate
from .encoder import Encoded, Encoder
from .ensemble import Ensemble, Line
from .parameters import LanguageParameters
from .perturbations import Perturbations, perturbations_of
from .records import Records, RunKey, RunResult
from .splits import split
from .suffix import Suffix
from .tasks import Corpus
from .variants import BACKPROPAGATION, ZERO_SHOT, find_variant

_AT_ONCE = 64
# A source, or what else is compared, and a seed.
LineName = tuple[str, int]


class Study:
    """Every source at every rate with every seed, from the same start.

    Parameters
    ----------
    parameters : LanguageParameters
        What to do.
    corpus : Corpus
        The task's texts.
    encoder : Encoder
        Where training starts.
    records : Records
        Where results go, and from where those are known that are not computed again.

    Raises
    ------
    PezoError
        For a source that does not exist, a k for which there are not enough texts, or records of
        other texts.
    """

    def __init__(
        self,
        parameters: LanguageParameters,
        corpus: Corpus,
        encoder: Encoder,
        records: Records,
    ) -> None:
        records.require_texts(parameters.task, corpus.digest)
        self.parameters, self.records = parameters, records
        self._corpus, self._encoder = corpus, encoder
        # At once: one that does not exist is refused before the first run.
        names = [name for name in parameters.names if name not in _COMPUTE]
        self._sources = {name: find_variant(name) for name in names}
        splits = [split(corpus, parameters.k, seed) for seed in range(parameters.seeds)]
        # Only these are encoded, and indices are from here on those of their places in it.
        self._used = np.unique(
            np.concatenate([indices for part in splits for indices in part.parts])
        )
        self._splits = {seed: part.within(self._used) for seed, part in enumerate(splits)}
        self._suffix = Suffix(encoder.layers, len(corpus.sentences))

    @property
    def open_lines(self) -> list[LineName]:
        """Sources and seeds of which a result is missing."""
        return [
            (source, seed)
            for source in self.parameters.names
            for seed in self._splits
            if not all(key in self.records for key in self._keys(source, seed))
        ]

    def run(self, on_line: Callable[[], None] = lambda: None) -> None:
        """What is open, a few lines at a time, each written down when it is done.

        Parameters
        ----------
        on_line : callable
            Called after every source and seed that is done at all rates.
        """
        for lines in self._portions():
            _COMPUTE.get(lines[0][0], Study._train)(self, lines)
            for _ in lines:
                on_line()

    def _portions(self) -> Iterator[list[LineName]]:
        """Open lines, as many as are done at once."""
        lines = self.open_lines
        for name in _COMPUTE:
            own = [line for line in lines if line[0] == name]
            if own:
                yield own
        drawn = [line for line in lines if line[0] not in _COMPUTE]
        for first in range(0, len(drawn), self.parameters.together):
            yield drawn[first : first + self.parameters.together]

    def _keys(self, source: str, seed: int) -> list[RunKey]:
        p = self.parameters
        return [p.key(source, seed, rate) for rate in p.rates_for(source)]

    def _untrained(self, lines: Sequence[LineName]) -> None:
        keys = [key for source, seed in lines for key in self._keys(source, seed)]
        self._write(keys, self._start.repeat(len(keys), 1))

    def _trained_by_bp(self, lines: Sequence[LineName]) -> None:
        splits = {seed: self._splits[seed] for _, seed in lines}
        by_rate = zip(*(self._keys(source, seed) for source, seed in lines), strict=True)
        for keys in by_rate:
            weights = backpropagate(
                self._suffix,
                self._texts,
                self._start,
                splits,
                rate=keys[0].rate,
                steps=self.parameters.steps,
                batch=self.parameters.batch,
            )
            self._write(keys, weights)

    def _train(self, lines: Sequence[LineName]) -> None:
        p = self.parameters
        ensemble = Ensemble(
            self._suffix,
            self._texts,
            self._start,
            [self._line(source, seed) for source, seed in lines],
            rates=p.rates,
            epsilon=p.epsilon,
            steps=p.steps,
            batch=p.batch,
        )
        ensemble.train()
        keys = [key for source, seed in lines for key in self._keys(source, seed)]
        self._write(keys, ensemble.weights)

    def _line(self, source: str, seed: int) -> Line:
        return Line(perturbations=self._perturbations(source), seed=seed, split=self._splits[seed])

    def _perturbations(self, source: str) -> Perturbations:
        """Made once: the table of a stream may be large."""
        if source not in self._made:
            device = self._start.device
            found = self._sources[source]
            self._made[source] = perturbations_of(found, self._suffix.sizes, device)
        return self._made[source]

    @cached_property
    def _made(self) -> dict[str, Perturbations]:
        return {}

    @cached_property
    def _texts(self) -> Encoded:
        texts = [self._corpus.texts[index] for index in self._used]
        return self._encoder.encode(texts, [self._corpus.labels[index] for index in self._used])

    @cached_property
    def _start(self) -> torch.Tensor:
        return self._suffix.start(self._encoder.head(self._corpus.sentences))

    def _write(self, keys: Sequence[RunKey], weights: torch.Tensor) -> None:
        """The results of runs by their weights at the end."""
        parts = [self._splits[key.seed] for key in keys]
        training = self._scores(weights, [part.training for part in parts])
        validation = self._scores(weights, [part.validation for part in parts])
        test = self._scores(weights, [part.test for part in parts])
        device = _name_of(weights.device)
        self.records.add(
            (
                key,
                RunResult(
                    test_accuracy=test[0][run],
                    test_loss=test[1][run],
                    validation_accuracy=validation[0][run],
                    validation_loss=validation[1][run],
                    training_loss=training[1][run],
                    texts=self._corpus.digest,
                    device=device,
                ),
            )
            for run, key in enumerate(keys)
        )

    def _scores(
        self, weights: torch.Tensor, parts: Sequence[object]
    ) -> tuple[list[float], list[float]]:
        """Accuracies and mean losses of runs, each on texts of its own."""
        indices = torch.stack([torch.as_tensor(part) for part in parts]).to(weights.device)
        rightly, losses = [], []
        for some in indices.split(_AT_ONCE, dim=1):
            batch = self._texts.batch(some)
            logits = without_gradients(partial(self._suffix.logits, weights, batch))
            labels = self._texts.labels[some]
            rightly.append(logits.argmax(-1) == labels)
            each = cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="none")
            losses.append(each.view(labels.shape))
        accuracy = torch.cat(rightly, dim=1).double().mean(1)
        loss = torch.cat(losses, dim=1).double().mean(1).nan_to_num(nan=torch.inf)
        return _rounded(accuracy.tolist()), _rounded(loss.tolist())


_COMPUTE = {ZERO_SHOT: Study._untrained, BACKPROPAGATION: Study._trained_by_bp}


def _rounded(numbers: Iterable[float]) -> list[float]:
    """What a table can use of them."""
    return [float(f"{number:.5g}") for number in numbers]


def _name_of(device: torch.device) -> str:
    return str(torch.cuda.get_device_name(device)) if device.type == "cuda" else device.type

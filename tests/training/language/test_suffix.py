"""The layers of many runs at once are the model's own layers."""

import copy

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from torch.nn.functional import linear, normalize  # noqa: E402
from torch.nn.utils import parameters_to_vector, vector_to_parameters  # noqa: E402

from pezo_hw.training.language.suffix import SHARPNESS, Suffix  # noqa: E402
from tests.training.language.tiny import tiny_corpus, tiny_encoder, tiny_model, tokens_of  # noqa: E402


def logits_of_the_model(weights: torch.Tensor, texts: list[str]) -> torch.Tensor:
    """As `transformers` computes them, with one run's weights."""
    model, tokens = copy.deepcopy(tiny_model()), tokens_of(texts)
    layers = model.encoder.layer[1:]
    count = len(parameters_to_vector(layers.parameters()))
    vector_to_parameters(weights[:count], layers.parameters())
    head, bias = weights[count:-2].view(2, 32), weights[-2:]
    mask = tokens["attention_mask"].unsqueeze(-1)
    with torch.no_grad():
        states = model(**tokens).last_hidden_state
    mean = (states * mask).sum(1) / mask.sum(1)
    return linear(SHARPNESS * normalize(mean, dim=-1), head, bias)


def test_texts_enter_the_suffix_with_the_models_own_bits() -> None:
    """In portions of 64 texts, each filled up to the same number of tokens."""
    corpus, model = tiny_corpus(70), tiny_model()
    encoded = tiny_encoder().encode(corpus.texts, corpus.labels)
    assert torch.equal(encoded.labels, torch.tensor(corpus.labels))
    for first in (0, 64):
        tokens = tokens_of(corpus.texts[first : first + 64])
        with torch.no_grad():
            expected = model(**tokens, output_hidden_states=True).hidden_states[1]
        assert torch.equal(encoded.hidden[first : first + 64], expected)
        assert torch.equal(encoded.mask[first : first + 64], tokens["attention_mask"].bool())


def test_every_run_is_the_model_with_its_weights() -> None:
    encoder, corpus = tiny_encoder(), tiny_corpus(12)
    suffix, encoded = Suffix(encoder.layers, 2), encoder.encode(corpus.texts, corpus.labels)
    start = suffix.start(encoder.head(corpus.sentences))
    assert suffix.count == sum(suffix.sizes) == len(start)
    weights = start + 0.1 * torch.randn(3, len(start), generator=torch.Generator().manual_seed(2))
    indices = torch.tensor([[0, 1, 2, 3], [4, 5, 6, 7], [0, 9, 10, 11]])
    found = suffix.logits(weights, encoded.batch(indices))
    for run, row in enumerate(indices.tolist()):
        expected = logits_of_the_model(weights[run], [corpus.texts[index] for index in row])
        torch.testing.assert_close(found[run], expected, rtol=1e-4, atol=1e-4)
    assert not torch.allclose(found[0, 0], found[2, 0])  # the same text, other weights


def test_the_head_starts_as_the_sentences() -> None:
    encoder, corpus = tiny_encoder(), tiny_corpus(12)
    suffix = Suffix(encoder.layers, 2)
    head = encoder.head(corpus.sentences)
    encoded = encoder.encode(corpus.sentences, [0, 1])
    logits = suffix.logits(suffix.start(head)[None], encoded.batch(torch.tensor([[0, 1]])))
    torch.testing.assert_close(logits[0].diagonal(), torch.full((2,), SHARPNESS))

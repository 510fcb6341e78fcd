"""The suffix on hidden states that are kept is the model: tiny encoders of random weights."""

import copy
import errno
import os
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
transformers = pytest.importorskip("transformers")

from pezo_hw import PezoError  # noqa: E402
from pezo_hw.pytorch import ZOSGD  # noqa: E402
from pezo_hw.pytorch.frozen_prefix import FrozenPrefix  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.xdist_group("transformers"),  # whose first model takes seconds to import
]
HIDDEN, LAYERS = 32, 3
SIZES = {
    "hidden_size": HIDDEN,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "vocab_size": 100,
}
TEXTS = [[5, 9, 17], [60, 61, 62, 63, 64, 65, 66], [8, 8], [99, 98, 97, 12, 13], [41] * 9]
TOKENS = sum(map(len, TEXTS))


def bert(**changes):
    torch.manual_seed(0)
    config = transformers.BertConfig(**{**SIZES, **changes})
    return transformers.BertForSequenceClassification(config).eval()


def others():
    distil = {"dim": HIDDEN, "n_layers": LAYERS, "n_heads": 2, "hidden_dim": 64, "vocab_size": 100}
    roberta = transformers.RobertaConfig(**SIZES, pad_token_id=1)
    yield transformers.RobertaForSequenceClassification(roberta)
    yield transformers.DistilBertForSequenceClassification(transformers.DistilBertConfig(**distil))
    yield transformers.MPNetForSequenceClassification(transformers.MPNetConfig(**SIZES))


def padded(texts=TEXTS, padding: int = 0) -> dict:
    most = max(map(len, texts))
    ids = [text + [padding] * (most - len(text)) for text in texts]
    mask = [[1] * len(text) + [0] * (most - len(text)) for text in texts]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}


def logits(model, **inputs):
    with torch.no_grad():
        return model(**inputs).logits


@pytest.mark.slow
def test_float32_gives_the_models_bits_at_every_cut():
    model = bert()
    with torch.no_grad():
        expected = model(**padded(), output_hidden_states=True)
    for layers in range(LAYERS + 1):
        prefix = FrozenPrefix(model, layers, precision="float32")
        hidden, mask = prefix.encode(padded())
        assert torch.equal(hidden, expected.hidden_states[layers])
        assert torch.equal(mask, padded()["attention_mask"].bool())
        for data in (padded(), {"input_ids": TEXTS}, {"input_ids": [np.array(t) for t in TEXTS]}):
            states = prefix.keep(data)
            assert states.nbytes == 4 * TOKENS * HIDDEN
            found = logits(prefix.suffix, **states.batch(range(5)))
            assert torch.equal(found, expected.logits)
        two = logits(model, **padded([TEXTS[4], TEXTS[0]]))
        torch.testing.assert_close(logits(prefix.suffix, **states.batch([4, 0])), two)


def test_float16_and_int8_are_off_by_what_they_promise():
    model = bert()
    with torch.no_grad():
        exact = model(**padded(), output_hidden_states=True).hidden_states[2]
    mask = padded()["attention_mask"].bool()
    largest = exact.abs().amax(dim=2, keepdim=True)
    bounds = {"float16": exact.abs() / 2048 + 2**-25, "int8": largest / 254 * (1 + 1e-6)}
    for name, size in (("float16", 2 * HIDDEN), ("int8", HIDDEN + 4)):
        prefix = FrozenPrefix(model, 2, precision=name)
        states = prefix.keep(padded(), batch_size=5)
        assert states.nbytes == TOKENS * size
        found = states.batch(range(5))["inputs_embeds"]
        assert (found - exact)[mask].abs().max() > 0
        assert ((found - exact).abs() <= bounds[name])[mask].all()
        assert (found[~mask] == 0).all()
        assert torch.equal(prefix.encode(padded())[0][mask], found[mask])


def test_training_the_suffix_trains_the_model():
    model = bert()
    start = copy.deepcopy(model.state_dict())
    prefix = FrozenPrefix(model, 2, precision="int8")
    states = prefix.keep({"input_ids": TEXTS})
    names = {name for name, value in prefix.suffix.named_parameters() if value.requires_grad}
    assert names == {n for n, value in model.named_parameters() if value.requires_grad}
    assert "bert.encoder.layer.2.output.dense.weight" in names
    optimizer = ZOSGD(prefix.suffix.parameters(), "paper-roberta", lr=1e-3)
    labels = torch.tensor([0, 1, 0, 1, 1])
    for _ in range(3):
        batch = states.batch([0, 3, 4])
        optimizer.step(lambda b=batch: prefix.suffix(**b, labels=labels[[0, 3, 4]]).loss)
    ends = model.state_dict()
    assert {name for name in start if not torch.equal(start[name], ends[name])} == names
    exact = FrozenPrefix(model, 2, precision="float32").keep(padded(), batch_size=5)
    found = logits(prefix.suffix, **exact.batch(range(5)))
    assert torch.equal(found, logits(model, **padded()))


def test_a_deeper_prefix_goes_on_from_what_is_kept():
    model = bert()
    rule = ["float32", "float32", "float16", "int8"]
    first = FrozenPrefix(model, 1, precision=rule)
    deeper = first.deeper(2).deeper(3)
    states = first.keep(padded())
    between = first.deeper(2).keep(states)
    assert [between.contents.precision, deeper.precision.name] == ["float16", "int8"]
    last = deeper.keep(between)
    expected = logits(model, **padded())
    torch.testing.assert_close(
        logits(deeper.suffix, **last.batch(range(5))), expected, atol=3e-3, rtol=0
    )
    exact = FrozenPrefix(model, 1, precision="float32")
    same = exact.deeper(3).keep(exact.deeper(3)._after.keep(padded()))
    assert torch.equal(logits(exact.deeper(3).suffix, **same.batch(range(5))), expected)
    for data, said in ((states, "hidden states of another prefix"), (padded(), "dict")):
        with pytest.raises(PezoError, match=f"data = .{said}. .*the prefix of 2 layers has kept"):
            deeper.keep(data)
    with pytest.raises(PezoError, match=r"layers = 0 .* from 1 to 3"):
        first.deeper(0)


def test_other_encoders():
    """What all layers of MPNet share is no longer trained once hidden states of it are kept."""
    for model in others():
        model.eval()
        prefix = FrozenPrefix(model, 2, precision="float32")
        states = prefix.keep({"input_ids": TEXTS})
        expected = logits(model, **padded(padding=model.config.pad_token_id))
        assert torch.equal(logits(prefix.suffix, **states.batch(range(5))), expected)
        shared = [n for n, value in prefix.suffix.named_parameters() if not value.requires_grad]
        assert all("relative_attention_bias" in name for name in shared)
        assert len(shared) == ("MPNet" in type(model).__name__)


def test_token_types_and_types_of_weights():
    model = bert().bfloat16()
    kinds = [[0] * (len(text) - 1) + [1] for text in TEXTS]
    filled = {"token_type_ids": torch.tensor([k + [0] * (9 - len(k)) for k in kinds])}
    prefix = FrozenPrefix(model, 1, precision="float32")
    states = prefix.keep({"input_ids": TEXTS, "token_type_ids": kinds})
    assert states.batch([0])["inputs_embeds"].dtype == torch.bfloat16
    found = logits(prefix.suffix, **states.batch(range(5)))
    assert torch.equal(found, logits(model, **padded(), **filled))
    assert not torch.equal(found, logits(model, **padded()))


def in_training():
    model = bert()
    model.bert.encoder.layer[0].attention.train()
    return model


def convolution():
    torch.manual_seed(0)
    return transformers.ConvBertForSequenceClassification(
        transformers.ConvBertConfig(**SIZES, embedding_size=HIDDEN)
    ).eval()


def decoder():
    config = transformers.GPT2Config(n_embd=HIDDEN, n_layer=2, n_head=2, vocab_size=100)
    return transformers.GPT2Model(config).eval()


def infinite():
    model = bert()
    with torch.no_grad():
        model.bert.encoder.layer[1].output.LayerNorm.bias[3] = torch.inf
    return model


def large():
    model = bert()
    with torch.no_grad():
        model.bert.encoder.layer[1].output.LayerNorm.bias[3] = 1e5
    return model


REFUSED = [
    (in_training, {}, {}, r"in training mode \(bert\.encoder\.layer\.0\.attention\)"),
    (decoder, {}, {}, "GPT2Model is not a model that can be cut"),
    (convolution, {}, {}, "ConvBert.* in two parts gives something else"),
    (infinite, {}, {}, "no finite numbers"),
    (large, {"precision": "float16"}, {}, r"float32 or int8 \(a hidden state is 10000\d\)"),
    (bert, {"layers": 4}, {}, "layers = 4 .* integer from 0 to 3"),
    (bert, {"layers": -1}, {}, "layers = -1 "),
    (bert, {"precision": "int4"}, {}, 'precision = "int4"'),
    (bert, {}, {"data": TEXTS}, "data = .list. .* what a tokenizer gives"),
    (bert, {}, {"data": {}}, "input_ids is missing"),
    (bert, {}, {"data": {"input_ids": []}}, "at least one text"),
    (bert, {}, {"data": {"input_ids": [[]]}}, "attention_mask = "),
    (bert, {}, {"data": {"input_ids": [[1.5]]}}, "input_ids = .something else"),
    (bert, {}, {"data": {"input_ids": [5]}}, "input_ids = .something else"),
    (bert, {}, {"data": {"input_ids": [[[1], [1, 2]]]}}, "input_ids = .something else"),
    (bert, {}, {"data": {"input_ids": [[5]], "labels": [[1, 2]]}}, "labels is not an integer for"),
    (bert, {}, {"data": {"input_ids": [[100]]}}, "does not run .*IndexError"),
    (
        bert,
        {},
        {"data": {"input_ids": [[0, 5]], "attention_mask": [[0, 1]]}},
        r"attention_mask = \[0, 1\] .*ones, then zeros",
    ),
    (bert, {}, {"batch_size": 0}, "batch_size = 0"),
]


def test_what_cannot_be_is_refused_in_one_line():
    for model, of_prefix, of_keep, said in REFUSED:
        given = {"layers": 2, "precision": "float32", **of_prefix}
        with pytest.raises(PezoError, match=said) as error:
            FrozenPrefix(model(), **given).keep(**{"data": padded(), **of_keep})
        assert "\n" not in str(error.value)


def test_a_model_put_into_training_mode_later_is_refused():
    prefix = FrozenPrefix(bert(), 1)
    prefix.suffix.train()
    for call in (prefix.keep, prefix.encode):
        with pytest.raises(PezoError, match="in training mode"):
            call(padded())


def test_indices_that_there_are_not():
    states = FrozenPrefix(bert(), 1).keep(padded())
    assert len(states) == 5
    for indices in ([], [5], [-1], [0.0], "0", [[0]]):
        with pytest.raises(PezoError, match=r"indices = .* from 0 to 4"):
            states.batch(indices)
    both = (torch.tensor([3, 1]), np.array([3, 1]))
    first, second = (states.batch(indices)["inputs_embeds"] for indices in both)
    assert torch.equal(first, second)


@pytest.mark.parametrize("precision", ["float32", "float16", "int8"])
def test_a_file_is_written_once_and_read_afterwards(precision: str, tmp_path: Path):
    path = tmp_path / "states"
    told: list[int] = []
    prefix = FrozenPrefix(bert(), 2, precision=precision)
    written = prefix.keep(padded(), path=path, batch_size=2, on_kept=told.append)
    assert told == [2, 4, 5]
    again = FrozenPrefix(bert(), 2, precision=precision)
    read = again.keep({"input_ids": TEXTS}, path=path, on_kept=told.append)
    in_memory = prefix.keep(padded(), batch_size=2)
    assert told == [2, 4, 5]
    for states in (written, read):
        found = states.batch([1, 0, 4])["inputs_embeds"]
        assert torch.equal(found, in_memory.batch([1, 0, 4])["inputs_embeds"])
    assert 0 <= path.stat().st_size - in_memory.nbytes < 700
    assert [file.name for file in tmp_path.iterdir()] == ["states"]


def moved():
    model = bert()
    with torch.no_grad():
        model.bert.encoder.layer[1].output.dense.bias[0] += 1e-6
    return model


def looks_elsewhere():
    """A layer that computes something else without holding anything else."""
    model = bert()
    model.bert.encoder.layer[1].feed_forward_chunk = lambda hidden: hidden * 1.1
    return model


STALE = [
    (moved, 2, "int8", TEXTS, "hidden states with model = "),
    (lambda: bert(num_attention_heads=4), 2, "int8", TEXTS, "hidden states with model = "),
    (looks_elsewhere, 2, "int8", TEXTS, "no longer give"),
    (bert, 1, "int8", TEXTS, "hidden states with layers = "),
    (bert, 2, "float16", TEXTS, "hidden states with precision = "),
    (bert, 2, "int8", [*TEXTS[:4], [42] * 9], "hidden states with data = "),
    (bert, 2, "int8", TEXTS[::-1], "hidden states with data = "),
    (bert, 2, "int8", TEXTS[:4], "hidden states with data = "),
]


def test_a_stale_or_damaged_file_is_refused(tmp_path: Path):
    path = tmp_path / "states"
    FrozenPrefix(bert(), 2, precision="int8").keep(padded(), path=path)
    content = path.read_bytes()
    for model, layers, precision, texts, said in STALE:
        with pytest.raises(PezoError, match=said) as error:
            FrozenPrefix(model(), layers, precision=precision).keep({"input_ids": texts}, path=path)
        assert str(error.value).startswith(f"{path}: ")
    prefix = FrozenPrefix(bert(), 2, precision="int8")
    flipped = bytearray(content)
    flipped[-200] ^= 1
    for damaged in (bytes(flipped), content[:-1], content[:40], b"", b"{}\n" * 90, content + b"x"):
        path.write_bytes(damaged)
        with pytest.raises(PezoError, match="no hidden states, or damaged"):
            prefix.keep(padded(), path=path)
        assert path.read_bytes() == damaged
    with pytest.raises(PezoError, match="Is a directory"):
        prefix.keep(padded(), path=tmp_path)


def test_an_interruption_or_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch):
    prefix = FrozenPrefix(bert(), 2)

    def interrupt(done: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prefix.keep(padded(), path=tmp_path / "states", batch_size=2, on_kept=interrupt)
    assert list(tmp_path.iterdir()) == []

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(PezoError, match=r"cannot be written \(No space left on device\)"):
        prefix.keep(padded(), path=tmp_path / "states")
    assert list(tmp_path.iterdir()) == []


def trained_by_trainer(folder: Path, resume: str | None = None):
    """As the page has it: an index is the data, the collator makes the batch."""
    from pezo_hw.pytorch.trainer import ZOTrainerMixin

    class ZOTrainer(ZOTrainerMixin, transformers.Trainer):
        pass

    model = bert()
    prefix = FrozenPrefix(model, 2, precision="int8")
    states = prefix.keep({"input_ids": TEXTS})

    def collate(rows: list[dict]) -> dict:
        batch = states.batch([row["index"] for row in rows])
        return batch | {"labels": torch.tensor([row["label"] for row in rows])}

    settings = {"max_steps": 4, "save_steps": 2, "per_device_train_batch_size": 2, "use_cpu": True}
    quiet = {"report_to": [], "disable_tqdm": True, "remove_unused_columns": False}
    args = transformers.TrainingArguments(str(folder), learning_rate=1e-3, **settings, **quiet)
    data = [{"index": index, "label": index % 2} for index in range(5)]
    trainer = ZOTrainer(prefix.suffix, args, train_dataset=data, data_collator=collate)
    trainer.train(resume_from_checkpoint=resume)
    return model


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*pin_memory.*")
def test_a_trainer_on_the_suffix_resumes_bit_for_bit(tmp_path: Path):
    pytest.importorskip("accelerate")
    once = trained_by_trainer(tmp_path / "once").state_dict()
    checkpoint = str(tmp_path / "once" / "checkpoint-2")
    resumed = trained_by_trainer(tmp_path / "resumed", checkpoint).state_dict()
    assert all(torch.equal(once[name], resumed[name]) for name in once)
    start = bert().state_dict()
    changed = {name for name in once if not torch.equal(once[name], start[name])}
    assert changed
    assert not any(name.startswith(("bert.embeddings", "bert.encoder.layer.0")) for name in changed)


@pytest.mark.slow
def test_adapters_are_trained_beyond_the_cut():
    peft = pytest.importorskip("peft")
    config = peft.LoraConfig(r=2, target_modules=["query", "value"], task_type="SEQ_CLS")
    model = peft.get_peft_model(bert(), config).eval()
    prefix = FrozenPrefix(model, 2, precision="float32")
    states = prefix.keep({"input_ids": TEXTS})
    found = logits(prefix.suffix, **states.batch(range(5)))
    assert torch.equal(found, logits(model, **padded()))
    names = {name for name, value in prefix.suffix.named_parameters() if value.requires_grad}
    assert len([name for name in names if ".layer.2." in name]) == 4  # A and B of query and value
    assert not any(f".layer.{layer}." in name for layer in (0, 1) for name in names)

"""The real Trainer, on tiny models of random weights: trained, stopped and resumed."""

import os
from functools import cache
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from pezo_hw import PezoError  # noqa: E402
from pezo_hw.pytorch import ZOSGD  # noqa: E402
from pezo_hw.pytorch.trainer import ZOTrainerMixin  # noqa: E402
from pezo_hw.training import Weights, read_log, replay  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("transformers"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*pin_memory.*"),
]
STEPS = 7
SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}


@cache
def hugging_face():
    """Imported by the one worker that trains: that takes seconds, and every worker collects."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    pytest.importorskip("accelerate")
    return pytest.importorskip("transformers")


@cache
def zo_trainer():
    class ZOTrainer(ZOTrainerMixin, hugging_face().Trainer):
        """As a user makes it."""

    return ZOTrainer


def bert(dtype=torch.float32):
    transformers = hugging_face()
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=40, intermediate_size=24, max_position_embeddings=12, pad_token_id=0, **SIZES
    )
    return transformers.BertForSequenceClassification(config).to(dtype)


def gpt2():
    transformers = hugging_face()
    torch.manual_seed(0)
    config = transformers.GPT2Config(vocab_size=40, n_positions=12, n_embd=16, n_layer=1, n_head=2)
    return transformers.GPT2LMHeadModel(config)


def with_frozen_embeddings():
    model = bert()
    model.bert.embeddings.requires_grad_(False)
    return model


def with_lora():
    peft = pytest.importorskip("peft")
    config = peft.LoraConfig(r=2, target_modules=["query", "value"], task_type="SEQ_CLS")
    model = peft.get_peft_model(bert(), config)
    torch.manual_seed(1)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:  # zero at the start, where the loss is flat along A
            torch.nn.init.normal_(parameter, std=0.1)
    return model


MODELS = {
    "BERT": bert,
    "bfloat16": lambda: bert(dtype=torch.bfloat16),
    "frozen embeddings": with_frozen_embeddings,
    "tied weights": gpt2,
    "LoRA": with_lora,
}


def data_of(model) -> list[dict]:
    generator = torch.Generator().manual_seed(5)
    draws = [torch.randint(1, 40, (8,), generator=generator) for _ in range(64)]
    is_lm = "LMHead" in type(model).__name__
    return [{"input_ids": x, "labels": x.clone() if is_lm else (x.sum() % 2).long()} for x in draws]


def trainer_of(model, folder: Path, zo=None, **changes):
    settings = {
        "max_steps": STEPS,
        "per_device_train_batch_size": 4,
        "gradient_accumulation_steps": 2,
        "learning_rate": 1e-2,
        "weight_decay": 0.1,
        "lr_scheduler_type": "linear",
        "warmup_steps": 2,
        "save_steps": 1,
        "logging_steps": 1,
        "report_to": [],
        "use_cpu": True,
        "disable_tqdm": True,
        **changes,
    }
    args = hugging_face().TrainingArguments(output_dir=str(folder), **settings)
    zo = {"epsilon": 1e-2, "momentum": 0.5, "memory": 3, **(zo or {})}
    return zo_trainer()(model=model, args=args, train_dataset=data_of(model), zo=zo)


def bits(model) -> dict:
    return {name: p.detach().double().tolist() for name, p in model.named_parameters()}


@pytest.mark.parametrize("name", MODELS)
def test_stopped_at_three_moments_and_resumed(name: str, tmp_path: Path):
    whole = MODELS[name]()
    start = bits(whole)
    trainer = trainer_of(whole, tmp_path / "whole")
    trainer.train()
    end = bits(whole)
    trained = {key for key, p in whole.named_parameters() if p.requires_grad}
    assert {key for key in end if end[key] != start[key]} == trained
    losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    assert len(losses) == STEPS
    assert all(0 < loss < 10 for loss in losses)
    for step in (1, 3, 6) if name == "BERT" else (3,):
        other = MODELS[name]()
        resumed = trainer_of(other, tmp_path / f"resumed{step}")
        resumed.train(resume_from_checkpoint=str(tmp_path / "whole" / f"checkpoint-{step}"))
        assert resumed.state.global_step == STEPS
        assert bits(other) == end


def test_batches_of_a_step_that_never_began_are_in_no_other(tmp_path: Path):
    """Interrupted between the two batches of a step, then trained again."""
    trainer, sizes, stopped = trainer_of(bert(), tmp_path, max_steps=2), [], []
    loss_of, prepared = trainer._loss_of, trainer._prepare_inputs

    def prepare(inputs):
        if trainer._held and not stopped:
            stopped.append(len(trainer._held))
            raise KeyboardInterrupt
        return prepared(inputs)

    def counting(model, held):
        sizes.append(len(held))
        return loss_of(model, held)

    trainer._prepare_inputs, trainer._loss_of = prepare, counting
    with pytest.raises(KeyboardInterrupt):
        trainer.train()
    assert (stopped, sizes) == ([1], [])
    trainer.train()
    assert sizes == [2] * 4  # two losses a step


def test_a_step_is_one_of_the_optimiser_over_all_batches(tmp_path: Path):
    """By hand: the mean over eight texts, Trainer's groups, rates and order of batches."""
    model, other = bert(), bert()
    trainer = trainer_of(model, tmp_path, max_steps=1, lr_scheduler_type="constant", warmup_steps=0)
    trainer.loss_is_scaled_for_ga = False  # BERT takes the number of items and leaves it alone
    seen = []
    collate = trainer.data_collator
    trainer.data_collator = lambda features: seen.append(collate(features)) or seen[-1]
    trainer.train()
    decays = trainer.get_decay_parameter_names(other)
    named = list(other.named_parameters())
    groups = [
        {"params": [p for n, p in named if n in decays], "weight_decay": 0.1},
        {"params": [p for n, p in named if n not in decays]},
    ]
    optimizer = ZOSGD(groups, "paper-roberta", lr=1e-2, epsilon=1e-2, momentum=0.5, memory=3)
    other.eval()
    batches = seen[:2]
    optimizer.step(lambda: sum(other(**batch).loss.double() / 2 for batch in batches))
    assert bits(other) == bits(model)
    assert len(trainer.optimizer.param_groups) == 2


def test_mixed_precision_by_autocast(tmp_path: Path):
    model = bert()
    before = bits(model)
    trainer = trainer_of(model, tmp_path, bf16=True, max_steps=3)
    trainer.train()
    assert bits(model) != before
    assert all(p.dtype == torch.float32 for p in model.parameters())


def test_a_log_through_a_stop_trains_the_model_again(tmp_path: Path):
    whole, resumed, again = bert(), bert(), bert()
    from pezo_hw.pytorch.replay_callback import ReplayLogCallback

    first = trainer_of(whole, tmp_path / "run")
    first.add_callback(ReplayLogCallback(tmp_path / "log"))
    first.train()
    trainer, callback = trainer_of(resumed, tmp_path / "run"), ReplayLogCallback(tmp_path / "log")
    trainer.add_callback(callback)
    trainer.train(resume_from_checkpoint=str(tmp_path / "run" / "checkpoint-4"))
    assert callback.said.startswith(f"{STEPS} steps in ")
    groups = trainer_of(again, tmp_path / "none").create_optimizer().param_groups
    replay(read_log(tmp_path / "log"), Weights.of_groups(groups))
    assert bits(again) == bits(resumed) == bits(whole)
    other = trainer_of(bert(), tmp_path / "run")
    other.add_callback(ReplayLogCallback(tmp_path / "nowhere"))
    with pytest.raises(PezoError, match="nowhere: No such file"):
        other.train(resume_from_checkpoint=str(tmp_path / "run" / "checkpoint-4"))


def test_what_cannot_be_is_one_line(tmp_path: Path):
    model = bert()
    with pytest.raises(PezoError, match=r"^optimizers = .* allowed: "):
        zo_trainer()(model=model, optimizers=(torch.optim.SGD(model.parameters()), None))
    with pytest.raises(PezoError, match=r"^queries = 0 .* allowed: "):
        trainer_of(model, tmp_path, zo={"queries": 0}).train()
    trainer = trainer_of(model, tmp_path)
    trainer.create_optimizer()
    with pytest.raises(PezoError, match="without a step"):
        trainer.optimizer.step()
    other = trainer_of(bert(), tmp_path / "other", zo={"queries": 2})
    trainer_of(model, tmp_path / "one", max_steps=1).train()
    with pytest.raises(PezoError, match=r"^settings = "):
        other.train(resume_from_checkpoint=str(tmp_path / "one" / "checkpoint-1"))

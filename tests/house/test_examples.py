"""The examples in the docstrings of the package run as they stand."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.house.imports import modules

OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
WITH_EXAMPLES = [name for name, path in modules().items() if ">>> " in path.read_text("utf-8")]
# What a user touches; each of them shows how.
SHOWN = {
    "pezo_hw.config.config": ["Config"],
    "pezo_hw.config.loader": ["load", "parse"],
    "pezo_hw.driver.device": ["PerturbationDevice"],
    "pezo_hw.emit.core": ["emit_core"],
    "pezo_hw.errors": ["ConfigError"],
    "pezo_hw.fast.exact": ["ExactPerturbation"],
    "pezo_hw.fast.perturb": ["perturb_"],
    "pezo_hw.generators.on_the_fly.parameters": ["OnTheFlyParameters"],
    "pezo_hw.generators.on_the_fly.scale_table": ["ScaleTable"],
    "pezo_hw.generators.pre_generated.parameters": ["PreGeneratedParameters"],
    "pezo_hw.generators.pre_generated.pool": ["Pool"],
    "pezo_hw.generators.replay.options": ["SystemOptions"],
    "pezo_hw.numbers.beat_layout": ["BeatLayout"],
    "pezo_hw.numbers.compact_orbit": ["CompactOrbit"],
    "pezo_hw.numbers.fast_stream": ["FastStream"],
    "pezo_hw.numbers.fixed_point": ["FixedPoint"],
    "pezo_hw.numbers.perturbation": ["PerturbationSequence"],
    "pezo_hw.numbers.stream": ["Beats", "Stream"],
    "pezo_hw.synth.cache": ["Cache"],
    "pezo_hw.training.checkpoint": ["write_checkpoint"],
    "pezo_hw.training.sources.catalogue": ["find_source"],
    "pezo_hw.training.stream_source": ["StreamSource"],
    "pezo_hw.training.weights": ["Weights"],
    "pezo_hw.quality.model_shapes": ["model_shapes"],
    "pezo_hw.quality.quality": ["quality_of"],
    "pezo_hw.training.zo_sgd": ["ZOSGD"],
}


def examples_of(name: str) -> list[doctest.DocTest]:
    """Those of a module, each as a reader has it: nothing is imported that it does not import."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = finder.find(importlib.import_module(name), globs={"__name__": "__main__"})
    return [example for example in found if example.examples]


def failures(example: doctest.DocTest) -> str:
    """What went wrong, as doctest reports it; empty where nothing did."""
    said: list[str] = []
    doctest.DocTestRunner(optionflags=OPTIONS, verbose=False).run(example, out=said.append)
    return "".join(said)


def require_imports(name: str) -> None:
    """Skips where a module imports PyTorch, itself or through others, and it is not installed."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        pytest.skip("torch is not installed")


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_say_what_comes(name: str):
    require_imports(name)
    assert "".join(failures(example) for example in examples_of(name)) == ""


def test_what_a_user_touches_shows_how():
    shown = {example.name for name in SHOWN for example in examples_of(name)}
    assert shown >= {f"{name}.{thing}" for name, things in SHOWN.items() for thing in things}


@pytest.mark.parametrize("text", [">>> 1 + 1\n3\n", ">>> load('paper-opt')\n"])
def test_an_example_that_is_wrong_is_seen(text: str):
    parser = doctest.DocTestParser()
    assert failures(parser.get_doctest(text, {}, "wrong", "wrong.py", 0)) != ""

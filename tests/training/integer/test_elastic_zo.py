"""Whole steps in integers: the same bits everywhere, done or never, and that they learn."""

import ast
import hashlib
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import pezo_hw.training.integer
from pezo_hw import ConfigError, PezoError, load
from pezo_hw.training.integer.blocks import Block, block_of_images
from pezo_hw.training.integer.elastic_zo import IntegerElasticZO
from pezo_hw.training.integer.layers import Linear
from pezo_hw.training.integer.lenet import create_integer_lenet, fresh_weight
from pezo_hw.training.integer.model import IntegerModel
from pezo_hw.training.integer.parameters import IntegerParameters
from tests.interruptions import Interruptions

CONFIG = load("paper-roberta")
FROZEN = {
    0: ("f693f4a152f61345", 31251),
    1: ("566127da139ddcf5", 31332),
    2: ("4fe3bc46a40ff6f7", 32313),
}
SETTINGS = IntegerParameters(amplitude=2, mask=1, rate=2, head_rate=1)


def stripes(seed: int, count: int, side: int = 28) -> tuple[np.ndarray, np.ndarray]:
    """Grey images with a bright stripe that lies where the class says, of integers alone."""
    words = np.random.PCG64(seed).random_raw(count * side * side + count)
    labels = (words[:count] % 10).astype(np.int64)
    images = (words[count:] >> 58).astype(np.uint8).reshape(count, side, side)
    for image, label in zip(images, labels, strict=True):
        image[2 + 2 * label : 5 + 2 * label] += 150
    return images, labels


class Small:
    """Two fully connected layers, the last of them the head."""

    def __init__(self, parameters: IntegerParameters = SETTINGS, head: int = 1) -> None:
        bits = np.random.PCG64(1)
        layers = [Linear(fresh_weight(bits, shape)) for shape in ((12, 40), (10, 12))]
        self.model = IntegerModel(layers, head)
        self.training = IntegerElasticZO(self.model, CONFIG, parameters, position=3)
        words = np.random.PCG64(2).random_raw(8 * 41)
        inputs = (words[: 8 * 40] >> 57).astype(np.int8).reshape(8, 40)
        self.inputs = Block(mantissa=inputs, exponent=-7)
        self.labels = (words[8 * 40 :] % 10).astype(np.int64)

    def step(self) -> None:
        self.training.step(self.inputs, self.labels)

    def bits(self) -> bytes:
        return b"".join(layer.weight.mantissa.tobytes() for layer in self.model.layers)


def test_a_run_is_these_bits_on_every_machine():
    """LeNet-5, three steps of eight images, frozen: integers leave nothing to the machine."""
    digests = {}
    for head in (0, 1, 2):
        model = create_integer_lenet(1, head)
        training = IntegerElasticZO(model, CONFIG, replace(SETTINGS, steps=4))
        reports = []
        for step in range(3):
            images, labels = stripes(step, 8)
            reports.append(training.step(block_of_images(images), labels))
        content = b"".join(layer.weight.mantissa.tobytes() for layer in model.layers)
        content += repr([(report.losses, report.sign) for report in reports]).encode()
        digests[head] = hashlib.sha256(content).hexdigest()[:16], training.position
    assert digests == FROZEN


@pytest.mark.parametrize("name", ["paper-roberta", "paper-pool", "row-pool", "spread"])
def test_no_perturbation_comes_again_before_all_have_been_used(name: str):
    """A step draws three times what LeNet-5 has, which alone would be 85 of 7905 starts."""
    config = load(name)
    training = IntegerElasticZO(create_integer_lenet(1), config, SETTINGS)
    images, labels = stripes(1, 2)
    positions, starts = [0], config.generator.starts
    for _ in range(2):
        training.step(block_of_images(images), labels)
        positions.append(training.position)
    first, second = ((after - before) % starts for before, after in pairwise(positions))
    assert first == second
    assert len({step * first % starts for step in range(8000)}) == min(8000, starts)


@pytest.mark.parametrize("times", [1, 2])
def test_no_weight_is_off_after_interruptions(times: int):
    Small().step()
    complete, counter = Small(), Interruptions()
    ends = {0: complete.bits()}
    counter.run(complete.step)
    ends[1] = complete.bits()
    generator, raised = random.Random(times), 0
    for _ in range(40):
        at = [generator.randint(1, counter.count)]
        if times == 2:
            at.append(at[0] + generator.randint(1, generator.choice([8, 60, 1500])))
        case, interruptions = Small(), Interruptions(at)
        interruptions.run(case.step)
        assert case.bits() == ends[case.training.steps_done], at
        assert case.training.position == (
            complete.training.position if case.training.steps_done else 3
        )
        case.training.save()
        raised += interruptions.raised
    assert raised > 0.6 * times * 40


def test_both_parts_of_the_update():
    """With one part still, the other is what it is: the head by BP, the body by its sign."""
    before = Small().bits()
    frozen = Small(replace(SETTINGS, rate=None))
    frozen.step()
    body = slice(0, 480)
    assert frozen.bits()[body] == before[body]
    assert frozen.bits()[480:] != before[480:]
    assert frozen.training.position == 3 + 2 * -(-120 // 31)
    no_head = Small(head=0)
    no_head.step()
    assert no_head.bits() != before
    still = Small(replace(SETTINGS, head_rate=15))
    for _ in range(3):
        still.step()
    assert still.bits()[body] != before[body]


def test_what_was_saved_goes_on():
    first, other = Small(), Small()
    for _ in range(5):
        first.step()
    saved = first.training.save()
    for mine, others in zip(other.model.layers, first.model.layers, strict=True):
        mine.weight.mantissa[...] = others.weight.mantissa
    other.training.restore(saved)
    for case in (first, other):
        for _ in range(5):
            case.step()
    assert first.bits() == other.bits()
    assert first.training.save() == other.training.save()


def test_a_step_inside_a_step_is_refused():
    case = Small()
    layer = case.model.layers[0]
    inner = layer.sums

    def sums(block):
        case.training.step(case.inputs, case.labels)
        return inner(block)

    layer.sums = sums
    before = case.bits()
    with pytest.raises(PezoError, match="a step is under way"):
        case.step()
    assert case.bits() == before


def test_rates_are_halved_at_a_half_three_quarters_and_so_on():
    settings = IntegerParameters(steps=64)
    found = [settings.halvings(step) for step in (0, 31, 32, 47, 48, 55, 56, 63, 64, 1000)]
    assert found == [0, 0, 1, 1, 2, 2, 3, 6, 6, 6]
    assert IntegerParameters().halvings(10**6) == 0


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"amplitude": 0}, "amplitude"),
        ({"amplitude": 8}, "amplitude"),
        ({"mask": -1}, "mask"),
        ({"rate": 16}, "rate"),
        ({"rate": -1}, "rate"),
        ({"head_rate": 16}, "head_rate"),
        ({"steps": 0}, "steps"),
        ({"amplitude": 7, "mask": 2}, "amplitude"),
    ],
)
def test_settings_that_are_not_allowed(settings: dict, key: str):
    with pytest.raises(ConfigError, match=rf"^{key} = "):
        Small(IntegerParameters(**settings))


def test_there_is_no_floating_point_number_in_any_of_it():
    """No division but `//`, no literal, type or function of floats in any module of the folder."""
    folder = Path(pezo_hw.training.integer.__file__).parent
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not isinstance(node, ast.Div), path.name
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path.name
            name = getattr(node, "attr", getattr(node, "id", ""))
            assert not any(word in name for word in ("float", "mean", "ldexp", "exp2")), path.name


@pytest.mark.slow
def test_it_learns():
    model = create_integer_lenet(1, 1)
    settings = IntegerParameters(amplitude=2, rate=3, head_rate=2, steps=60)
    training = IntegerElasticZO(model, CONFIG, settings)
    for step in range(60):
        images, labels = stripes(step, 16)
        training.step(block_of_images(images), labels)
    images, labels = stripes(1000, 200)
    found = model.forward(block_of_images(images)).logits.values.argmax(1)
    assert (found == labels).mean() > 0.6

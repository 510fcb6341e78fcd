"""The section's keys, and what is refused of them."""

import re

import pytest

from pezo_hw import ConfigError
from pezo_hw.config import parse
from tests.generators.gaussian.configs import GAUSSIAN, SMALL


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'generator = "wallace"',
            'gaussian.generator = "wallace" is .*: "tree" or "table-ha',
        ),
        ("generator = 3", "gaussian.generator = 3 is not allowed"),
        ("lanes = 0", "gaussian.lanes = 0 is .* from 1 to 65536"),
        ("lanes = 65537", "gaussian.lanes = 65537 is .* from 1 to 65536"),
        ("lanes = true", "gaussian.lanes = true is not allowed"),
        ("seed = -1", "gaussian.seed = -1 is .* >= 0"),
        ("seed = 1.0", "gaussian.seed = 1.0 is not allowed"),
        ("lane = 3", "gaussian.lane = 3 is not allowed; allowed: did you mean lanes"),
    ],
)
def test_bad_values_are_named(line: str, said: str):
    with pytest.raises(ConfigError, match=said) as error:
        parse(f"{GAUSSIAN}{line}\n", name="bad")
    assert "\n" not in str(error.value)


def test_the_section_is_checked_when_it_is_not_in_use():
    text = '[perturbation]\nstrategy = "pre-generated"\n[gaussian]\nlanes = 0\n'
    with pytest.raises(ConfigError, match=r"gaussian\.lanes"):
        parse(text, name="bad")


def test_defaults_are_resolved():
    resolved = parse(GAUSSIAN, name="plain").resolved()
    assert resolved["gaussian"] == {"generator": "tree", "lanes": 1024, "seed": 1}


def test_what_decides_the_numbers_decides_the_content():
    contents = [parse(text, name="case").generator.content() for text in SMALL.values()]
    assert len(set(contents)) == len(SMALL)
    again = parse(SMALL["tree-1"], name="other").generator.content()
    assert again == contents[0]


def test_what_is_said_of_each():
    for text in SMALL.values():
        generator = parse(text, name="case").generator
        facts = generator.facts()
        assert {"generator", "LFSRs", "value"} <= facts.described.keys()
        named = generator.resolved()["gaussian"]["generator"]
        assert facts.manifest["gaussian"]["generator"] == named  # type: ignore[index]
        assert generator.starts == generator.parameters.joint_orbit


# By the definitions: a lane of the tree has 8 + 9 + 10 + 7 + 8 + 9 + 7 + 10 flip-flops, the largest
# sum of six words less six others is 6 * 255, that around the farthest place 27 * 256 + 2 * 255.
SAID = {
    "tree-3": {"state": "204 flip-flops, 68 a lane"},
    "hadamard-20": {
        "generator": "16 samples",
        "table": "128 symmetric entries of 5 fraction bits, addressed by 7 random bits",
        "LFSRs": "2, one for 16 lanes, of 127 bits, 112 steps a cycle, taps 127 and 63",
    },
    "clt-3": {
        "generator": "12 uniform words of 8 bits",
        "LFSRs": "3, one a lane, of 127 bits, 96 steps a cycle, taps 127 and 63",
        "value": "from -1,530 to 1,530",
    },
    "piecewise-3": {
        "generator": "4 uniform words of 8 bits, at one of 55 places .* of 32 columns",
        "LFSRs": "3, one a lane, of 89 bits, 72 steps a cycle, taps 89 and 38",
        "value": "from -7,422 to 7,422",
    },
    "box-muller-3": {
        "generator": "radius of 48 bits, angle of 14",
        "segments": "256 of the logarithm, 96 of the root, 128 of the cosine",
        "LFSRs": "2, one for 2 lanes, of 127 bits, 64 steps a cycle, taps 127 and 63",
    },
}


def test_the_figures_that_are_said():
    for name, said in SAID.items():
        described = parse(SMALL[name], name="case").generator.facts().described
        for key, figures in said.items():
            assert re.search(figures, str(described[key])), (name, key)


def test_parameters_and_model_agree_on_format_and_latency():
    for name, text in SMALL.items():
        config = parse(text, name="small")
        parameters, stream = config.parameters, config.stream()
        assert parameters.latency == stream.latency, name
        assert parameters.kind.fixed_point == stream.fixed_point, name

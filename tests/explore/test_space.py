"""Space files: what they hold, and what is wrong with them in one line."""

from __future__ import annotations

import itertools
import tomllib

import pytest

from pezo_hw.errors import ConfigError, PezoError
from pezo_hw.explore import candidates_of, load_space, parse_space, space_names
from pezo_hw.explore.axis import MOST_VALUES, values_of
from pezo_hw.explore.space import toml_of

BANKS = """
[[part]]
perturbation.strategy = "on-the-fly"
on-the-fly.rngs = [7, 15]
on-the-fly.steps_per_cycle = { from = 1, to = 4, step = 1 }
"""
FAMILIES = """
[front]
minimise = ["ff", "bram"]
maximise = ["participation", "starts"]

[[part]]
perturbation.strategy = ["on-the-fly", "gaussian"]
on-the-fly.rngs = [7, 15]
scaling.gain = [0.8, 1]
gaussian.lanes = [16, 32, 64]

[[part]]
perturbation.strategy = "pre-generated"
pre-generated.pool = { from = 255, to = 1023, times = 2 }
"""


@pytest.mark.parametrize(
    ("said", "values"),
    [
        (3, (3,)),
        ("ring", ("ring",)),
        ([True, False], (True, False)),
        ([[11, 9], [9, 5]], ([11, 9], [9, 5])),
        ({"from": 2, "to": 9, "step": 3}, (2, 5, 8)),
        ({"from": 4, "to": 4, "step": 3}, (4,)),
        ({"from": 0.1, "to": 0.5, "step": 0.1}, (0.1, 0.2, 0.3, 0.4, 0.5)),
        ({"from": 256, "to": 65536, "times": 4}, (256, 1024, 4096, 16384, 65536)),
        ({"from": 0.25, "to": 1, "times": 2}, (0.25, 0.5, 1.0)),
    ],
)
def test_values(said, values):
    found = values_of("key", said)
    assert found == values
    assert list(map(type, found)) == list(map(type, values))


@pytest.mark.parametrize(
    "said",
    [
        [],
        [1, 1],
        [[9, 5], [9, 5]],
        [None],
        float("inf"),
        [[1.5]],
        [{"from": 1}],
        {},
        {"from": 1, "to": 2},
        {"from": 1, "to": 2, "step": 0},
        {"from": 1, "to": 2, "step": -1},
        {"from": 2, "to": 1, "step": 1},
        {"from": 0, "to": 2, "times": 2},
        {"from": 1, "to": 2, "times": 1},
        {"from": 1, "to": 2, "step": 1, "times": 2},
        {"from": 1, "to": 2, "stride": 1},
        {"from": "1", "to": 2, "step": 1},
        {"from": True, "to": 2, "step": 1},
        {"from": 0, "to": 1e300, "step": 1},
        {"from": 1, "to": MOST_VALUES + 1, "step": 1},
    ],
)
def test_what_is_no_value_is_refused_by_its_key(said):
    with pytest.raises(ConfigError, match=r"^key") as error:
        values_of("key", said)
    assert "\n" not in str(error.value)


def test_a_part_is_a_product_with_the_last_key_fastest():
    space = parse_space(BANKS, name="banks")
    pairs = [(c["on-the-fly"]["rngs"], c["on-the-fly"]["steps_per_cycle"])
             for c in space.combinations()]  # fmt: skip
    assert pairs == list(itertools.product((7, 15), (1, 2, 3, 4)))
    assert space.size == 8


def test_sections_of_another_strategy_do_not_multiply():
    space = parse_space(FAMILIES, name="families")
    combinations = list(space.combinations())
    assert len(combinations) == space.size == 2 * 2 + 3 + 3
    assert [c["perturbation"]["strategy"] for c in combinations].count("gaussian") == 3
    assert all("gaussian" not in c or "scaling" not in c for c in combinations)
    assert space.objectives.names == ("ff", "bram", "participation", "starts")


def test_a_combination_is_the_config_file_that_it_says():
    for combination in parse_space(FAMILIES, name="families").combinations():
        assert tomllib.loads(toml_of(combination)) == combination


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"^part is missing"),
        ("part = 3\n", r"^part = 3"),
        ("[part]\n", r"^part = a table"),
        ("seed = 3\n" + BANKS, r"^seed = 3 .*\[\[part\]\]"),
        ("[[part]]\n", r"^part\[0\]\.perturbation\.strategy is missing"),
        (BANKS + "on-the-fly.rngz = 3\n", r"^part\[0\]\.on-the-fly\.rngz = 3 .*did you mean rngs"),
        (BANKS + BANKS + "scalin.gain = 1\n", r"^part\[1\]\.scalin .*did you mean scaling"),
        (BANKS + "on-the-fly.tile = 3\n", r"^part\[0\]\.on-the-fly\.tile = 3 .*lanes"),
        (BANKS + "on-the-fly.seed = []\n", r"^part\[0\]\.on-the-fly\.seed"),
        (BANKS + "scaling = 3\n", r"^part\[0\]\.scaling = 3"),
        ("front = 3\n" + BANKS, r"^front = 3"),
        ("front.minimize = ['lut']\n" + BANKS, r"^front\.minimize .*minimise or maximise"),
        ("front.minimise = 'lut'\n" + BANKS, r'^front\.minimise = "lut"'),
        ("front.minimise = ['luts']\n" + BANKS, r'^front\.minimise = "luts" .*lut_sites'),
        ("front.minimise = ['isotropy']\n" + BANKS, r"^front\.maximise = \"isotropy\""),
        ("front.minimise = []\n" + BANKS, r"^front\.minimise = .*two figures"),
        ("a = \n", r"^not TOML"),
        (BANKS + "on-the-fly.seed = { from = 1, to = 9000, step = 1 }\n"
         "scaling.gain = { from = 1, to = 9000, step = 1 }\n", r"^648,000,000 combinations"),
    ],
)  # fmt: skip
def test_mistakes_are_said_in_one_line(text: str, said: str):
    with pytest.raises(PezoError, match=said) as error:
        parse_space(text, name="bad")
    assert "\n" not in str(error.value)


def test_files(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(BANKS)
    assert load_space(path) == parse_space(BANKS, name="mine")
    path.write_text("[[part]]\n")
    with pytest.raises(PezoError, match=r"mine\.toml: part\[0\]\.perturbation"):
        load_space(str(path))
    with pytest.raises(PezoError, match=rf"none\.toml: No such file.*{space_names()[0]}"):
        load_space(tmp_path / "none.toml")


def test_what_is_no_configuration_is_counted_with_the_reason():
    listed = candidates_of(parse_space(BANKS, name="banks"))
    assert [c.name for c in listed.found] == [f"banks-{index}" for index in range(6)]
    assert [c.values["on-the-fly.steps_per_cycle"] for c in listed.found] == [1, 2, 4] * 2
    ((reason, number),) = listed.refused.items()
    assert number == 2
    assert reason.startswith("on-the-fly.steps_per_cycle = 3 is not allowed")
    assert listed.repeated == 0


def test_what_is_the_same_is_measured_once():
    text = BANKS + "on-the-fly.lanes = [7, 15]\n" + BANKS
    listed = candidates_of(parse_space(text, name="twice"))
    # With as many lanes as there are RNGs it is what the second part has by default.
    assert (len(listed.found), listed.repeated) == (12, 6)
    assert listed.found[0].values["on-the-fly.lanes"] == 7


def test_hardware_counts(capsys):
    text = """
    [[part]]
    perturbation.strategy = "pre-generated"
    pre-generated.pool = 256
    pre-generated.lanes = [3, 8]
    """
    listed = candidates_of(parse_space(text, name="pools"))
    assert len(listed.found) == 1
    assert "pre-generated.lanes = 3" in next(iter(listed.refused))


def test_a_space_of_nothing_is_an_error():
    text = BANKS + "on-the-fly.width = [2, 99]\n"
    with pytest.raises(PezoError, match=r"none of 16 combinations .* on-the-fly\.width = 2"):
        candidates_of(parse_space(text, name="nothing"))


def test_every_space_that_comes_with_the_package_is_one():
    for name in space_names():
        space = load_space(name)
        assert space.name == name
        assert space.size > 1

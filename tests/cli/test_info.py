"""``pezo info``: the numbers of the definition and of the measurements."""

import re

import pytest


def said(pezo, config) -> str:
    status, out, err = pezo("info", config)
    assert status == 0
    assert all(line.startswith("pezo: warning: ") for line in err.splitlines())
    return " ".join(re.sub(r"[│┃]", " ", out).split())


def test_an_on_the_fly_generator(pezo):
    text = said(pezo, "paper-opt")
    assert "507,873 cycles" in text
    assert "at most 507,873 different ones" in text
    assert "twos-complement, 14 bits, 13 of them fraction" in text
    assert "2 enabled clock edges" in text
    assert "16,384 words of 2 bits = 32,768 bits" in text
    assert "448 flip-flops" in text
    assert re.search(r"2\^0 0 492 +3.00%", text)
    assert re.search(r"2\^1 1 15,890 +96.99%", text)


def test_a_pool(pezo):
    text = said(pezo, "paper-pool")
    assert "4,095 cycles, 32,760 numbers" in text
    assert "at most 4,095 different ones" in text
    assert "4 copies of 4095 numbers, each read twice a cycle; an LFSR of 12 bits" in text
    assert "196,560 bits" in text


def test_a_pool_in_rows(pezo):
    text = said(pezo, "row-pool")
    assert "91 cycles, 4,095 numbers" in text
    assert "at most 91 different ones" in text
    assert "91 rows of 540 bits; counters modulo 7 and 13" in text
    assert "49,140 bits" in text


def test_a_pool_without_rows_starts_at_any_number(pezo, tmp_path):
    config = tmp_path / "numbers.toml"
    section = '[pre-generated]\npool = 4095\nlanes = 45\nleftover = "number"\n'
    config.write_text(f'[perturbation]\nstrategy = "pre-generated"\n{section}')
    assert "at most 4,095 different ones" in said(pezo, config)


def test_saturation_is_shown(pezo, tmp_path):
    config = tmp_path / "narrow.toml"
    config.write_text(
        '[perturbation]\nstrategy = "on-the-fly"\n'
        "[on-the-fly]\nrngs = 2\nwidth = 6\nrotate = false\n[scaling]\ncode_bits = 1\n"
    )
    text = said(pezo, config)
    assert "(saturated)" in text
    assert "saturated 0.00%" not in text


def test_what_a_cycle_covers_is_said_where_numbers_repeat(pezo, tmp_path):
    config = tmp_path / "tile.toml"
    config.write_text(
        '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 31\nlanes = 1024\n'
    )
    text = said(pezo, config)
    assert "covers 1,024 elements of a tensor with 31 different numbers (3.0%)" in text
    assert "each up to 34 times" in text
    assert "elements of a tensor" not in said(pezo, "wide")


def test_a_constant_exponent(pezo):
    text = said(pezo, "wide")
    assert "base 1, so every cycle has 2^1; gain 0.8" in text
    assert "none; one would have said the same in 100.00% of the cycles" in text
    assert "11,264 flip-flops in the bank" in text
    assert "tracker" not in text


@pytest.mark.parametrize(
    ("options", "number", "warned"),
    [
        (("paper-pool",), "at most 4,095", ""),
        (("row-pool",), "at most 91", "row-pool has at most 91 different perturbations"),
        (("paper-pool", "--tensors", "2048,32,320,10"), "819 of 2,410", "819 different"),
        (("row-pool", "--tensors", "2048,32,320,10"), "13 of 2,410", "13 different"),
        (("paper-pool", "--tensors", "3818"), "4,095 of 3,818", ""),
        (("paper-pool", "--tensors", "4095"), "1 of 4,095", "1 different"),
        (("paper-roberta", "--tensors", "2048,32,320,10"), "2,635 of 2,410", ""),
    ],
)
def test_how_many_perturbations_a_model_has(pezo, options, number: str, warned: str):
    """4095 / gcd(4095, 2410) = 819; 91 / gcd(91, 46 + 1 + 8 + 1) = 13."""
    status, out, err = pezo("info", *options)
    assert status == 0
    assert number in " ".join(out.split())
    assert (warned in err and "less than 1,000" in err) if warned else err == ""


@pytest.mark.parametrize("sizes", ["0", "3,", "x", "-4"])
def test_tensors_that_are_none(pezo, sizes: str):
    status, out, err = pezo("info", "paper-pool", f"--tensors={sizes}")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert f'"{sizes}" is not allowed; allowed: integers above 0' in err

"""What a ratio means."""

from pezo_hw.benchmarks import Measure


def measure(**changed) -> Measure:
    keys = {"measure": "a : b", "preset": "p", "ours": 6.0, "theirs": 3.0, "unit": "numbers/s"}
    return Measure(**{**keys, **changed})


def test_more_of_a_rate_is_better():
    assert measure().ratio == 2.0
    assert measure(unit="MB").ratio == 0.5


def test_what_is_asked():
    assert measure().is_reached
    assert measure(at_least=2.0).is_reached
    assert not measure(at_least=2.1).is_reached
    assert not measure(unit="s", at_least=1.0).is_reached


def test_as_json_it_is_plain():
    assert measure(at_least=1.0).as_dict() == {
        "measure": "a : b",
        "preset": "p",
        "ratio": 2.0,
        "ours": 6.0,
        "theirs": 3.0,
        "unit": "numbers/s",
        "at_least": 1.0,
    }
    assert measure().as_dict()["at_least"] is None

"""What a ratio means; who has a turn when, and what is made of it."""

from pezo_hw.benchmarks.measure import Measure, medians, rate_of


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


def test_all_have_their_turn_in_every_round_and_the_first_does_not_count():
    turns: list[str] = []
    rates = {"a": iter([900.0, 1.0, 5.0, 3.0]), "b": iter([0.0, 2.0, 2.0, 8.0])}

    def participant(name: str):
        def rate() -> float:
            turns.append(name)
            return next(rates[name])

        return rate

    rounds: list[int] = []
    found = medians({name: participant(name) for name in rates}, 3, lambda: rounds.append(1))
    assert found == {"a": 3.0, "b": 2.0}
    assert turns == ["a", "b"] * 4
    assert len(rounds) == 4


def test_a_rate_is_what_is_done_in_a_second():
    worked: list[int] = []
    rate = rate_of(lambda: worked.append(1), 1000.0)
    assert rate() > 1000.0
    assert worked == [1]

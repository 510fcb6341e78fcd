"""The choice of mutants: the same for a seed, spread over the files, each another program."""

import ast
from collections import Counter

import pytest

pytest.importorskip("cosmic_ray", reason="make install-mutants installs it")

from tests.mutants.mutant import changed_lines, is_other_program
from tests.mutants.sample import sample

SOURCES = {
    f"pezo_hw/rtl/{name}.py": "".join(f"def f{i}(a, b):\n    return a + b\n" for i in range(size))
    for name, size in (("small", 2), ("middle", 5), ("large", 12))
}


def test_the_same_seed_gives_the_same_mutants():
    assert sample(SOURCES, count=12, seed=5) == sample(
        dict(sorted(SOURCES.items())), count=12, seed=5
    )
    assert sample(SOURCES, count=12, seed=5) != sample(SOURCES, count=12, seed=6)


def test_a_longer_run_begins_as_a_shorter_one():
    assert sample(SOURCES, count=12, seed=5)[:5] == sample(SOURCES, count=5, seed=5)


def test_the_files_take_turns_and_no_line_is_broken_twice():
    chosen = sample(SOURCES, count=14, seed=1)
    files = Counter(mutant.path.rpartition("/")[2] for mutant in chosen)
    assert files == {"small.py": 2, "middle.py": 5, "large.py": 7}
    assert len({(mutant.path, mutant.line) for mutant in chosen}) == 14


def test_there_are_no_more_than_lines():
    assert len(sample(SOURCES, count=1000, seed=1)) == 19


def test_every_mutant_is_python_and_breaks_its_line():
    for mutant in sample(SOURCES, count=19, seed=1):
        broken = mutant.apply(SOURCES[mutant.path])
        ast.parse(broken)
        gone, come = changed_lines(SOURCES[mutant.path], broken)
        assert gone == "-    return a + b"
        assert come.startswith("+")


@pytest.mark.parametrize(
    ("source", "broken", "other"),
    [
        ("x: int | None = 1", "x: int & None = 1", False),
        ("def f(a: int | None) -> int | None: pass", "def f(a: int) -> None: pass", False),
        ("if TYPE_CHECKING: import x", "if not TYPE_CHECKING: import x", False),
        (
            "@dataclass(frozen=True)\nclass A: pass",
            "@dataclass(frozen=False)\nclass A: pass",
            False,
        ),
        ("class A:\n  @f\n  def g(): pass", "class A:\n  def g(): pass", True),
        ("x = a | b", "x = (a | b)", False),
        ("x = a | b", "x = a & b", True),
        ("x = a", "x = = a", False),
    ],
)
def test_what_counts_as_another_program(source: str, broken: str, other: bool):
    assert is_other_program(source, broken) is other

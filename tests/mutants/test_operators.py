"""Every operator does what its examples say, and breaks the kinds of lines that once survived."""

import pytest

pytest.importorskip("cosmic_ray", reason="make install-mutants installs it")

from cosmic_ray.mutating import mutate_code

from tests.mutants.mutant import OPERATORS, mutants_of


@pytest.mark.parametrize("name", OPERATORS)
def test_examples(name: str):
    for example in type(OPERATORS[name]).examples():
        broken = mutate_code(example.pre_mutation_code, OPERATORS[name], example.occurrence)
        assert broken is not None
        assert "".join(broken.split()) == "".join(example.post_mutation_code.split())


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("x = payload[bits:]\n", "x = payload[bits:-1]\n"),
        ("lost = frame | load.refused\n", "lost = frame\n"),
        ("ok = needed and not busy\n", "ok = needed\n"),
        ("table = f(count)[: 1 << b]\n", "table = f(count)[: 1 >> b]\n"),
        ("wide = a <= b\n", "wide = a < b\n"),
        ("with m.If(~full):\n    pass\n", "with m.If(full):\n    pass\n"),
        ("m.d.comb += [\n    a.eq(b),\n    c.eq(d),\n]\n", "m.d.comb += [\n    a.eq(b),\n]\n"),
        ("m.d.sync += a.eq(b)\n", "pass\n"),
    ],
)
def test_what_must_be_among_the_mutants(line: str, broken: str):
    texts = ["".join(mutant.apply(line).split()) for mutant in mutants_of("x.py", line)]
    assert "".join(broken.split()) in texts


@pytest.mark.parametrize("line", ["super().__init__(x)\n", "x = y\n", "import x\n", "'''x'''\n"])
def test_what_breaks_by_itself_stays(line: str):
    assert mutants_of("x.py", line) == []

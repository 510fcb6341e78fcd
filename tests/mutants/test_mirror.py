"""Which tests a module has."""

from pathlib import Path

import pytest

from tests.mutants.mirror import FOLDERS, Stage, mirror_of, sources, stages_of


def test_the_test_of_its_name_comes_first_then_its_folder(checkout: Path):
    tests = mirror_of("pezo_hw/rtl/other.py", checkout)
    assert tests == ("tests/rtl/test_other.py", "tests/rtl/test_adder.py")


def test_a_module_without_a_test_of_its_name_has_those_of_its_folder(checkout: Path):
    tests = ("tests/rtl/test_adder.py", "tests/rtl/test_other.py")
    assert mirror_of("pezo_hw/rtl/another.py", checkout) == tests
    assert mirror_of("pezo_hw/rtl/inner/lonely.py", checkout) == tests


def test_the_tests_of_a_system_are_its_own_the_nearest_first(checkout: Path):
    assert mirror_of("pezo_hw/systems/axi/rtl/lonely.py", checkout) == (
        "tests/systems/axi/rtl/test_wrapper.py",
        "tests/systems/axi/test_model.py",
        "tests/axi/test_frames.py",
    )


def test_stages_go_from_the_nearest_to_the_farthest_and_the_slow_ones_come_last(checkout: Path):
    own, beside = ("tests/rtl/test_adder.py",), ("tests/rtl/test_other.py",)
    assert stages_of("pezo_hw/rtl/adder.py", checkout) == [
        Stage(tests=own, slow=False),
        Stage(tests=beside, slow=False),
        Stage(tests=own + beside, slow=True),
    ]
    far = ("tests/systems/axi/test_model.py", "tests/axi/test_frames.py")
    assert stages_of("pezo_hw/systems/axi/rtl/wrapper.py", checkout) == [
        Stage(tests=("tests/systems/axi/rtl/test_wrapper.py",), slow=False),
        Stage(tests=far, slow=False),
        Stage(tests=("tests/systems/axi/rtl/test_wrapper.py",), slow=True),
        Stage(tests=far, slow=True),
    ]


def test_a_module_without_tests_is_refused(checkout: Path):
    with pytest.raises(ValueError, match="no tests"):
        mirror_of("pezo_hw/fast/numbers.py", checkout)


def test_every_module_of_the_package_has_tests(root: Path):
    texts = sources(root)
    assert {path.split("/")[1] for path in texts} == set(FOLDERS)
    assert all(mirror_of(path, root) for path in texts)


def test_a_path_without_mutants_is_refused(checkout: Path):
    assert list(sources(checkout, "pezo_hw/systems")) == ["pezo_hw/systems/axi/rtl/lonely.py"]
    assert list(sources(checkout, "pezo_hw/rtl/adder.py")) == ["pezo_hw/rtl/adder.py"]
    for path in ("pezo_hw/rtl/adder", "pezo_hw/systems/axi/pins.py"):
        with pytest.raises(ValueError, match="allowed: a module or folder in pezo_hw/rtl"):
            sources(checkout, path)

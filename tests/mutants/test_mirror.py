"""Which tests a module has."""

from pathlib import Path

import pytest

from tests.mutants.mirror import FOLDERS, mirror_of, sources


def test_the_test_of_its_name_comes_first_then_its_folder(checkout: Path):
    mirror = mirror_of("pezo_hw/rtl/adder.py", checkout)
    assert mirror.own == ("tests/rtl/test_adder.py",)
    assert mirror.files == ("tests/rtl/test_adder.py", "tests/rtl/test_other.py")


def test_a_module_without_a_test_of_its_name_has_those_of_its_folder(checkout: Path):
    mirror = mirror_of("pezo_hw/rtl/another.py", checkout)
    assert mirror.own == ()
    assert mirror.files == ("tests/rtl/test_adder.py", "tests/rtl/test_other.py")


def test_a_folder_without_tests_has_those_of_the_folder_above(checkout: Path):
    assert len(mirror_of("pezo_hw/rtl/axi/lonely.py", checkout).files) == 2


def test_a_module_without_tests_is_refused(checkout: Path):
    with pytest.raises(ValueError, match="no tests"):
        mirror_of("pezo_hw/fast/numbers.py", checkout)


def test_every_module_of_the_package_has_tests(root: Path):
    texts = sources(root)
    assert {path.split("/")[1] for path in texts} == set(FOLDERS)
    assert all(mirror_of(path, root).files for path in texts)


def test_a_path_without_mutants_is_refused(checkout: Path):
    assert list(sources(checkout, "pezo_hw/rtl/axi")) == ["pezo_hw/rtl/axi/lonely.py"]
    assert list(sources(checkout, "pezo_hw/rtl/adder.py")) == ["pezo_hw/rtl/adder.py"]
    with pytest.raises(ValueError, match="allowed: a module or folder in pezo_hw/rtl"):
        sources(checkout, "pezo_hw/rtl/adder")

"""The data set's files, made up: read as they are, refused where they are not."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from pezo_hw import PezoError
from pezo_hw.training.elastic.fashion import FOLDER, VALIDATION, read_fashion
from tests.training.elastic.made_up import FASHION, part, write_fashion

IMAGES, LABELS = "train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("fashion")
    write_fashion(folder)
    return folder


def test_parts(folder: Path):
    found, whole = read_fashion(folder), part(5040, 5040)
    assert [len(one.labels) for one in found] == [40, VALIDATION, 40]
    assert np.array_equal(found.training.images, whole.images[:40])
    assert np.array_equal(found.validation.labels, whole.labels[40:])
    assert np.array_equal(found.test.images, part(40, 40).images)


def test_batches_by_key():
    first, again, other = (FASHION.training.batch(9, key) for key in ((1, 2), (1, 2), (2, 1)))
    assert np.array_equal(first.images, again.images)
    assert not np.array_equal(first.images, other.images)
    assert first.images.shape == (9, 28, 28)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (IMAGES, None, "No such file or directory; allowed: the Debian package dataset-fashion"),
        (
            IMAGES,
            b"",
            "damaged, or of another kind; allowed: an IDX file of bytes, entries of 28x28",
        ),
        (IMAGES, b"no gzip", "not packed by gzip; allowed: the Debian package"),
        (
            IMAGES,
            gzip.compress(bytes([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 27])),
            "damaged",
        ),
        (
            IMAGES,
            gzip.compress(bytes([0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28])),
            "damaged",
        ),
        (LABELS, gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 40])), "damaged"),
        (LABELS, gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 40]) + bytes(41)), "damaged"),
        (LABELS, gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 40]) + bytes(40))[:-9], "damaged"),
        (
            LABELS,
            gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 39]) + bytes(39)),
            "40 images with 39 labels",
        ),
        (
            LABELS,
            gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 40]) + b"\n" * 40),
            "a label from 0 to 9",
        ),
    ],
)
def test_files_that_are_refused(folder: Path, tmp_path: Path, name: str, content, said: str):
    for path in folder.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(PezoError) as caught:
        read_fashion(tmp_path)
    assert said in str(caught.value)
    assert str(tmp_path) in str(caught.value)


def test_too_few_to_split(folder: Path, tmp_path: Path):
    write_fashion(tmp_path, training=10, test=10)
    with pytest.raises(PezoError, match="10 training images are not allowed"):
        read_fashion(tmp_path)


def test_a_missing_folder_is_named_with_its_package(tmp_path: Path):
    with pytest.raises(
        PezoError, match=r"nowhere: no such folder; allowed: the Debian package data"
    ):
        read_fashion(tmp_path / "nowhere")


@pytest.mark.slow
@pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the package dataset-fashion-mnist is not installed"
)
def test_the_data_set_itself():
    found = read_fashion()
    assert [len(one.labels) for one in found] == [55_000, 5_000, 10_000]
    assert np.bincount(found.test.labels).tolist() == [1000] * 10

